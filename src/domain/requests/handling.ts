/**
 * Deciding the day-to-day handling of a case: verify, assign, pause, resume, check, note, snooze, reveal (domain.md section 3).
 * Pure: state + command + circumstances → events or a refusal. Must not know: storage, surfaces, the clock.
 */

import { addDays } from '../../policy/calendar.js';
import { pauseStopsClock } from '../../policy/dates.js';
import type { Pack } from '../../policy/schema.js';
import type { Permission } from '../../vocabulary/permissions.js';
import type { Actor, Category, Day, Instant, Person } from '../../vocabulary/values.js';
import { amongThem, type SamePerson } from '../people.js';
import { type Decision, done, no, refused } from '../refusal.js';
import type { CheckResult, RequestEvent } from './events.js';
import type { Impasse, Standing } from './reasons.js';
import { isOpen, isRepresented, type PrivacyRequest, statusOf } from './request.js';
import { requestDatesOf, typeRules } from './rules.js';

/** Who, when and under which pack: everything a decider may look at beside the state. */
export type Circumstances = {
  readonly now: Instant;
  /** The civil day of `now` in the pack's zone. */
  readonly today: Day;
  readonly actor: Actor & { readonly person: Person };
  /** The pack the case pinned, not the one in force. */
  readonly pack: Pack;
  readonly may: (permission: Permission) => boolean;
  /** Whether two names are one human's. */
  readonly same: SamePerson;
};

/** Who may decide on cases is an officer: the deputy too. */
export const isOfficer = ({ may }: Pick<Circumstances, 'may'>): boolean => may('request.decide');

type UnderPack = Pick<Circumstances, 'pack'>;

export type RequestDecision = Decision<RequestEvent>;

/** Where the case stands, for the words of a refusal and its next step. */
export function standingOf(request: PrivacyRequest, { identity }: Pack): Standing {
  return {
    ref: request.ref,
    status: statusOf(request),
    unverifiable: request.identity.state === 'failed',
    method: identity.methods.find((method) => method === 'callback') ?? identity.methods[0] ?? '…',
  };
}

export function wrongStatus(request: PrivacyRequest, so: Impasse, { pack }: UnderPack): RequestDecision {
  return refused(no('wrong-state', 'wrong-status', null, { ...standingOf(request, pack), so }));
}

/** Nothing is done to a case whose customer was forgotten: what would be written could not be sealed. Null: go on. */
export function decideRemembered(request: PrivacyRequest): RequestDecision | null {
  return request.forgotten === null
    ? null
    : refused(no('wrong-state', 'case-of-forgotten', null, { ref: request.ref }));
}

/** Methods that look at who asks, and not only at whose data it is. */
const OF_A_REPRESENTATIVE: readonly string[] = ['representative', 'document_checked'];

export function decideVerify(
  request: PrivacyRequest,
  input: { readonly method: string; readonly result: 'pass' | 'fail'; readonly ref: string },
  { pack, now }: Pick<Circumstances, 'pack' | 'now'>,
): RequestDecision {
  const { identity, ref } = request;
  if (!isOpen(request)) return wrongStatus(request, 'identity-check-over', { pack });
  if (!identity.needed) return wrongStatus(request, 'needs-no-identity', { pack });
  if (identity.state === 'verified') return wrongStatus(request, 'verified-already', { pack });
  const { attempts, clause, methods } = pack.identity;
  if (identity.state === 'failed' || identity.attempts >= attempts)
    return refused(no('attempts-used', 'attempts-used', clause, { ref, attempts }));
  if (statusOf(request) !== 'identity_pending') return wrongStatus(request, 'not-verified-now', { pack });
  const { method, result } = input;
  if (!methods.some((allowed) => allowed === method))
    return refused(no('invalid-value', 'method-not-allowed', clause, { ref, method, allowed: methods }));
  const allowed = methods.filter((one) => OF_A_REPRESENTATIVE.includes(one));
  if (result === 'pass' && isRepresented(request) && !OF_A_REPRESENTATIVE.includes(method))
    return refused(no('invalid-value', 'needs-representative', clause, { ref, method, allowed }));
  const attempt = identity.attempts + 1;
  const moves = result === 'pass' && typeRules(pack, request.type).due.start === 'identity';
  return done({
    type: 'identity_checked',
    method,
    result,
    attempt,
    final: result === 'fail' && attempt >= attempts,
    // Where the clock starts with the proof of identity, the dates begin here (dates.md).
    ...(moves
      ? { dates: requestDatesOf({ ...request, identity: { ...identity, verifiedAt: now } }, pack) }
      : {}),
    personal: { ref: input.ref },
  });
}

