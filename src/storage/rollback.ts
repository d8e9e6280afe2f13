/**
 * Holding a database against what this desk wrote last, before anything in it is believed.
 * Must not know: which database it is, where the witness keeps it.
 */
import type { Lost } from '../domain/tampering.js';
import { StoreProblem } from '../record/store.js';
import { listOf, part, type Sql, type Table } from './engine/sql.js';
import type { Seals } from './seals.js';
import { LEDGER_ENTRY } from './tables/columns.js';
import { rawOf, type Stored } from './tables/entry-rows.js';
import type { Witness } from './witness.js';

const COUNT: Table<{ n: number | null }> = { name: 'count', columns: { n: 'int?' } };
const A_STATEMENT = 200;

/**
 * Streams that end before what was seen of them, or go on otherwise by this desk's own hand: an older copy. An entry that is
 * there and not the desk's is no older copy: the audit names it.
 */
export async function lostSince(sql: Sql, seals: Seals, witness: Witness): Promise<readonly Lost[]> {
  const seen = [...witness.all().values()];
  const there = new Map<string, Stored>();
  for (let from = 0; from < seen.length; from += A_STATEMENT) {
    const places = seen
      .slice(from, from + A_STATEMENT)
      .map(({ stream, seq }) => part`("stream" = ${stream} AND "seq" = ${seq})`);
    for (const row of await sql.from(LEDGER_ENTRY)`WHERE ${listOf(places, ' OR ')}`)
      there.set(row.stream, row);
  }
  const lost: Lost[] = [];
  for (const { stream, seq, hash } of seen) {
    const row = there.get(stream);
    if (row?.hash === hash || (row !== undefined && !rawOf(seals, row).vouched)) continue;
    const [last] = await sql.all(
      COUNT,
      part`SELECT max("seq") AS "n" FROM "ledger_entry" WHERE "stream" = ${stream} AND "seq" < ${seq}`,
    );
    lost.push({ stream, seq, has: Number(last?.n ?? 0) });
  }
  return lost;
}

/** Throws StoreProblem 78 unless whoever starts the desk knows of it. */
export function refuseLost(lost: readonly Lost[], accepted: boolean): void {
  const [first] = lost;
  if (first === undefined || accepted) return;
  const more = lost.length === 1 ? '' : `, and ${lost.length - 1} more`;
  throw new StoreProblem(
    `The database is behind what this desk wrote last: ${first.stream} had ${first.seq} entries and has ${first.has}${more}. ` +
      'An older copy was put in its place, or its end was cut off. Put the newer one back; if there is none, start with ' +
      '--accept-restored: what is missing stays missing, that goes on record, and the officer is told.',
    78,
  );
}
