/** The facts dates are computed from, and the dates with their steps (dates.md). Must not know: how they are computed. */
import type { Day, Instant } from '../vocabulary/values.js';
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

/** One line of `/privacy why`: a sentence, the day it leads to, the rule's name and its clause. */
export type DateStep = {
  readonly what: string;
  readonly day: Day;
  readonly rule: string;
  readonly clause: string | null;
};

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
