/**
 * A disclosure request as its ledger stream tells it (domain.md section 4): the shapes it can have; an approved one has a
 * decision, an asked one has not. Must not know: who may do what, or when; deciders ask that before an event exists.
 */

import type {
  Actor,
  Category,
  Day,
  Instant,
  LegalBasis,
  Person,
  SubjectId,
} from '../../vocabulary/values.js';
import type { Hold } from '../freeze.js';
import type { DisclosureEvent, VoidReason } from './events.js';

/** What each basis may be evidenced with; which of them it needs is the pack's to say. */
export const EVIDENCE_FIELDS = [
  'consent',
  'order',
  'template',
  'authority',
  'law',
  'instrument',
  'evidence',
] as const;
export type EvidenceField = (typeof EVIDENCE_FIELDS)[number];
export type Evidence = Readonly<Record<EvidenceField, string | null>>;
export const NO_EVIDENCE: Evidence = {
  consent: null,
  order: null,
  template: null,
  authority: null,
  law: null,
  instrument: null,
  evidence: null,
};

/** What is asked: who gets what, what for, on which basis. */
export type Terms = {
  readonly recipient: string;
  /** Null once the customer's key is destroyed. */
  readonly purpose: string | null;
  readonly categories: readonly Category[];
  readonly basis: LegalBasis;
  readonly evidence: Evidence;
  /** Subject-facing exports leave it out until then (required_by_law only). */
  readonly withhold: Day | null;
};

/** An officer's approval, or a standing one's; whatever became of it since. */
export type Approval = {
  readonly by: Person;
  readonly at: Instant;
  readonly round: number;
  readonly categories: readonly Category[];
  /** The last day on which it may be sent. */
  readonly expires: Day;
  readonly clause: string;
  /** Freezes it passes by the officer's own decision, with their notes. */
  readonly holds: readonly Hold[];
  readonly standing: number | null;
};

export type DisclosurePhase =
  | { readonly status: 'requested'; readonly at: Instant }
  | {
      readonly status: 'blocked';
      readonly holds: readonly Hold[];
      /** The freeze has lifted; it may be offered again. */
      readonly offered: boolean;
    }
  | { readonly status: 'approved'; readonly decision: Approval }
  | {
      readonly status: 'executed';
      readonly decision: Approval;
      readonly sent: {
        readonly at: Instant;
        readonly day: Day;
        readonly by: Actor;
        readonly method: string | null;
        readonly ref: string | null;
      };
    }
  | { readonly status: 'expired'; readonly decision: Approval }
  | {
      readonly status: 'voided';
      readonly decision: Approval;
      readonly why: VoidReason;
      readonly clause: string;
      readonly holds: readonly Hold[];
    }
  | { readonly status: 'denied'; readonly by: Actor; readonly at: Instant; readonly reason: string | null }
  | { readonly status: 'cancelled'; readonly by: Actor; readonly at: Instant };

export type DisclosureStatus = DisclosurePhase['status'];
/** The status, and whether a blocked one may be offered again: its freeze has lifted. */
export type DisclosureState = DisclosureStatus | 'offered';
/** A freeze that begins or lifts changes these. */
export const LIVE_STATUSES: readonly DisclosureStatus[] = ['requested', 'blocked', 'approved'];

/** How a round ended; kept for cards clicked late. */
export type DisclosureRuling = {
  readonly round: number;
  readonly verdict: 'approve' | 'deny';
  readonly by: Person | null;
  readonly at: Instant;
};

export type Disclosure = {
  readonly ref: string;
  readonly subjectId: SubjectId;
  /** The customer reference as first written; null once the customer's key is destroyed. */
  readonly reference: string | null;
  readonly pack: { readonly name: string; readonly hash: string };
  readonly terms: Terms;
  readonly phase: DisclosurePhase;
  /** 1, and one more each time it is asked anew: what a card shows and a click carries. */
  readonly round: number;
  readonly requestedAt: Instant;
  readonly asked: { readonly by: Actor; readonly at: Instant };
  /** Everybody who asked it, first or anew: none of them decides (rule 2). */
  readonly askers: readonly Person[];
  readonly rulings: readonly DisclosureRuling[];
  /** Who was already pinged in this round. */
  readonly escalated: readonly ('deputy' | 'admin')[];
  readonly escalatedAt: Instant | null;
  readonly version: number;
};

export type DisclosureStamp = { readonly seq: number; readonly at: Instant; readonly actor: Actor };
export type StampedDisclosure = DisclosureStamp & { readonly event: DisclosureEvent };

/** The decision on it, whatever became of it since; null before one exists. */
export function decisionOf({ phase }: Disclosure): Approval | null {
  return 'decision' in phase ? phase.decision : null;
}

/** What goes or went out: what was approved, else what is asked. */
export function categoriesOf(disclosure: Disclosure): readonly Category[] {
  return decisionOf(disclosure)?.categories ?? disclosure.terms.categories;
}

export function stateOf({ phase }: Pick<Disclosure, 'phase'>): DisclosureState {
  return phase.status === 'blocked' && phase.offered ? 'offered' : phase.status;
}
