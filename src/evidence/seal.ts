/**
 * The seal of an evidence file: a signed note over one hash for each of its parts, so that a changed part is named and nobody
 * without the desk's key can make another. Its first line keeps it apart from a checkpoint. Must not know: who signs.
 */
import { parseNote } from '../domain/log/note.js';
import { textHash } from './hashes.js';
import { type Signed, signedBy, type VerifierKey } from './notes.js';

const FORM = 'ombud-evidence/v1';

/** What is signed: the form, then `<part> <SHA-256 (hex) of its JSON>` for each part in the order of the file. */
export const sealText = (parts: readonly (readonly [part: string, hash: string])[]): string =>
  `${FORM}\n${parts.map(([part, hash]) => `${part} ${hash}\n`).join('')}`;

/** The text a part's hash is of. */
export const partText = (value: unknown): string => JSON.stringify(value) ?? 'null';

export type Sealed = {
  /** Parts that are not what the seal says, that it has and the file has not, or the other way round. */
  readonly changed: readonly string[];
  readonly signed: Signed | 'no-note';
};

/** `document` with its seal; the key as the file or its reader gives it. */
export async function sealHolds(
  document: Readonly<Record<string, unknown>>,
  key: VerifierKey | null,
): Promise<Sealed> {
  const { seal, ...parts } = document;
  const note = typeof seal === 'string' ? parseNote(seal) : null;
  if (note === null) return { changed: [], signed: 'no-note' };
  const said = partsIn(note.text);
  if (said === null) return { changed: [], signed: 'no-note' };
  const changed: string[] = [];
  for (const [part, value] of Object.entries(parts))
    if (said.get(part) !== (await textHash(partText(value)))) changed.push(part);
  for (const part of said.keys()) if (!Object.hasOwn(parts, part)) changed.push(part);
  return { changed, signed: key === null ? 'other-key' : await signedBy(note, key) };
}

function partsIn(text: string): ReadonlyMap<string, string> | null {
  const [form, ...lines] = text.slice(0, -1).split('\n');
  if (form !== FORM) return null;
  const found = lines.map((line) => /^(\w+) ([0-9a-f]{64})$/.exec(line));
  if (found.some((each) => each === null)) return null;
  return new Map(found.map((each): [string, string] => [each?.[1] ?? '', each?.[2] ?? '']));
}
