/**
 * Verifying the ledger: every stream against its head, every checkpoint, and then every table against its stream
 * (domain.md rules 5 and 10). A damaged entry is found, never stumbled over: hashes come first, meaning after.
 * Must not know: who asks, how findings are worded.
 */

import { setImmediate } from 'node:timers/promises';
import { type Checkpoint, checkpointCheck } from '../domain/checkpoint.js';
import { type LedgerEntry, type LedgerFault, verifyStream } from '../domain/ledger.js';
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
import { checkpoints, digestEvents, type Signing } from './checkpoints.js';
import { fromEntry, STREAMS } from './entry.js';
import { isNumbered, type Kinds, type Page } from './kind.js';
import { stampedOf } from './load.js';
import { type Difference, diffProjections, diffStream } from './rebuild.js';
import { LedgerDamage, type RawEntry, type StreamHead, type Tx } from './store.js';

export type Audit =
  | {
      readonly kind: 'whole';
      readonly streams: number;
      readonly entries: number;
      readonly checkpoints: readonly Checkpoint[];
    }
  /** The first bad entry of each broken stream, in the ledger's order; never empty. */
  | { readonly kind: 'broken'; readonly faults: readonly LedgerFault[] }
  /** The ledger is whole and a table says something else; never empty. */
  | { readonly kind: 'drifted'; readonly differences: readonly Difference[] }
  /** Ledger and lists are whole, and rows beside them are not the desk's; never empty. */
  | { readonly kind: 'foreign'; readonly rows: readonly ForeignRow[] }
  /** All of it says what it should, and the database below is not as it was made; never empty. */
  | { readonly kind: 'damaged'; readonly damage: readonly Damage[] };

type Means = {
  readonly page: Page;
  readonly verify: Signing['verify'];
  readonly kinds: Kinds;
};

const PAGE = 500;
/** Below any entry's number, forged ones too: the least the column holds. */
const BEFORE_ALL = -2_147_483_648;

