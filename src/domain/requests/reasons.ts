/** Why a rule about a privacy request says no: each reason's code and the facts its words need. Must not know: wording. */
import type { ToldField } from '../../policy/extension.js';
import type { RefusalCode } from '../../vocabulary/refusals.js';
import type {
  Category,
  Day,
  Instant,
  NoticeKind,
  Person,
  Requester,
  RequestType,
  Status,
} from '../../vocabulary/values.js';
import type { EarlyOutcome } from './events.js';
import type { Ruling } from './request.js';

/** Where a case stands, as far as it decides which step comes next. */
export type Standing = {
  readonly ref: string;
  readonly status: Status;
  /** Every attempt at the identity check failed: only an officer can go on, by closing it. */
  readonly unverifiable: boolean;
  /** A method of the pack's, for the identity check that may be next. */
  readonly method: string;
};

/** What a case in its present status cannot do. */
export type Impasse =
  | 'nothing-to-extend'
  | 'nothing-to-amend'
  | 'nothing-to-carry-out'
  | 'not-to-be-done'
  | 'no-recipients'
  | 'closed-again'
  | 'open-already'
  | 'identity-check-over'
  | 'needs-no-identity'
  | 'verified-already'
  | 'not-verified-now'
  | 'needs-no-owner'
  | 'not-paused'
  | 'nothing-to-resume'
  | 'checklist-closed'
  | 'checklist-settled'
  | 'no-reminders'
  | 'nothing-retained-now'
  | 'proposal-with-officer'
  | 'no-outcome-now'
  | 'no-decision-asked'
  | 'nothing-to-retract';

/** What `amend` can put right. */
export type AmendedField = 'scope' | 'received' | 'via' | 'ref' | 'about_officer';

export type RecipientState = 'notified' | 'acknowledged' | 'excused';

type Reason<C extends RefusalCode, F> = { readonly code: C; readonly facts: Readonly<F> };
type InCase<F = unknown> = { readonly ref: string } & F;

