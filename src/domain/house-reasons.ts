/** Why the desk itself says no: staff, permissions, channels, the ledger. Must not know: cases, wording. */
import type { Account, Person, Role } from '../vocabulary/values.js';
import type { LedgerFault } from './ledger.js';
import type { Damage, ForeignRow } from './tampering.js';

/** Each reason's code and the facts its words need. */
export type HouseReasons = {
  'not-on-staff': { readonly code: 'not-on-staff'; readonly facts: { readonly account: Account } };
  'role-not-permitted': {
    readonly code: 'not-permitted';
    readonly facts: { readonly roles: readonly Role[]; readonly permitted: readonly Role[] };
  };
  'training-ended': {
    readonly code: 'training-expired';
    readonly facts: { readonly person: Person; readonly until: string };
  };
  'role-held-already': {
    readonly code: 'wrong-state';
    readonly facts: { readonly person: Person; readonly role: Role };
  };
  'off-the-staff-list': { readonly code: 'wrong-state'; readonly facts: { readonly person: Person } };
  'role-not-held': {
    readonly code: 'wrong-state';
    readonly facts: { readonly person: Person; readonly role: Role; readonly roles: readonly Role[] };
  };
  'last-administrator': { readonly code: 'wrong-state'; readonly facts: { readonly person: Person } };
  'account-taken': {
    readonly code: 'wrong-state';
    readonly facts: { readonly account: Account; readonly holder: Person };
  };
  /** `holder`: who has that name, or had it before. */
  'name-taken': {
    readonly code: 'wrong-state';
    readonly facts: { readonly name: Person; readonly holder: Person };
  };
  'officer-and-admin': {
    readonly code: 'wrong-state';
    readonly facts: { readonly person: Person; readonly role: Role; readonly roles: readonly Role[] };
  };
  'nothing-to-confirm': { readonly code: 'wrong-state'; readonly facts: { readonly person: Person } };
  'confirms-own': { readonly code: 'same-person'; readonly facts: { readonly person: Person } };
  'away-of-other': { readonly code: 'not-permitted'; readonly facts: { readonly person: Person } };
  'own-substitute': { readonly code: 'invalid-value'; readonly facts: { readonly person: Person } };
  'not-away': { readonly code: 'wrong-state'; readonly facts: { readonly person: Person } };
  'no-channel-here': { readonly code: 'wrong-state'; readonly facts: { readonly use: string } };
  'channel-lacks': {
    readonly code: 'wrong-state';
    readonly facts: {
      readonly use: string;
      /** What the desk's account may not do there, as its platform calls it. */
      readonly lacks: readonly string[];
    };
  };
  'ledger-broken': {
    readonly code: 'ledger-broken';
    readonly facts: {
      /** The first bad entry; null: it does not verify, and none is to blame. */
      readonly first: LedgerFault | null;
      /** Other streams that are broken too. */
      readonly also: readonly string[];
    };
  };
  'rows-foreign': {
    readonly code: 'ledger-broken';
    readonly facts: { readonly first: ForeignRow | null; readonly more: number };
  };
  'database-damaged': {
    readonly code: 'ledger-broken';
    readonly facts: { readonly damage: readonly Damage[] };
  };
  /** Signed by this desk's key, over a tree of `signed` leaves that are not those of this database, which has `size`. */
  'note-of-another-history': {
    readonly code: 'ledger-broken';
    readonly facts: { readonly signed: number; readonly size: number };
  };
  'list-drifted': {
    readonly code: 'ledger-broken';
    readonly facts: { readonly first: ListDifference | null; readonly more: number };
  };
};

/** Where a list says something else than the ledger it is made from. */
export type ListDifference = {
  /** The kind of stream the list is of. */
  readonly what: string;
  readonly key: string;
  /** `stream`: the entries are not of this desk; `row`: one of the two has nothing. */
  readonly field: string;
  readonly stored: string | null;
  readonly derived: string | null;
};
