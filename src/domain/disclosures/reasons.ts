/** Why a rule about a disclosure says no: each reason's code and the facts its words need. Must not know: wording. */
import type { RefusalCode } from '../../vocabulary/refusals.js';
import type { Category, Day, Instant, LegalBasis, Person } from '../../vocabulary/values.js';
import type { Hold } from '../freeze.js';
import type { DisclosureState, EvidenceField } from './disclosure.js';

type Reason<Code extends RefusalCode, Facts> = { readonly code: Code; readonly facts: Readonly<Facts> };

/** The command does not fit the state the disclosure is in. */
type StateReason = Reason<'wrong-state', { ref: string; state: DisclosureState }>;
type NotApproved<More = unknown> = Reason<'not-approved', { ref: string } & More>;
type ConsentInvalid<More = unknown> = Reason<'consent-not-valid', { consent: string } & More>;

export type DisclosureReasons = {
  // The state is another one.
  'amend-after-sending': StateReason;
  'amend-after-end': StateReason;
  'nothing-to-offer-again': StateReason;
  'amend-after-erasure': StateReason;
  'cancel-after-sending': StateReason;
  'nothing-to-cancel': StateReason;
  'no-decision-asked': StateReason;
  'offer-again-first': StateReason;
  'offer-again-instead': StateReason;
  'sent-already': StateReason;
  'changed-since-shown': Reason<'wrong-state', { ref: string }>;
  'disclosure-already-decided': Reason<
    'already-decided',
    {
      ref: string;
      by: Person | null;
      verdict: 'approve' | 'deny';
      at: Instant;
      zone: string;
      /** It was asked anew since, and waits for a decision. */
      waits: boolean;
    }
  >;

  // What is asked may not be given.
  'basis-evidence-missing': Reason<
    'evidence-missing',
    { basis: LegalBasis; missing: readonly EvidenceField[]; means: string; fits?: readonly string[] }
  >;
  'withhold-without-law': Reason<'invalid-value', Record<never, never>>;
  'sensitive-on-basis': Reason<'sensitive', { basis: LegalBasis; allowed: readonly LegalBasis[] }>;
  'no-such-template': Reason<'beyond-template', { template: string; templates: readonly string[] }>;
  'beyond-the-template': Reason<
    'beyond-template',
    { template: string; beyond: readonly Category[]; allowed: readonly Category[] }
  >;
  'beyond-every-template': Reason<
    'beyond-template',
    { templates: readonly { readonly name: string; readonly categories: readonly Category[] }[] }
  >;
  'disclosure-frozen': Reason<
    'frozen',
    {
      ref: string;
      holds: readonly Hold[];
      /** What is asked for and not frozen. */
      free: readonly Category[];
      /** Every case that holds it is open, so the freeze may lift. */
      mayLift: boolean;
      /** An order dated after the case would count. */
      newerCounts: boolean;
    }
  >;
  'data-frozen': Reason<'frozen', { hold: Hold }>;

  // The consent does not cover it.
  'no-such-consent': ConsentInvalid;
  'consent-of-another': ConsentInvalid;
  'consent-for-another-recipient': ConsentInvalid<{ given: string; wanted: string }>;
  'consent-for-another-purpose': ConsentInvalid;
  'consent-for-less': ConsentInvalid<{ outside: readonly Category[]; covers: readonly Category[] }>;
  'consent-given-later': ConsentInvalid;
  'consent-withdrawn-for': ConsentInvalid<{ categories: readonly Category[]; cases: readonly string[] }>;
  'consent-withdrawn': ConsentInvalid<{ cases: readonly string[] }>;
  'no-consent-for-recipient': Reason<'consent-not-valid', Record<never, never>>;
  'no-consent-for-all': Reason<
    'consent-not-valid',
    { consents: readonly { readonly ref: string; readonly categories: readonly Category[] }[] }
  >;
  'consent-in-future': Reason<'future', Record<never, never>>;

  // Deciding.
  'officers-decide': Reason<'not-permitted', Record<never, never>>;
  'asker-decides': Reason<'same-person', { ref: string }>;
  'more-than-asked': Reason<'too-many-categories', { more: readonly Category[]; asked: readonly Category[] }>;
  'denial-without-reason': Reason<'reason-missing', { ref: string }>;
  'standing-revoked-already': Reason<'wrong-state', { number: number; by: Person; on: Day }>;
  'standing-too-long': Reason<'standing-too-long', { days: number; most: number }>;

  // Sending.
  'sent-in-future': Reason<'future', Record<never, never>>;
  'sent-before-approval': Reason<'invalid-value', { approvedAt: Instant; zone: string }>;
  'approval-ended': Reason<'approval-expired', { ref: string; expires: Day }>;
  'frozen-since-approval': Reason<'frozen', { ref: string; cases: readonly string[] }>;
  'withdrawn-since-approval': Reason<
    'consent-not-valid',
    { ref: string; consent: string; cases: readonly string[] }
  >;
  'not-approved-revoked': NotApproved;
  'not-approved-blocked': NotApproved;
  'not-approved-undecided': NotApproved;
  'not-approved-denied': NotApproved<{ by: Person | null }>;
  'not-approved-cancelled': NotApproved;
};

/** The reasons that say nothing but the state. */
export type OutOfState = {
  [R in keyof DisclosureReasons]: DisclosureReasons[R] extends StateReason ? R : never;
}[keyof DisclosureReasons];
