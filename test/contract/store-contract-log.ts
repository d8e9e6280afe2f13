/** The log's tables in the store contract: they grow by whole leaves, give back what a proof needs, and refuse to change. */
import { expect, it } from 'vitest';
import { isConsistent, isIncluded, leafHash } from '../../src/domain/log/hashes.js';
import { entryLeaf } from '../../src/domain/log/leaves.js';
import { appendingTo, consistencyOf, inclusionProofs, LogDamage, rootAt } from '../../src/record/log/kept.js';
import { entry, type MakeHarness, sharedStore } from './store-fixtures.js';

const leafAt = (seq: number) => ({
  stream: 'PR-LOG',
  seq,
  bytes: entryLeaf({ stream: 'PR-LOG', seq, hash: 'ab'.repeat(32) }),
});

const leaves = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => leafAt(from + at + 1));

export function logContract(make: MakeHarness): void {
  const store = sharedStore(make);
  const append = (from: number, to: number) =>
    store().transact(async (tx) => {
      const log = await appendingTo(tx);
      await log.append(leaves(from, to));
      return log.root();
    });

  it('is empty at first', () =>
    store().transact(async (tx) => {
      expect(await tx.logSize()).toBe(0);
      expect(await tx.leaves({ from: 0, to: 9 })).toEqual([]);
      expect(await tx.lastLeafOf('PR-LOG')).toBeNull();
    }));

  it('grows over transactions, and proves every leaf and every earlier tree from what it kept', async () => {
    const first = await append(0, 5);
    const second = await append(5, 300);
    await store().transact(async (tx) => {
      expect(await tx.logSize()).toBe(300);
      expect([await rootAt(tx, 5), await rootAt(tx, 300)]).toEqual([first, second]);
      const proof = await consistencyOf(tx, 5, 300);
      expect(isConsistent({ size: 5, root: first }, { size: 300, root: second }, proof)).toBe(true);
      const positions = [0, 4, 5, 127, 128, 299];
      const proofs = await inclusionProofs(tx, positions, 300);
      for (const [at, index] of positions.entries()) {
        const leaf = { index, hash: leafHash(leafAt(index + 1).bytes), proof: proofs[at] ?? [] };
        expect([index, isIncluded(leaf, { size: 300, root: second })]).toEqual([index, true]);
      }
    });
  });

  it('finds leaves by place and by stream, with the entry that stands there', () =>
    store().transact(async (tx) => {
      const [logged] = await tx.append('PR-LOG', 0, [entry('logged')], null);
      expect(await tx.leaves({ from: 0, to: 2 })).toEqual([
        { position: 0, stream: 'PR-LOG', seq: 1, entryHash: logged?.hash },
        { position: 1, stream: 'PR-LOG', seq: 2, entryHash: null },
      ]);
      const found = await tx.leavesOf('PR-LOG', { after: 297, take: 2 });
      expect(found.map(({ position, seq }) => [position, seq])).toEqual([
        [297, 298],
        [298, 299],
      ]);
      expect((await tx.lastLeafOf('PR-LOG'))?.seq).toBe(300);
      expect(await tx.loggedHeads('', 9)).toEqual([{ stream: 'PR-LOG', seq: 1, logged: 300 }]);
      expect(await tx.loggedHeads('PR-LOG', 9)).toEqual([]);
    }));

  it('says which hash is missing', () =>
    store().transact((tx) => expect(rootAt(tx, 301)).rejects.toThrow(LogDamage)));

  it('takes no leaf a second time', async () => {
    for (const leaf of [
      { position: 300, stream: 'PR-LOG', seq: 300 },
      { position: 299, stream: 'PR-LOG', seq: 301 },
    ])
      await expect(store().transact((tx) => tx.appendToLog([leaf], []))).rejects.toThrow();
    expect(await store().transact((tx) => tx.logSize())).toBe(300);
  });

  it('refuses to be changed, whoever asks', async () => {
    const harness = await make();
    try {
      const opened = await harness.open();
      await opened.transact(async (tx) => (await appendingTo(tx)).append(leaves(0, 2)));
      await opened.close();
      for (const sql of [
        'UPDATE "log_leaf" SET "seq" = 9',
        'DELETE FROM "log_leaf"',
        'INSERT INTO "log_leaf" SELECT * FROM "log_leaf"',
        `UPDATE "log_hash" SET "hash" = ''`,
        'DELETE FROM "log_hash"',
      ])
        await expect(harness.raw(sql)).rejects.toThrow();
      expect(await harness.raw('SELECT count(*) AS "n" FROM "log_hash"')).toHaveLength(1);
    } finally {
      await harness.remove();
    }
  });
}
