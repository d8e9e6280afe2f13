/**
 * The record's key: made with a new database, opened with an old one; a database of before it is sealed once, stream by
 * stream, and only what verifies. Must not know: where the master key came from.
 */
import { auditsEvent } from '../domain/house.js';
import { type LedgerEntry, verifyStream } from '../domain/ledger.js';
import { eventsOf, SETUP, STREAMS, toEntry } from '../record/entry.js';
import { StoreProblem } from '../record/store.js';
import type { Instant } from '../vocabulary/values.js';
import type { Db, Dialect } from './engine/dialect.js';
import { listOf, literal, type Part, part, type Sql, type Table } from './engine/sql.js';
import { type Seals, sealsWith } from './seals.js';
import { LEDGER_ENTRY, MESSAGE, POST, STREAM_HEAD, SUBJECT } from './tables/columns.js';
import { entryOf, entrySeal } from './tables/entry-rows.js';
import { settingSeal } from './tables/house.js';
import { headSeal, ledgerTx } from './tables/ledger.js';
import { messageSeal, outcomeSeal, postSeal } from './tables/outbox.js';
import { keysIn, subjectSeal } from './tables/subjects.js';
import type { Vault } from './vault.js';

type Means = { readonly db: Db; readonly sql: Sql; readonly dialect: Dialect; readonly vault: Vault };
type KeyRow = { recordKey: string | null };
const VAULT: Table<KeyRow> = { name: 'vault', columns: { recordKey: 'text?' } };
const ANY: Table<{ n: number }> = { name: 'any', columns: { n: 'int' } };

/**
 * What seals this database. Throws StoreProblem 78 when the record's key was altered, or taken away from a database that
 * was sealed with it.
 */
export async function openSeals(
  { db, sql, dialect, vault }: Means,
  /** Whether this desk has sealed what it wrote: then a database without seals is no old one. */
  sealedBefore: boolean,
): Promise<Seals> {
  const [row] = await sql.from(VAULT)`WHERE "id" = 1 ${dialect.forUpdate}`;
  if (row === undefined) throw new Error('the check value is recorded before the record’s key');
  if (row.recordKey !== null) return sealsWith(opened(vault, row.recordKey));
  if (sealedBefore || (await isSealed(sql))) throw lost();
  const wrapped = vault.makeRecordKey();
  await sql.run`UPDATE "vault" SET "recordKey" = ${wrapped} WHERE "id" = 1`;
  const seals = sealsWith(opened(vault, wrapped));
  await sealOld(db, sql, dialect, vault, seals);
  return seals;
}

function opened(vault: Vault, wrapped: string): Uint8Array {
  try {
    return vault.unwrapRecordKey(wrapped);
  } catch (cause) {
    throw lost(cause);
  }
}

const lost = (cause?: unknown): StoreProblem =>
  new StoreProblem(
    'The key that seals the record was altered in the database or taken out of it: nothing in it can be vouched for. ' +
      'Restore the database from its last good backup.',
    78,
    { cause },
  );

const isSealed = async (sql: Sql): Promise<boolean> =>
  (await sql.all(ANY, part`SELECT count(*) AS "n" FROM "stream_head" WHERE "mac" IS NOT NULL`)).some(
    ({ n }) => Number(n) > 0,
  );

const PAGE = 500;

/** Seals what was written before there was a key: whole streams that verify, and the rows beside them; on record. */
async function sealOld(db: Db, sql: Sql, dialect: Dialect, vault: Vault, seals: Seals): Promise<void> {
  const left: string[] = [];
  let streams = 0;
  let entries = 0;
  let after = '';
  for (;;) {
    const heads = await sql.from(STREAM_HEAD)`WHERE "stream" > ${after} ORDER BY "stream" LIMIT ${PAGE}`;
    for (const head of heads) {
      const rows = await sql.from(LEDGER_ENTRY)`WHERE "stream" = ${head.stream} ORDER BY "seq"`;
      const read = readable(rows.map((row) => () => entryOf(row)));
      if (read === null || verifyStream(head.stream, read, head) !== null) {
        left.push(head.stream);
        continue;
      }
      await setAll(sql, 'ledger_entry', ['stream', 'seq'], rows, (row) =>
        entrySeal(seals, row, entryOf(row)),
      );
      await sql.run`UPDATE "stream_head" SET "mac" = ${headSeal(seals, head)} WHERE "stream" = ${head.stream}`;
      streams += 1;
      entries += rows.length;
    }
    const last = heads.at(-1);
    if (last === undefined) break;
    after = last.stream;
  }
  await sealRows(db, sql, seals);
  if (streams + left.length === 0) return;
  const tx = ledgerTx(sql, dialect, keysIn(sql, vault, seals));
  // Branded: Date prints the form an Instant has.
  const at = new Date().toISOString() as Instant;
  const stream = left.includes(STREAMS.audits) ? STREAMS.desk : STREAMS.audits;
  if (left.includes(stream)) return;
  const event = { type: 'record_sealed' as const, streams, entries, left };
  const behind = await tx.headSeq(stream, { lock: true });
  await tx.append(stream, behind, [toEntry(eventsOf(auditsEvent), event, at, SETUP)], null);
}

function readable(reads: readonly (() => LedgerEntry)[]): readonly LedgerEntry[] | null {
  try {
    return reads.map((read) => read());
  } catch {
    return null;
  }
}

type Ended = 'sent' | 'dead';

/** What nothing can verify is taken as it stands: the audit holds it against the ledger afterwards. */
async function sealRows(db: Db, sql: Sql, seals: Seals): Promise<void> {
  const subjects = await sql.from(SUBJECT)``;
  await setAll(sql, 'subject', ['id'], subjects, (row) => subjectSeal(seals, row));
  const posts = await sql.from(POST)``;
  await setAll(sql, 'post', ['key'], posts, (row) => postSeal(seals, row));
  const ended = posts.flatMap((row) =>
    row.status === 'sent' || row.status === 'dead' ? [{ key: row.key, ended: row.status as Ended }] : [],
  );
  await setAll(sql, 'post', ['key'], ended, (row) => outcomeSeal(seals, row.key, row.ended), 'outcome');
  await setAll(sql, 'message', ['slot'], await sql.from(MESSAGE)``, (row) => messageSeal(seals, row));
  const settings = await db.setting.findMany();
  await setAll(sql, 'setting', ['key'], settings, (row) => settingSeal(seals, row));
}

/** One column of many rows, so many a statement. */
async function setAll<Row extends Readonly<Record<Key, string | number>>, Key extends string>(
  sql: Sql,
  table: string,
  keys: readonly Key[],
  rows: readonly Row[],
  sealOf: (row: Row) => string,
  column = 'mac',
): Promise<void> {
  const same = keys.map((key, index) => `"${table}"."${key}" = "given"."column${index + 2}"`).join(' AND ');
  for (let from = 0; from < rows.length; from += PAGE) {
    const values = rows.slice(from, from + PAGE).map((row) =>
      valuesOf(
        sealOf(row),
        keys.map((key) => row[key]),
      ),
    );
    await sql.run`UPDATE ${literal(`"${table}"`)} SET ${literal(`"${column}"`)} = "given"."column1"
      FROM (VALUES ${listOf(values)}) AS "given" WHERE ${literal(same)}`;
  }
}

/** PostgreSQL takes every value of a list as text unless it is told. */
const valuesOf = (value: string, keys: readonly (string | number)[]): Part =>
  part`(${listOf(
    [value, ...keys].map((each) =>
      typeof each === 'number' ? part`CAST(${each} AS INTEGER)` : part`CAST(${each} AS TEXT)`,
    ),
  )})`;
