/**
 * What checkpoints say of the ledger: those from before the log by the heads they name, those of the log by a stream's leaves.
 * Must not know: what else is audited, who asks.
 */
import { setImmediate } from 'node:timers/promises';
import {
  type AnyCheckpoint,
  type Checkpoint,
  checkpointCheck,
  ofHeads,
  ofLog,
} from '../domain/checkpoint.js';
import { type LedgerEntry, type LedgerFault, verifyStream } from '../domain/ledger.js';
import { checkpointNumbered, checkpoints, latestCheckpoint, type Signing } from './checkpoints.js';
import { STREAMS } from './entry.js';
import { stampedOf } from './load.js';
import { examineLeaves } from './log/examine.js';
import { LedgerDamage, type RawEntry, type Tx } from './store.js';

type Verifying = Pick<Signing, 'verify'> & { readonly log: Pick<Signing['log'], 'publicKeys'> };

const PAGE = 500;
/** Below any entry's number, forged ones too: the least the column holds. */
const BEFORE_ALL = -2_147_483_648;

export const placeOf = ({ stream, seq }: { readonly stream: string; readonly seq: number }): string =>
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

/** The last entry of a stream that a checkpoint saw (0: none), and the first that saw it. */
export type Seen = { readonly last: AnyCheckpoint | null; readonly seen: number };

/** Those from before the log: between two of them others get their turn. */
export async function checkpointFault(
  points: readonly Checkpoint[],
  verify: Signing['verify'],
  hashes: ReadonlyMap<string, string>,
): Promise<LedgerFault | null> {
  const hashAt = (stream: string, seq: number) => hashes.get(placeOf({ stream, seq })) ?? null;
  const check = checkpointCheck(verify, hashAt, { stream: null, last: points.at(-1) });
  for (const point of points) {
    const fault = check(point);
    if (fault !== null) return fault;
    await setImmediate();
  }
  return null;
}

/**
 * With a log: its leaves against the last checkpoint, and no other is read but for whose day it was. On a desk that has made
 * checkpoints only before there was one: all of them.
 */
export async function againstCheckpoints(
  { tx, signing }: { readonly tx: Tx; readonly signing: Verifying },
  ref: string,
  entries: readonly LedgerEntry[],
): Promise<{
  readonly seen: Seen;
  readonly latest: AnyCheckpoint | null;
  readonly fault: LedgerFault | null;
}> {
  const found = await readLatest(tx);
  if ('flaw' in found) return { seen: { last: null, seen: 0 }, latest: null, fault: found };
  const { latest } = found;
  if (latest !== null && ofLog(latest)) {
    const fault = await examineLeaves(tx, ref, entries, latest, signing.log.publicKeys);
    return { seen: await seenByLog(tx, ref, latest.number), latest, fault };
  }
  const { points, fault } = await readCheckpoints(tx);
  const old = points.filter(ofHeads);
  const last = old.filter(({ moved }) => moved.some(({ stream }) => stream === ref)).at(-1) ?? null;
  const seen = last?.moved.find(({ stream }) => stream === ref)?.seq ?? 0;
  return {
    seen: { last, seen },
    latest,
    fault: fault ?? checkpointFaultOf(old, signing.verify, ref, entries),
  };
}

async function readLatest(tx: Tx): Promise<{ readonly latest: AnyCheckpoint | null } | LedgerFault> {
  try {
    return { latest: await latestCheckpoint(tx) };
  } catch (error) {
    if (!(error instanceof LedgerDamage)) throw error;
    return { stream: error.stream, seq: error.seq, flaw: { what: 'no-checkpoint' } };
  }
}

/** Which checkpoint was the first to cover the stream's last leaf: looked for by halves. */
async function seenByLog(tx: Tx, stream: string, newest: number): Promise<Seen> {
  const leaf = await tx.lastLeafOf(stream);
  if (leaf === null) return { last: null, seen: 0 };
  let [low, high] = [1, newest];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const point = await checkpointNumbered(tx, middle);
    if (point !== null && ofLog(point) && point.size > leaf.position) high = middle;
    else low = middle + 1;
  }
  return { last: await checkpointNumbered(tx, low), seen: leaf.seq };
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

/**
 * The checkpoints of a stream that verifies; none when it does not, which the audit finds by itself. A fault where the
 * hashes fit and an entry is no checkpoint.
 */
export async function readCheckpoints(
  tx: Tx,
): Promise<{ readonly points: readonly AnyCheckpoint[]; readonly fault: LedgerFault | null }> {
  const stream = STREAMS.checkpoints;
  const entries = await rawStream(tx, stream);
  if (verifyStream(stream, entries, entries.at(-1) ?? null) !== null) return { points: [], fault: null };
  const points: AnyCheckpoint[] = [];
  for (const entry of entries) {
    const point = readCheckpoint(entry);
    if (point === null)
      return { points: [], fault: { stream, seq: entry.seq, flaw: { what: 'no-checkpoint' } } };
    points.push(point);
  }
  return { points, fault: null };
}

/** Null: its hash fits, and it is none. Throws NewerEntry. */
function readCheckpoint(entry: LedgerEntry): AnyCheckpoint | null {
  try {
    return stampedOf(checkpoints, { ...entry, personal: null }).event;
  } catch (error) {
    if (error instanceof LedgerDamage) return null;
    throw error;
  }
}
