/**
 * Deciding on a disclosure and sending it: a second pair of eyes, and every guard once more at the click and at the
 * sending (domain.md section 4, rules 1 and 2). Pure. Must not know: storage, surfaces.
 */
import { addDays, civilDay, compareInstants } from '../../policy/calendar.js';
import type { Category, Instant } from '../../vocabulary/values.js';
import { amongThem } from '../people.js';
import { type Decision, done, no, type Refusal, refused } from '../refusal.js';
import { blockedBy, eventHolds, outOfState } from './asking.js';
import type {
  Approval,
  Disclosure,
  DisclosurePhase,
  DisclosureRuling,
  DisclosureStatus,
  Terms,
} from './disclosure.js';
import type { DisclosureEvent, VoidReason } from './events.js';
import {
  clauseOf,
  type DisclosureFacts,
  freezeOn,
  frozenRefusal,
  liveRefusal,
  termsRefusal,
} from './terms.js';

export type DecideDisclosureInput = {
  readonly verdict: 'approve' | 'deny';
  readonly reason: string | null;
  /** Fewer categories than asked; null: what was asked. */
  readonly categories: readonly Category[] | null;
  /** The round the officer was looking at; null when typed. */
  readonly shown: number | null;
};

export function decideDisclosure(
  disclosure: Disclosure,
  input: DecideDisclosureInput,
  facts: DisclosureFacts,
): Decision<DisclosureEvent> {
  const late = lateRefusal(disclosure, input.shown, facts);
  if (late !== null) return late;
  const { phase, round, ref, terms } = disclosure;
  if (phase.status === 'blocked') return blockedRefusal(disclosure, facts);
  if (phase.status !== 'requested') return outOfState(undecidable(phase.status), disclosure);
  const { disclosures, training } = facts.pack;
  if (!facts.mayDecide(facts.actor.person))
    return refused(no('not-permitted', 'officers-decide', training.clause, {}));
  if (amongThem(facts.same, disclosure.askers, facts.actor.person))
    return refused(no('same-person', 'asker-decides', facts.pack.rules?.fourEyes?.clause ?? null, { ref }));
  if (input.verdict === 'deny') return deny(disclosure, input.reason);
  const categories = input.categories ?? terms.categories;
  const more = categories.filter((category) => !terms.categories.includes(category));
  if (more.length > 0)
    return refused(
      no('too-many-categories', 'more-than-asked', disclosures.clause, { more, asked: terms.categories }),
    );
  return approve(disclosure, { ...terms, categories }, input.reason, facts, round);
}

function approve(
  disclosure: Disclosure,
  terms: Terms,
  reason: string | null,
  facts: DisclosureFacts,
  round: number,
): Decision<DisclosureEvent> {
  const refusal = termsRefusal(terms, facts);
  if (refusal !== null) return refused(refusal);
  const says = freezeOn(terms, facts);
  if (says.blocked.length > 0)
    return refused(frozenRefusal(disclosure.ref, terms, says.blocked, facts), blockedBy(says.blocked));
  const withdrawn = liveRefusal(terms, facts);
  if (withdrawn !== null) return refused(withdrawn);
  return done({
    type: 'disclosure_approved',
    round,
    categories: [...terms.categories],
    expires: addDays(facts.today, facts.pack.disclosures.approvalDays),
    clause: clauseOf(terms, facts.pack),
    holds: eventHolds(says.officer),
    by: facts.actor.person,
    standing: null,
    personal: { reason },
  });
}

function deny(disclosure: Disclosure, reason: string | null): Decision<DisclosureEvent> {
  if (reason === null)
    return refused(no('reason-missing', 'denial-without-reason', null, { ref: disclosure.ref }));
  return done({ type: 'disclosure_denied', round: disclosure.round, personal: { reason } });
}

/** A click or command after the ruling, or on terms that were changed since they were shown. */
function lateRefusal(
  disclosure: Disclosure,
  shown: number | null,
  { pack }: DisclosureFacts,
): Decision<DisclosureEvent> | null {
  const { ref, round, rulings, phase } = disclosure;
  const waiting = phase.status === 'requested' && (shown === null || shown === round);
  if (waiting) return null;
  const ruling = rulings.findLast((each) => each.round === (shown ?? round));
  if (ruling !== undefined) return alreadyDecided(disclosure, ruling, pack.zone);
  if (shown === null || shown === round) return null;
  return refused(no('wrong-state', 'changed-since-shown', null, { ref }));
}

