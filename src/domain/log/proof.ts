/** The proof that a leaf is in a signed tree, as a text of its own (C2SP tlog-proof; evidence.md, The log, 4). */
import { base64, fromBase64 } from './bytes.js';
import { isHash } from './paths.js';

export type LeafProof = {
  /** The leaf's number, from 0. */
  readonly index: number;
  /** From the leaf up (RFC 9162 2.1.3). */
  readonly hashes: readonly Uint8Array[];
  /** The signed note of the tree. */
  readonly checkpoint: string;
};

const FORM = 'c2sp.org/tlog-proof@v1';

export const proofText = ({ index, hashes, checkpoint }: LeafProof): string =>
  `${FORM}\nindex ${index}\n${hashes.map((hash) => `${base64(hash)}\n`).join('')}\n${checkpoint}`;

/** Null: it is not of that form. The note in it is not looked at. */
export function parseProof(text: string): LeafProof | null {
  const end = text.indexOf('\n\n');
  if (end < 0) return null;
  const [form, numbered = '', ...lines] = text.slice(0, end).split('\n');
  const [, digits = ''] = /^index (0|[1-9]\d{0,15})$/.exec(numbered) ?? [];
  const index = Number(digits);
  const hashes = lines.map(fromBase64);
  if (form !== FORM || digits === '' || !Number.isSafeInteger(index)) return null;
  return hashes.every((hash) => hash !== null && isHash(hash))
    ? { index, hashes: hashes.filter((hash) => hash !== null), checkpoint: text.slice(end + 2) }
    : null;
}
