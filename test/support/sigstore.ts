/** An independent verifier: what sigstore's own library makes of a checkpoint and of a leaf's proof. */
import { createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

type Entry = {
  readonly canonicalizedBody: Buffer;
  readonly inclusionProof: {
    readonly logIndex: string;
    readonly hashes: readonly Buffer[];
    readonly checkpoint: { readonly envelope: string };
  };
};
type Authority = { readonly logID: Buffer; readonly baseURL: string; readonly publicKey: unknown };

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('@sigstore/verify')), 'tlog');
const { verifyCheckpoint } = require(join(folder, 'checkpoint.js')) as {
  readonly verifyCheckpoint: (entry: Entry, logs: readonly Authority[]) => unknown;
};
const { verifyMerkleInclusion } = require(join(folder, 'merkle.js')) as {
  readonly verifyMerkleInclusion: (entry: Entry, checkpoint: unknown) => void;
};

/** RFC 8410: the DER header before a raw Ed25519 public key. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether this leaf (its bytes) is proven in the checkpoint's tree, and the checkpoint signed by this key. */
export function sigstoreAccepts(
  key: { readonly origin: string; readonly keyId: Uint8Array; readonly publicKey: Uint8Array },
  leaf: Uint8Array,
  proof: { readonly index: number; readonly hashes: readonly Uint8Array[]; readonly checkpoint: string },
): boolean {
  const authority: Authority = {
    logID: Buffer.from(key.keyId),
    baseURL: key.origin,
    publicKey: createPublicKey({
      key: Buffer.concat([SPKI, key.publicKey]),
      format: 'der',
      type: 'spki',
    }),
  };
  const entry: Entry = {
    canonicalizedBody: Buffer.from(leaf),
    inclusionProof: {
      logIndex: String(proof.index),
      hashes: proof.hashes.map((hash) => Buffer.from(hash)),
      checkpoint: { envelope: proof.checkpoint },
    },
  };
  try {
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [authority]));
    return true;
  } catch {
    return false;
  }
}
