/**
 * The ledger's tables: append behind a head, read back, open what is sealed.
 * Must not know: what the entries mean, or projections.
 */

import { canonicalBytes, GENESIS, hashOfBytes, type StreamId } from '../../domain/ledger.js';
import {
  LedgerDamage,
  type NewEntry,
  type OpenEntry,
  StoreConflict,
  type StreamHead,
  type Tx,
} from '../../record/store.js';
import type { Instant, Json, Person, SubjectId } from '../../vocabulary/values.js';
import type { Dialect } from '../engine/dialect.js';
import { part, type Sql, type Table } from '../engine/sql.js';
import type { Seals } from '../seals.js';
import { type Seen, unkept, type Witness } from '../witness.js';
import { LEDGER_ENTRY, STREAM_HEAD } from './columns.js';
import { entryOf, isVouched, rawOf, type Stored, sealedFields } from './entry-rows.js';
import type { Keys } from './subjects.js';

type LedgerTx = Pick<
  Tx,
  | 'entries'
  | 'headSeq'
  | 'head'
  | 'append'
  | 'heads'
  | 'rawEntries'
  | 'entriesOfType'
  | 'lastSeen'
  | 'lastActive'
>;
type StreamHeadRow = Omit<StreamHead, 'vouched'> & { readonly mac: string | null };

const HEADS_PAGE = 500;
const LAST_ACTIVE: Table<{ person: string; at: string }> = {
  name: 'last_active',
  columns: { person: 'text', at: 'text' },
};
const LAST_ENTRY: Table<{ id: number | null }> = { name: 'ledger_entry', columns: { id: 'int?' } };

/** What is kept away from the database, and what this transaction adds to it once it is committed. */
export type Watching = { readonly witness: Witness; readonly written: Seen[] };

export function ledgerTx(
  sql: Sql,
  dialect: Dialect,
  keys: Keys,
  { witness, written }: Watching = { witness: unkept(), written: [] },
): LedgerTx {
  const { seals } = keys;
  // Read once a transaction. Without a lock another instance may have moved it meanwhile: moving it says so.
  const held = new Map<StreamId, StreamHead | null>();
  const locked = new Set<StreamId>();
  const head = async (stream: StreamId, { lock }: { readonly lock: boolean }): Promise<StreamHead | null> => {
    const known = held.get(stream);
    if (known !== undefined && (locked.has(stream) || !lock)) return known;
    const [row] = await sql.from(STREAM_HEAD)`
      WHERE "stream" = ${stream} ${lock ? dialect.forUpdate : part``}`;
    const found = row === undefined ? null : headOf(seals, row);
    held.set(stream, found);
    if (lock && found !== null) locked.add(stream);
    return found;
  };

  /** Throws LedgerDamage where entries do not end at their head, which was read under its lock. */
  const endsAt = async (stream: StreamId, rows: readonly Stored[], end: StreamHead | null): Promise<void> => {
    const last = rows.at(-1);
    if (last === undefined && end === null) return;
    // A stream that is to begin has no row to lock: another instance may have begun it meanwhile.
    if (end === null && (await sql.from(STREAM_HEAD)`WHERE "stream" = ${stream}`).length > 0)
      throw moved(stream, 0);
    if (end?.vouched !== true || last?.seq !== end.seq || last.hash !== end.hash)
      throw new LedgerDamage({ stream, seq: end?.seq ?? 1 });
  };

  return {
    entries: async (stream, { lock }) => {
      // Asked before the rows: what is committed meanwhile is no older than they are.
      const seen = witness.last(stream);
      const known = lock ? await head(stream, { lock }) : null;
      const rows = await sql.from(LEDGER_ENTRY)`WHERE "stream" = ${stream} ORDER BY "seq"`;
      if (lock) await endsAt(stream, rows, known);
      if (seen !== null && rows[seen.seq - 1]?.hash !== seen.hash)
        throw new LedgerDamage({ stream, seq: Math.min(seen.seq, rows.length + 1) });
      return opened(keys, rows);
    },

    headSeq: async (stream, { lock }) => (await head(stream, { lock }))?.seq ?? 0,

    head: (stream) => head(stream, { lock: false }),

    append: async (stream, expectedSeq, entries, subjectId) => {
      const before = await head(stream, { lock: false });
      if ((before?.seq ?? 0) !== expectedSeq) throw moved(stream, expectedSeq);
      if (before?.vouched === false) throw new LedgerDamage(before);
      const key = entries.some((entry) => entry.personal !== null)
        ? await sealingKey(keys, stream, subjectId)
        : null;
      const rows = link(stream, before ?? { seq: 0, hash: GENESIS }, entries, { key, subjectId, seals });
      const last = rows.at(-1);
      if (last === undefined) return [];
      const { seq, hash } = last;
      const mac = headSeal(seals, last);
      // Two writers may have read the same head; only one moves it. A new stream's second writer meets the key.
      const count =
        before === null
          ? await sql.insert(STREAM_HEAD, [{ stream, seq, hash, mac }])
          : await sql.run`
              UPDATE "stream_head" SET "seq" = ${seq}, "hash" = ${hash}, "mac" = ${mac}
              WHERE "stream" = ${stream} AND "seq" = ${expectedSeq}`;
      if (count !== 1) throw moved(stream, expectedSeq);
      held.set(stream, { stream, seq, hash, vouched: true });
      written.push({ stream, seq, hash });
      await sql.insert(LEDGER_ENTRY, rows);
      return rows.map(entryOf);
    },

    lastSeen: () => witness.all(),

    // By pages, as in `requests`.
    heads: async () => {
      const found: StreamHead[] = [];
      for (;;) {
        const after = found.at(-1)?.stream ?? '';
        const rows = await sql.from(STREAM_HEAD)`
          WHERE "stream" > ${after} ORDER BY "stream" LIMIT ${HEADS_PAGE}`;
        found.push(...rows.map((row) => headOf(seals, row)));
        if (rows.length < HEADS_PAGE) return found;
      }
    },

    // Compared as a pair, which is one step in the index; `OR` reads all that came before.
    rawEntries: async ({ after, take }) => {
      const { stream, seq } = after ?? { stream: '', seq: 0 };
      const rows = await sql.from(LEDGER_ENTRY)`
        WHERE ("stream", "seq") > (${stream}, ${seq}) ORDER BY "stream", "seq" LIMIT ${take}`;
      return rows.map((row) => rawOf(seals, row));
    },

    lastActive: (page) => lastActive(sql, page),

    // By ranges of the primary key: no index is needed, and no statement runs for longer than its range.
    entriesOfType: async (type, { after, span }) => {
      const to = after + span;
      const rows = await sql.from(LEDGER_ENTRY)`
        WHERE "id" > ${after} AND "id" <= ${to} AND "type" = ${type} ORDER BY "id"`;
      const [last] = await sql.all(LAST_ENTRY, part`SELECT max("id") AS "id" FROM "ledger_entry"`);
      return { entries: rows.map((row) => rawOf(seals, row)), next: (last?.id ?? 0) > to ? to : null };
    },
  };
}

