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
import type { Db, Dialect } from '../engine/dialect.js';
import type { LedgerEntry as Row } from '../generated/sqlite/client.js';
import type { Vault } from '../vault.js';
import { type HeldKey, keyOfSubject, keysById } from './subjects.js';

type LedgerTx = Pick<
  Tx,
  'entries' | 'headSeq' | 'head' | 'append' | 'heads' | 'rawEntries' | 'entriesOfType'
>;

const HEADS_PAGE = 500;

export function ledgerTx(db: Db, dialect: Dialect, vault: Vault): LedgerTx {
  return {
    entries: async (stream, { lock }) => {
      if (lock) await dialect.lockHead(db, stream);
      const rows = await db.ledgerEntry.findMany({ where: { stream }, orderBy: { seq: 'asc' } });
      return opened(db, vault, rows);
    },

    headSeq: async (stream, { lock }) => {
      if (lock) await dialect.lockHead(db, stream);
      return (await db.streamHead.findUnique({ where: { stream } }))?.seq ?? 0;
    },

    head: (stream) => db.streamHead.findUnique({ where: { stream } }),

    append: async (stream, expectedSeq, entries, subjectId) => {
      const head = await db.streamHead.findUnique({ where: { stream } });
      if ((head?.seq ?? 0) !== expectedSeq) throw moved(stream, expectedSeq);
      const key = entries.some((entry) => entry.personal !== null)
        ? await sealingKey(db, vault, stream, subjectId)
        : null;
      const linked = link(stream, head ?? { seq: 0, hash: GENESIS }, entries, key);
      const last = linked.at(-1);
      if (last === undefined) return [];
      const { seq, hash } = last;
      // Two writers may have read the same head; only one moves it. A new stream's second writer meets the key.
      if (head === null) await db.streamHead.create({ data: { stream, seq, hash } });
      else {
        const { count } = await db.streamHead.updateMany({
          where: { stream, seq: expectedSeq },
          data: { seq, hash },
        });
        if (count !== 1) throw moved(stream, expectedSeq);
      }
      const keyId = key?.id ?? null;
      await db.ledgerEntry.createMany({
        data: linked.map((entry) => ({
          ...rowOf(entry),
          subjectId,
          keyId: entry.sealed === null ? null : keyId,
        })),
      });
      return linked;
    },

    // By pages, as in `requests`.
    heads: async () => {
      const found: StreamHead[] = [];
      for (;;) {
        const last = found.at(-1);
        const rows = await db.streamHead.findMany({
          where: last === undefined ? {} : { stream: { gt: last.stream } },
          orderBy: { stream: 'asc' },
          take: HEADS_PAGE,
        });
        found.push(...rows);
        if (rows.length < HEADS_PAGE) return found;
      }
    },

    rawEntries: async ({ after, take }) => {
      const rows = await db.ledgerEntry.findMany({
        where:
          after === null
            ? {}
            : { OR: [{ stream: { gt: after.stream } }, { stream: after.stream, seq: { gt: after.seq } }] },
        orderBy: [{ stream: 'asc' }, { seq: 'asc' }],
        take,
      });
      return rows.map(rawOf);
    },

    // By ranges of the primary key: no index is needed, and no statement runs for longer than its range.
    entriesOfType: async (type, { after, span }) => {
      const to = after + span;
      const rows = await db.ledgerEntry.findMany({
        where: { id: { gt: after, lte: to }, type },
        orderBy: { id: 'asc' },
      });
      const last = await db.ledgerEntry.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
      return { entries: rows.map(rawOf), next: last !== null && last.id > to ? to : null };
    },
  };
}

function moved(stream: StreamId, expectedSeq: number): StoreConflict {
  return new StoreConflict(`${stream} has moved on from entry ${expectedSeq}`);
}

async function sealingKey(
  db: Db,
  vault: Vault,
  stream: StreamId,
  subjectId: SubjectId | null,
): Promise<HeldKey> {
  if (subjectId === null) throw new Error(`${stream}: personal text needs a subject to be sealed for`);
  const key = await keyOfSubject(db, vault, subjectId);
  if (key === null)
    throw new Error(`${stream}: the subject's key was destroyed; nothing can be sealed for it`);
  return key;
}

function link(
  stream: StreamId,
  head: { readonly seq: number; readonly hash: string },
  entries: readonly NewEntry[],
  key: HeldKey | null,
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

async function opened(db: Db, vault: Vault, rows: readonly Row[]): Promise<readonly OpenEntry[]> {
  const ids = new Set(rows.flatMap((row) => (row.keyId === null ? [] : [row.keyId])));
  const keys = await keysById(db, vault, [...ids]);
  return rows.map((row) => {
    try {
      const entry = entryOf(row);
      if (row.sealed === null || row.keyId === null) return { ...entry, personal: null };
      const text = keys.get(row.keyId)?.open(row.sealed, sealedPlace(row.stream, row.seq));
      return { ...entry, personal: text === undefined ? 'erased' : (JSON.parse(text) as Json) };
    } catch (cause) {
      throw new LedgerDamage(row, { cause });
    }
  });
}

function rowOf({ actor, body, ...same }: LedgerEntry): Omit<Row, 'id' | 'keyId' | 'subjectId'> {
  return { ...same, person: actor.person, account: actor.account, body: JSON.stringify(body) };
}

/** A body damaged beyond JSON is given as its text: the audit must find it, not stumble over it. */
function rawOf(row: Row): LedgerEntry {
  try {
    return entryOf(row);
  } catch {
    return entryOf({ ...row, body: JSON.stringify(row.body) });
  }
}

/** The brands are those the entry was written with. */
function entryOf(row: Row): LedgerEntry {
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
