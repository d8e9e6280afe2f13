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

/** So many days before the last one are proven to be its beginning. */
const EARLIER = 60;

/** Earlier checkpoints, latest first, each proven to be the beginning of the one of that number (RFC 9162 2.1.4). Throws LogDamage. */
export async function earlierPoints(
  tx: Tx,
  number: number,
): Promise<readonly (LogPoint & { readonly consistency: readonly string[] })[]> {
  const last = await logCheckpoint(tx, number);
  const found: (LogPoint & { readonly consistency: readonly string[] })[] = [];
  for (let at = number - 1; last !== null && at >= Math.max(1, number - EARLIER); at -= 1) {
    const point = await logCheckpoint(tx, at);
    if (point === null) break;
    const proof = await consistencyOf(tx, point.size, last.size);
    found.push({ number: at, day: point.day, note: point.note, consistency: proof.map(base64) });
  }
  return found;
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
