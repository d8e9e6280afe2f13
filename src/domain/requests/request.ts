/**
 * A privacy request as its ledger stream tells it (domain.md section 3): the shapes a case can have.
 * Must not know: who may do what, or when; deciders ask that before an event exists.
 */
import type {
  Account,
  Actor,
  Category,
  Day,
  Instant,
  NoticeKind,
  Outcome,
  Person,
  Requester,
  RequestType,
  Status,
  SubjectId,
} from '../../vocabulary/values.js';
import type { ForgottenWhy } from '../erasure.js';
import type {
  CaseDates,
  CheckResult,
  ClockName,
  EventOf,
  FreezeState,
  ProposedOutcome,
  RequestEvent,
  Told,
} from './events.js';

export type Proposal = {
  readonly number: number;
  readonly outcome: ProposedOutcome;
  readonly ground: string | null;
  readonly law: string | null;
  readonly until: Day | null;
  readonly facts: string | null;
  readonly evidence: string | null;
  readonly nameEvidence: string | null;
  readonly by: Actor;
  readonly at: Instant;
};

/** How a proposal ended; kept for cards clicked late. */
export type Ruling = {
  readonly number: number;
  readonly verdict: 'approve' | 'return' | 'refuse';
  readonly by: Actor;
  readonly at: Instant;
  readonly reason: string | null;
};

/** What will be or was done for the customer, once decided. */
export type Resolution = {
  readonly outcome: ProposedOutcome;
  readonly ground: string | null;
  readonly law: string | null;
  readonly until: Day | null;
  /** Null when the pack lets the agent fulfil without an officer. */
  readonly decidedBy: Actor | null;
  readonly decidedAt: Instant;
};

export type Phase =
  | { readonly status: 'identity_pending' }
  | { readonly status: 'in_progress' }
  | {
      readonly status: 'awaiting_subject';
      readonly resumeTo: 'identity_pending' | 'in_progress';
      readonly since: Instant;
    }
  | { readonly status: 'awaiting_decision'; readonly proposal: Proposal }
  | { readonly status: 'action_approved'; readonly resolution: Resolution }
  | { readonly status: 'decided'; readonly resolution: Resolution }
  | {
      readonly status: 'notifying_recipients';
      readonly resolution: Resolution;
      readonly completedAt: Instant;
    }
  | {
      readonly status: 'closed';
      readonly outcome: Outcome;
      readonly resolution: Resolution | null;
      readonly early: EarlyEnd | null;
      readonly closedAt: Instant;
    };

export type RecipientTask = {
  readonly recipient: string;
  readonly disclosures: readonly string[];
  readonly due: Day;
  /** All it got is withheld until then, and who it is kept from everybody but these; null: it is not. */
  readonly kept: { readonly until: Day; readonly askers: readonly Person[] } | null;
  readonly state: 'open' | 'notified' | 'acknowledged' | 'excused';
  readonly ref: string | null;
};

export type Retention = {
  readonly categories: readonly Category[];
  readonly law: string | null;
  readonly until: Day;
  /** Null: not given, since the pack does not ask for it. */
  readonly explained: Told | null;
  readonly consent: Told | null;
  readonly round: number;
  readonly ended: boolean;
  /** Who recorded it: as good as proposing it. */
  readonly by: Actor;
};

export type Notice = {
  readonly kind: NoticeKind;
  readonly via: string | null;
  readonly sentAt: Instant;
  readonly round: number;
  /** What stood on record before it: the number of the decided proposal, null before a decision; whether data was kept. */
  readonly after: { readonly decided: number | null; readonly retained: boolean };
};

export type Contact = {
  readonly via: string;
  readonly receivedAt: Instant;
  readonly ref: string | null;
  readonly requester: Requester;
  /** Where it is on record that somebody else may ask for the customer. */
  readonly mandate: string | null;
  readonly by: Actor;
  readonly at: Instant;
};

/** What was put right later, with what it was before, who did it and why. */
export type Amendment = Omit<EventOf<'amended'>, 'type' | 'personal'> & {
  readonly ref: { readonly from: string | null; readonly to: string } | null;
  readonly reason: string | null;
  readonly by: Actor;
  readonly at: Instant;
};

