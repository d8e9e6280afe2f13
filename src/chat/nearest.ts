/** Which word of a list was perhaps meant by another. Must not know: where the list comes from. */
import type { SaidFor } from '../vocabulary/people-say.js';

/** Letters to insert, delete or replace to turn one word into the other. */
export function lettersApart(one: string, other: string): number {
  const a = [...one];
  const b = [...other];
  let row = b.map((_, at) => at + 1);
  a.forEach((letter, down) => {
    const next: number[] = [];
    b.forEach((opposite, at) => {
      const diagonal = at === 0 ? down : (row[at - 1] ?? 0);
      const left = at === 0 ? down + 1 : (next[at - 1] ?? 0);
      next.push(Math.min(diagonal + (letter === opposite ? 0 : 1), (row[at] ?? 0) + 1, left + 1));
    });
    row = next;
  });
  return row.at(-1) ?? a.length;
}

/** Like `lettersApart`, but the same letters in another order are one slip. */
function typingApart(read: string, word: string): number {
  const apart = lettersApart(read, word);
  return apart > 0 && [...read].sort().join('') === [...word].sort().join('') ? 1 : apart;
}

/** Words longer than this are no words of a list. */
const LONGEST = 64;

/** Case, width and spacing aside. */
const plain = (word: string): string =>
  word
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replaceAll(/[\s_-]+/g, '_');

/** The first of the list that people mean by this word, or null. */
export function saidFor(read: string, words: readonly string[], said: SaidFor): string | null {
  const key = plain(read);
  const meant = Object.hasOwn(said, key) ? (said[key] ?? []) : [];
  return meant.find((word) => words.includes(word)) ?? null;
}

/**
 * The word of the list that was perhaps meant, or null: what people mean by it, other case or spacing, a few letters off, or cut
 * short.
 */
export function nearest(read: string, words: readonly string[], said: SaidFor = {}): string | null {
  const meant = saidFor(read, words, said);
  if (meant !== null) return meant;
  const wanted = plain(read);
  if (wanted === '') return null;
  const ranked = words
    .map((word) => ({ word, apart: typingApart(wanted, plain(word)) }))
    .sort((a, b) => a.apart - b.apart);
  const best = ranked[0];
  if (best !== undefined) {
    const longest = Math.max(wanted.length, best.word.length);
    if (best.apart < longest - 1 && best.apart <= Math.max(2, Math.floor(longest * 0.4))) return best.word;
    if (best.apart === 1 && longest === 2) return best.word;
  }
  const begun = words.filter((word) => wanted.length >= 2 && plain(word).startsWith(wanted));
  return begun.length === 1 ? (begun[0] ?? null) : null;
}
