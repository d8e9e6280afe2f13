/**
 * Rebuilding every projection from the ledger, and finding where the stored ones say something else (domain.md rule 10).
 * Must not know: any one kind, whether the ledger itself verifies (audit.ts asks that first), how a difference is worded.
 */
import canonicalize from 'canonicalize';
import type { StreamId } from '../domain/ledger.js';
import { partsOf } from '../vocabulary/references.js';
import {
  type AnyKind,
  isNumbered,
  type Kinds,
  type PackOf,
  type Page,
  type Reading,
  type Table,
} from './kind.js';
import { replay } from './load.js';
import { LedgerDamage, NewerEntry, StoreConflict, StoreProblem, type Tx } from './store.js';

/**
 * Where a table disagrees with the ledger; `field` is `row` when the whole row is missing or has no stream, `stream`
 * when the stream cannot be replayed.
 */
export type Difference = {
  /** The kind's name. */
  readonly what: string;
  readonly key: string;
  readonly field: string;
  /** As JSON; null: there is no such row. */
  readonly stored: string | null;
  readonly derived: string | null;
};

/** The rows of a kind as its streams give them. */
export async function rebuild(tx: Tx, kind: AnyKind, packOf: PackOf): Promise<readonly object[]> {
  const rows: object[] = [];
  for (const stream of (await streamsByKind(tx, [kind])).get(kind) ?? [])
    rows.push(...(await rowsOf(tx, kind, stream, packOf)));
  return rows;
}

/** Compares every stored row with what its stream gives, so many streams a page. */
export async function diffProjections(page: Page, kinds: Kinds): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const [kind, streams] of await page(({ tx }) => streamsByKind(tx, kinds.all))) {
    for (let at = 0; at < streams.length; at += STREAMS_A_PAGE)
      await page(async (reading) => {
        for (const stream of streams.slice(at, at + STREAMS_A_PAGE))
          found.push(...(await diffStream(reading, kind, stream)));
      });
    if (isNumbered(kind.streams)) found.push(...(await page(({ tx }) => rowsWithoutStream(tx, kind))));
  }
  return found;
}

const STREAMS_A_PAGE = 25;

/** The same for one stream: its own row, or the whole list of a kind that has only one. */
export async function diffStream(
  { tx, packOf }: Reading,
  kind: AnyKind,
  stream: StreamId,
): Promise<readonly Difference[]> {
  const { table } = kind;
  if (table === null) return [];
  try {
    const derived = await rowsOf(tx, kind, stream, packOf);
    const stored = isNumbered(kind.streams)
      ? await storedOf(tx, table, [stream])
      : ((await table.some?.(tx, MOST)) ?? (await storedOf(tx, table, derived.map(table.keyOf))));
    return compare(kind.name, table, stored, derived);
  } catch (error) {
    if (error instanceof StoreConflict || error instanceof StoreProblem || error instanceof NewerEntry)
      throw error;
    // Its hashes fit and its entries make no sense: somebody else wrote it, which is a finding and not a fault.
    const key = isNumbered(kind.streams) ? stream : kind.name;
    return [{ what: kind.name, key, field: 'stream', stored: null, derived: null }];
  }
}

/** More rows than any list of the desk's own has. */
const MOST = 1_000_000;

async function storedOf(
  tx: Tx,
  table: Table<unknown, object>,
  keys: readonly string[],
): Promise<readonly object[]> {
  const found: object[] = [];
  for (const key of keys) {
    const row = await table.stored(tx, key);
    if (row !== null) found.push(row);
  }
  return found;
}

async function rowsOf(tx: Tx, kind: AnyKind, stream: StreamId, packOf: PackOf): Promise<readonly object[]> {
  const loaded = replay(kind, stream, await tx.entries(stream, { lock: false }));
  if (loaded === null) throw new LedgerDamage({ stream, seq: 1 });
  return (await kind.table?.rowsOf(loaded.state, packOf)) ?? [];
}

/** In the order of the kinds; a kind that has one stream has it even while nothing is written there. */
async function streamsByKind(
  tx: Tx,
  kinds: readonly AnyKind[],
): Promise<ReadonlyMap<AnyKind, readonly StreamId[]>> {
  const heads = await tx.heads();
  const found = new Map<AnyKind, StreamId[]>();
  const byPrefix = new Map<string, StreamId[]>();
  for (const kind of kinds) {
    const streams: StreamId[] = isNumbered(kind.streams) ? [] : [kind.streams.only];
    found.set(kind, streams);
    if (isNumbered(kind.streams)) byPrefix.set(kind.streams.prefix, streams);
  }
  for (const { stream } of heads) byPrefix.get(partsOf(stream)?.prefix ?? '')?.push(stream);
  return found;
}

/** One row more than there are streams is enough to meet a row that has none. */
async function rowsWithoutStream(tx: Tx, kind: AnyKind): Promise<readonly Difference[]> {
  const { name, table } = kind;
  const streams = (await streamsByKind(tx, [kind])).get(kind) ?? [];
  const known = new Set(streams);
  const rows = (await table?.some?.(tx, streams.length + 1)) ?? [];
  return rows.flatMap((row): readonly Difference[] => {
    const key = table?.keyOf(row) ?? '';
    return known.has(key) ? [] : [{ what: name, key, field: 'row', stored: json(row), derived: null }];
  });
}

function compare(
  what: string,
  { keyOf }: Table<unknown, object>,
  stored: readonly object[],
  derived: readonly object[],
): readonly Difference[] {
  const storedBy = new Map(stored.map((row) => [keyOf(row), row]));
  const derivedBy = new Map(derived.map((row) => [keyOf(row), row]));
  return [...new Set([...derivedBy.keys(), ...storedBy.keys()])].flatMap((key): readonly Difference[] => {
    const kept = storedBy.get(key);
    const should = derivedBy.get(key);
    if (kept === undefined || should === undefined)
      return [
        { what, key, field: 'row', stored: kept ? json(kept) : null, derived: should ? json(should) : null },
      ];
    const keptFields: ReadonlyMap<string, unknown> = new Map(Object.entries(kept));
    return Object.entries(should).flatMap(([field, value]) => {
      const has = json(keptFields.get(field));
      const wants = json(value);
      return has === wants ? [] : [{ what, key, field, stored: has, derived: wants }];
    });
  });
}

const json = (value: unknown): string => canonicalize(value) ?? 'nothing';