function moved(stream: StreamId, expectedSeq: number): StoreConflict {
  return new StoreConflict(`${stream} has moved on from entry ${expectedSeq}`);
}

type SealingKey = NonNullable<Awaited<ReturnType<Keys['ofSubject']>>>;

async function sealingKey(keys: Keys, stream: StreamId, subjectId: SubjectId | null): Promise<SealingKey> {
  if (subjectId === null) throw new Error(`${stream}: personal text needs a subject to be sealed for`);
  const key = await keys.ofSubject(subjectId);
  if (key === null)
    throw new Error(`${stream}: the subject's key was destroyed; nothing can be sealed for it`);
  return key;
}

function link(
  stream: StreamId,
  head: { readonly seq: number; readonly hash: string },
  entries: readonly NewEntry[],
  means: { readonly key: SealingKey | null; readonly subjectId: SubjectId | null; readonly seals: Seals },
): readonly Stored[] {
  const { key, subjectId, seals } = means;
  let { seq, hash: prev } = head;
  return entries.map(({ at, actor, type, body, personal }) => {
    seq += 1;
    const sealed =
      personal === null || key === null
        ? null
        : key.dataKey.seal(JSON.stringify(personal), sealedPlace(stream, seq));
    const { person, account } = actor;
    // The hash must cover what will be read back: without undefined fields.
    const text = JSON.stringify(body);
    const entry = {
      stream,
      seq,
      at,
      actor: { person, account },
      type,
      body: JSON.parse(text) as Json,
      sealed,
      prev,
    };
    const bytes = canonicalBytes(entry);
    const hash = hashOfBytes(bytes);
    prev = hash;
    const keyId = sealed === null || key === null ? null : key.id;
    const { actor: _actor, ...kept } = entry;
    const row = { ...kept, person, account, body: text, keyId, subjectId, hash };
    return { ...row, mac: seals.of('entry', sealedFields(row), bytes) };
  });
}

export const headSeal = (seals: Seals, { stream, seq, hash }: Omit<StreamHeadRow, 'mac'>): string =>
  seals.of('head', [stream, seq, hash]);

const headOf = (seals: Seals, { mac, ...head }: StreamHeadRow): StreamHead => ({
  ...head,
  vouched: seals.fits(mac, 'head', [head.stream, head.seq, head.hash]),
});

const sealedPlace = (stream: StreamId, seq: number): string => `${stream}:${seq}`;

async function opened(keys: Keys, rows: readonly Stored[]): Promise<readonly OpenEntry[]> {
  const ids = new Set(rows.flatMap((row) => (row.keyId === null ? [] : [row.keyId])));
  const known = await keys.byId([...ids]);
  const erased = [...ids].every((id) => known.has(id)) ? new Set<string>() : await keys.erased();
  let prev = GENESIS;
  return rows.map((row, index) => {
    try {
      const entry = entryOf(row);
      if (row.seq !== index + 1 || row.prev !== prev || !isVouched(keys.seals, row, entry))
        throw new Error('it was not written by this desk, or not here');
      prev = row.hash;
      if (row.sealed === null) return { ...entry, personal: null };
      if (row.keyId === null) throw new Error('it is sealed, and no key is named');
      const text = known.get(row.keyId)?.open(row.sealed, sealedPlace(row.stream, row.seq));
      if (text === undefined && !erased.has(row.keyId))
        throw new Error('its key is gone, and no erasure is on record');
      return { ...entry, personal: text === undefined ? 'erased' : (JSON.parse(text) as Json) };
    } catch (cause) {
      throw new LedgerDamage(row, { cause });
    }
  });
}

async function lastActive(
  sql: Sql,
  { after, span }: { readonly after: number; readonly span: number },
): ReturnType<Tx['lastActive']> {
  const to = after + span;
  const rows = await sql.all(
    LAST_ACTIVE,
    part`SELECT "person", max("at") AS "at" FROM "ledger_entry"
      WHERE "id" > ${after} AND "id" <= ${to} AND "person" IS NOT NULL GROUP BY "person"`,
  );
  const [last] = await sql.all(LAST_ENTRY, part`SELECT max("id") AS "id" FROM "ledger_entry"`);
  return {
    // The brands are those the entries were written with.
    at: new Map(rows.map(({ person, at }) => [person as Person, at as Instant])),
    next: (last?.id ?? 0) > to ? to : null,
  };
}
