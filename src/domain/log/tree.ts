/**
 * Where the hashes of an append-only tree are kept, and which of them a root or a proof needs: those of complete subtrees,
 * numbered in the order in which they become complete (as Go's sumdb/tlog numbers them), so that each is written once and a
 * root or a proof reads O(log n) of them. Must not know: how a hash is computed, where they are kept.
 */

/** The largest power of two below `count`, for count > 1 (RFC 6962 section 2.1). */
function splitOf(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** Where the hash of the `n`-th complete subtree of 2^level leaves is kept, from 0. */
export function storedIndex(level: number, n: number): number {
  let leaf = n;
  for (let up = level; up > 0; up -= 1) leaf = leaf * 2 + 1;
  let index = 0;
  for (; leaf > 0; leaf = Math.floor(leaf / 2)) index += leaf;
  return index + level;
}

/** How many hashes are kept for a tree of so many leaves. */
export function storedCount(size: number): number {
  if (size === 0) return 0;
  let count = storedIndex(0, size - 1) + 1;
  for (let leaf = size - 1; leaf % 2 === 1; leaf = Math.floor(leaf / 2)) count += 1;
  return count;
}

/** The complete subtrees that leaves `from` to before `to` fall into, left to right; `from` begins a subtree of that span. */
function subtrees(from: number, to: number): readonly number[] {
  const found: number[] = [];
  let at = from;
  while (at < to) {
    const count = to - at;
    const span = count === 1 ? 1 : splitOf(count + 1);
    found.push(storedIndex(Math.log2(span), at / span));
    at += span;
  }
  return found;
}

/** Kept hashes that, hashed together from the right, make the root; none for the empty tree. */
export const rootIndexes = (size: number): readonly number[] => subtrees(0, size);

/** For each hash of an inclusion proof, from the leaf up, the kept hashes it is made of. For index < size. */
export function inclusionIndexes(index: number, size: number): readonly (readonly number[])[] {
  const walk = (from: number, to: number): readonly (readonly number[])[] => {
    if (to - from === 1) return [];
    const middle = from + splitOf(to - from);
    return index < middle
      ? [...walk(from, middle), subtrees(middle, to)]
      : [...walk(middle, to), subtrees(from, middle)];
  };
  return walk(0, size);
}

/** The same for a proof that a tree of `first` leaves begins one of `second`. For 0 < first ≤ second. */
export function consistencyIndexes(first: number, second: number): readonly (readonly number[])[] {
  const walk = (from: number, to: number): readonly (readonly number[])[] => {
    // The smaller tree itself is known to whoever verifies; another complete part of it is not.
    if (to === first) return from === 0 ? [] : [subtrees(from, to)];
    const middle = from + splitOf(to - from);
    return first <= middle
      ? [...walk(from, middle), subtrees(middle, to)]
      : [...walk(middle, to), subtrees(from, middle)];
  };
  return first === second ? [] : walk(0, second);
}