/** Why a case ended early: the case that goes on instead, where the customer said so, the reason. */
export type EarlyEnd = {
  readonly of: string | null;
  readonly ref: string | null;
  readonly reason: string | null;
};

export type Pause = {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly reason: string | null;
  /** The pack's reason word that stops the clock; null: the clock goes on. */
  readonly stops: string | null;
};

/** A reminder or an escalation that was posted. */
export type Posted = {
  readonly clock: 'due' | 'decision' | ClockName;
  /** The day it was about, or the proposal's number. */
  readonly of: string;
  readonly at: Instant;
  readonly kinds: readonly string[];
  readonly pinged: readonly string[];
  /** The clock was put back since to before it: it covers its own moment and no other. */
  readonly undone: boolean;
};

export type PrivacyRequest = {
  readonly ref: string;
  readonly subjectId: SubjectId;
  readonly type: RequestType;
  readonly scope: readonly Category[];
  readonly via: string;
  /** The customer reference as first written; null once the subject's key is destroyed. */
  readonly reference: string | null;
  readonly sourceRef: string | null;
  readonly receivedAt: Instant;
  readonly loggedAt: Instant;
  readonly loggedBy: Actor;
  readonly pack: { readonly name: string; readonly hash: string };
  readonly dates: CaseDates;
  readonly needsChecklist: boolean;
  readonly about: readonly Person[];
  readonly withdraws: readonly string[];
  /** Consents the customer named to withdraw those alone; null: all in scope. */
  readonly named: readonly string[] | null;
  readonly phase: Phase;
  readonly identity: {
    readonly needed: boolean;
    readonly state: 'pending' | 'verified' | 'failed';
    readonly attempts: number;
    readonly verifiedAt: Instant | null;
  };
  /** Set by itself when verification finally fails: somebody may be using another's name (P-5). */
  readonly suspectedImpersonation: boolean;
  readonly owner: Person | null;
  /** Each time the customer asked for it, the first one included. */
  readonly contacts: readonly Contact[];
  readonly amendments: readonly Amendment[];
  readonly checklist: Readonly<
    Partial<Record<Category, { readonly result: CheckResult; readonly ref: string | null }>>
  >;
  readonly retentions: readonly Retention[];
  readonly notices: readonly Notice[];
  readonly pauses: readonly Pause[];
  readonly extension: { readonly until: Day; readonly reason: string } | null;
  readonly freezes: boolean;
  readonly freeze: FreezeState;
  readonly proposals: number;
  readonly rulings: readonly Ruling[];
  readonly recipients: readonly RecipientTask[];
  readonly snoozedUntil: Day | null;
  /** What was posted about its clocks, in order. */
  readonly reminders: readonly Posted[];
  readonly notes: readonly { readonly at: Instant; readonly by: Actor; readonly text: string | null }[];
  /** When and why the customer's key was destroyed; null: it was not. */
  readonly forgotten: { readonly at: Instant; readonly why: ForgottenWhy } | null;
  /** 1, and one more each time it is reopened: notices of an earlier round don't count towards closing. */
  readonly round: number;
  readonly version: number;
};

/** What an event does not carry itself but its ledger entry does. */
export type Stamp = {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: { readonly person: Person | null; readonly account: Account };
};

export type StampedEvent = Stamp & { readonly event: RequestEvent };

export const statusOf = (request: PrivacyRequest): Status => request.phase.status;
export const isOpen = (request: PrivacyRequest): boolean => request.phase.status !== 'closed';

/** The decided resolution of the present phase, null before one exists. */
export function resolutionOf(request: PrivacyRequest): Resolution | null {
  return 'resolution' in request.phase ? request.phase.resolution : null;
}

/** Categories kept under a retention that has not ended: law only (`storage_only`). */
export function retainedCategories(request: PrivacyRequest): readonly Category[] {
  return [...new Set(request.retentions.filter((kept) => !kept.ended).flatMap((kept) => kept.categories))];
}

/** Whether somebody asked in the customer's place: then the proof of identity is theirs. */
export const isRepresented = (request: PrivacyRequest): boolean =>
  request.contacts.some(({ requester }) => requester !== 'self');