export function decideAssign(
  request: PrivacyRequest,
  to: Person,
  { pack, same }: Pick<Circumstances, 'pack' | 'same'>,
): RequestDecision {
  const { ref } = request;
  if (!isOpen(request)) return wrongStatus(request, 'needs-no-owner', { pack });
  if (amongThem(same, request.about, to))
    return refused(
      no('about-officer', 'owner-complained-about', pack.requests.complaint.clause, { ref, person: to }),
    );
  if (request.owner === to) return refused(no('wrong-state', 'owns-already', null, { ref, person: to }));
  return done({ type: 'assigned', to });
}

export function decidePause(request: PrivacyRequest, reason: string, { pack }: UnderPack): RequestDecision {
  const status = statusOf(request);
  if (status !== 'in_progress' && status !== 'identity_pending')
    return wrongStatus(request, 'not-paused', { pack });
  const word = /^[a-z_]+/.exec(reason)?.[0] ?? '';
  const stops = pauseStopsClock(pack, request.type, word) ? word : null;
  return done({ type: 'paused', stops, personal: { reason } });
}

export function decideResume(
  request: PrivacyRequest,
  { pack, now }: Pick<Circumstances, 'pack' | 'now'>,
): RequestDecision {
  if (statusOf(request) !== 'awaiting_subject') return wrongStatus(request, 'nothing-to-resume', { pack });
  const pauses = request.pauses.map((pause) => (pause.to === null ? { ...pause, to: now } : pause));
  const stopped = pauses.some((pause) => pause.stops !== null);
  const dates = stopped ? requestDatesOf({ ...request, pauses }, pack) : null;
  return done({ type: 'resumed', dates });
}

export function decideCheck(
  request: PrivacyRequest,
  input: {
    readonly categories: readonly Category[] | 'all';
    readonly result: CheckResult;
    readonly ref: string | null;
  },
  { pack }: UnderPack,
): RequestDecision {
  const { ref, scope, type } = request;
  if (!request.needsChecklist) {
    const { clause } = typeRules(pack, type);
    return refused(no('wrong-state', 'has-no-checklist', clause, { ...standingOf(request, pack), type }));
  }
  const status = statusOf(request);
  if (status === 'closed') return wrongStatus(request, 'checklist-closed', { pack });
  if (status !== 'in_progress' && status !== 'identity_pending' && status !== 'awaiting_subject')
    return wrongStatus(request, 'checklist-settled', { pack });
  const categories = input.categories === 'all' ? scope : input.categories;
  const outside = categories.filter((category) => !scope.includes(category));
  if (outside.length > 0)
    return refused(no('invalid-value', 'outside-scope', null, { ref, field: 'category', outside, scope }));
  return done({
    type: 'categories_checked',
    categories: [...categories],
    result: input.result,
    personal: { ref: input.ref },
  });
}

export function decideNote(_request: PrivacyRequest, text: string): RequestDecision {
  return done({ type: 'note_added', personal: { text } });
}

/** Owner only, and never past the day before the case is due (dates.md). */
export function decideSnooze(
  request: PrivacyRequest,
  input: { readonly days: number; readonly reason: string },
  { today, actor, pack }: Pick<Circumstances, 'today' | 'actor' | 'pack'>,
): RequestDecision {
  const { ref, owner } = request;
  if (!isOpen(request)) return wrongStatus(request, 'no-reminders', { pack });
  if (owner !== actor.person) return refused(no('not-permitted', 'snooze-by-other', null, { ref, owner }));
  const until = addDays(today, input.days);
  const { due } = request.dates;
  const latest = addDays(due, -1);
  if (until > latest) return refused(no('too-far', 'snooze-too-far', null, { ref, due, latest, today }));
  return done({ type: 'snoozed', until, personal: { reason: input.reason } });
}

/** The full reference: the owner, or who holds `request.reveal_any`; on the ledger (commands.md, `show reveal:yes`). */
export function decideReveal(
  request: PrivacyRequest,
  { actor, may, pack, same }: Pick<Circumstances, 'actor' | 'may' | 'pack' | 'same'>,
): RequestDecision {
  const { ref, owner } = request;
  if (same(owner, actor.person) || may('request.reveal_any')) return done({ type: 'reference_revealed' });
  return refused(no('not-permitted', 'reveal-by-other', pack.rules?.reveal?.clause ?? null, { ref, owner }));
}
