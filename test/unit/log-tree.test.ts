/** The log's tree against its definition (RFC 6962 section 2.1), its proofs, its leaves byte by byte. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  EMPTY_ROOT,
  growing,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  nodeHash,
  rootOf,
} from '../../src/domain/log/hashes.js';
import { dayLeaf, entryLeaf, legacyLeaf } from '../../src/domain/log/leaves.js';
import { consistencyIndexes, inclusionIndexes, rootIndexes, storedCount } from '../../src/domain/log/tree.js';

const HASH = 'ab'.repeat(32);
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** The definition itself, by recursion over all leaves. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return createHash('sha256').digest();
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
}

const MOST = 70;
const leaves = Array.from({ length: MOST }, (_, seq) =>
  leafHash(entryLeaf({ stream: 'PR-2026-0001', seq: seq + 1, hash: HASH })),
);
const kept: Uint8Array[] = [];
const roots: Uint8Array[] = [EMPTY_ROOT];
const counts: number[] = [0];
const tree = growing(0, () => EMPTY_ROOT);
for (const leaf of leaves) {
  kept.push(...tree.add(leaf));
  roots.push(tree.root());
  counts.push(kept.length);
}
const keptAt = (index: number): Uint8Array => {
  const hash = kept[index];
  if (hash === undefined) throw new Error(`no hash is kept under ${index}`);
  return hash;
};
const rootAt = (size: number) => ({ size, root: roots[size] ?? EMPTY_ROOT });

describe('leaves', () => {
  it('say an entry, a day, and the last checkpoint before the log', () => {
    expect(textOf(entryLeaf({ stream: 'PR-2026-0001', seq: 3, hash: HASH }))).toBe(
      `ombud-entry/v1\nPR-2026-0001\n3\n${HASH}\n`,
    );
    expect(textOf(dayLeaf({ number: 12, day: '2026-11-27', streams: 40 }))).toBe(
      'ombud-day/v1\n12\n2026-11-27\n40\n',
    );
    expect(textOf(legacyLeaf({ number: 4, root: HASH }))).toBe(`ombud-legacy/v1\n4\n${HASH}\n`);
  });

  it('are not made of a field that holds a line break', () =>
    expect(() => entryLeaf({ stream: 'PR\n2', seq: 1, hash: HASH })).toThrow('line break'));
});

describe('the tree', () => {
  it('has the root of its definition at every size, and keeps each hash once', () => {
    for (let size = 0; size <= MOST; size += 1) {
      expect(rootAt(size).root).toEqual(new Uint8Array(definedRoot(leaves.slice(0, size))));
      expect(rootOf(size, keptAt)).toEqual(rootAt(size).root);
      expect(storedCount(size)).toBe(counts[size]);
    }
  });

  it('grows on from what was kept', () => {
    for (const from of [1, 2, 3, 31, 32, 33]) {
      const again = growing(from, keptAt);
      const more = leaves.slice(from).flatMap((leaf) => again.add(leaf));
      expect([...kept.slice(0, storedCount(from)), ...more]).toEqual(kept);
    }
  });

  it('proves every leaf in every tree, and no other in its place', () => {
    for (let size = 1; size <= MOST; size += 7)
      for (const [index, hash] of leaves.slice(0, size).entries()) {
        const proof = inclusionProof(index, size, keptAt);
        expect(isIncluded({ index, hash, proof }, rootAt(size))).toBe(true);
        expect(isIncluded({ index: (index + 1) % size, hash, proof }, rootAt(size))).toBe(size === 1);
        expect(isIncluded({ index, hash: nodeHash(hash, hash), proof }, rootAt(size))).toBe(false);
      }
  });

  it('proves that every smaller tree is its beginning, and that no other is', () => {
    for (let second = 1; second <= MOST; second += 3)
      for (let first = 1; first <= second; first += 1) {
        const proof = consistencyProof(first, second, keptAt);
        expect(isConsistent(rootAt(first), rootAt(second), proof)).toBe(true);
        const other = { size: first, root: nodeHash(rootAt(first).root, rootAt(first).root) };
        expect(isConsistent(other, rootAt(second), proof)).toBe(false);
      }
  });

  it('needs a few hashes for a root or a proof, however many leaves there are', () =>
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50_000_000 }), fc.nat(), (size, any) => {
        const most = Math.ceil(Math.log2(size)) + 1;
        const index = any % size;
        expect(rootIndexes(size).length).toBeLessThanOrEqual(most);
        expect(inclusionIndexes(index, size).flat().length).toBeLessThanOrEqual(2 * most);
        expect(consistencyIndexes(index + 1, size).flat().length).toBeLessThanOrEqual(2 * most);
        expect(Math.max(...inclusionIndexes(index, size).flat())).toBeLessThan(storedCount(size));
      }),
    ));
});
