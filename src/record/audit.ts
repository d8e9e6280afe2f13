/**
 * Verifying the ledger: every stream against its head, every checkpoint, and then every table against its stream
 * (domain.md rules 5 and 10). A damaged entry is found, never stumbled over: hashes come first, meaning after.
 * Must not know: who asks, how findings are worded.
 */

import { type AnyCheckpoint, type Checkpoint, ofHeads } from '../domain/checkpoint.js';
import { type LedgerFault, verifyStream } from '../domain/ledger.js';
import type { Damage, ForeignRow } from '../domain/tampering.js';
import { partsOf, referenceOf } from '../vocabulary/references.js';
import {
  damageOf,
  foreignRows,
  goneSince,
  type KeyPlaces,
  keysGone,
  type LastSeen,
  notePlaces,
} from './audit-beside.js';
import {
  againstCheckpoints,
  checkpointFault,
  placeOf,
  rawStream,
  readCheckpoints,
  type Seen,
} from './audit-checkpoints.js';
import { digestEvents, type Signing } from './checkpoints.js';
import { fromEntry, STREAMS } from './entry.js';
import { isNumbered, type Kinds, type Page } from './kind.js';
import { examineLog } from './log/examine.js';
import { type Difference, diffProjections, diffStream } from './rebuild.js';
import type { RawEntry, StreamHead, Tx } from './store.js';

export type Audit =
  | {
      readonly kind: 'whole';
      readonly streams: number;
      readonly entries: number;
      readonly checkpoints: number;
      /** The last checkpoint; of one stream: the first that saw its entry `seen`, behind which none has seen any. */
      readonly last: AnyCheckpoint | null;
      readonly seen: number;
    }
  /** The first bad entry of each broken stream, in the ledger's order; never empty. */
  | { readonly kind: 'broken'; readonly faults: readonly LedgerFault[] }
  /** The ledger is whole and a table says something else; never empty. */
  | { readonly kind: 'drifted'; readonly differences: readonly Difference[] }
  /** Ledger and lists are whole, and rows beside them are not the desk's; never empty. */
  | { readonly kind: 'foreign'; readonly rows: readonly ForeignRow[] }
  /** All of it says what it should, and the database below is not as it was made; never empty. */
  | { readonly kind: 'damaged'; readonly damage: readonly Damage[] };

export type AuditMeans = {
  readonly page: Page;
  readonly signing: Pick<Signing, 'verify'> & { readonly log: Pick<Signing['log'], 'publicKeys'> };
  readonly kinds: Kinds;
};

const PAGE = 500;

/** The whole ledger, in pages: others write meanwhile, and what they wrote is no fault. */
export async function auditLedger({ page, signing, kinds }: AuditMeans): Promise<Audit> {
  const { heads, points, unreadable, lastSeen } = await page(async ({ tx }) => {
    const { points: read, fault } = await readCheckpoints(tx);
    return { lastSeen: tx.lastSeen(), heads: await tx.heads(), points: read, unreadable: fault };
  });
  const { faults, hashes, seen, count } = await verifyStreams(page, heads, {
    points: points.filter(ofHeads),
    lastSeen,
  });
  if (faults.length > 0) return { kind: 'broken', faults };
  const fault =
    unreadable ??
    (await checkpointFault(points.filter(ofHeads), signing.verify, hashes)) ??
    (await examineLog(page, points, signing.log.publicKeys)) ??
    (await page(async ({ tx }) => missingFrom(tx, kinds)));
  if (fault !== null) return { kind: 'broken', faults: [fault] };
  const differences = await diffProjections(page, kinds);
  if (differences.length > 0) return { kind: 'drifted', differences };
  const rows = await foreignRows(page);
  if (rows.length > 0) return { kind: 'foreign', rows };
  const damage = await damageOf(page, 'whole');
  if (damage.length > 0) return { kind: 'damaged', damage };
  return {
    kind: 'whole',
    streams: seen,
    entries: count,
    checkpoints: points.length,
    last: points.at(-1) ?? null,
    seen: count,
  };
}

