/**
 * Verifying the ledger: every stream against its head, every checkpoint, and then every table against its stream
 * (domain.md rules 5 and 10). A damaged entry is found, never stumbled over: hashes come first, meaning after.
 * Must not know: who asks, how findings are worded.
 */

import { type Checkpoint, verifyCheckpoints } from '../domain/checkpoint.js';
import { type LedgerEntry, type LedgerFault, verifyStream } from '../domain/ledger.js';
import { partsOf, referenceOf } from '../vocabulary/references.js';
import { checkpoints, digestEvents, type Signing } from './checkpoints.js';
import { fromEntry, STREAMS } from './entry.js';
import { isNumbered, type Kinds, type PackOf } from './kind.js';
import { stampedOf } from './load.js';
import { type Difference, diffProjections, diffStream } from './rebuild.js';
import { LedgerDamage, type Tx } from './store.js';

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
  | { readonly kind: 'drifted'; readonly differences: readonly Difference[] };

type Means = {
  readonly tx: Tx;
  readonly verify: Signing['verify'];
  readonly packOf: PackOf;
  readonly kinds: Kinds;
};

const PAGE = 500;
/** Below any entry's number, forged ones too: the least the column holds. */
const BEFORE_ALL = -2_147_483_648;

/** The whole ledger. */
export async function auditLedger({ tx, verify, packOf, kinds }: Means): Promise<Audit> {
  const heads = new Map((await tx.heads()).map((head) => [head.stream, head]));
  const { points, fault: unreadable } = await readCheckpoints(tx);
  const witnessed = new Set(points.flatMap(({ moved }) => moved.map(placeOf)));
  const hashes = new Map<string, string>();
  const faults: LedgerFault[] = [];
  const seen = new Set<string>();
  let count = 0;
  for await (const { stream, entries } of streamsOf(tx)) {
    seen.add(stream);
    count += entries.length;
    const suspect = verifyStream(stream, entries, heads.get(stream) ?? null);
    const fault = suspect === null ? null : await lookAgain(tx, stream);
    if (fault !== null) faults.push(fault);
    for (const entry of entries) if (witnessed.has(placeOf(entry))) hashes.set(placeOf(entry), entry.hash);
  }
  for (const stream of heads.keys()) {
    const fault = seen.has(stream) ? null : await lookAgain(tx, stream);
    if (fault !== null) faults.push(fault);
  }
  if (faults.length > 0) return { kind: 'broken', faults };
  const fault =
    unreadable ??
    verifyCheckpoints(points, verify, (stream, seq) => hashes.get(placeOf({ stream, seq })) ?? null) ??
    (await missingCheckpoint(tx, points)) ??
    missingStream([...seen], await tx.counters(), prefixesOf(kinds));
  if (fault !== null) return { kind: 'broken', faults: [fault] };
  const differences = await diffProjections(tx, packOf, kinds);
  if (differences.length > 0) return { kind: 'drifted', differences };
  return { kind: 'whole', streams: seen.size, entries: count, checkpoints: points };
}

/** One numbered stream, with what the checkpoints saw of it; null when nothing knows of it. */
export async function auditStream({ tx, verify, packOf, kinds }: Means, ref: string): Promise<Audit | null> {
  const kind = kinds.of(ref);
  const examined = await examineStream({ tx, verify, kinds }, ref);
  if (kind === null || examined === null) return null;
  const { entries, points, fault } = examined;
  if (fault !== null) return { kind: 'broken', faults: [fault] };
  const differences = await diffStream(tx, kind, ref, packOf);
  if (differences.length > 0) return { kind: 'drifted', differences };
  return { kind: 'whole', streams: 1, entries: entries.length, checkpoints: points };
}

/** What the ledger alone says of a numbered stream, its head locked; null when nothing knows of it. */
export async function examineStream(
  { tx, verify, kinds }: Pick<Means, 'tx' | 'verify' | 'kinds'>,
  ref: string,
): Promise<{
  readonly entries: readonly LedgerEntry[];
  readonly points: readonly Checkpoint[];
  readonly fault: LedgerFault | null;
} | null> {
  await tx.headSeq(ref, { lock: true });
  const head = await tx.head(ref);
  const entries = await rawStream(tx, ref);
  const { points, fault: unreadable } = await readCheckpoints(tx);
  const witnessed = points.flatMap(({ moved }) => moved);
  const empty = head === null && entries.length === 0;
  const row = (await kinds.of(ref)?.table?.stored(tx, ref)) ?? null;
  if (empty && !witnessed.some(({ stream }) => stream === ref) && row === null) return null;
  const hashes = new Map(
    [...witnessed.filter(({ stream }) => stream !== ref), ...entries].map((one) => [placeOf(one), one.hash]),
  );
  const fault =
    verifyStream(ref, entries, head) ??
    unreadable ??
    verifyCheckpoints(points, verify, (stream, seq) => hashes.get(placeOf({ stream, seq })) ?? null) ??
    (empty ? { stream: ref, seq: 1, flaw: { what: 'stream-gone' } } : null);
  return { entries, points, fault };
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
export async function rawStream(tx: Tx, stream: string): Promise<readonly LedgerEntry[]> {
  const found: LedgerEntry[] = [];
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
  tx: Tx,
): AsyncGenerator<{ readonly stream: string; readonly entries: readonly LedgerEntry[] }> {
  let after: { readonly stream: string; readonly seq: number } | null = null;
  let current: LedgerEntry[] = [];
  for (;;) {
    const page: readonly LedgerEntry[] = await tx.rawEntries({ after, take: PAGE });
    for (const entry of page) {
      const stream = current[0]?.stream;
      if (stream !== undefined && stream !== entry.stream) {
        yield { stream, entries: current };
        current = [];
      }
      current.push(entry);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
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
