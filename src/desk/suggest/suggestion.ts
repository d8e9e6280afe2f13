/**
 * What a completion is asked with and answers with, and how typed words narrow it. Must not know: where values come from.
 */
import type { Instant } from '../../domain/values.js';
import type { Pack } from '../../policy/schema.js';
import type { RawFields } from '../command.js';
import type { StaffRow, Tx } from '../store.js';

export type Suggestion = { readonly value: string; readonly label: string };

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

export type Asked = {
  readonly question: Question;
  readonly tx: Tx;
  readonly member: StaffRow;
  readonly pack: Pack;
  readonly packOf: (hash: string) => Promise<Pack>;
  readonly now: Instant;
};

export type Source = (asked: Asked) => Promise<readonly Suggestion[]>;

/** As many as Discord shows; nobody reads more. */
export const MOST = 25;

/** Those in which every typed word occurs, in their order. */
export function matching(found: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const words = typed.toLowerCase().split(/\s+/);
  return found
    .filter(({ value, label }) => words.every((word) => `${value} ${label}`.toLowerCase().includes(word)))
    .slice(0, MOST);
}
