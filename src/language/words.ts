/**
 * What the words of one thing are made of: a sentence, and what to do next, as a command each surface says in its own way
 * or as a sentence where no command would help. Must not know: any one language, any surface.
 */
import type { Step } from '../vocabulary/step.js';

export type Words = {
  /** One sentence: what is refused and why. */
  readonly says: string;
  /** The next command that will work; `onward`: whatever brings the case or disclosure on for who asks; null: there is none, or `hint` says it. */
  readonly step?: Step | 'onward' | null;
  /** Who can, or when: said where no single command is the next step. */
  readonly hint?: string | null;
};

/** The words of every reason of a table of reasons: one that is missing does not compile. */
export type WordsOf<Reasons extends Record<keyof Reasons, { readonly facts: unknown }>> = {
  readonly [R in keyof Reasons]: (facts: Reasons[R]['facts']) => Words;
};
