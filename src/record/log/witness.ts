/**
 * What is kept of the log outside the database, so that a database that goes back behind it is noticed.
 * Must not know: where it is kept.
 */

/** The last checkpoint this desk signed. Further fields in the file are kept as they are: they are for the start to compare. */
export type Witnessed = { readonly number: number; readonly note: string };

export type Witness = {
  /** Null: nothing is kept here, or nothing that can be read. */
  readonly last: () => Promise<Witnessed | null>;
  /** Whole or not at all. Throws when it cannot be written. */
  readonly keep: (signed: Witnessed) => Promise<void>;
};

/** For a desk that has nowhere to keep it. */
export function witnessInMemory(): Witness {
  let kept: Witnessed | null = null;
  return {
    last: async () => kept,
    keep: async (signed) => {
      kept = signed;
    },
  };
}
