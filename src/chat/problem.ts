/**
 * A Problem: what is wrong with what was typed, per field, as a value, with what was read, what is allowed and the
 * nearest match. Personal data is never echoed. Must not know: the policy's rules, any surface.
 */

import {
  findPersonalData,
  findUnprintable,
  isSecret,
  type PersonalDataKind,
} from '../vocabulary/personal-data.js';
import { withoutReferences } from '../vocabulary/references.js';

/** The first code list of commands.md, "Codes". */
export const PROBLEM_CODES = [
  'unknown-command',
  'unknown-verb',
  'unknown-option',
  'unexpected-text',
  'duplicate-option',
  'unclosed-quote',
  'invalid-value',
  'missing-field',
  'too-long',
  'future',
  'personal-data',
  'not-found',
  'nothing-to-press',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export type Problem = {
  readonly code: ProblemCode;
  /** The field's name; null when it is about the line as a whole. */
  readonly field: string | null;
  /** A whole message: the field, what is wrong, the nearest match or the next step. */
  readonly message: string;
  /** What was read, at most 40 characters; null when it is better not repeated. */
  readonly read: string | null;
  readonly allowed: readonly string[] | null;
  /** "Did you mean": one of `allowed`, or a corrected spelling. */
  readonly suggestion: string | null;
  /** The desk's own rule behind it, whose clause the policy pack gives; null when none is. */
  readonly rule: GuardRule | null;
  /** The clause the case's pack gives for what was read, where the command knows it; null: none. */
  readonly clause: string | null;
};

/** Rules of what may be typed at all, by their names in a pack's `rules`. */
export type GuardRule = 'personalData' | 'passwords';

/** What a field found wrong with its text, before it knows its own name. */
export type Complaint = {
  readonly code: ProblemCode;
  /** Continues the field's name: `must be a date like 2026-12-10`. */
  readonly says: string;
  /** Raw; cut or dropped by `problemOf`. */
  readonly read?: string | null;
  readonly allowed?: readonly string[];
  readonly suggestion?: string | null;
  readonly rule?: GuardRule;
  readonly clause?: string;
};

/** The problem of a field: its name, what it says, what was read (if that may be repeated) and what was perhaps meant. */
export function problemOf(field: string | null, complaint: Complaint): Problem {
  const read = field === 'customer' ? null : echoOf(complaint.read ?? null);
  const suggestion = complaint.suggestion ?? null;
  const parts = [
    `${field === null ? '' : `${field} `}${complaint.says}.`,
    read === null ? '' : `I read “${read}”.`,
    suggestion === null ? '' : `Did you mean ${suggestion}?`,
  ];
  return {
    code: complaint.code,
    field,
    message: parts.filter((part) => part !== '').join(' '),
    read,
    allowed: complaint.allowed ?? null,
    suggestion,
    rule: complaint.rule ?? null,
    clause: complaint.clause ?? null,
  };
}

/** Personal data where none may be: names the kind, never the value. */
export function personalDataIn(kind: PersonalDataKind): Complaint {
  const next = isSecret(kind)
    ? 'passwords and keys are never accepted in chat; ask for it to be changed'
    : 'use a reference from your own system instead';
  return {
    code: 'personal-data',
    says: `seems to hold ${kind}: ${next}`,
    rule: isSecret(kind) ? 'passwords' : 'personalData',
  };
}

const ECHO = 40;
/** Longer text is not searched for personal data, so it is not repeated at all. */
const ECHO_FROM = 400;

/** What may be repeated of a text: at most 40 characters, nothing personal, on one printable line; else null. */
function echoOf(text: string | null): string | null {
  if (text === null || text.trim() === '' || text.length > ECHO_FROM) return null;
  if (findPersonalData(text, null) !== null || findUnprintable(text, { multiline: false }) !== null)
    return null;
  if (isPerhapsNumber(text)) return null;
  const chars = [...text];
  return chars.length <= ECHO ? text : `${chars.slice(0, ECHO - 1).join('')}…`;
}

/** Dates and times may be repeated, and so may the desk's own references. */
const WHEN = /\d{4}-\d{1,2}-\d{1,2}|\d{1,2}:\d{2}/gi;

/**
 * Three digits in a row may be a customer's reference typed in the wrong place, which is shown masked everywhere; seven in
 * all may be a phone number of any country.
 */
function isPerhapsNumber(text: string): boolean {
  const rest = withoutReferences(text).replaceAll(WHEN, '');
  return /\d{3}/.test(rest) || rest.replaceAll(/\D/g, '').length >= 7;
}

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

/** The word of the list that was perhaps meant, or null: other case or spacing, a few letters off, or cut short. */
export function nearest(read: string, words: readonly string[]): string | null {
  const plain = (word: string) => word.toLowerCase().replaceAll(/[\s_-]+/g, '_');
  const wanted = plain(read.slice(0, 64));
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

/** `a, b or c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
