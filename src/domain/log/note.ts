/**
 * Signed notes and what a checkpoint's note says (C2SP signed-note and tlog-checkpoint; evidence.md, The log, 3), as text.
 * Must not know: how signatures are made or checked, hashing.
 */
import { base64, fromBase64, joined } from './bytes.js';
import { isHash } from './paths.js';

/** A tree as a checkpoint states it: whose, how many leaves, which root. */
export type TreeHead = { readonly origin: string; readonly size: number; readonly root: Uint8Array };

export type NoteSignature = {
  readonly name: string;
  /** Four bytes. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
};

/** `text` is what is signed: whole lines, the last line break included. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

const KEY_ID_BYTES = 4;
const DASH = '—';

/** Schema-less, with no space or `+`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a note may hold none.
const NOT_IN_NAME = /[\s+\u0000-\u001f\u007f]|:\/\//u;
export const isOrigin = (name: string): boolean => name !== '' && !NOT_IN_NAME.test(name) && isWhole(name);

/** No half of a character, which UTF-8 cannot write. */
const isWhole = (text: string): boolean => !/\p{Surrogate}/u.test(text);

export const treeHeadText = ({ origin, size, root }: TreeHead): string =>
  `${origin}\n${size}\n${base64(root)}\n`;

/** Null: it is not three lines of that form. */
export function parseTreeHead(text: string): TreeHead | null {
  const [, origin = '', digits = '', root64 = ''] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(text) ?? [];
  const size = Number(digits);
  const root = fromBase64(root64);
  const fits = isOrigin(origin) && Number.isSafeInteger(size) && root !== null && isHash(root);
  return fits ? { origin, size, root } : null;
}

export function noteText({ text, signatures }: Note): string {
  const lines = signatures.map(
    ({ name, keyId, signature }) => `${DASH} ${name} ${base64(joined([keyId, signature]))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a note may hold none.
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f]/;

/** Null: it is no signed note, byte for byte. */
export function parseNote(whole: string): Note | null {
  const at = whole.lastIndexOf('\n\n');
  if (at < 1 || !whole.endsWith('\n') || CONTROLS.test(whole) || !isWhole(whole)) return null;
  const lines = whole.slice(at + 2, -1).split('\n');
  const signatures = lines.map(signatureIn);
  return signatures.every((each) => each !== null) ? { text: whole.slice(0, at + 1), signatures } : null;
}

function signatureIn(line: string): NoteSignature | null {
  const [dash, name = '', text = '', ...more] = line.split(' ');
  const bytes = fromBase64(text);
  if (dash !== DASH || more.length > 0 || !isOrigin(name) || bytes === null || bytes.length <= KEY_ID_BYTES)
    return null;
  return { name, keyId: bytes.slice(0, KEY_ID_BYTES), signature: bytes.slice(KEY_ID_BYTES) };
}
