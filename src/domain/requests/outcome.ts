/**
 * Deciding what becomes of a case: retain, propose, decide (domain.md section 3, "Grounds", "Settled points").
 * Pure: state + command + circumstances → events or a refusal. Must not know: storage, surfaces, the clock.
 */
import { toldObstacle } from '../../policy/extension.js';
import type { Category, Day } from '../../vocabulary/values.js';
import { amongThem } from '../people.js';
import { done, no, type Refusal, refused } from '../refusal.js';
import type { Told } from './events.js';
import { type Circumstances, type RequestDecision, standingOf, wrongStatus } from './handling.js';
import {
  groundRefusal,
  type ProposeInput,
  proposalRefusal,
  proposersOf,
  type Terms,
  withRetention,
} from './proposal-guards.js';
import { type PrivacyRequest, type Proposal, statusOf } from './request.js';
import { typeRules } from './rules.js';
import { toldDays, toldRefs, toldRefusal } from './told.js';

/** `retain`: keeping categories for a law or terms, explained and agreed as the pack asks (clause 4.2 in the default pack). */
export function decideRetain(
  request: PrivacyRequest,
  input: {
    readonly categories: readonly Category[] | 'all';
    readonly law: string;
    readonly until: Day;
    readonly explained: Told | null;
    readonly consent: Told | null;
  },
  circumstances: Circumstances,
): RequestDecision {
  const { pack, today } = circumstances;
  const { ref, scope, type } = request;
  const status = statusOf(request);
  if (status === 'identity_pending') return unverified(request, circumstances);
  if (status !== 'in_progress' && status !== 'awaiting_subject')
    return wrongStatus(request, 'nothing-retained-now', { pack });
  if (!request.freezes) return refused(no('wrong-state', 'removes-nothing', null, { ref, type }));
  const categories = input.categories === 'all' ? scope : input.categories;
  const outside = categories.filter((category) => !scope.includes(category));
  if (outside.length > 0)
    return refused(no('invalid-value', 'outside-scope', null, { ref, field: 'categories', outside, scope }));
  const { clause, requires } = pack.retention;
  const told = { explained: input.explained?.day ?? null, consent: input.consent?.day ?? null };
  const obstacle = toldObstacle(requires, told, today);
  if (obstacle !== null)
    return refused(toldRefusal('retain', obstacle, clause, { due: request.dates.due, requires }));
  const { until } = input;
  if (until <= today) return refused(no('invalid-value', 'retention-over', clause, { until }));
  return done({
    type: 'retention_recorded',
    categories: [...categories],
    until,
    ...toldDays(input),
    personal: { law: input.law, ...toldRefs(input) },
  });
}

function unverified(request: PrivacyRequest, { pack }: Circumstances): RequestDecision {
  return refused(
    no('identity-not-verified', 'identity-open', pack.identity.clause, standingOf(request, pack)),
  );
}

export function decidePropose(
  request: PrivacyRequest,
  input: ProposeInput,
  circumstances: Circumstances,
): RequestDecision {
  const status = statusOf(request);
  if (status === 'identity_pending') return unverified(request, circumstances);
  if (status === 'awaiting_decision') return wrongStatus(request, 'proposal-with-officer', circumstances);
  if (status !== 'in_progress') return wrongStatus(request, 'no-outcome-now', circumstances);
  const refusal = proposalRefusal(request, input, circumstances);
  if (refusal !== null) return refused(refusal);
  const terms = withRetention(request, input);
  const fulfils = input.outcome === 'fulfilled' || input.outcome === 'no_data_held';
  return done({
    type: 'outcome_proposed',
    number: request.proposals + 1,
    outcome: input.outcome,
    ground: input.ground,
    until: terms.until,
    settled: fulfils && typeRules(circumstances.pack, request.type).decision === 'agent',
    personal: {
      law: terms.law,
      facts: input.facts,
      evidence: input.evidence,
      nameEvidence: input.nameEvidence,
    },
  });
}

export type DecideInput = {
  readonly verdict: 'approve' | 'return' | 'refuse';
  readonly reason: string | null;
  readonly ground: string | null;
  readonly law: string | null;
  /** The number of the proposal the officer was looking at; null when typed. */
  readonly shown: number | null;
};

export function decideDecide(
  request: PrivacyRequest,
  input: DecideInput,
  circumstances: Circumstances,
): RequestDecision {
  const late = lateRefusal(request, input.shown, circumstances.pack.zone);
  if (late !== null) return refused(late);
  if (request.phase.status !== 'awaiting_decision')
    return wrongStatus(request, 'no-decision-asked', circumstances);
  const { proposal } = request.phase;
  const { ref } = request;
  const own = ownPart(request, proposal, circumstances);
  if (own !== null) return refused(own);
  const { number } = proposal;
  switch (input.verdict) {
    case 'approve': {
      const refusal = proposalRefusal(request, proposal, circumstances);
      if (refusal !== null) return refused(refusal);
      return done({ type: 'proposal_approved', number, personal: { reason: input.reason } });
    }
    case 'return':
      if (input.reason === null) return refused(no('reason-missing', 'return-without-reason', null, { ref }));
      return done({ type: 'proposal_returned', number, personal: { reason: input.reason } });
    case 'refuse':
      return refuseRequest(request, proposal, input, circumstances);
    default:
      return input.verdict satisfies never;
  }
}

/** Four eyes: nobody rules on what they proposed themselves, in whichever name, nor on a retention they recorded. */
function ownPart(
  request: PrivacyRequest,
  proposal: Proposal,
  { actor, pack, same }: Circumstances,
): Refusal | null {
  const clause = pack.rules?.fourEyes?.clause ?? null;
  const { ref } = request;
  if (same(proposal.by.person, actor.person)) return no('same-person', 'proposed-yourself', clause, { ref });
  return amongThem(same, proposersOf(request, proposal), actor.person)
    ? no('same-person', 'retained-yourself', clause, { ref })
    : null;
}

function refuseRequest(
  request: PrivacyRequest,
  proposal: Proposal,
  input: DecideInput,
  circumstances: Circumstances,
): RequestDecision {
  const terms: Terms = {
    outcome: 'refused',
    ground: input.ground ?? (proposal.outcome === 'refused' ? proposal.ground : null),
    law: input.law ?? proposal.law,
    until: proposal.until,
    facts: proposal.facts ?? input.reason,
    evidence: proposal.evidence ?? input.reason,
  };
  const refusal = groundRefusal(request, terms, 'refused', circumstances, ['facts', 'evidence']);
  if (refusal !== null) return refused(refusal);
  return done({
    type: 'request_refused',
    number: proposal.number,
    ground: terms.ground ?? '',
    personal: { law: terms.law, facts: terms.facts, evidence: terms.evidence, reason: input.reason },
  });
}

/** A click or command that comes after the ruling, or on a proposal that was replaced since it was shown. */
function lateRefusal(request: PrivacyRequest, shown: number | null, zone: string): Refusal | null {
  const waiting = request.phase.status === 'awaiting_decision' ? request.phase.proposal.number : null;
  if (waiting !== null && (shown === null || shown === waiting)) return null;
  const ruling = request.rulings.findLast((each) => each.number === (shown ?? request.proposals));
  if (ruling === undefined)
    return waiting === null ? null : no('wrong-state', 'changed-since-shown', null, { ref: request.ref });
  return no('already-decided', 'ruled-already', null, {
    ref: request.ref,
    number: ruling.number,
    by: ruling.by.person,
    verdict: ruling.verdict,
    at: ruling.at,
    zone,
    newer: waiting !== null,
  });
}