/** Each reason's code and the facts its words need. */
export type RequestReasons = {
  'wrong-status': Reason<'wrong-state', Standing & { readonly so: Impasse }>;
  'removes-nothing': Reason<'wrong-state', InCase<{ type: RequestType }>>;
  'has-no-checklist': Reason<'wrong-state', Standing & { readonly type: RequestType }>;
  'past-early-end': Reason<'wrong-state', Standing & { readonly missing: readonly NoticeKind[] }>;
  'case-of-forgotten': Reason<'wrong-state', InCase>;
  'owns-already': Reason<'wrong-state', InCase<{ person: Person }>>;
  'recipient-settled': Reason<'wrong-state', InCase<{ recipient: string; state: RecipientState }>>;

  'complaint-kept': Reason<'about-officer', InCase>;
  'owner-complained-about': Reason<'about-officer', InCase<{ person: Person }>>;

  'attempts-used': Reason<'attempts-used', InCase<{ attempts: number }>>;
  'method-not-allowed': Reason<'invalid-value', InCase<{ method: string; allowed: readonly string[] }>>;
  'identity-open': Reason<'identity-not-verified', Standing>;

  'outside-scope': Reason<
    'invalid-value',
    InCase<{
      field: 'category' | 'categories';
      outside: readonly Category[];
      scope: readonly Category[];
    }>
  >;
  'snooze-by-other': Reason<'not-permitted', InCase<{ owner: Person | null }>>;
  'snooze-too-far': Reason<'too-far', InCase<{ due: Day; latest: Day; today: Day }>>;
  'reveal-by-other': Reason<'not-permitted', InCase<{ owner: Person | null }>>;

  'received-in-future': Reason<'future', unknown>;
  'about-officer-no-complaint': Reason<'invalid-value', { type: RequestType }>;
  'sent-in-future': Reason<'future', unknown>;

  'not-told': Reason<
    'explanation-or-consent-missing',
    {
      what: 'retain' | 'extend';
      due: Day;
      missing: readonly ToldField[];
      requires: readonly ToldField[];
    }
  >;
  'told-in-future': Reason<'future', { field: ToldField; day: Day }>;
  'agreed-before-explained': Reason<'invalid-value', { explained: Day; consent: Day }>;
  'retention-over': Reason<'invalid-value', { until: Day }>;

  'extension-none': Reason<'extension-not-allowed', { type: RequestType }>;
  'extension-reason': Reason<'extension-not-allowed', { reasons: readonly string[] }>;
  'extension-not-later': Reason<'extension-not-allowed', { until: Day; due: Day }>;
  'extension-limit': Reason<'extension-not-allowed', { latest: Day }>;
  'extension-window': Reason<
    'extension-not-allowed',
    { what: 'recording' | ToldField; day: Day; opens: Day; closes: Day }
  >;

  'categories-open': Reason<'checklist-incomplete', InCase<{ open: readonly Category[]; of: number }>>;
  'data-held': Reason<'checklist-incomplete', InCase<{ held: readonly Category[] }>>;
  'kept-so-partial': Reason<'checklist-incomplete', InCase<{ kept: readonly Category[] }>>;
  'retention-missing': Reason<
    'retention-not-covered',
    InCase<{ uncovered: readonly Category[]; requires: readonly ToldField[] }>
  >;

  'ground-missing': Reason<
    'ground-field-missing',
    { type: RequestType; outcome: 'refused' | 'partially_fulfilled'; grounds: readonly string[] }
  >;
  'ground-unknown': Reason<
    'ground-not-allowed',
    { ground: string; type: RequestType; grounds: readonly string[] }
  >;
  'never-plainly-refused': Reason<'never-refused', InCase<{ ground: string; type: RequestType }>>;
  'ground-gives-no-part': Reason<'ground-not-allowed', InCase<{ ground: string }>>;
  'ground-fields-missing': Reason<
    'ground-field-missing',
    InCase<{
      ground: string;
      missing: readonly string[];
      /** Those of them that the command at hand takes in its reason. */
      inReason: readonly string[];
      /** What keeping data requires. */
      requires: readonly ToldField[];
    }>
  >;
  'never-corrected': Reason<'id-not-correctable', InCase<{ category: Category; ground: string }>>;
  'change-not-evidenced': Reason<
    'name-change-not-evidenced',
    InCase<{ category: Category; ground: string; field: string }>
  >;

  'proposed-yourself': Reason<'same-person', InCase>;
  'officers-revoke': Reason<'officer-needed', InCase>;
  'no-pass-to-revoke': Reason<'wrong-state', Standing>;
  'revoked-without-reason': Reason<'reason-missing', InCase>;
  'retract-by-other': Reason<'not-permitted', InCase<{ by: Person | null }>>;
  'retained-yourself': Reason<'same-person', InCase>;
  'return-without-reason': Reason<'reason-missing', InCase>;
  'ruled-already': Reason<
    'already-decided',
    InCase<{
      number: number;
      by: Person | null;
      verdict: Ruling['verdict'];
      at: Instant;
      zone: string;
      /** Another proposal is waiting by now. */
      newer: boolean;
    }>
  >;

  'recipient-unknown': Reason<'not-found', InCase<{ recipients: readonly string[] }>>;
  'excuse-by-agent': Reason<'not-permitted', unknown>;
  'not-decided': Reason<'not-ready-to-close', Standing>;
  'recipients-not-told': Reason<'recipients-pending', InCase<{ recipients: readonly string[] }>>;
  'customer-not-told': Reason<'notice-missing', InCase<{ missing: readonly NoticeKind[] }>>;
  'unverified-close-by-agent': Reason<'not-permitted', unknown>;
  'early-end-without-evidence': Reason<'evidence-missing', InCase<{ outcome: EarlyOutcome }>>;
  'early-end-without-reason': Reason<'reason-missing', InCase<{ outcome: EarlyOutcome }>>;
  'early-end-by-agent': Reason<'officer-needed', InCase<{ outcome: EarlyOutcome; decided: boolean }>>;
  'no-duplicate-of': Reason<
    'invalid-value',
    InCase<{
      of: string;
      type: RequestType;
      /** An open case of the same customer and type, and another one. */
      same: boolean;
      /** Its freeze does not go on. */
      unfrozen: boolean;
      outside: readonly Category[];
    }>
  >;
  'amend-by-agent': Reason<'officer-needed', InCase<{ what: readonly AmendedField[]; proposed: boolean }>>;
  'amends-nothing': Reason<'wrong-state', InCase>;
  'scope-carried-out': Reason<'wrong-state', Standing>;
  'received-long-ago': Reason<'confirm-needed', { days: number; most: number }>;
  'looks-like-another': Reason<'confirm-needed', unknown>;
  'mandate-missing': Reason<'evidence-missing', { requester: Requester }>;
  'needs-representative': Reason<'invalid-value', InCase<{ method: string; allowed: readonly string[] }>>;
  'consents-of-no-withdrawal': Reason<'invalid-value', { type: RequestType }>;
  'consent-not-of-customer': Reason<'invalid-value', { consents: readonly string[] }>;
  'attempts-left': Reason<
    'not-ready-to-close',
    Standing & { readonly made: number; readonly attempts: number; readonly verified: boolean }
  >;
};