/** Every stream against its head, and the hashes of the entries that checkpoints name. */
async function verifyStreams(
  page: Page,
  heads: readonly StreamHead[],
  { points, lastSeen }: { readonly points: readonly Checkpoint[]; readonly lastSeen: LastSeen },
): Promise<{
  readonly faults: readonly LedgerFault[];
  readonly hashes: ReadonlyMap<string, string>;
  readonly seen: number;
  readonly count: number;
}> {
  const headOf = new Map(heads.map((head) => [head.stream, head]));
  const witnessed = new Set(points.flatMap(({ moved }) => moved.map(placeOf)));
  const hashes = new Map<string, string>();
  const faults: LedgerFault[] = [];
  const seen = new Set<string>();
  let count = 0;
  const keys: KeyPlaces = new Map();
  const look = async (stream: string): Promise<void> => {
    const fault = await page(({ tx }) => lookAgain(tx, stream));
    if (fault !== null) faults.push(fault);
  };
  for await (const { stream, entries } of streamsOf(page)) {
    seen.add(stream);
    count += entries.length;
    notePlaces(keys, entries);
    if (verifyStream(stream, entries, headOf.get(stream) ?? null) !== null) await look(stream);
    const gone = goneSince(lastSeen, stream, entries);
    if (gone !== null && faults.at(-1)?.stream !== stream) faults.push(gone);
    for (const entry of entries) if (witnessed.has(placeOf(entry))) hashes.set(placeOf(entry), entry.hash);
  }
  for (const stream of headOf.keys()) if (!seen.has(stream)) await look(stream);
  for (const stream of lastSeen.keys()) {
    const gone = seen.has(stream) || headOf.has(stream) ? null : goneSince(lastSeen, stream, []);
    if (gone !== null) faults.push(gone);
  }
  faults.push(...(await page(({ tx }) => keysGone(tx, keys))));
  return { faults, hashes, seen: seen.size, count };
}

/** What should be there and is not, all as of one moment. */
async function missingFrom(tx: Tx, kinds: Kinds): Promise<LedgerFault | null> {
  const { points } = await readCheckpoints(tx);
  const streams = (await tx.heads()).map(({ stream }) => stream);
  return (
    (await missingCheckpoint(tx, points)) ?? missingStream(streams, await tx.counters(), prefixesOf(kinds))
  );
}

/** One numbered stream, with what the checkpoints saw of it; null when nothing knows of it. */
export function auditStream({ page, signing, kinds }: AuditMeans, ref: string): Promise<Audit | null> {
  return page(async ({ tx, packOf }) => {
    const kind = kinds.of(ref);
    const examined = await examineStream({ tx, signing, kinds }, ref);
    if (kind === null || examined === null) return null;
    const { entries, checkpoints: count, fault, seen } = examined;
    if (fault !== null) return { kind: 'broken', faults: [fault] };
    const differences = await diffStream({ tx, packOf }, kind, ref);
    if (differences.length > 0) return { kind: 'drifted', differences };
    return { kind: 'whole', streams: 1, entries: entries.length, checkpoints: count, ...seen };
  });
}

export type Examined = {
  readonly entries: readonly RawEntry[];
  /** How many checkpoints there are, which is the last one's number. */
  readonly checkpoints: number;
  readonly seen: Seen;
  readonly fault: LedgerFault | null;
};

/** What the ledger alone says of a numbered stream, its head locked; null when nothing knows of it. */
export async function examineStream(
  { tx, signing, kinds }: Pick<AuditMeans, 'signing' | 'kinds'> & { readonly tx: Tx },
  ref: string,
): Promise<Examined | null> {
  const lastSeen = tx.lastSeen();
  const head = (await tx.headSeq(ref, { lock: true })) === 0 ? null : await tx.head(ref);
  const entries = await rawStream(tx, ref);
  const gone = goneSince(lastSeen, ref, entries);
  const empty = head === null && entries.length === 0 && gone === null;
  const row = (await kinds.of(ref)?.table?.stored(tx, ref)) ?? null;
  const { seen, latest, fault } = await againstCheckpoints({ tx, signing }, ref, entries);
  if (empty && seen.seen === 0 && row === null && fault === null) return null;
  return {
    entries,
    checkpoints: latest?.number ?? 0,
    seen,
    fault:
      verifyStream(ref, entries, head) ??
      fault ??
      gone ??
      (await keysGoneOf(tx, entries)) ??
      (empty ? { stream: ref, seq: 1, flaw: { what: 'stream-gone' } } : null),
  };
}

