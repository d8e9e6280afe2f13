/** Public vectors of transparency-dev/merkle, where they are at hand (never copied into the repository). */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isConsistent, isIncluded } from '../../src/domain/log/hashes.js';
import * as inBrowser from '../../src/evidence/hashes.js';

const FILE = resolve('../shared/data/merkle-vectors.json');
const FILES = [FILE, resolve('../../shared/data/merkle-vectors.json')];

const size = z.union([z.number(), z.string()]).transform(Number);
const hash = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const proof = z.array(hash).nullable();
const base = { name: z.string(), wantErr: z.boolean(), proof };
const vectors = z.object({
  inclusion: z.array(z.object({ ...base, leafIdx: size, treeSize: size, root: hash, leafHash: hash })),
  consistency: z.array(z.object({ ...base, size1: size, size2: size, root1: hash, root2: hash })),
});

const found = FILES.find(existsSync);
if (found === undefined) console.log(`skipped: the public Merkle vectors are not at ${FILE}`);

describe.skipIf(found === undefined)('public vectors', () => {
  const { inclusion, consistency } =
    found === undefined
      ? { inclusion: [], consistency: [] }
      : vectors.parse(JSON.parse(readFileSync(found, 'utf8')));

  it('are all there', () => expect([inclusion.length, consistency.length]).toEqual([98, 98]));

  it.each(inclusion.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    const leaf = { index: each.leafIdx, hash: each.leafHash, proof: each.proof ?? [] };
    const tree = { size: each.treeSize, root: each.root };
    expect(isIncluded(leaf, tree)).toBe(!each.wantErr);
    expect(await inBrowser.isIncluded(leaf, leaf.proof, tree)).toBe(!each.wantErr);
  });

  it.each(consistency.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    const first = { size: each.size1, root: each.root1 };
    const second = { size: each.size2, root: each.root2 };
    expect(isConsistent(first, second, each.proof ?? [])).toBe(!each.wantErr);
    expect(await inBrowser.isConsistent(first, second, each.proof ?? [])).toBe(!each.wantErr);
  });
});
