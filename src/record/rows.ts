/** The rows of the reading side: what lists, digests and due scans need, nothing personal. Must not know: how they are stored. */
import type { DisclosureStatus } from '../domain/disclosures/disclosure.js';
import type {
  Category,
  Day,
  Instant,
  Json,
  LegalBasis,
  Person,
  RequestType,
  Role,
  Status,
  SubjectId,
} from '../vocabulary/values.js';
/** The reading side of a case: only what lists, digests and due scans need, nothing personal. */
export type RequestRow = {
  readonly ref: string;
  readonly subjectId: SubjectId;
  readonly type: RequestType;
  readonly status: Status;
  readonly outcome: string | null;
  readonly owner: Person | null;
  readonly scope: readonly Category[];
  readonly loggedAt: Instant;
  readonly receivedAt: Instant;
  readonly receiptDay: Day;
  readonly due: Day;
  readonly target: Day;
  readonly ackDue: Day;
  /** The customer has heard from the company about it: any notice counts. */
  readonly acknowledged: boolean;
  /** What the case's freeze is now: `none active lifted erased objection storage_only consent_blocked`. */
  readonly freeze: string;
  /** When the next reminder or escalation falls due; null when nothing is pending. Indexed. */
  readonly nextDueAt: Instant | null;
  /** First unsettled retention end, for the digest; null when nothing is kept. */
  readonly retainedUntil: Day | null;
  /** Recipient notices still open. */
  readonly openRecipients: number;
  readonly closedAt: Instant | null;
  /** `pack@version` and content hash pinned at logging (P-0). */
  readonly pack: string;
  readonly packHash: string;
  /** The stream's last seq when this row was written. */
  readonly version: number;
};

/** The reading side of a disclosure: what lists, digests and due scans need, nothing personal. */
export type DisclosureRow = {
  readonly ref: string;
  readonly subjectId: SubjectId;
  readonly status: DisclosureStatus;
  /** Blocked once, and no freeze is in the way any more. */
  readonly offered: boolean;
  readonly basis: LegalBasis;
  readonly recipient: string;
  /** What was approved, else what is asked. */
  readonly categories: readonly Category[];
  readonly consent: string | null;
  readonly template: string | null;
  readonly requestedBy: Person | null;
  readonly requestedAt: Instant;
  /** When it was last asked anew: the clock of an undecided one. */
  readonly askedAt: Instant;
  readonly decidedBy: Person | null;
  readonly decidedAt: Instant | null;
  readonly sentAt: Instant | null;
  /** The civil day of `sentAt`; the register's order. */
  readonly sentDay: Day | null;
  readonly withhold: Day | null;
  /** When an escalation or the approval's end falls due; null when nothing is pending. Indexed. */
  readonly nextDueAt: Instant | null;
  readonly pack: string;
  readonly packHash: string;
  /** The stream's last seq when this row was written. */
  readonly version: number;
};

export type DisclosureFilter = {
  readonly subjectId?: SubjectId;
  readonly statuses?: readonly DisclosureStatus[];
  readonly offered?: boolean;
  /** Withheld from the customer until this day. */
  readonly withheldUntil?: Day;
  /** Sent on or after, on or before these days. */
  readonly sentFrom?: Day;
  readonly sentTo?: Day;
  /** The latest number first, instead of the earliest. */
  readonly latestFirst?: boolean;
  /** Only what comes behind this number in that order: the next page. */
  readonly after?: string;
  readonly limit?: number;
};

/** A recorded consent; its purpose is the customer's own and only in its stream. */
export type ConsentRow = {
  readonly ref: string;
  readonly subjectId: SubjectId;
  readonly recipient: string | null;
  readonly categories: readonly Category[];
  /** What is left after withdrawals. */
  readonly live: readonly Category[];
  readonly grantedAt: Instant;
  readonly recordedAt: Instant;
  readonly version: number;
};

/** An approval in advance; `until` is the last day on which it counts. */
export type StandingRow = {
  readonly number: number;
  readonly recipient: string;
  readonly template: string;
  readonly categories: readonly Category[];
  readonly from: Day;
  readonly until: Day;
  readonly by: Person;
};

export type StaffRow = {
  readonly person: Person;
  readonly roles: readonly Role[];
  readonly accounts: readonly string[];
  /** Last day of the training attestation; null = never expires. */
  readonly trainedUntil: Day | null;
  readonly active: boolean;
};

export type ChannelUse = 'cases' | 'officer' | 'digest';

export type ChannelRow = {
  readonly surface: string;
  /** As the surface names it: `#cases`, `C0123`, a snowflake. */
  readonly channel: string;
  readonly uses: readonly ChannelUse[];
  readonly locale: string | null;
};

/** A policy pack as published; open cases stay on the one they pinned. */
export type PackRow = {
  readonly hash: string;
  readonly name: string;
  readonly text: string;
  readonly at: Instant;
};

/**
 * A thing to be posted. `key` is a fact, never random (`PR-2026-0001:7:card@terminal:#cases`): a second
 * insert of the same key does nothing. `effect` names what to render; the text is made when it is sent.
 */
export type NewPost = {
  readonly key: string;
  readonly surface: string;
  readonly effect: Json;
  /** Posts of one lane are sent in order (e.g. `terminal:#cases`); one lane never holds up another. */
  readonly lane: string;
};

export type PostStatus = 'pending' | 'claimed' | 'uncertain' | 'sent' | 'dead';

export type Post = NewPost & {
  readonly id: number;
  readonly status: PostStatus;
  /** Fencing number: a mark with another attempt than the row's does nothing. */
  readonly attempt: number;
  readonly notBefore: Instant;
  readonly lastError: string | null;
  /** What somebody without the desk's key did to it: it is not sent. Looked at when it is claimed. */
  readonly flaw: 'changed' | 'ended-elsewhere' | null;
};

export type RequestFilter = {
  readonly open?: boolean;
  readonly owner?: Person | null;
  readonly subjectId?: SubjectId;
  readonly status?: Status;
  /** Closed at this moment or later. */
  readonly closedFrom?: Instant;
  /** Due on or before this day. */
  readonly dueBy?: Day;
  /** Retention whose end is on or before this day (open or closed). */
  readonly retainedUntilBy?: Day;
  /** The latest due first, instead of the earliest. */
  readonly latestFirst?: boolean;
  /** By number instead, and only what comes behind this one (`''`: all): pages that no moved due day shifts. */
  readonly after?: string;
  readonly limit?: number;
};