function alreadyDecided(
  { ref, phase }: Disclosure,
  { by, verdict, at }: DisclosureRuling,
  zone: string,
): Decision<DisclosureEvent> {
  const waits = phase.status === 'requested';
  return refused(
    no('already-decided', 'disclosure-already-decided', null, { ref, by, verdict, at, zone, waits }),
  );
}

function blockedRefusal(disclosure: Disclosure, facts: DisclosureFacts): Decision<DisclosureEvent> {
  const { ref, terms } = disclosure;
  const { blocked } = freezeOn(terms, facts);
  if (blocked.length > 0) return refused(frozenRefusal(ref, terms, blocked, facts));
  return outOfState('offer-again-first', disclosure);
}

/** An approval that came to nothing can be offered again; anything else is over, or was never asked. */
const undecidable = (status: DisclosureStatus) =>
  status === 'expired' || status === 'voided' ? 'offer-again-instead' : 'no-decision-asked';

/** Executed: not expired; freeze and consent checked once more (rule 1). */
export function decideSent(
  disclosure: Disclosure,
  input: { readonly method: string; readonly at: Instant; readonly ref: string | null },
  facts: DisclosureFacts,
): Decision<DisclosureEvent> {
  const { phase, ref } = disclosure;
  const { clause } = facts.pack.disclosures;
  switch (phase.status) {
    case 'approved':
      return send(disclosure, phase.decision, input, facts);
    case 'executed':
      return outOfState('sent-already', disclosure);
    case 'expired':
      return refused(endedRefusal(disclosure, phase.decision));
    case 'voided':
      return refused(voidRefusal(disclosure, phase));
    case 'blocked': {
      const { blocked } = freezeOn(disclosure.terms, facts);
      if (blocked.length > 0) return refused(frozenRefusal(ref, disclosure.terms, blocked, facts));
      return refused(no('not-approved', 'not-approved-blocked', clause, { ref }));
    }
    case 'requested':
      return refused(no('not-approved', 'not-approved-undecided', clause, { ref }));
    case 'denied':
      return refused(no('not-approved', 'not-approved-denied', clause, { ref, by: phase.by.person }));
    case 'cancelled':
      return refused(no('not-approved', 'not-approved-cancelled', clause, { ref }));
    default:
      return phase satisfies never;
  }
}

function send(
  disclosure: Disclosure,
  decision: Approval,
  input: { readonly method: string; readonly at: Instant; readonly ref: string | null },
  facts: DisclosureFacts,
): Decision<DisclosureEvent> {
  const { ref } = disclosure;
  const { pack, now, today } = facts;
  const terms: Terms = { ...disclosure.terms, categories: decision.categories };
  if (today > decision.expires)
    return refused(endedRefusal(disclosure, decision), { type: 'disclosure_expired' });
  if (compareInstants(input.at, now) > 0) return refused(no('future', 'sent-in-future', null, {}));
  if (compareInstants(input.at, decision.at) < 0)
    return refused(
      no('invalid-value', 'sent-before-approval', pack.disclosures.clause, {
        approvedAt: decision.at,
        zone: pack.zone,
      }),
    );
  const { blocked } = freezeOn(terms, facts);
  if (blocked.length > 0)
    return refused(frozenRefusal(ref, terms, blocked, facts), voidedBy('frozen', blocked));
  const invalid = liveRefusal(terms, facts);
  if (invalid !== null) {
    const clause = invalid.clause ?? pack.disclosures.bases.consent.clause;
    return refused(invalid, { type: 'disclosure_voided', why: 'consent_withdrawn', clause, holds: [] });
  }
  const sentDay = civilDay(input.at, pack.zone);
  const personal = { method: input.method, ref: input.ref };
  return done({ type: 'disclosure_sent', sentAt: input.at, sentDay, personal });
}

export const voidedBy = (why: VoidReason, holds: Parameters<typeof eventHolds>[0]) => ({
  type: 'disclosure_voided' as const,
  why,
  clause: holds[0]?.clause ?? '',
  holds: eventHolds(holds),
});

const endedRefusal = ({ ref }: Disclosure, { expires, clause }: Approval): Refusal =>
  no('approval-expired', 'approval-ended', clause, { ref, expires });

function voidRefusal(
  { ref, terms }: Disclosure,
  { why, clause, holds }: Extract<DisclosurePhase, { status: 'voided' }>,
): Refusal {
  const cases = [...new Set(holds.map((hold) => hold.case))];
  if (why === 'frozen') return no('frozen', 'frozen-since-approval', clause, { ref, cases });
  if (why === 'standing_revoked') return no('not-approved', 'not-approved-revoked', clause, { ref });
  const consent = terms.evidence.consent ?? '';
  return no('consent-not-valid', 'withdrawn-since-approval', clause, { ref, consent, cases });
}
