/**
 * When a customer may be forgotten: the erasure they asked for is fulfilled, or the desk's own record has been kept as long as
 * the pack says, and nothing holds it back. Pure. Must not know: storage, keys, wording.
 */
import { compareInstants } from '../policy/calendar.js';
import { CATEGORIES, type Category, type Day, type Instant } from '../vocabulary/values.js';
import type { ForgottenWhy } from './erasure.js';
import type { FreezeState } from './requests/events.js';

/** A case as far as its record goes. */
export type KeptCase = {
  readonly ref: string;
  readonly loggedAt: Instant;
  /** Null while it is open. */
  readonly closed: {
    readonly at: Instant;
    /** All of the customer's data is gone with it, but for what is retained. */
    readonly erased: boolean;
    /** From these days on its record need not be kept: after an erasure, and else. */
    readonly erasureEnds: Day;
    readonly recordEnds: Day;
  } | null;
  /** When it was carried out; null: it was not. */
  readonly completedAt: Instant | null;
  readonly freeze: FreezeState;
  /** Kept data that nobody recorded as deleted yet: its last day. */
  readonly retainedUntil: Day | null;
};

export type KeptDisclosure = {
  readonly ref: string;
  /** Asked, approved, or to be offered again. */
  readonly live: boolean;
  readonly byLaw: boolean;
  /** It went out. */
  readonly sent: boolean;
  /** From this day on its record need not be kept. */
  readonly recordEnds: Day;
  /** Withheld from the customer until this day. */
  readonly withhold: Day | null;
};

export type KeptConsent = {
  readonly ref: string;
  readonly live: boolean;
  readonly grantedAt: Instant;
  readonly recordEnds: Day;
};

export type CustomerRecord = {
  readonly cases: readonly KeptCase[];
  readonly disclosures: readonly KeptDisclosure[];
  readonly consents: readonly KeptConsent[];
};

/** What stands in the way; `until`: it goes by itself on that day. */
export type HeldBack =
  | { readonly what: 'open_case' | 'live_disclosure' | 'live_consent' | 'objection'; readonly ref: string }
  /** Kept for an obligation: over with its last day, and gone once somebody records that it was deleted. */
  | { readonly what: 'retained'; readonly ref: string; readonly last: Day }
  | {
      readonly what: 'case_record' | 'disclosure_record' | 'consent_record' | 'withheld';
      readonly ref: string;
      readonly until: Day;
    };

export type Forgetting = {
  readonly why: ForgottenWhy;
  /** The case that erased everything, else the last one; null: there is none. */
  readonly case: string | null;
  /** Empty: now. */
  readonly held: readonly HeldBack[];
};

/** Whether a case fulfilled the erasure of all there is; `sensitive` data is held on nobody but by name (P-1.6). */
export const erasesAll = (scope: readonly Category[]): boolean =>
  CATEGORIES.every((category) => category === 'sensitive' || scope.includes(category));

const STANDS_FOR_GOOD: readonly FreezeState[] = ['objection', 'consent_blocked'];

/** Null: nothing is on record of this customer. */
export function forgetting(record: CustomerRecord, today: Day): Forgetting | null {
  const { cases, disclosures, consents } = record;
  if (cases.length + disclosures.length + consents.length === 0) return null;
  const closed = [...cases].sort((one, other) =>
    compareInstants(one.closed?.at ?? one.loggedAt, other.closed?.at ?? other.loggedAt),
  );
  const erasing = closed.findLast((one) => one.closed?.erased === true) ?? null;
  const why = erasing === null ? 'record_expired' : 'erasure_fulfilled';
  const held = [
    ...cases.flatMap((one) => heldByCase(one, erasing)),
    ...disclosures.flatMap((one) => heldByDisclosure(one, erasing)),
    ...consents.flatMap((one) => heldByConsent(one, erasing)),
  ];
  return {
    why,
    case: (erasing ?? closed.at(-1))?.ref ?? null,
    held: held.filter((one) => !('until' in one) || one.until > today),
  };
}

/** What was logged before the erasure was closed goes with it; what came after is kept for its own time. */
function heldByCase(one: KeptCase, erasing: KeptCase | null): readonly HeldBack[] {
  const { ref, closed, retainedUntil } = one;
  if (closed === null) return [{ what: 'open_case', ref }];
  const kept: readonly HeldBack[] =
    retainedUntil === null ? [] : [{ what: 'retained', ref, last: retainedUntil }];
  if (one === erasing) return [...kept, { what: 'case_record', ref, until: closed.erasureEnds }];
  const before =
    erasing?.closed !== undefined &&
    erasing.closed !== null &&
    compareInstants(one.loggedAt, erasing.closed.at) <= 0;
  if (before) return kept;
  // Whom the desk has forgotten it cannot keep an objection for.
  const stands: readonly HeldBack[] = STANDS_FOR_GOOD.includes(one.freeze)
    ? [{ what: 'objection', ref }]
    : [];
  return [...kept, ...stands, { what: 'case_record', ref, until: closed.recordEnds }];
}

/** What went out by law is kept on record as long as that law says, whoever asks for erasure. */
function heldByDisclosure(one: KeptDisclosure, erasing: KeptCase | null): readonly HeldBack[] {
  const { ref, live, sent, byLaw, recordEnds, withhold } = one;
  if (live) return [{ what: 'live_disclosure', ref }];
  const kept = erasing === null || (sent && byLaw);
  return [
    ...(withhold === null ? [] : [{ what: 'withheld', ref, until: withhold } as const]),
    ...(kept ? [{ what: 'disclosure_record', ref, until: recordEnds } as const] : []),
  ];
}

/** A consent the erasure ended holds nothing; one that lives is evidence of what is done on it. */
function heldByConsent(one: KeptConsent, erasing: KeptCase | null): readonly HeldBack[] {
  const { ref, live, grantedAt, recordEnds } = one;
  const ended = erasing?.closed ? (erasing.completedAt ?? erasing.closed.at) : null;
  if (ended !== null && compareInstants(grantedAt, ended) <= 0) return [];
  return live ? [{ what: 'live_consent', ref }] : [{ what: 'consent_record', ref, until: recordEnds }];
}
