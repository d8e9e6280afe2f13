/** A form that finishes a command, and the answer to whoever asked. Must not know: any platform. */
import type { Card } from './card.js';
import type { SuggestionKind } from './fields/field.js';

/** One of a closed list, with what people read. */
export type Choice = { readonly value: string; readonly label: string };

export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly required: boolean;
  /** Closed list, or null for text. */
  readonly choices: readonly Choice[] | null;
  /** What the desk knows of it, for choices of this very case; null: nothing beside the command's own list. */
  readonly suggests: SuggestionKind | null;
  readonly many: boolean;
  readonly multiline: boolean;
  readonly value: string | null;
  readonly problem: string | null;
};

/** A form that finishes an invocation: what was given is kept in it, what is missing is asked for. */
export type Form = {
  readonly title: string;
  readonly command: string;
  readonly verb: string;
  /** Fields already settled and not shown (e.g. from a button). */
  readonly given: Readonly<Record<string, string>>;
  readonly shown: number | null;
  /** Why it is asked, to be read before it is filled in; null: the fields say it. */
  readonly says: string | null;
  readonly fields: readonly FormField[];
};

/** What the asker is told: always private. */
export type Answer =
  | { readonly kind: 'answer'; readonly card: Card }
  /** The desk says no, or the input was wrong; nothing changed but (for a refusal) the ledger. */
  | {
      readonly kind: 'error';
      readonly card: Card;
      readonly code: string;
      /** Bare clause number, e.g. `4.2`; null when no rule of the policy is behind it. */
      readonly clause: string | null;
      /** To let the person correct it on the spot; null when a form would not help. */
      readonly form: Form | null;
    };
