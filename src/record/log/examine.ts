/**
 * The log against the ledger and against what was signed: every leaf is the entry it is of, and every signed root is that of the
 * leaves before it. Names the first entry or checkpoint that is not. Must not know: who asks, how findings are worded.
 */
import { setImmediate } from 'node:timers/promises';
import { type AnyCheckpoint, type LogCheckpoint, ofHeads, ofLog } from '../../domain/checkpoint.js';
import type { LedgerEntry, LedgerFault, LedgerFlaw } from '../../domain/ledger.js';
import { base64, sameBytes } from '../../domain/log/bytes.js';
import { EMPTY_ROOT, type Growing, growing, isIncluded, leafHash } from '../../domain/log/hashes.js';
import {
  DAY_FORM,
  dayLeaf,
  ENTRY_FORM,
  entryLeaf,
  LEGACY_FORM,
  legacyLeaf,
} from '../../domain/log/leaves.js';
import { openNoteBy } from '../../domain/log/signing.js';
import { storedCount, storedIndex } from '../../domain/log/tree.js';
import { STREAMS } from '../entry.js';
import type { Page } from '../kind.js';
import type { LogHash, LogLeaf, Tx } from '../store.js';
import { inclusionProofs, LogDamage } from './kept.js';

const LEAVES_A_PAGE = 500;

type Leaf = LogLeaf & { readonly entryHash: string | null };

const ofCheckpoint = (number: number, flaw: LedgerFlaw): LedgerFault => ({
  stream: STREAMS.checkpoints,
  seq: number,
  flaw,
});

/** The whole log up to the last of these checkpoints, in pages. Null: all of it is what was signed. */
export async function examineLog(
  page: Page,
  points: readonly AnyCheckpoint[],
  publicKeys: readonly Uint8Array[],
): Promise<LedgerFault | null> {
  const signed = points.filter(ofLog);
  const size = signed.at(-1)?.size ?? 0;
  const walk = createWalk(points, publicKeys);
  for (let from = 0; from < size; from += LEAVES_A_PAGE) {
    const to = Math.min(size, from + LEAVES_A_PAGE);
    const read = await page(async ({ tx }) => ({
      leaves: await tx.leaves({ from, to }),
      hashes: await tx.keptHashesFrom({ from: storedCount(from), to: storedCount(to) }),
    }));
    const fault = walk(from, to, read.leaves, read.hashes);
    if (fault !== null) return fault;
    await setImmediate();
  }
  return page(({ tx }) => whatIsBehind(tx, size));
}

/** Leaves are appended with the checkpoint that covers them: others than a newer checkpoint's are nobody's. */
async function whatIsBehind(tx: Tx, size: number): Promise<LedgerFault | null> {
  const [first] = await tx.leaves({ from: size, to: size + 1 });
  if (first === undefined) return null;
  const head = await tx.head(STREAMS.checkpoints);
  const [last] = head === null ? [] : await tx.leavesOf(DAY_FORM, { after: head.seq - 1, take: 1 });
  return last?.position === (await tx.logSize()) - 1
    ? null
    : ofCheckpoint(head?.seq ?? 0, { what: 'leaf-added', position: first.position });
}

type Walk = (
  from: number,
  to: number,
  leaves: readonly Leaf[],
  hashes: readonly LogHash[],
) => LedgerFault | null;

/** Goes over the leaves page by page, growing a tree of its own beside the one that is kept. */
function createWalk(points: readonly AnyCheckpoint[], publicKeys: readonly Uint8Array[]): Walk {
  const signed = points.filter(ofLog);
  const bytesOf = leafBytes(points);
  const tree = growing(0, () => EMPTY_ROOT);
  let next = 0;
  return (from, to, leaves, hashes) => {
    let at = 0;
    for (let position = from; position < to; position += 1) {
      const leaf = leaves[position - from];
      const point = signed[next];
      const fault = leafFault(leaf, position, point, bytesOf);
      if (fault !== null) return fault;
      const made = tree.add(
        leafHash(leaf === undefined ? new Uint8Array() : (bytesOf(leaf) ?? new Uint8Array())),
      );
      for (const [level, hash] of made.entries()) {
        const kept = hashes[at];
        at += 1;
        if (kept === undefined || kept.hash !== base64(hash)) return keptFault(leaf, position, point, level);
      }
      if (point === undefined || tree.size() !== point.size) continue;
      const wrong = pointFault(point, tree, publicKeys);
      if (wrong !== null) return wrong;
      next += 1;
    }
    return null;
  };
}

/** A leaf as it must read; null: nothing in the ledger makes such a leaf. */
const leafBytes = (points: readonly AnyCheckpoint[]) => {
  const byNumber = new Map(points.map((point) => [point.number, point]));
  return ({ stream, seq, entryHash }: Leaf): Uint8Array | null => {
    const point = byNumber.get(seq);
    if (stream === DAY_FORM) return point !== undefined && ofLog(point) ? dayLeaf(point) : null;
    if (stream === LEGACY_FORM) return point !== undefined && ofHeads(point) ? legacyLeaf(point) : null;
    return entryHash === null ? null : entryLeaf({ stream, seq, hash: entryHash });
  };
};