async function keysGoneOf(tx: Tx, entries: readonly RawEntry[]): Promise<LedgerFault | null> {
  const places: KeyPlaces = new Map();
  notePlaces(places, entries);
  return (await keysGone(tx, places))[0] ?? null;
}

/** Every checkpoint an officer's digest carried must still be there. */
async function missingCheckpoint(tx: Tx, points: readonly AnyCheckpoint[]): Promise<LedgerFault | null> {
  const kept = new Set(points.map(({ number }) => number));
  for (const entry of await tx.entries(STREAMS.digests, { lock: false })) {
    const { checkpoint, day } = fromEntry(digestEvents, entry);
    if (checkpoint !== null && !kept.has(checkpoint))
      return {
        stream: STREAMS.checkpoints,
        seq: checkpoint,
        flaw: { what: 'checkpoint-gone', day },
      };
  }
  return null;
}

const prefixesOf = ({ all }: Kinds): readonly string[] =>
  all.flatMap(({ streams }) => (isNumbered(streams) ? [streams.prefix] : []));

/** Numbers are given without gaps, so a case or disclosure whose whole stream was cut out leaves one. */
function missingStream(
  streams: readonly string[],
  counters: ReadonlyMap<string, number>,
  prefixes: readonly string[],
): LedgerFault | null {
  const there = new Set(streams);
  const last = new Map(
    [...counters].filter(([series]) => prefixes.some((one) => series.startsWith(`${one}-`))),
  );
  for (const parts of streams.map(partsOf))
    if (parts !== null && prefixes.includes(parts.prefix))
      last.set(parts.series, Math.max(last.get(parts.series) ?? 0, parts.number));
  for (const [series, count] of [...last].sort(([one], [other]) => (one < other ? -1 : 1))) {
    for (let number = 1; number <= count; number += 1) {
      const stream = referenceOf(series, number);
      if (!there.has(stream)) return { stream, seq: 1, flaw: { what: 'number-without-stream' } };
    }
    if (count !== counters.get(series))
      return {
        stream: referenceOf(series, count),
        seq: 1,
        flaw: { what: 'more-than-given', series, given: counters.get(series) ?? 0 },
      };
  }
  return null;
}

/** Stream by stream, a page at a time. */
async function* streamsOf(
  page: Page,
): AsyncGenerator<{ readonly stream: string; readonly entries: readonly RawEntry[] }> {
  let after: { readonly stream: string; readonly seq: number } | null = null;
  let current: RawEntry[] = [];
  for (;;) {
    const from: typeof after = after;
    const read: readonly RawEntry[] = await page(({ tx }) => tx.rawEntries({ after: from, take: PAGE }));
    for (const entry of read) {
      const stream = current[0]?.stream;
      if (stream !== undefined && stream !== entry.stream) {
        yield { stream, entries: current };
        current = [];
      }
      current.push(entry);
    }
    const last = read.at(-1);
    if (last === undefined || read.length < PAGE) break;
    after = { stream: last.stream, seq: last.seq };
  }
  const stream = current[0]?.stream;
  if (stream !== undefined) yield { stream, entries: current };
}

/** Another instance may have written between reading the head and reading the entries: judged only under its lock. */
async function lookAgain(tx: Tx, stream: string): Promise<LedgerFault | null> {
  await tx.headSeq(stream, { lock: true });
  return verifyStream(stream, await rawStream(tx, stream), await tx.head(stream));
}
