/**
 * The desk's own "no", as a value: a stable code, the reason with the facts its words need, and the clause of the pack's rule
 * that refused. `language/` has the words. Must not know: how it is worded or shown.
 */
import type { DisclosureReasons } from './disclosures/reasons.js';
import type { HouseReasons } from './house-reasons.js';
import type { RequestReasons } from './requests/reasons.js';

/** Every reason a rule gives: its code, and the facts its words need. Names are unique across the three. */
export type Reasons = RequestReasons & DisclosureReasons & HouseReasons;
export type Reason = keyof Reasons;

/** A refusal whose words are in `language/`. */
export type Refusal = {
  readonly [R in Reason]: {
    readonly code: Reasons[R]['code'];
    readonly reason: R;
    /** Bare clause number of the pack's rule, e.g. `4.2`; null when no clause is behind it. */
    readonly clause: string | null;
    readonly facts: Reasons[R]['facts'];
  };
}[Reason];

/** `no('extension-not-allowed', 'extension-not-later', rule.clause, { until, due })`. */
export function no<R extends Reason>(
  code: Reasons[R]['code'],
  reason: R,
  clause: string | null,
  facts: Reasons[R]['facts'],
): Refusal {
  // One of the union's members by construction: code, reason and facts are of the same R.
  return { code, reason, clause, facts } as Refusal;
}

/** What a decider returns: the events to record, or the refusal, which may record something too (a blocked disclosure). */
export type Decision<E> =
  | { readonly kind: 'done'; readonly events: readonly E[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly events: readonly E[] };

export function done<E>(...events: readonly E[]): Decision<E> {
  return { kind: 'done', events };
}

export function refused<E>(refusal: Refusal, ...events: readonly E[]): Decision<E> {
  return { kind: 'refused', refusal, events };
}
