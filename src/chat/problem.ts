/**
 * A Problem: what is wrong with what was typed, per field, as a value: the reason with its facts, what was read, what is allowed
 * and the nearest match. Personal data is never echoed. Must not know: the policy's rules, words, any surface.
 */

import {
  findPersonalData,
  findUnprintable,
  isSecret,
  type PersonalDataKind,
} from '../vocabulary/personal-data.js';
import type { ProblemSaid } from '../vocabulary/problems.js';
import { withoutReferences } from '../vocabulary/references.js';
import type { Step } from '../vocabulary/step.js';

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

/** What a field found wrong with its text, before it knows its own name. */
export type Complaint = ProblemSaid & {
  readonly code: ProblemCode;
  /** Raw; cut or dropped by `problemOf`. */
  readonly read?: string | null;
  readonly allowed?: readonly string[];
  readonly suggestion?: string | null;
  readonly rule?: GuardRule;
  readonly clause?: string;
  /** What would work instead. */
  readonly next?: Step;
};

export type Problem = ProblemSaid & {
  readonly code: ProblemCode;
  /** The field's name; null when it is about the line as a whole. */
  readonly field: string | null;
  /** What was read, at most 40 characters; null when it is better not repeated. */
  readonly read: string | null;
  readonly allowed: readonly string[] | null;
  /** "Did you mean": one of `allowed`, or a corrected spelling. */
  readonly suggestion: string | null;
  /** The desk's own rule behind it, whose clause the policy pack gives; null when none is. */
  readonly rule: GuardRule | null;
  /** The clause the case's pack gives for what was read, where the command knows it; null: none. */
  readonly clause: string | null;
  /** What would work instead, as a command with its blanks. */
  readonly next?: Step;
};

/** Rules of what may be typed at all, by their names in a pack's `rules`. */
export type GuardRule = 'personalData' | 'passwords';

/** The problem of a field: why, what was read (if that may be repeated) and what was perhaps meant. */
export function problemOf(field: string | null, complaint: Complaint): Problem {
  const { allowed = null, suggestion = null, rule = null, clause = null } = complaint;
  const read = field === 'customer' ? null : echoOf(complaint.read ?? null);
  return { ...complaint, field, read, allowed, suggestion, rule, clause };
}

export type SaidComplaint = Omit<Complaint, 'reason' | 'facts'> & { readonly says: string };

/** A problem in words that come from elsewhere. */
export const saidProblem = (field: string | null, { says, ...rest }: SaidComplaint): Problem =>
  problemOf(field, { ...rest, reason: 'said', facts: { says } });

/** Personal data where none may be: names the kinds, never the value. `instead`: what the field takes, where it is no free text. */
export function personalDataIn(
  kinds: readonly PersonalDataKind[],
  instead: ProblemSaid | null = null,
): Complaint {
  return {
    code: 'personal-data',
    reason: 'personal-data',
    facts: { kinds, instead },
    rule: kinds.some(isSecret) ? 'passwords' : 'personalData',
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
const WHEN =
  /(?<!\d)\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)|(?<!\d)\d{1,2}([-/.])\d{1,2}\2\d{2,4}(?!\d)|(?<!\d)\d{4}年\d{1,2}月\d{1,2}|(?<!\d)\d{1,2}:\d{2}/gu;

/**
 * Three digits in a row may be a customer's reference typed in the wrong place, which is shown masked everywhere; seven in
 * all may be a phone number of any country.
 */
function isPerhapsNumber(text: string): boolean {
  const rest = withoutReferences(text).replaceAll(WHEN, '');
  return /\d{3}/.test(rest) || rest.replaceAll(/\D/g, '').length >= 7;
}
