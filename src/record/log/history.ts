/**
 * Whether a checkpoint somebody holds, from the chat or a file, is of the history this database holds. Must not know: how it was
 * pasted, how the answer is worded.
 */
import { type LogCheckpoint, ofLog } from '../../domain/checkpoint.js';
import { sameBytes } from '../../domain/log/bytes.js';
import type { TreeHead } from '../../domain/log/note.js';
import { openNoteBy } from '../../domain/log/signing.js';
import { checkpointNumbered, latestCheckpoint } from '../checkpoints.js';
import type { Page } from '../kind.js';
import type { Tx } from '../store.js';
import { LogDamage, rootAt } from './kept.js';
import { countUnlogged } from './moved.js';

export type Verdict =
  /** Everything it covers is as it was; so many entries were added since. */
  | { readonly kind: 'of-this-history'; readonly point: LogCheckpoint; readonly since: number }
  /** This desk's key signed it, and the leaves it covers are others; `size`: how many there are now. */
  | { readonly kind: 'of-another-history'; readonly signed: number; readonly size: number }
  /** No signature of this desk's key: altered, or another log's. */
  | { readonly kind: 'not-signed' };

/** `note` is the note itself, byte for byte. */
export async function verdictOn(
  page: Page,
  note: string,
  publicKeys: readonly Uint8Array[],
): Promise<Verdict> {
  const opened = openNoteBy(note, publicKeys);
  if (opened.kind !== 'opened') return { kind: 'not-signed' };
  const { head } = opened;
  const found = await page(({ tx }) => pointOf(tx, head));
  if (found === null)
    return {
      kind: 'of-another-history',
      signed: head.size,
      size: await page(({ tx }) => tx.logSize()),
    };
  return { kind: 'of-this-history', point: found.point, since: found.logged + (await countUnlogged(page)) };
}

/** The checkpoint of that tree, and how many entries of the log come after it; null: the tree is not this log's. */
async function pointOf(
  tx: Tx,
  head: TreeHead,
): Promise<{ readonly point: LogCheckpoint; readonly logged: number } | null> {
  const latest = await latestCheckpoint(tx);
  const size = await tx.logSize();
  if (latest === null || !ofLog(latest) || size < head.size || !(await isRoot(tx, head))) return null;
  const point = await pointOfSize(tx, head.size, latest);
  // Each day since has a leaf of its own, which is no entry.
  return point === null ? null : { point, logged: size - head.size - (latest.number - point.number) };
}

async function isRoot(tx: Tx, { size, root }: TreeHead): Promise<boolean> {
  try {
    return sameBytes(await rootAt(tx, size), root);
  } catch (error) {
    if (error instanceof LogDamage) return false;
    throw error;
  }
}

/** Sizes grow with the numbers: looked for by halves. */
async function pointOfSize(tx: Tx, size: number, latest: LogCheckpoint): Promise<LogCheckpoint | null> {
  let [low, high] = [1, latest.number];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const point = await checkpointNumbered(tx, middle);
    if (point !== null && ofLog(point) && point.size >= size) high = middle;
    else low = middle + 1;
  }
  const found = await checkpointNumbered(tx, low);
  return found !== null && ofLog(found) && found.size === size ? found : null;
}
