/**
 * The ledger's tables: append behind a head, read back, open what is sealed.
 * Must not know: what the entries mean, or projections.
 */

import { GENESIS, type LedgerEntry, linkEntry, type StreamId } from '../../domain/ledger.js';
import {
  LedgerDamage,
  type NewEntry,
  type OpenEntry,
  StoreConflict,
  type StreamHead,
  type Tx,
} from '../../record/store.js';
import type { Account, Instant, Json, Person, SubjectId } from '../../vocabulary/values.js';
import type { Dialect } from '../engine/dialect.js';
import { part, type Sql, type Table } from '../engine/sql.js';
import type { LedgerEntry as Row } from '../generated/sqlite/client.js';
import { LEDGER_ENTRY, STREAM_HEAD } from './columns.js';
import type { Keys } from './subjects.js';

type LedgerTx = Pick<
  Tx,
  'entries' | 'headSeq' | 'head' | 'append' | 'heads' | 'rawEntries' | 'entriesOfType'
>;
type Stored = Omit<Row, 'id'>;

const HEADS_PAGE = 500;
const LAST_ENTRY: Table<{ id: number | null }> = { name: 'ledger_entry', columns: { id: 'int?' } };

export function ledgerTx(sql: Sql, dialect: Dialect, keys: Keys): LedgerTx {
  // Read once a transaction. Without a lock another instance may have moved it meanwhile: moving it says so.
  const held = new Map<StreamId, StreamHead | null>();
  const locked = new Set<StreamId>();
  const head = async (stream: StreamId, { lock }: { readonly lock: boolean }): Promise<StreamHead | null> => {
    const known = held.get(stream);
    if (known !== undefined && (locked.has(stream) || !lock)) return known;
    const [row = null] = await sql.from(STREAM_HEAD)`
      WHERE "stream" = ${stream} ${lock ? dialect.forUpdate : part``}`;
    held.set(stream, row);
    if (lock && row !== null) locked.add(stream);
    return row;
  };

  return {
    entries: async (stream, { lock }) => {
      if (lock) await head(stream, { lock });
      return opened(keys, await sql.from(LEDGER_ENTRY)`WHERE "stream" = ${stream} ORDER BY "seq"`);
    },

    headSeq: async (stream, { lock }) => (await head(stream, { lock }))?.seq ?? 0,

    head: (stream) => head(stream, { lock: false }),

    append: async (stream, expectedSeq, entries, subjectId) => {
      const before = await head(stream, { lock: false });
      if ((before?.seq ?? 0) !== expectedSeq) throw moved(stream, expectedSeq);
      const key = entries.some((entry) => entry.personal !== null)
        ? await sealingKey(keys, stream, subjectId)
        : null;
      const linked = link(stream, before ?? { seq: 0, hash: GENESIS }, entries, key);
      const last = linked.at(-1);
      if (last === undefined) return [];
      const { seq, hash } = last;
      // Two writers may have read the same head; only one moves it. A new stream's second writer meets the key.
      const count =
        before === null
          ? await sql.insert(STREAM_HEAD, [{ stream, seq, hash }])
          : await sql.run`
              UPDATE "stream_head" SET "seq" = ${seq}, "hash" = ${hash}
              WHERE "stream" = ${stream} AND "seq" = ${expectedSeq}`;
      if (count !== 1) throw moved(stream, expectedSeq);
      held.set(stream, { stream, seq, hash });
      const rows = linked.map((entry) => ({
        ...rowOf(entry),
        subjectId,
        keyId: entry.sealed === null || key === null ? null : key.id,
      }));
      await sql.insert(LEDGER_ENTRY, rows);
      return linked;
    },

    // By pages, as in `requests`.
    heads: async () => {
      const found: StreamHead[] = [];
      for (;;) {
        const after = found.at(-1)?.stream ?? '';
        const rows = await sql.from(STREAM_HEAD)`
          WHERE "stream" > ${after} ORDER BY "stream" LIMIT ${HEADS_PAGE}`;
        found.push(...rows);
        if (rows.length < HEADS_PAGE) return found;
      }
    },

    // Compared as a pair, which is one step in the index; `OR` reads all that came before.
    rawEntries: async ({ after, take }) => {
      const { stream, seq } = after ?? { stream: '', seq: 0 };
      const rows = await sql.from(LEDGER_ENTRY)`
        WHERE ("stream", "seq") > (${stream}, ${seq}) ORDER BY "stream", "seq" LIMIT ${take}`;
      return rows.map(rawOf);
    },

    // By ranges of the primary key: no index is needed, and no statement runs for longer than its range.
    entriesOfType: async (type, { after, span }) => {
      const to = after + span;
      const rows = await sql.from(LEDGER_ENTRY)`
        WHERE "id" > ${after} AND "id" <= ${to} AND "type" = ${type} ORDER BY "id"`;
      const [last] = await sql.all(LAST_ENTRY, part`SELECT max("id") AS "id" FROM "ledger_entry"`);
      return { entries: rows.map(rawOf), next: (last?.id ?? 0) > to ? to : null };
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
  key: SealingKey | null,
): readonly LedgerEntry[] {
  let { seq, hash: prev } = head;
  return entries.map(({ at, actor, type, body, personal }) => {
    seq += 1;
    const sealed =
      personal === null || key === null
        ? null
        : key.dataKey.seal(JSON.stringify(personal), sealedPlace(stream, seq));
    const { person, account } = actor;
    // The hash must cover what will be read back: without undefined fields.
    const stored = JSON.parse(JSON.stringify(body)) as Json;
    const entry = linkEntry({
      stream,
      seq,
      at,
      actor: { person, account },
      type,
      body: stored,
      sealed,
      prev,
    });
    prev = entry.hash;
    return entry;
  });
}

const sealedPlace = (stream: StreamId, seq: number): string => `${stream}:${seq}`;

async function opened(keys: Keys, rows: readonly Stored[]): Promise<readonly OpenEntry[]> {
  const ids = new Set(rows.flatMap((row) => (row.keyId === null ? [] : [row.keyId])));
  const known = await keys.byId([...ids]);
  return rows.map((row) => {
    try {
      const entry = entryOf(row);
      if (row.sealed === null || row.keyId === null) return { ...entry, personal: null };
      const text = known.get(row.keyId)?.open(row.sealed, sealedPlace(row.stream, row.seq));
      return { ...entry, personal: text === undefined ? 'erased' : (JSON.parse(text) as Json) };
    } catch (cause) {
      throw new LedgerDamage(row, { cause });
    }
  });
}

function rowOf({ actor, body, ...same }: LedgerEntry): Omit<Stored, 'keyId' | 'subjectId'> {
  return { ...same, person: actor.person, account: actor.account, body: JSON.stringify(body) };
}

/** A body damaged beyond JSON is given as its text: the audit must find it, not stumble over it. */
function rawOf(row: Stored): LedgerEntry {
  try {
    return entryOf(row);
  } catch {
    return entryOf({ ...row, body: JSON.stringify(row.body) });
  }
}

/** The brands are those the entry was written with. */
function entryOf(row: Stored): LedgerEntry {
  return {
    stream: row.stream,
    seq: row.seq,
    at: row.at as Instant,
    actor: { person: row.person as Person | null, account: row.account as Account },
    type: row.type,
    body: JSON.parse(row.body) as Json,
    sealed: row.sealed,
    prev: row.prev,
    hash: row.hash,
  };
}
