/**
 * Taking back what was too early or wrong: an identity check that passed, a proposal nobody decided yet (domain.md section 3).
 * Pure. Must not know: storage, surfaces, the clock.
 */
import { done, no, refused } from '../refusal.js';
import { type Circumstances, type RequestDecision, standingOf, wrongStatus } from './handling.js';
import { type PrivacyRequest, statusOf } from './request.js';
import { requestDatesOf, typeRules } from './rules.js';

/** By an officer, with a reason, while nothing was carried out. It gives no attempt back. */
export function decideRevoke(
  request: PrivacyRequest,
  reason: string | null,
  { pack, may }: Pick<Circumstances, 'pack' | 'may'>,
): RequestDecision {
  const { ref, identity } = request;
  const { clause, attempts } = pack.identity;
  if (!may('request.decide')) return refused(no('officer-needed', 'officers-revoke', clause, { ref }));
  const status = statusOf(request);
  if (status === 'notifying_recipients' || status === 'closed' || identity.state !== 'verified')
    return refused(no('wrong-state', 'no-pass-to-revoke', null, standingOf(request, pack)));
  if (reason === null) return refused(no('reason-missing', 'revoked-without-reason', null, { ref }));
  const moves = typeRules(pack, request.type).due.start === 'identity';
  return done({
    type: 'identity_revoked',
    final: identity.attempts >= attempts,
    ...(moves
      ? { dates: requestDatesOf({ ...request, identity: { ...identity, verifiedAt: null } }, pack) }
      : {}),
    personal: { reason },
  });
}

/** By whoever proposed it, in whichever name, before it is decided. */
export function decideRetract(
  request: PrivacyRequest,
  { actor, pack, same }: Pick<Circumstances, 'actor' | 'pack' | 'same'>,
): RequestDecision {
  if (request.phase.status !== 'awaiting_decision')
    return wrongStatus(request, 'nothing-to-retract', { pack });
  const { proposal } = request.phase;
  if (!same(proposal.by.person, actor.person))
    return refused(
      no('not-permitted', 'retract-by-other', null, { ref: request.ref, by: proposal.by.person }),
    );
  return done({ type: 'proposal_retracted', number: proposal.number });
}
