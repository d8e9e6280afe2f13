/** A small log of our own, signed, for those who verify it with other programs. */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { consistencyProof, growing, inclusionProof, leafHash } from '../../src/domain/log/hashes.js';
import { dayLeaf, entryLeaf } from '../../src/domain/log/leaves.js';
import { proofText } from '../../src/domain/log/proof.js';
import { type NoteSigner, signTreeHead, verifierKey } from '../../src/domain/log/signing.js';

/** RFC 8410: the DER header before a raw Ed25519 seed. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Always the same pair for the same seed byte. */
export function signerOf(origin: string, seed: number): NoteSigner {
  const der = Buffer.concat([PKCS8, Buffer.alloc(32, seed)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return {
    key: verifierKey(origin, new Uint8Array(spki.subarray(-32))),
    sign: (text) => new Uint8Array(sign(null, text, privateKey)),
  };
}

export const ORIGIN = 'desk.example.org/privacy';
export const SIGNER = signerOf(ORIGIN, 7);

export const leafOf = (seq: number): Uint8Array =>
  seq % 10 === 0
    ? dayLeaf({ number: seq / 10, day: '2026-11-27', streams: 3 })
    : entryLeaf({ stream: 'PR-2026-0001', seq, hash: 'ab'.repeat(32) });

/** A log of so many leaves, with the note of an earlier size. */
export function sampleLog(size: number, earlier: number) {
  const kept: Uint8Array[] = [];
  const keptAt = (index: number): Uint8Array => {
    const hash = kept[index];
    if (hash === undefined) throw new Error(`no hash is kept under ${index}`);
    return hash;
  };
  const tree = growing(0, keptAt);
  const heads = new Map<number, Uint8Array>();
  for (let seq = 1; seq <= size; seq += 1) {
    kept.push(...tree.add(leafHash(leafOf(seq))));
    heads.set(seq, tree.root());
  }
  const headAt = (at: number) => ({ size: at, root: heads.get(at) ?? new Uint8Array() });
  const noteAt = (at: number): string => signTreeHead(headAt(at), [SIGNER]);
  return {
    headAt,
    note: noteAt(size),
    earlierNote: noteAt(earlier),
    consistency: consistencyProof(earlier, size, keptAt),
    hashesOf: (index: number) => inclusionProof(index, size, keptAt),
    proofOf: (index: number): string =>
      proofText({ index, hashes: inclusionProof(index, size, keptAt), checkpoint: noteAt(size) }),
  };
}
