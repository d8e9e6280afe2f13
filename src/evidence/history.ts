/**
 * Whether an evidence file belongs to the history that a checkpoint from elsewhere, the chat above all, is of (evidence.md, The log,
 * 5). Must not know: where it was pasted, wording.
 */
import { fromBase64, sameBytes } from '../domain/log/bytes.js';
import { parseNote, parseTreeHead } from '../domain/log/note.js';
import type { Evidence } from './document.js';
import { isConsistent } from './hashes.js';
import { signedByAny, tidyNote, verifierKeyOf } from './notes.js';
import { keysOf, type Verified } from './verify.js';

export type History =
  /** What was pasted is no checkpoint, or the key is none. */
  | { readonly is: 'no-note' | 'no-key' }
  /** It is another desk's, another key's, or its signature is not right. */
  | { readonly is: 'other-desk'; readonly origin: string }
  | { readonly is: 'forged' }
  /** The file has no checkpoint that could be compared. */
  | { readonly is: 'no-checkpoint' }
  /** `same`: the file's own checkpoint; `earlier`: proven to be its beginning. */
  | { readonly is: 'same' | 'earlier'; readonly size: number; readonly of: number; readonly signed: boolean }
  | { readonly is: 'other-history'; readonly size: number }
  /** Of this desk, and the file holds no proof from it to its own checkpoint: it was made before or after. */
  | { readonly is: 'not-in-file'; readonly size: number; readonly of: number };

/** `keyText` empty: with the key in the file. */
export async function historyOf(
  { document, tree, findings }: Pick<Verified, 'document' | 'tree' | 'findings'>,
  pasted: string,
  keyText: string,
): Promise<History> {
  if (document === null) return { is: 'no-checkpoint' };
  const key = await verifierKeyOf(keyText.trim() === '' ? document.log.verifierKey : keyText);
  if (key === null) return { is: 'no-key' };
  const note = parseNote(tidyNote(pasted));
  const head = note === null ? null : parseTreeHead(note.text);
  if (note === null || head === null) return { is: 'no-note' };
  const signed = await signedByAny(note, await keysOf(document, key));
  if (signed === 'forged') return { is: 'forged' };
  if (signed === 'other-key') return { is: 'other-desk', origin: head.origin };
  if (tree === null || findings.some(({ what }) => what === 'checkpoint')) return { is: 'no-checkpoint' };
  const found = { size: head.size, of: tree.size, signed: signed === 'signed' };
  if (head.size === tree.size)
    return sameBytes(head.root, tree.root)
      ? { is: 'same', ...found }
      : { is: 'other-history', size: head.size };
  const proof = consistencyIn(document, head.size);
  if (proof === null) return { is: 'not-in-file', size: head.size, of: tree.size };
  return (await isConsistent(head, tree, proof))
    ? { is: 'earlier', ...found }
    : { is: 'other-history', size: head.size };
}

/** From the tree of this size to the file's own; null: it has none. */
function consistencyIn({ log }: Evidence, size: number): readonly Uint8Array[] | null {
  for (const { note, consistency } of log.earlier) {
    const text = parseNote(note)?.text;
    if (text === undefined || parseTreeHead(text)?.size !== size) continue;
    const hashes = consistency.map(fromBase64).flatMap((hash) => (hash === null ? [] : [hash]));
    return hashes.length === consistency.length ? hashes : null;
  }
  return null;
}
