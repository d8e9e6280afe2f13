/**
 * What somebody who had the database and not the key did to it, where it is no entry of the ledger (ledger.ts has those).
 * Must not know: how it is found, wording.
 */

/** Below the rows: a guard of the ledger that is not as it was made, pages that do not read, rows that are not there. */
export type Damage =
  | { readonly what: 'guard-gone' | 'page-damaged'; readonly name: string }
  | { readonly what: 'entries-miscounted'; readonly there: number; readonly said: number };

/** Tables beside the ledger whose rows the desk seals. */
export const SEALED_TABLES = ['subject', 'post', 'message', 'setting'] as const;
export type SealedTable = (typeof SEALED_TABLES)[number];

export type RowFlaw = 'changed' | 'ended-elsewhere' | 'other-lookup' | 'key-missing';

/** A row beside the ledger that somebody without the desk's key wrote, changed, or took away. */
export type ForeignRow = {
  readonly table: SealedTable;
  /** A customer's id, a post's key, a slot, a setting's name. */
  readonly key: string;
  readonly flaw: RowFlaw;
};

/** A stream that ends before what this desk wrote last: `has` 0, there is nothing of it. */
export type Lost = { readonly stream: string; readonly seq: number; readonly has: number };
