/**
 * The log's hashing (RFC 6962 section 2.1) over raw bytes, synchronous with `node:crypto`: a browser folds the same steps
 * (paths.ts) with WebCrypto. Must not know: what leaves say, where hashes are kept.
 */
import { createHash } from 'node:crypto';
import { sameBytes } from './bytes.js';
import { consistencySteps, inclusionSteps, isHash, type Step } from './paths.js';
import { consistencyIndexes, inclusionIndexes, rootIndexes } from './tree.js';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

export const leafHash = (leaf: Uint8Array): Uint8Array => sha256(LEAF, leaf);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(NODE, left, right);
export const EMPTY_ROOT: Uint8Array = sha256();

const folded = (start: Uint8Array, steps: readonly Step[]): Uint8Array =>
  steps.reduce(
    (hash, step) => (step.side === 'left' ? nodeHash(step.hash, hash) : nodeHash(hash, step.hash)),
    start,
  );

/** Whether the leaf of this hash is the `index`-th (from 0) of the tree with this size and root (RFC 9162 2.1.3.2). */
export function isIncluded(
  {
    index,
    hash,
    proof,
  }: { readonly index: number; readonly hash: Uint8Array; readonly proof: readonly Uint8Array[] },
  tree: { readonly size: number; readonly root: Uint8Array },
): boolean {
  const steps = inclusionSteps(index, tree.size, proof);
  return steps !== null && isHash(hash) && sameBytes(folded(hash, steps), tree.root);
}

/** Whether the first tree is the beginning of the second (RFC 9162 2.1.4.2); of an empty tree nothing is proven. */
export function isConsistent(
  first: { readonly size: number; readonly root: Uint8Array },
  second: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (first.size === second.size && first.size > 0)
    return proof.length === 0 && sameBytes(first.root, second.root);
  const steps = consistencySteps(first.size, second.size, first.root, proof);
  return (
    steps !== null &&
    sameBytes(folded(steps.start, steps.toFirst), first.root) &&
    sameBytes(folded(steps.start, steps.toSecond), second.root)
  );
}

/** The hash kept under this number (tree.ts). Throws when there is none. */
export type KeptHash = (storedIndex: number) => Uint8Array;

function together(indexes: readonly number[], kept: KeptHash): Uint8Array {
  const hashes = indexes.map(kept);
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

export const rootOf = (size: number, kept: KeptHash): Uint8Array =>
  size === 0 ? EMPTY_ROOT : together(rootIndexes(size), kept);

/** For index < size. */
export const inclusionProof = (index: number, size: number, kept: KeptHash): readonly Uint8Array[] =>
  inclusionIndexes(index, size).map((indexes) => together(indexes, kept));

/** For 0 < first ≤ second. */
export const consistencyProof = (first: number, second: number, kept: KeptHash): readonly Uint8Array[] =>
  consistencyIndexes(first, second).map((indexes) => together(indexes, kept));

/** A tree that grows by one leaf at a time, holding only the hashes of its complete subtrees from the left. */
export type Growing = {
  readonly size: () => number;
  readonly root: () => Uint8Array;
  /** The hashes to keep for this leaf, in the order of their numbers: its own first. */
  readonly add: (leaf: Uint8Array) => readonly Uint8Array[];
};

/** `kept` gives the hashes of the complete subtrees of a tree of this size. */
export function growing(from: number, kept: KeptHash): Growing {
  let size = from;
  const edge = rootIndexes(from).map(kept);
  return {
    size: () => size,
    root: () => (size === 0 ? EMPTY_ROOT : edge.reduceRight((right, left) => nodeHash(left, right))),
    add: (leaf) => {
      const made = [leaf];
      let hash = leaf;
      for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
        const left = edge.pop();
        if (left === undefined) throw new Error('a complete subtree is missing');
        hash = nodeHash(left, hash);
        made.push(hash);
      }
      edge.push(hash);
      size += 1;
      return made;
    },
  };
}
