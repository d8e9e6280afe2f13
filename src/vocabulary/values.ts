/**
 * The words every layer shares: branded references, the closed lists of domain.md section 2, days and instants.
 * Must not know: the clock, storage, any surface.
 */

declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** `PR-2026-0042`: a privacy request. */
export type CaseRef = Brand<string, 'CaseRef'>;
/** `DR-2026-0017`: a disclosure request. */
export type DisclosureRef = Brand<string, 'DisclosureRef'>;
/** `CO-2026-0001`: a recorded consent. */
export type ConsentRef = Brand<string, 'ConsentRef'>;
/** A staff member's handle, e.g. `mei`: one person, however many accounts. */
export type Person = Brand<string, 'Person'>;
/** `surface:id`, e.g. `slack:U012`, `discord:81…`, `terminal:mei`. */
export type Account = Brand<string, 'Account'>;
/** A civil date in the policy's time zone, `YYYY-MM-DD`. */
export type Day = Brand<string, 'Day'>;
/** An instant in UTC as Temporal prints it, e.g. `2026-11-23T02:00:00Z`. */
export type Instant = Brand<string, 'Instant'>;
/** The desk's own id of a data subject; says nothing about the person. */
export type SubjectId = Brand<string, 'SubjectId'>;

export const CATEGORIES = [
  'name',
  'account_id',
  'facebook_id',
  'email',
  'mobile_phone',
  'bank_account',
  'payment',
  'delivery',
  'refund',
  'purchase_log',
  'usage_log',
  'value_added',
  'sensitive',
  'other',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const REQUEST_TYPES = [
  'access',
  'correction',
  'deletion',
  'stop_handling',
  'consent_withdrawal',
  'complaint',
] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

/** Who asks: the customer, or somebody in their place. */
export const REQUESTERS = ['self', 'representative', 'heir', 'parent'] as const;
export type Requester = (typeof REQUESTERS)[number];

export const OUTCOMES = [
  'fulfilled',
  'partially_fulfilled',
  'refused',
  'withdrawn_by_subject',
  'identity_not_verified',
  'no_data_held',
  'duplicate',
  'not_controller',
  'logged_in_error',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const NOTICE_KINDS = [
  'acknowledgement',
  'identity_request',
  'clarification_request',
  'extension',
  'retention_explanation',
  'refusal',
  'partial',
  'completion',
  'service_impact',
  'pre_lift',
  'complaint_answer',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const LEGAL_BASES = ['consent', 'transaction', 'required_by_law'] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

/** `deputy` is the deputy officer: an officer's permissions, second in line (domain.md P-7.3). */
export const ROLES = ['agent', 'officer', 'deputy', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const STATUSES = [
  'identity_pending',
  'in_progress',
  'awaiting_subject',
  'awaiting_decision',
  'action_approved',
  'decided',
  'notifying_recipients',
  'closed',
] as const;
/** `decided` is a refused case whose notices are still to be recorded (domain.md, "Settled points"). */
export type Status = (typeof STATUSES)[number];

/** Who did something: the person decides permissions and four-eyes, the account is kept for the record. */
export type Actor = { readonly person: Person | null; readonly account: Account };

/** Anything JSON can carry, read-only. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

const MASK_FROM = 7;

/** The masked customer reference shown everywhere but in a reveal: `C…812`; under seven characters `C…`. */
export function maskReference(reference: string): string {
  const chars = [...reference.trim()];
  const first = chars[0] ?? '';
  return chars.length < MASK_FROM ? `${first}…` : `${first}…${chars.slice(-3).join('')}`;
}

/** A posted message as its surface can find it again, days later: plain data, opaque to the desk. */
export type MessageRef = { readonly channel: string; readonly id: string };
