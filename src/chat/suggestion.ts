/** Completion of a field while it is typed. Must not know: where suggestions come from. */
import type { RawFields } from './command.js';
export type Suggestion = {
  readonly value: string;
  readonly label: string;
  /** How a form calls it, where that is not the label. */
  readonly says?: string;
};

export type Question = {
  readonly account: string;
  readonly command: string;
  readonly verb: string;
  readonly field: string;
  /** What stands in the field so far. */
  readonly typed: string;
  /** The other fields, as far as they are filled in. */
  readonly given: RawFields;
};

/** As many as Discord shows; nobody reads more. */
export const MOST = 25;

/** Those in which every typed word occurs, in their order. */
export function matching(found: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const words = typed.toLowerCase().split(/\s+/);
  return found
    .filter(({ value, label }) => words.every((word) => `${value} ${label}`.toLowerCase().includes(word)))
    .slice(0, MOST);
}

export type Suggest = (question: Question) => Promise<readonly Suggestion[]>;
