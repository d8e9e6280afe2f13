/** The desk's signature over an evidence file, as a signed note. Must not know: what is in the file. */
import { createHash } from 'node:crypto';
import type { AnyCheckpoint } from '../../domain/checkpoint.js';
import { base64, utf8 } from '../../domain/log/bytes.js';
import { noteText } from '../../domain/log/note.js';
import { verifierKey, verifierKeyText } from '../../domain/log/signing.js';
import { partText, sealText } from '../../evidence/seal.js';
import { type Signing, signerOf } from '../../record/checkpoints.js';

export type Sealer = {
  /** As it is published. */
  readonly verifierKey: string;
  /** Those of the keys that signed before it. */
  readonly olderKeys: readonly string[];
  /** The note over these parts, in their order. */
  readonly seal: (parts: Readonly<Record<string, unknown>>) => string;
};

/** Under the name that the notes of the log have: `last` is the checkpoint the file carries. */
export function sealerOf({ log }: Pick<Signing, 'log'>, last: AnyCheckpoint | null): Sealer {
  const { key, sign } = signerOf(log, last);
  const [, ...older] = log.publicKeys;
  return {
    verifierKey: verifierKeyText(key),
    olderKeys: older.map((publicKey) => verifierKeyText(verifierKey(key.origin, publicKey))),
    seal: (parts) => {
      const hashes = Object.entries(parts).map(([part, value]) => [part, sha256(partText(value))] as const);
      const text = sealText(hashes);
      return noteText({
        text,
        signatures: [{ name: key.origin, keyId: key.keyId, signature: sign(utf8(text)) }],
      });
    },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** For a policy of what a page may run: its hash as `Content-Security-Policy` has it. */
export const sourceHash = (text: string): string =>
  `'sha256-${base64(new Uint8Array(createHash('sha256').update(text).digest()))}'`;

export { sha256 as sha256Of };
