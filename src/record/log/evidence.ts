/**
 * The proofs that a stream's entries are in the log, for whoever holds them outside the desk. Always the same for the same
 * checkpoint, however the log has grown. Must not know: files, who asks.
 */
import { type LogCheckpoint, ofLog } from '../../domain/checkpoint.js';
import { base64 } from '../../domain/log/bytes.js';
import { checkpointNumbered } from '../checkpoints.js';
import type { LogLeaf, Tx } from '../store.js';
import { consistencyOf, inclusionProofs } from './kept.js';

export type LogPoint = { readonly number: number; readonly day: string; readonly note: string };

/** Of an entry: the number of its leaf, and the hashes from there to the root, base64 (RFC 9162 2.1.3). */
export type EntryProof = {
  readonly entry: number;
  readonly index: number;
  readonly hashes: readonly string[];
};

/** The checkpoint of that number; null where it is from before the log, or there is none. */
export async function logPoint(tx: Tx, number: number): Promise<LogPoint | null> {
  const point = await logCheckpoint(tx, number);
  return point === null ? null : { number: point.number, day: point.day, note: point.note };
}

/** Of the stream's first `entries` entries, those that the checkpoint of that number covers. Throws LogDamage. */
export async function entryProofs(
  tx: Tx,
  stream: string,
  { entries, checkpoint }: { readonly entries: number; readonly checkpoint: number },
): Promise<readonly EntryProof[]> {
  const point = await logCheckpoint(tx, checkpoint);
  if (point === null) return [];
  const leaves = (await leavesUpTo(tx, stream, entries)).filter(({ position }) => position < point.size);
  const positions = leaves.map(({ position }) => position);
  const proofs = await inclusionProofs(tx, positions, point.size);
  return leaves.map(({ seq, position }, at) => ({
    entry: seq,
    index: position,
    hashes: (proofs[at] ?? []).map(base64),
  }));
}

/** So many days before the last one are proven to be its beginning, */
const EARLIER = 60;
/** and of the days on which an entry came into the log, so many. */
const MOVED = 200;

/**
 * Earlier checkpoints, latest first, each proven to be the beginning of the one of that number (RFC 9162 2.1.4): the last days',
 * and those that first covered a leaf at one of these positions, so that a note from the time of the record is among them.
 * Throws LogDamage.
 */
export async function earlierPoints(
  tx: Tx,
  number: number,
  positions: readonly number[],
): Promise<readonly (LogPoint & { readonly consistency: readonly string[] })[]> {
  const last = await logCheckpoint(tx, number);
  if (last === null) return [];
  const points = new Map<number, LogCheckpoint | null>();
  const pointAt = async (at: number): Promise<LogCheckpoint | null> => {
    const known = points.get(at);
    if (known !== undefined) return known;
    const read = await logCheckpoint(tx, at);
    points.set(at, read);
    return read;
  };
  const wanted = new Set<number>();
  for (let at = number - 1; at >= Math.max(1, number - EARLIER); at -= 1) wanted.add(at);
  for (const position of positions) {
    if (wanted.size >= EARLIER + MOVED) break;
    const first = await firstCovering(position, number, pointAt);
    if (first < number) wanted.add(first);
  }
  const found: (LogPoint & { readonly consistency: readonly string[] })[] = [];
  for (const at of [...wanted].sort((one, other) => other - one)) {
    const point = await pointAt(at);
    if (point === null) continue;
    const proof = await consistencyOf(tx, point.size, last.size);
    found.push({ number: at, day: point.day, note: point.note, consistency: proof.map(base64) });
  }
  return found;
}

/** Sizes grow with the numbers, and those from before the log cover nothing of it: looked for by halves. */
async function firstCovering(
  position: number,
  last: number,
  pointAt: (number: number) => Promise<LogCheckpoint | null>,
): Promise<number> {
  let [low, high] = [1, last];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const point = await pointAt(middle);
    if (point !== null && point.size > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function logCheckpoint(tx: Tx, number: number): Promise<LogCheckpoint | null> {
  const point = await checkpointNumbered(tx, number);
  return point !== null && ofLog(point) ? point : null;
}

const LEAVES_A_PAGE = 500;

async function leavesUpTo(tx: Tx, stream: string, seq: number): Promise<readonly LogLeaf[]> {
  const found: LogLeaf[] = [];
  for (;;) {
    const after = found.at(-1)?.seq ?? 0;
    const page = await tx.leavesOf(stream, { after, take: LEAVES_A_PAGE });
    found.push(...page.filter((leaf) => leaf.seq <= seq));
    if (page.length < LEAVES_A_PAGE || (page.at(-1)?.seq ?? seq) >= seq) return found;
  }
}