/** The whole ledger, in pages: others write meanwhile, and what they wrote is no fault. */
export async function auditLedger({ page, verify, kinds }: Means): Promise<Audit> {
  const { heads, points, unreadable, lastSeen } = await page(async ({ tx }) => {
    const { points: read, fault } = await readCheckpoints(tx);
    return { lastSeen: tx.lastSeen(), heads: await tx.heads(), points: read, unreadable: fault };
  });
  const { faults, hashes, seen, count } = await verifyStreams(page, heads, { points, lastSeen });
  if (faults.length > 0) return { kind: 'broken', faults };
  const fault =
    unreadable ??
    (await checkpointFault(points, verify, hashes)) ??
    (await page(async ({ tx }) => missingFrom(tx, kinds)));
  if (fault !== null) return { kind: 'broken', faults: [fault] };
  const differences = await diffProjections(page, kinds);
  if (differences.length > 0) return { kind: 'drifted', differences };
  const rows = await foreignRows(page);
  if (rows.length > 0) return { kind: 'foreign', rows };
  const damage = await damageOf(page, 'whole');
  if (damage.length > 0) return { kind: 'damaged', damage };
  return { kind: 'whole', streams: seen, entries: count, checkpoints: points };
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

/** A root over all heads is much arithmetic: between two of them others get their turn. */
async function checkpointFault(
  points: readonly Checkpoint[],
  verify: Signing['verify'],
  hashes: ReadonlyMap<string, string>,
): Promise<LedgerFault | null> {
  const check = checkpointCheck(verify, (stream, seq) => hashes.get(placeOf({ stream, seq })) ?? null);
  for (const point of points) {
    const fault = check(point);
    if (fault !== null) return fault;
    await setImmediate();
  }
  return null;
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
export function auditStream({ page, verify, kinds }: Means, ref: string): Promise<Audit | null> {
  return page(async ({ tx, packOf }) => {
    const kind = kinds.of(ref);
    const examined = await examineStream({ tx, verify, kinds }, ref);
    if (kind === null || examined === null) return null;
    const { entries, points, fault } = examined;
    if (fault !== null) return { kind: 'broken', faults: [fault] };
    const differences = await diffStream({ tx, packOf }, kind, ref);
    if (differences.length > 0) return { kind: 'drifted', differences };
    return { kind: 'whole', streams: 1, entries: entries.length, checkpoints: points };
  });
}

/** What the ledger alone says of a numbered stream, its head locked; null when nothing knows of it. */
export async function examineStream(
  { tx, verify, kinds }: Pick<Means, 'verify' | 'kinds'> & { readonly tx: Tx },
  ref: string,
): Promise<{
  readonly entries: readonly RawEntry[];
  readonly points: readonly Checkpoint[];
  readonly fault: LedgerFault | null;
} | null> {
  const lastSeen = tx.lastSeen();
  const head = (await tx.headSeq(ref, { lock: true })) === 0 ? null : await tx.head(ref);
  const entries = await rawStream(tx, ref);
  const { points, fault: unreadable } = await readCheckpoints(tx);
  const gone = goneSince(lastSeen, ref, entries);
  const empty = head === null && entries.length === 0 && gone === null;
  const row = (await kinds.of(ref)?.table?.stored(tx, ref)) ?? null;
  const witnessed = points.some(({ moved }) => moved.some(({ stream }) => stream === ref));
  if (empty && !witnessed && row === null) return null;
  const fault =
    verifyStream(ref, entries, head) ??
    unreadable ??
    checkpointFaultOf(points, verify, ref, entries) ??
    gone ??
    (await keysGoneOf(tx, entries)) ??
    (empty ? { stream: ref, seq: 1, flaw: { what: 'stream-gone' } } : null);
  return { entries, points, fault };
}

async function keysGoneOf(tx: Tx, entries: readonly RawEntry[]): Promise<LedgerFault | null> {
  const places: KeyPlaces = new Map();
  notePlaces(places, entries);
  return (await keysGone(tx, places))[0] ?? null;
}

function checkpointFaultOf(
  points: readonly Checkpoint[],
  verify: Signing['verify'],
  stream: string,
  entries: readonly LedgerEntry[],
): LedgerFault | null {
  const hashes = new Map(entries.map(({ seq, hash }) => [seq, hash]));
  const check = checkpointCheck(verify, (_, seq) => hashes.get(seq) ?? null, { stream, last: points.at(-1) });
  for (const point of points) {
    const fault = check(point);
    if (fault !== null) return fault;
  }
  return null;
}

/** Every checkpoint an officer's digest carried must still be there. */
async function missingCheckpoint(tx: Tx, points: readonly Checkpoint[]): Promise<LedgerFault | null> {
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

const placeOf = ({ stream, seq }: { readonly stream: string; readonly seq: number }): string =>
  `${stream}|${seq}`;

/** The stream's entries as stored, unopened. */
export async function rawStream(tx: Tx, stream: string): Promise<readonly RawEntry[]> {
  const found: RawEntry[] = [];
  for (;;) {
    const after = { stream, seq: found.at(-1)?.seq ?? BEFORE_ALL };
    const page = await tx.rawEntries({ after, take: PAGE });
    const own = page.filter((entry) => entry.stream === stream);
    found.push(...own);
    if (own.length < PAGE) return found;
  }
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

/**
 * The checkpoints of a stream that verifies; none when it does not, which the audit finds by itself. A fault where the
 * hashes fit and an entry is no checkpoint.
 */
async function readCheckpoints(
  tx: Tx,
): Promise<{ readonly points: readonly Checkpoint[]; readonly fault: LedgerFault | null }> {
  const stream = STREAMS.checkpoints;
  const entries = await rawStream(tx, stream);
  if (verifyStream(stream, entries, entries.at(-1) ?? null) !== null) return { points: [], fault: null };
  const points: Checkpoint[] = [];
  for (const entry of entries) {
    const point = readCheckpoint(entry);
    if (point === null)
      return { points: [], fault: { stream, seq: entry.seq, flaw: { what: 'no-checkpoint' } } };
    points.push(point);
  }
  return { points, fault: null };
}

/** Null: its hash fits, and it is none. Throws NewerEntry. */
function readCheckpoint(entry: LedgerEntry): Checkpoint | null {
  try {
    return stampedOf(checkpoints, { ...entry, personal: null }).event;
  } catch (error) {
    if (error instanceof LedgerDamage) return null;
    throw error;
  }
}
