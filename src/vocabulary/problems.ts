/**
 * Why what was typed cannot be read: each reason with the facts its words need. `language/` has the words. Must not know: fields,
 * commands, how a reason is worded.
 */
import type { PersonalDataKind, UnprintableKind } from './personal-data.js';

type None = Readonly<Record<never, never>>;

export type ProblemReasons = {
  // The line
  'no-command': { readonly commands: readonly string[] };
  'no-such-command': { readonly commands: readonly string[] };
  'no-verb': { readonly command: string; readonly verbs: readonly string[] };
  'no-such-verb': { readonly command: string; readonly verbs: readonly string[] };
  /** `options`: those there are; `quotable`: the verb takes text, which may stand in quotes. */
  'no-such-option': { readonly options: readonly string[]; readonly quotable: boolean };
  /** `options`: those that could be named instead; `meant`: the one a word in it stands for. */
  'belongs-to-no-field': { readonly options: readonly string[]; readonly meant: string | null };
  'given-twice': None;
  /** Written `name:` with nothing behind it. */
  empty: { readonly name: string; readonly required: boolean; readonly quotable: boolean };
  'quote-not-closed': { readonly closer: string };
  /** `description`: what the field is for; `choices`: its closed list. */
  missing: { readonly description: string; readonly choices: readonly string[] | null };
  'older-button': None;
  'line-too-long': { readonly max: number };
  // Values
  'not-listed': { readonly allowed: readonly string[] };
  'only-yes': None;
  'not-a-day': None;
  'not-a-moment': None;
  'not-a-dated-reference': None;
  'not-a-month': None;
  /** A date that reads two ways: both, as days. */
  'reads-two-ways': { readonly first: string; readonly second: string };
  'not-one-word': None;
  /** `pattern`: the policy pack's own, null for the desk's. */
  'not-a-customer': { readonly pattern: string | null };
  'not-a-reference': { readonly like: readonly string[] };
  'not-a-colleague': None;
  'not-an-account': { readonly like: string };
  'not-a-number': { readonly min: number; readonly max: number };
  'too-long': { readonly max: number };
  unprintable: { readonly what: UnprintableKind };
  'would-notify': None;
  /** `instead`: what the field takes, where it is no free text. */
  'personal-data': { readonly kinds: readonly PersonalDataKind[]; readonly instead: ProblemSaid | null };
  /** In words that come from elsewhere, such as the faults of a policy pack. */
  said: { readonly says: string };
};
export type ProblemReason = keyof ProblemReasons;

/** A reason with its own facts. */
export type ProblemSaid = {
  readonly [R in ProblemReason]: { readonly reason: R; readonly facts: ProblemReasons[R] };
}[ProblemReason];
