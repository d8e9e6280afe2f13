/**
 * Which hash meets which on the way to a root, without hashing anything (RFC 9162 sections 2.1.3.2 and 2.1.4.2): whoever
 * verifies folds the steps with the SHA-256 at hand, `node:crypto` here, WebCrypto in a browser.
 * Must not know: how a hash is computed, where proofs come from.
 */

/** The next hash of a proof, and on which side of what was computed so far it stands. */
export type Step = { readonly side: 'left' | 'right'; readonly hash: Uint8Array };

export const HASH_BYTES = 32;

export const isHash = (hash: Uint8Array): boolean => hash.length === HASH_BYTES;
const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isOdd = (value: number): boolean => value % 2 === 1;
const half = (value: number): number => Math.floor(value / 2);

/** From a leaf's hash to the root of a tree of `size` leaves; null: no proof of such a leaf has this many hashes. */
export function inclusionSteps(
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): readonly Step[] | null {
  if (!isSize(index) || !isSize(size) || index >= size || !proof.every(isHash)) return null;
  let at = index;
  let last = size - 1;
  const steps: Step[] = [];
  for (const hash of proof) {
    if (last === 0) return null;
    if (isOdd(at) || at === last) {
      steps.push({ side: 'left', hash });
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else steps.push({ side: 'right', hash });
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? steps : null;
}

/**
 * Two ways from one hash, `start`: `toFirst` must end at the smaller tree's root, `toSecond` at the larger one's. Null: no
 * proof that a tree of `first` leaves begins one of `second` has this many hashes. For 0 < first < second.
 */
export function consistencySteps(
  first: number,
  second: number,
  firstRoot: Uint8Array,
  proof: readonly Uint8Array[],
): {
  readonly start: Uint8Array;
  readonly toFirst: readonly Step[];
  readonly toSecond: readonly Step[];
} | null {
  if (!isSize(first) || !isSize(second) || first < 1 || first >= second) return null;
  if (proof.length === 0 || ![firstRoot, ...proof].every(isHash)) return null;
  let at = first - 1;
  let last = second - 1;
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  // A whole left subtree: its hash is the smaller root itself, which the proof leaves out.
  const [start, ...rest] = at === 0 ? [firstRoot, ...proof] : proof;
  if (start === undefined) return null;
  const toFirst: Step[] = [];
  const toSecond: Step[] = [];
  for (const hash of rest) {
    if (last === 0) return null;
    if (isOdd(at) || at === last) {
      toFirst.push({ side: 'left', hash });
      toSecond.push({ side: 'left', hash });
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else toSecond.push({ side: 'right', hash });
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? { start, toFirst, toSecond } : null;
}
