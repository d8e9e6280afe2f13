/**
 * Roots and proofs from the hashes the store keeps: O(log n) of them each, read by number. Must not know: what leaves say,
 * who asks.
 */
import { base64, fromBase64 } from '../../domain/log/bytes.js';
import {
  consistencyProof,
  type Growing,
  growing,
  inclusionProof,
  type KeptHash,
  leafHash,
  rootOf,
} from '../../domain/log/hashes.js';
import { isHash } from '../../domain/log/paths.js';
import { consistencyIndexes, inclusionIndexes, rootIndexes, storedCount } from '../../domain/log/tree.js';
import type { LogHash, LogLeaf, Tx } from '../store.js';

/** A hash of the log is gone or is none: the tree cannot be computed. */
export class LogDamage extends Error {
  override readonly name = 'LogDamage';
  constructor(number: number) {
    super(`hash ${number} of the log is missing or damaged`);
  }
}

/** The hashes under these numbers. Throws LogDamage, once one of them is asked for that is not kept. */
async function keptIn(tx: Tx, ids: readonly number[]): Promise<KeptHash> {
  const found = await tx.keptHashes(ids);
  return (id) => {
    const hash = fromBase64(found.get(id) ?? '');
    if (hash === null || !isHash(hash)) throw new LogDamage(id);
    return hash;
  };
}

/** The root of the first `size` leaves. Throws LogDamage. */
export async function rootAt(tx: Tx, size: number): Promise<Uint8Array> {
  return rootOf(size, await keptIn(tx, rootIndexes(size)));
}

/** For each of these leaves its proof in the tree of the first `size`, read together. Throws LogDamage. */
export async function inclusionProofs(
  tx: Tx,
  positions: readonly number[],
  size: number,
): Promise<readonly (readonly Uint8Array[])[]> {
  const kept = await keptIn(
    tx,
    positions.flatMap((position) => inclusionIndexes(position, size).flat()),
  );
  return positions.map((position) => inclusionProof(position, size, kept));
}

/** That the first `first` leaves begin the first `second`, for 0 < first ≤ second. Throws LogDamage. */
export async function consistencyOf(tx: Tx, first: number, second: number): Promise<readonly Uint8Array[]> {
  return consistencyProof(first, second, await keptIn(tx, consistencyIndexes(first, second).flat()));
}

/** What is to be appended: where it is from (record/store.ts), and the leaf's bytes. */
export type NewLeaf = Omit<LogLeaf, 'position'> & { readonly bytes: Uint8Array };

export type Appending = {
  readonly size: () => number;
  readonly root: () => Uint8Array;
  /** Throws StoreConflict when somebody else has appended meanwhile. */
  readonly append: (leaves: readonly NewLeaf[]) => Promise<void>;
};

/** The log as it stands in this transaction, to be appended to. Throws LogDamage. */
export async function appendingTo(tx: Tx): Promise<Appending> {
  const from = await tx.logSize();
  const tree: Growing = growing(from, await keptIn(tx, rootIndexes(from)));
  return {
    size: tree.size,
    root: tree.root,
    append: async (leaves) => {
      const places: LogLeaf[] = [];
      const hashes: LogHash[] = [];
      for (const { stream, seq, bytes } of leaves) {
        const position = tree.size();
        places.push({ position, stream, seq });
        let id = storedCount(position);
        for (const hash of tree.add(leafHash(bytes))) {
          hashes.push({ id, hash: base64(hash) });
          id += 1;
        }
      }
      if (places.length > 0) await tx.appendToLog(places, hashes);
    },
  };
}
