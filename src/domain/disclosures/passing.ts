/**
 * What happens to disclosures without anybody asking: a freeze begins or lifts, a consent is withdrawn, time passes
 * (domain.md section 4). Pure. Must not know: storage, surfaces, the clock.
 */
import { addDays, afterSeconds, compareInstants, startOfDay } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import type { Category, Day, Instant, Outcome } from '../../vocabulary/values.js';
import type { Hold } from '../freeze.js';
import type { RequestEvent } from '../requests/events.js';
import type { PrivacyRequest } from '../requests/request.js';
import { blockedBy } from './asking.js';
import { type Consent, type ConsentEvent, withdrawnBy } from './consent.js';
import { voidedBy } from './deciding.js';
import type { Disclosure, Terms } from './disclosure.js';
import type { DisclosureEvent } from './events.js';
import { type FreezeFacts, freezeOn, liveRefusal } from './terms.js';

/** What the customer's freezes and consents, as they are now, make of it; empty: nothing. */
export function decideReassess(disclosure: Disclosure, facts: FreezeFacts): readonly DisclosureEvent[] {
  const { phase, terms } = disclosure;
  switch (phase.status) {
    case 'requested': {
      const { blocked } = freezeOn(terms, facts);
      return blocked.length > 0 ? [blockedBy(blocked)] : [];
    }
    case 'blocked': {
      const { blocked } = freezeOn(terms, facts);
      if (blocked.length > 0)
        return !phase.offered && sameHolds(phase.holds, blocked) ? [] : [blockedBy(blocked)];
      return phase.offered ? [] : [{ type: 'disclosure_unblocked' }];
    }
    case 'approved':
      return voided(disclosure, { ...terms, categories: phase.decision.categories }, facts);
    case 'executed':
    case 'expired':
    case 'voided':
    case 'denied':
    case 'cancelled':
      return [];
    default:
      return phase satisfies never;
  }
}

function voided(disclosure: Disclosure, terms: Terms, facts: FreezeFacts): readonly DisclosureEvent[] {
  const { blocked } = freezeOn(terms, facts);
  const withdrawing = facts.consent?.withdrawals.map((one) => one.case) ?? [];
  const byWithdrawal = terms.basis === 'consent' && blocked.some((hold) => withdrawing.includes(hold.case));
  if (blocked.length > 0) return [voidedBy(byWithdrawal ? 'consent_withdrawn' : 'frozen', blocked)];
  const invalid = liveRefusal(terms, { ...facts, subjectId: disclosure.subjectId });
  if (invalid === null) return [];
  const clause = invalid.clause ?? facts.pack.disclosures.bases.consent.clause;
  return [{ type: 'disclosure_voided', why: 'consent_withdrawn', clause, holds: [] }];
}

function sameHolds(one: readonly Hold[], other: readonly Hold[]): boolean {
  const words = (holds: readonly Hold[]) =>
    holds
      .map((hold) => `${hold.case} ${hold.categories.join(',')} ${hold.clause}`)
      .sort()
      .join('|');
  return words(one) === words(other);
}

/** The customer did withdraw, or nothing was held to withdraw from: then the consents stay withdrawn. */
const STANDS: readonly Outcome[] = ['fulfilled', 'partially_fulfilled', 'no_data_held'];

/** Whether what a case freezes may be something else after these events: its customer's disclosures are looked at again. */
export function freezeMoved(
  before: PrivacyRequest | null,
  after: PrivacyRequest,
  events: readonly RequestEvent[],
): boolean {
  if (!after.freezes) return false;
  const moved =
    before === null ||
    before.freeze !== after.freeze ||
    before.receivedAt !== after.receivedAt ||
    before.scope.join() !== after.scope.join() ||
    before.withdraws.join() !== after.withdraws.join();
  return moved || events.some(({ type }) => type === 'retention_ended');
}

/**
 * What a withdrawal's freeze does to a consent it is about: withdrawn from logging on, before anybody is verified (safe and
 * reversible), for what comes into the scope or leaves it later too, and given back when the request comes to nothing (P-3.3).
 */
export function decideWithdrawal(
  consent: Consent,
  { ref, scope, withdraws, freeze, phase }: PrivacyRequest,
): readonly ConsentEvent[] {
  const taken = consent.withdrawals.flatMap((one) => (one.case === ref ? one.categories : []));
  if (!withdraws.includes(consent.ref) && taken.length === 0) return [];
  const restored: ConsentEvent = { type: 'consent_restored', case: ref };
  const withdrawn = (categories: readonly Category[]): readonly ConsentEvent[] =>
    categories.length === 0 ? [] : [{ type: 'consent_withdrawn', case: ref, categories: [...categories] }];
  if (freeze === 'active') {
    const due = withdrawnBy(consent, scope);
    if (taken.some((category) => !due.includes(category))) return [restored, ...withdrawn(due)];
    return withdrawn(due.filter((category) => !taken.includes(category)));
  }
  const stands = phase.status === 'closed' && STANDS.includes(phase.outcome);
  return freeze === 'lifted' && !stands && taken.length > 0 ? [restored] : [];
}

/** What is due by `now`: the approval's end, or pings about an undecided request; empty: nothing. */
export function decideTick(disclosure: Disclosure, pack: Pack, now: Instant): readonly DisclosureEvent[] {
  const { phase, round } = disclosure;
  if (phase.status === 'approved')
    return compareInstants(endOf(phase.decision.expires, pack), now) <= 0
      ? [{ type: 'disclosure_expired' }]
      : [];
  if (phase.status !== 'requested') return [];
  if (disclosure.escalatedAt !== null && compareInstants(disclosure.escalatedAt, now) > 0)
    return [{ type: 'clock_put_back' }];
  const due = escalations(disclosure, pack).filter(({ at }) => compareInstants(at, now) <= 0);
  if (due.length === 0) return [];
  const hours = Math.max(...due.map(({ undecidedHours }) => undecidedHours));
  return [{ type: 'disclosure_escalated', round, hours, to: [...new Set(due.map(({ to }) => to))] }];
}

/** The next moment at which `decideTick` would say something; null: never as it stands. */
export function nextTickAt(disclosure: Disclosure, pack: Pack): Instant | null {
  const { phase } = disclosure;
  if (phase.status === 'approved') return endOf(phase.decision.expires, pack);
  if (phase.status !== 'requested') return null;
  return (
    escalations(disclosure, pack)
      .map(({ at }) => at)
      .sort(compareInstants)[0] ?? null
  );
}

/** What a revoked standing approval does to what it approved and is not sent; empty: nothing. */
export function decideRevoked({ phase }: Disclosure, number: number): readonly DisclosureEvent[] {
  if (phase.status !== 'approved' || phase.decision.standing !== number) return [];
  return [{ type: 'disclosure_voided', why: 'standing_revoked', clause: phase.decision.clause, holds: [] }];
}

/** From the start of the local day after the last one. */
const endOf = (last: Day, pack: Pack): Instant => startOfDay(addDays(last, 1), pack.zone);

function escalations({ escalated, asked }: Disclosure, pack: Pack) {
  return pack.reminders.disclosures
    .filter(({ to }) => !escalated.includes(to))
    .map((one) => ({ ...one, at: afterSeconds(asked.at, one.undecidedHours * 3600) }));
}
