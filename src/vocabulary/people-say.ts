/**
 * Words people use for what the desk calls otherwise, each with what may be meant by it; the first that is possible where it is
 * said is offered. Must not know: any one language.
 */
export type PeopleSay = {
  /** For values of closed lists: `erase` is `deletion`. */
  readonly values: SaidFor;
  /** For verbs: `edit` is `amend`. */
  readonly verbs: SaidFor;
  /** For names of fields: `date` is `received`. */
  readonly fields: SaidFor;
  /** For help, as a command or a verb. */
  readonly help: readonly string[];
};

/** Lower case, words joined by `_`. */
export type SaidFor = Readonly<Record<string, readonly string[]>>;
