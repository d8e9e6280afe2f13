/** The desk's signature over an evidence file, as a signed note. Must not know: what is in the file. */
import { createHash } from 'node:crypto';
import { base64, utf8 } from '../../domain/log/bytes.js';
import { noteText } from '../../domain/log/note.js';
import { originOf, verifierKey, verifierKeyText } from '../../domain/log/signing.js';
import { partText, sealText } from '../../evidence/seal.js';
import type { Signing } from '../../record/checkpoints.js';

export type Sealer = {
  /** As it is published. */
  readonly verifierKey: string;
  /** The note over these parts, in their order. */
  readonly seal: (parts: Readonly<Record<string, unknown>>) => string;
};

export function sealerOf({ log }: Signing): Sealer {
  const [publicKey] = log.publicKeys;
  const key = verifierKey(log.origin ?? originOf(publicKey), publicKey);
  return {
    verifierKey: verifierKeyText(key),
    seal: (parts) => {
      const hashes = Object.entries(parts).map(([part, value]) => [part, sha256(partText(value))] as const);
      const text = sealText(hashes);
      const signature = log.sign(utf8(text));
      return noteText({ text, signatures: [{ name: key.origin, keyId: key.keyId, signature }] });
    },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** For a policy of what a page may run: its hash as `Content-Security-Policy` has it. */
export const sourceHash = (text: string): string =>
  `'sha256-${base64(new Uint8Array(createHash('sha256').update(text).digest()))}'`;

export { sha256 as sha256Of };