function leafFault(
  leaf: Leaf | undefined,
  position: number,
  point: LogCheckpoint | undefined,
  bytesOf: (leaf: Leaf) => Uint8Array | null,
): LedgerFault | null {
  const number = point?.number ?? 0;
  if (leaf === undefined || leaf.position !== position)
    return ofCheckpoint(number, { what: 'leaf-missing', position });
  if (bytesOf(leaf) !== null) return null;
  const { stream, seq } = leaf;
  return isForm(stream)
    ? ofCheckpoint(number, { what: 'leaf-changed', position })
    : { stream, seq, flaw: { what: 'seen-and-gone', checkpoint: number } };
}

/** The kept hash is another one: of the leaf itself where the level is 0, so the entry is not the one that was seen. */
function keptFault(
  leaf: Leaf | undefined,
  position: number,
  point: LogCheckpoint | undefined,
  level: number,
): LedgerFault {
  const number = point?.number ?? 0;
  if (leaf === undefined || level > 0 || isForm(leaf.stream))
    return ofCheckpoint(number, { what: 'leaf-changed', position });
  return { stream: leaf.stream, seq: leaf.seq, flaw: { what: 'seen-otherwise', checkpoint: number } };
}

const isForm = (stream: string): boolean => [DAY_FORM, LEGACY_FORM, ENTRY_FORM].includes(stream);

function pointFault(
  { number, size, note }: LogCheckpoint,
  tree: Pick<Growing, 'root'>,
  publicKeys: readonly Uint8Array[],
): LedgerFault | null {
  const opened = openNoteBy(note, publicKeys);
  if (opened.kind !== 'opened') return ofCheckpoint(number, { what: 'not-signed' });
  return opened.head.size === size && sameBytes(opened.head.root, tree.root())
    ? null
    : ofCheckpoint(number, { what: 'other-tree', size });
}

/**
 * One stream's leaves: each is its entry, and is proven in the tree of the last checkpoint. Reads the stream's own leaves, the
 * hashes their proofs need and one checkpoint.
 */
export async function examineLeaves(
  tx: Tx,
  stream: string,
  entries: readonly LedgerEntry[],
  last: LogCheckpoint,
  publicKeys: readonly Uint8Array[],
): Promise<LedgerFault | null> {
  const opened = openNoteBy(last.note, publicKeys);
  if (opened.kind !== 'opened') return ofCheckpoint(last.number, { what: 'not-signed' });
  const hashes = new Map(entries.map(({ seq, hash }) => [seq, hash]));
  for (let after = 0; ; ) {
    const leaves = await tx.leavesOf(stream, { after, take: LEAVES_A_PAGE });
    const fault = await leavesFault(tx, { leaves, hashes, number: last.number, after }, opened.head);
    if (fault !== null) return fault;
    after = leaves.at(-1)?.seq ?? after;
    if (leaves.length < LEAVES_A_PAGE) return null;
  }
}

async function leavesFault(
  tx: Tx,
  given: {
    readonly leaves: readonly LogLeaf[];
    readonly hashes: ReadonlyMap<number, string>;
    readonly number: number;
    readonly after: number;
  },
  tree: { readonly size: number; readonly root: Uint8Array },
): Promise<LedgerFault | null> {
  const { leaves, hashes, number, after } = given;
  const proofs = await proofsOf(tx, leaves, tree.size);
  for (const [index, { stream, seq, position }] of leaves.entries()) {
    const hash = hashes.get(seq);
    const proof = proofs?.[index];
    if (seq !== after + index + 1 || proof === undefined)
      return ofCheckpoint(number, { what: 'leaf-missing', position });
    if (hash === undefined) return { stream, seq, flaw: { what: 'seen-and-gone', checkpoint: number } };
    const leaf = { index: position, hash: leafHash(entryLeaf({ stream, seq, hash })), proof };
    if (!isIncluded(leaf, tree)) return { stream, seq, flaw: await notIncluded(tx, leaf, number) };
  }
  return null;
}

/** Null: hashes it takes are not there, or a leaf lies beyond the tree. */
async function proofsOf(tx: Tx, leaves: readonly LogLeaf[], size: number) {
  if (leaves.some(({ position }) => position >= size)) return null;
  try {
    return await inclusionProofs(
      tx,
      leaves.map(({ position }) => position),
      size,
    );
  } catch (error) {
    if (error instanceof LogDamage) return null;
    throw error;
  }
}

/** Whether it is the entry that is another one, or the log around its leaf. */
async function notIncluded(
  tx: Tx,
  leaf: { readonly index: number; readonly hash: Uint8Array },
  checkpoint: number,
): Promise<LedgerFlaw> {
  const id = storedIndex(0, leaf.index);
  const kept = (await tx.keptHashes([id])).get(id);
  return kept === base64(leaf.hash)
    ? { what: 'leaf-changed', position: leaf.index }
    : { what: 'seen-otherwise', checkpoint };
}
