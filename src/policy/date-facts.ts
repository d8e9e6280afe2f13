/** The facts dates are computed from, and the dates with their steps (dates.md). Must not know: how they are computed. */
import type { Day, Instant } from '../vocabulary/values.js';
import type { Period } from './period.js';
import type { RequestRule } from './schema.js';

export type PauseFact = {
  readonly from: Instant;
  /** null while it lasts: its days are added when it ends. */
  readonly to: Instant | null;
  /** A word of the pack's list of pause reasons; any other stops nothing. */
  readonly reason: string;
};

/** Everything the dates depend on beside the pack. */
export type DateFacts = {
  readonly receivedAt: Instant;
  readonly identityVerifiedAt: Instant | null;
  readonly pauses: readonly PauseFact[];
  readonly extension: { readonly until: Day; readonly reason: string } | null;
};

type DueRule = RequestRule['due'];
/** What a step says. */
type StepFact =
  | { readonly kind: 'received'; readonly at: Instant; readonly zone: string }
  /** The clock starts with the proof of identity; until there is one it is shown from receipt. */
  | { readonly kind: 'started'; readonly proven: boolean }
  | {
      readonly kind: 'counted';
      readonly period: Period;
      readonly count: DueRule['count'];
      /** The pack's own word on the deadline. */
      readonly note: string | null;
      /** The year whose calendar the pack does not have, so that the day may move. */
      readonly unknownYear: number | null;
    }
  | { readonly kind: 'paused-in-vain'; readonly times: number; readonly pack: string }
  | {
      readonly kind: 'paused';
      readonly reason: string;
      readonly from: Day;
      /** null while it lasts. */
      readonly to: Day | null;
      readonly stopped: Period;
      readonly count: 'inclusive' | 'exclusive';
    }
  | {
      readonly kind: 'rolled';
      /** The day before the roll. */
      readonly from: Day;
      readonly dayOff: boolean;
      readonly roll: DueRule['roll'];
    }
  | { readonly kind: 'extended'; readonly until: Day; readonly reason: string; readonly later: boolean }
  | { readonly kind: 'acknowledge' | 'act'; readonly within: Period }
  | {
      readonly kind: 'target';
      readonly isDue: boolean;
      /** null: the last working day before the due day. */
      readonly within: Period | null;
    }
  | { readonly kind: 'due'; readonly overdueFrom: Instant };

/** One line of `/privacy why`: what led to which day, and the clause of that rule. */
export type DateStep = StepFact & { readonly day: Day; readonly clause: string | null };

export type RequestDates = {
  /** Civil day of `receivedAt` in the policy's zone. */
  readonly receiptDay: Day;
  /** The day the clock starts from: receipt, or the identity proof where the pack says so. */
  readonly startDay: Day;
  readonly ackDue: Day;
  /** By when the measure itself is taken; null where the pack gives no such clock. */
  readonly actDue: Day | null;
  /** The due day before any extension; pauses and roll are in it. */
  readonly baseDue: Day;
  readonly due: Day;
  readonly target: Day;
  /** The start of the local day after the due day. */
  readonly overdueFrom: Instant;
  readonly steps: readonly DateStep[];
};

/** A pause as it counted: civil days in the policy's zone, and how many of them stopped the clock. */
export type CountedPause = {
  readonly reason: string;
  readonly from: Day;
  readonly to: Day | null;
  readonly days: number;
};
