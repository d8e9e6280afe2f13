/**
 * Deciding what becomes of a case: retain, propose, decide (domain.md section 3, "Grounds", "Settled points").
 * Pure: state + command + circumstances → events or a refusal. Must not know: storage, surfaces, the clock.
 */
import { localMinute } from '../../policy/calendar.js';
import type { Category, Day } from '../../vocabulary/values.js';
import { done, inWords, type Refusal, refused } from '../refusal.js';
import type { Told } from './events.js';
import { type Circumstances, type RequestDecision, wrongState } from './handling.js';
import {
  groundRefusal,
  list,
  noInWords,
  type ProposeInput,
  proposalRefusal,
  type Terms,
  toldRefusal,
  withRetention,
} from './proposal-guards.js';
import { isOpen, type PrivacyRequest, type Proposal, statusOf } from './request.js';
import { typeRules } from './rules.js';

/** `retain`: keeping categories for a law or terms, explained and agreed (clause 4.2). */
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
  const status = statusOf(request);
  if (status !== 'in_progress' && status !== 'awaiting_subject')
    return status === 'identity_pending'
      ? unverified(request, circumstances)
      : wrongState(request, 'nothing can be retained now');
  if (!request.freezes)
    return wrongState(request, `a ${request.type} request removes nothing that could be retained`);
  const categories = input.categories === 'all' ? request.scope : input.categories;
  const outside = categories.filter((category) => !request.scope.includes(category));
  if (outside.length > 0)
    return inWords(
      'invalid-value',
      null,
      `categories: ${list(outside)} not in the scope of ${request.ref}.`,
      `Its scope: ${list(request.scope)}.`,
    );
  const refusal = toldRefusal('Keeping data', input, circumstances);
  if (refusal !== null) return refused(refusal);
  if (input.until <= circumstances.today)
    return inWords(
      'invalid-value',
      '4.2',
      `until: ${input.until} is not in the future, so nothing would be retained.`,
    );
  return done({
    type: 'retention_recorded',
    categories: [...categories],
    until: input.until,
    explainedOn: input.explained?.day ?? input.until,
    consentOn: input.consent?.day ?? input.until,
    personal: {
      law: input.law,
      explainedRef: input.explained?.ref ?? null,
      consentRef: input.consent?.ref ?? null,
    },
  });
}

function unverified(request: PrivacyRequest, { pack }: Circumstances): RequestDecision {
  return inWords(
    'identity-not-verified',
    pack.identity.clause,
    `The identity behind ${request.ref} is not verified yet.`,
    `Next: /privacy verify ${request.ref} method:callback result:pass ref:…`,
  );
}

export function decidePropose(
  request: PrivacyRequest,
  input: ProposeInput,
  circumstances: Circumstances,
): RequestDecision {
  const status = statusOf(request);
  if (status === 'identity_pending') return unverified(request, circumstances);
  if (status === 'awaiting_decision')
    return wrongState(request, 'a proposal is with the officer already', 'The officer can return it.');
  if (status !== 'in_progress')
    return wrongState(
      request,
      'no outcome can be proposed',
      status === 'awaiting_subject' ? `First: /privacy resume ${request.ref}` : null,
    );
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
    return wrongState(
      request,
      'no decision is asked',
      isOpen(request) ? `First: /privacy propose ${request.ref} outcome:…` : null,
    );
  const { proposal } = request.phase;
  if (proposal.by.person === circumstances.actor.person)
    return inWords(
      'same-person',
      '7.2',
      `You proposed this outcome of ${request.ref}, so another officer decides it: two people, whichever account they use.`,
      'Ask the other officer or the deputy.',
    );
  const { number } = proposal;
  switch (input.verdict) {
    case 'approve': {
      const refusal = proposalRefusal(request, proposal, circumstances);
      if (refusal !== null) return refused(refusal);
      return done({ type: 'proposal_approved', number, personal: { reason: input.reason } });
    }
    case 'return':
      if (input.reason === null)
        return inWords(
          'reason-missing',
          null,
          'Returning a proposal needs a reason, so the agent knows what to change.',
          'Add reason:"…"',
        );
      return done({ type: 'proposal_returned', number, personal: { reason: input.reason } });
    case 'refuse':
      return refuseRequest(request, proposal, input, circumstances);
    default:
      return input.verdict satisfies never;
  }
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
  if (ruling === undefined) return null;
  const verdict = { approve: 'approved', return: 'returned', refuse: 'refused' }[ruling.verdict];
  return noInWords(
    'already-decided',
    null,
    `Proposal ${ruling.number} of ${request.ref} was already decided by @${ruling.by.person ?? 'somebody'}: ${verdict}, ${localMinute(ruling.at, zone)}.`,
    waiting === null
      ? `See it: /privacy show ${request.ref}`
      : `A newer proposal is waiting: /privacy show ${request.ref}`,
  );
}
