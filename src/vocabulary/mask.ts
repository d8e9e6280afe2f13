/** The customer as others may see them: masked wherever the reference stands (commands.md, “References”). Must not know: who reads it. */
import { maskReference } from './values.js';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Fewer may be any number. */
const TELLING_DIGITS = 5;

/** The reference however it is punctuated and spaced, where it is long enough not to be an ordinary word; and its number alone. */
function referencePattern(reference: string): RegExp {
  const letters = [...reference].filter((char) => /[\p{L}\p{N}]/u.test(char));
  const loose = letters.length >= 5 ? letters.map(escaped).join('[^\\p{L}\\p{N}]{0,3}') : escaped(reference);
  const numbers = (reference.match(/\p{Nd}+/gu) ?? []).filter(({ length }) => length >= TELLING_DIGITS);
  const alone = numbers.map((number) => `(?<!\\p{Nd})${number}(?!\\p{Nd})`);
  return new RegExp([loose, ...alone].join('|'), 'giu');
}

/** Free text as others may see it: the customer's full reference is masked wherever it stands (commands.md, "References"). */
export function maskedText(text: string | null, reference: string | null): string {
  if (text === null) return '[erased with the customer’s key]';
  if (reference === null) return text;
  return text.replace(referencePattern(reference), maskReference(reference));
}
