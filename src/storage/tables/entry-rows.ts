/**
 * An entry of the ledger as its row keeps it, and the seal over it. Must not know: streams, transactions, what entries mean.
 */
import { canonicalBytes, type LedgerEntry } from '../../domain/ledger.js';
import type { RawEntry } from '../../record/store.js';
import type { Account, Instant, Json, Person } from '../../vocabulary/values.js';
import type { LedgerEntry as Row } from '../generated/sqlite/client.js';
import type { Seals } from '../seals.js';

/** Without the number the database gives. */
export type Stored = Omit<Row, 'id'>;

/** What an entry's seal is over beside its canonical bytes: what decides who can read it, which its hash leaves out. */
export const sealedFields = ({
  keyId,
  subjectId,
  hash,
}: Pick<Stored, 'keyId' | 'subjectId' | 'hash'>): readonly (string | null)[] => [keyId, subjectId, hash];

export const entrySeal = (seals: Seals, row: Stored, entry: LedgerEntry): string =>
  seals.of('entry', sealedFields(row), canonicalBytes(entry));

/** Throws when what is stored has no canonical form. */
export const isVouched = (seals: Seals, row: Stored, entry: LedgerEntry): boolean =>
  seals.fits(row.mac, 'entry', sealedFields(row), canonicalBytes(entry));

/** A body damaged beyond JSON is given as its text: the audit must find it, not stumble over it. */
export function rawOf(seals: Seals, row: Stored): RawEntry {
  try {
    const entry = entryOf(row);
    return { ...entry, vouched: isVouched(seals, row, entry), keyId: row.keyId };
  } catch {
    return { ...entryOf({ ...row, body: JSON.stringify(row.body) }), vouched: false, keyId: row.keyId };
  }
}

/** The brands are those the entry was written with. */
export function entryOf(row: Stored): LedgerEntry {
  return {
    stream: row.stream,
    seq: row.seq,
    at: row.at as Instant,
    actor: { person: row.person as Person | null, account: row.account as Account },
    type: row.type,
    body: JSON.parse(row.body) as Json,
    sealed: row.sealed,
    prev: row.prev,
    hash: row.hash,
  };
}
