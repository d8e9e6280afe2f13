/**
 * Deciding what becomes of asking: request, amend, cancel (domain.md section 4). What meets a freeze is recorded as
 * blocked and inWords; what a standing approval covers is approved at once. Pure. Must not know: storage, surfaces.
 */
import { addDays } from '../../policy/calendar.js';
import type { Person, SubjectId } from '../../vocabulary/values.js';
import type { Hold } from '../freeze.js';
import { inWords } from '../refusal.js';
import type { Disclosure, EvidenceField, Terms } from './disclosure.js';
import type { DisclosureEvent, DisclosureEventOf } from './events.js';
import { standingFor } from './standing.js';
import {
  clauseOf,
  type DisclosureDecision,
  type DisclosureFacts,
  decided,
  denied,
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
): DisclosureDecision {
  const refusal = termsRefusal(terms, facts);
  if (refusal !== null) return denied(refusal);
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
): DisclosureDecision {
  const says = freezeOn(terms, facts);
  if (says.blocked.length > 0)
    return denied(frozenRefusal(who.ref, terms, says.blocked, facts), asked, blockedBy(says.blocked));
  const withdrawn = liveRefusal(terms, facts);
  if (withdrawn !== null) return denied(withdrawn);
  const { today, pack, mayDecide, standings } = facts;
  const standing =
    says.officer.length > 0 ? null : standingFor(terms, standings, { today, askers: who.askers, mayDecide });
  if (standing === null) return decided(asked);
  return decided(asked, {
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
): DisclosureDecision {
  const { phase, ref } = disclosure;
  const changed = Object.keys(changes).length > 1 || Object.keys(changes.evidence).length > 0;
  switch (phase.status) {
    case 'executed':
      return wrongState(
        disclosure,
        'it was sent and stands in the register',
        'Ask anew: /disclosure request …',
      );
    case 'denied':
    case 'cancelled':
      return wrongState(disclosure, 'it cannot be changed any more', 'Ask anew: /disclosure request …');
    case 'requested':
    case 'approved':
      if (!changed)
        return wrongState(disclosure, 'there is nothing to offer again', 'Name what to change, e.g. data:…');
      break;
    case 'blocked':
    case 'expired':
    case 'voided':
      break;
    default:
      return phase satisfies never;
  }
  const terms = changedTerms(disclosure, changes, facts);
  if (terms.purpose === null)
    return wrongState(disclosure, 'its customer was erased', 'Ask anew: /disclosure request …');
  const refusal = termsRefusal(terms, facts);
  if (refusal !== null) return denied(refusal);
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
    ? denied(outcome.refusal)
    : outcome;
}

export function decideCancel(disclosure: Disclosure): DisclosureDecision {
  const { status } = disclosure.phase;
  if (status === 'executed') return wrongState(disclosure, 'it was sent and stands in the register');
  if (status === 'denied' || status === 'cancelled')
    return wrongState(disclosure, 'there is nothing to cancel');
  return decided({ type: 'disclosure_cancelled' });
}

const STATUS_WORDS = {
  requested: 'waiting for the officer’s decision',
  blocked: 'blocked by a freeze',
  approved: 'approved and waiting to be sent',
  executed: 'sent',
  expired: 'expired: it was not sent in time',
  voided: 'void: its approval no longer holds',
  denied: 'denied',
  cancelled: 'cancelled',
} as const;

/** The status in words a person reads. */
export function disclosureStatusWords({ phase }: Disclosure): string {
  if (phase.status === 'blocked' && phase.offered) return 'no longer frozen: to be offered again';
  return STATUS_WORDS[phase.status];
}

export function wrongState(
  disclosure: Disclosure,
  wanted: string,
  next: string | null = null,
): DisclosureDecision {
  const says = `${disclosure.ref} is ${disclosureStatusWords(disclosure)}; ${wanted}.`;
  return denied(inWords('wrong-state', null, says, next).refusal);
}

function openTerms({ recipient, categories, basis, evidence, withhold }: Terms) {
  const { consent, template } = evidence;
  return { recipient, categories: [...categories], basis, consent, template, withhold };
}

function sealedTerms({ purpose }: Terms, { order, authority, law, instrument, evidence }: Terms['evidence']) {
  return { purpose: purpose ?? '', order, authority, law, instrument, evidence };
}
