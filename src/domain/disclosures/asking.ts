/**
 * Deciding what becomes of asking: request, amend, cancel (domain.md section 4). What meets a freeze is recorded as
 * blocked and refused; what a standing approval covers is approved at once. Pure. Must not know: storage, surfaces.
 */
import { addDays } from '../../policy/calendar.js';
import type { Person, SubjectId } from '../../vocabulary/values.js';
import type { Hold } from '../freeze.js';
import { type Decision, done, no, refused } from '../refusal.js';
import { type Disclosure, type EvidenceField, stateOf, type Terms } from './disclosure.js';
import type { DisclosureEvent, DisclosureEventOf } from './events.js';
import type { OutOfState } from './reasons.js';
import { standingFor } from './standing.js';
import {
  clauseOf,
  type DisclosureFacts,
  freezeOn,
  frozenRefusal,
  liveRefusal,
  termsRefusal,
} from './terms.js';

/** A new disclosure request, under the pack in force. Nothing is recorded, and no number used, when the terms fail. */
export function decideRequest(
  terms: Terms,
  given: {
    readonly ref: string;
    readonly subjectId: SubjectId;
    readonly customer: string;
    readonly pack: { readonly name: string; readonly hash: string };
  },
  facts: DisclosureFacts,
): Decision<DisclosureEvent> {
  const refusal = termsRefusal(terms, facts);
  if (refusal !== null) return refused(refusal);
  const { evidence } = terms;
  const asked: DisclosureEventOf<'disclosure_requested'> = {
    type: 'disclosure_requested',
    ref: given.ref,
    subjectId: given.subjectId,
    pack: given.pack,
    ...openTerms(terms),
    personal: { reference: given.customer.trim(), ...sealedTerms(terms, evidence) },
  };
  return askedAs(asked, terms, { ref: given.ref, round: 1, askers: [facts.actor.person] }, facts);
}

/** What follows from asking: blocked by a freeze, approved by a standing approval, or an officer's to decide. */
function askedAs(
  asked: DisclosureEvent,
  terms: Terms,
  who: { readonly ref: string; readonly round: number; readonly askers: readonly Person[] },
  facts: DisclosureFacts,
): Decision<DisclosureEvent> {
  const says = freezeOn(terms, facts);
  if (says.blocked.length > 0)
    return refused(frozenRefusal(who.ref, terms, says.blocked, facts), asked, blockedBy(says.blocked));
  const withdrawn = liveRefusal(terms, facts);
  if (withdrawn !== null) return refused(withdrawn);
  const { today, pack, mayDecide, same, standings } = facts;
  const standing =
    says.officer.length > 0
      ? null
      : standingFor(terms, standings, { today, askers: who.askers, mayDecide, same });
  if (standing === null) return done(asked);
  return done(asked, {
    type: 'disclosure_approved',
    round: who.round,
    categories: [...terms.categories],
    expires: addDays(today, pack.disclosures.approvalDays),
    clause: clauseOf(terms, pack),
    holds: [],
    by: standing.by,
    standing: standing.number,
    personal: { reason: null },
  });
}

export const blockedBy = (holds: readonly Hold[]): DisclosureEventOf<'disclosure_blocked'> => ({
  type: 'disclosure_blocked',
  holds: eventHolds(holds),
});

/** As an event keeps them. */
export const eventHolds = (holds: readonly Hold[]): DisclosureEventOf<'disclosure_blocked'>['holds'] =>
  holds.map((hold) => ({ ...hold, categories: [...hold.categories] }));

/** What may be changed; a field left out stays. */
export type Changes = Partial<Omit<Terms, 'evidence'>> & {
  readonly evidence: Partial<Readonly<Record<EvidenceField, string>>>;
};

/** The terms after the changes; on another basis, the evidence of the old one is left behind. */
export function changedTerms(
  disclosure: Disclosure,
  { evidence, ...changes }: Changes,
  facts: DisclosureFacts,
): Terms {
  const { terms } = disclosure;
  const basis = changes.basis ?? terms.basis;
  const needed: readonly EvidenceField[] = facts.pack.disclosures.bases[basis].evidence;
  const kept = Object.entries(terms.evidence).map(([field, value]) => [
    field,
    basis === terms.basis || needed.some((one) => one === field) ? value : null,
  ]);
  return {
    ...terms,
    withhold: basis === 'required_by_law' ? terms.withhold : null,
    ...changes,
    evidence: { ...Object.fromEntries(kept), ...evidence } as Terms['evidence'],
  };
}

/** The same number asked anew, changed or not: an approval it had is void. Not changed at all: offered again. */
export function decideAmend(
  disclosure: Disclosure,
  changes: Changes,
  facts: DisclosureFacts,
): Decision<DisclosureEvent> {
  const { phase, ref } = disclosure;
  const changed = Object.keys(changes).length > 1 || Object.keys(changes.evidence).length > 0;
  switch (phase.status) {
    case 'executed':
      return outOfState('amend-after-sending', disclosure);
    case 'denied':
    case 'cancelled':
      return outOfState('amend-after-end', disclosure);
    case 'requested':
    case 'approved':
      if (!changed) return outOfState('nothing-to-offer-again', disclosure);
      break;
    case 'blocked':
    case 'expired':
    case 'voided':
      break;
    default:
      return phase satisfies never;
  }
  const terms = changedTerms(disclosure, changes, facts);
  if (terms.purpose === null) return outOfState('amend-after-erasure', disclosure);
  const refusal = termsRefusal(terms, facts);
  if (refusal !== null) return refused(refusal);
  const round = disclosure.round + 1;
  const asked: DisclosureEvent = {
    type: 'disclosure_amended',
    round,
    ...openTerms(terms),
    personal: sealedTerms(terms, terms.evidence),
  };
  const askers = [...disclosure.askers, facts.actor.person];
  const outcome = askedAs(asked, terms, { ref, round, askers }, facts);
  // Offered again too early: it is on record as blocked already.
  return outcome.kind === 'refused' && phase.status === 'blocked' && !changed
    ? refused(outcome.refusal)
    : outcome;
}

export function decideCancel(disclosure: Disclosure): Decision<DisclosureEvent> {
  const { status } = disclosure.phase;
  if (status === 'executed') return outOfState('cancel-after-sending', disclosure);
  if (status === 'denied' || status === 'cancelled') return outOfState('nothing-to-cancel', disclosure);
  return done({ type: 'disclosure_cancelled' });
}

/** The command does not fit the state; no clause is behind that. */
export function outOfState(
  reason: OutOfState,
  disclosure: Pick<Disclosure, 'ref' | 'phase'>,
): Decision<DisclosureEvent> {
  return refused(no('wrong-state', reason, null, { ref: disclosure.ref, state: stateOf(disclosure) }));
}

function openTerms({ recipient, categories, basis, evidence, withhold }: Terms) {
  const { consent, template } = evidence;
  return { recipient, categories: [...categories], basis, consent, template, withhold };
}

function sealedTerms({ purpose }: Terms, { order, authority, law, instrument, evidence }: Terms['evidence']) {
  return { purpose: purpose ?? '', order, authority, law, instrument, evidence };
}
