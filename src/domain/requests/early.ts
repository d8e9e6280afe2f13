/**
 * Deciding that a case ends early, before the customer's wish was decided or carried out (domain.md, "Early endings").
 * Pure. Must not know: storage, surfaces, the clock.
 */
import type { Category, NoticeKind, RequestType, SubjectId } from '../../vocabulary/values.js';
import { done, no, type Refusal, refused } from '../refusal.js';
import type { EarlyOutcome } from './events.js';
import { type Circumstances, isOfficer, type RequestDecision, standingOf } from './handling.js';
import { type PrivacyRequest, resolutionOf, statusOf } from './request.js';
import { freezeAfter, typeRules } from './rules.js';

/** A case as far as another can be its duplicate. */
export type OtherCase = {
  readonly ref: string;
  readonly subjectId: SubjectId;
  readonly type: RequestType;
  readonly scope: readonly Category[];
  readonly open: boolean;
  readonly freezing: boolean;
};

export type EarlyInput = {
  readonly outcome: EarlyOutcome;
  readonly ref: string | null;
  readonly reason: string | null;
  /** The case it is a duplicate of. */
  readonly of: OtherCase | null;
};

/** Refusals of a kind, and cases that never were: never an agent's alone. */
const OFFICER_ONLY: readonly EarlyOutcome[] = ['not_controller', 'logged_in_error'];

export function decideEarlyEnd(
  request: PrivacyRequest,
  input: EarlyInput,
  circumstances: Circumstances,
  missing: readonly NoticeKind[],
): RequestDecision {
  const { pack } = circumstances;
  const { outcome, ref, reason, of } = input;
  if (statusOf(request) === 'notifying_recipients')
    return refused(no('wrong-state', 'past-early-end', null, { ...standingOf(request, pack), missing }));
  const refusal = needed(request, input) ?? byWhom(request, outcome, circumstances);
  if (refusal !== null) return refused(refusal);
  return done({
    type: 'closed',
    outcome,
    freeze: freezeAfter(typeRules(pack, request.type), false),
    ...(of === null ? {} : { of: of.ref }),
    ...(ref === null && reason === null ? {} : { personal: { ref, reason } }),
  });
}

/** The evidence, the other case or the reason that the outcome asks for. */
function needed(request: PrivacyRequest, { outcome, ref, reason, of }: EarlyInput): Refusal | null {
  switch (outcome) {
    case 'withdrawn_by_subject':
      return ref === null
        ? no('evidence-missing', 'early-end-without-evidence', null, { ref: request.ref, outcome })
        : null;
    case 'duplicate':
      return of === null
        ? no('evidence-missing', 'early-end-without-evidence', null, { ref: request.ref, outcome })
        : duplicateRefusal(request, of);
    case 'not_controller':
    case 'logged_in_error':
      return reason === null
        ? no('reason-missing', 'early-end-without-reason', null, { ref: request.ref, outcome })
        : null;
    case 'identity_not_verified':
      return null;
    default:
      return outcome satisfies never;
  }
}

/** What the customer asked to be left alone stays so in the other case: the same customer and type, open, as wide, as frozen. */
function duplicateRefusal(request: PrivacyRequest, of: OtherCase): Refusal | null {
  const { ref, type, freeze } = request;
  const same = of.ref !== ref && of.subjectId === request.subjectId && of.type === type && of.open;
  const unfrozen = freeze === 'active' && !of.freezing;
  const outside = request.scope.filter((category) => !of.scope.includes(category));
  if (same && !unfrozen && outside.length === 0) return null;
  return no('invalid-value', 'no-duplicate-of', null, { ref, of: of.ref, type, same, unfrozen, outside });
}

function byWhom(
  request: PrivacyRequest,
  outcome: EarlyOutcome,
  circumstances: Circumstances,
): Refusal | null {
  const { pack, may } = circumstances;
  const standing = standingOf(request, pack);
  if (outcome === 'identity_not_verified') {
    const { clause, attempts } = pack.identity;
    if (!may('request.close_unverified')) return no('not-permitted', 'unverified-close-by-agent', clause, {});
    const { state, attempts: made } = request.identity;
    if (state === 'failed') return null;
    return no('not-ready-to-close', 'attempts-left', clause, {
      ...standing,
      made,
      attempts,
      verified: state === 'verified',
    });
  }
  if (isOfficer(circumstances)) return null;
  const decided = (resolutionOf(request)?.decidedBy ?? null) !== null;
  if (!decided && !OFFICER_ONLY.includes(outcome)) return null;
  return no('officer-needed', 'early-end-by-agent', null, { ref: request.ref, outcome, decided });
}
