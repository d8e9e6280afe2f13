/**
 * Deciding the day-to-day handling of a case: verify, assign, pause, resume, check, note, snooze, reveal (domain.md section 3).
 * Pure: state + command + circumstances → events or a refusal. Must not know: storage, surfaces, the clock.
 */

import { addDays, formatDay } from '../../policy/calendar.js';
import { pauseStopsClock } from '../../policy/dates.js';
import type { Pack } from '../../policy/schema.js';
import type { Actor, Category, Day, Instant, Person } from '../../vocabulary/values.js';
import { type Decision, done, inWords } from '../refusal.js';
import type { CheckResult, RequestEvent } from './events.js';
import { isOpen, type PrivacyRequest, statusOf } from './request.js';
import { requestDatesOf } from './rules.js';

/** Who, when and under which pack: everything a decider may look at beside the state. */
export type Circumstances = {
  readonly now: Instant;
  /** The civil day of `now` in the pack's zone. */
  readonly today: Day;
  readonly actor: Actor & { readonly person: Person };
  /** The pack the case pinned, not the one in force. */
  readonly pack: Pack;
  readonly may: (permission: string) => boolean;
};

export type RequestDecision = Decision<RequestEvent>;

const STATUS_WORDS = {
  identity_pending: 'waiting for the identity check',
  in_progress: 'in progress',
  awaiting_subject: 'paused, waiting for the customer',
  awaiting_decision: "waiting for the officer's decision",
  action_approved: 'approved and waiting to be carried out',
  decided: 'decided and waiting for its notices',
  notifying_recipients: 'done and waiting for its notices and recipients',
  closed: 'closed',
} as const;

/** The status in words a person reads. */
export const statusWords = (request: PrivacyRequest): string => STATUS_WORDS[statusOf(request)];

export function wrongState(
  request: PrivacyRequest,
  wanted: string,
  next: string | null = null,
): RequestDecision {
  return inWords('wrong-state', null, `${request.ref} is ${statusWords(request)}, so ${wanted}.`, next);
}

const closedAlready = (request: PrivacyRequest, wanted: string): RequestDecision =>
  wrongState(request, wanted, `An officer can reopen it: /privacy reopen ${request.ref} reason:"…"`);

export function decideVerify(
  request: PrivacyRequest,
  input: { readonly method: string; readonly result: 'pass' | 'fail'; readonly ref: string },
  { pack }: Circumstances,
): RequestDecision {
  const { identity } = request;
  if (!isOpen(request)) return closedAlready(request, 'its identity check is over');
  if (!identity.needed) return wrongState(request, 'it needs no identity check', 'Go on with the answer.');
  if (identity.state === 'verified')
    return wrongState(request, 'the identity is already verified', `Next: /privacy check ${request.ref} …`);
  const { attempts, clause } = pack.identity;
  if (identity.state === 'failed' || identity.attempts >= attempts)
    return inWords(
      'attempts-used',
      clause,
      `All ${attempts} identity attempts for ${request.ref} are used.`,
      `An officer can close it: /privacy close ${request.ref} outcome:identity_not_verified`,
    );
  if (statusOf(request) !== 'identity_pending')
    return wrongState(request, 'it cannot be verified now', `First: /privacy resume ${request.ref}`);
  const attempt = identity.attempts + 1;
  return done({
    type: 'identity_checked',
    method: input.method,
    result: input.result,
    attempt,
    final: input.result === 'fail' && attempt >= attempts,
    personal: { ref: input.ref },
  });
}

export function decideAssign(request: PrivacyRequest, to: Person): RequestDecision {
  if (!isOpen(request)) return closedAlready(request, 'it needs no owner');
  if (request.about.includes(to))
    return inWords(
      'about-officer',
      '7.3',
      `${request.ref} is a complaint about @${to}, who cannot own it.`,
      'Give it to somebody else; the deputy officer decides.',
    );
  if (request.owner === to) return inWords('wrong-state', null, `@${to} owns ${request.ref} already.`);
  return done({ type: 'assigned', to });
}

export function decidePause(
  request: PrivacyRequest,
  reason: string,
  { pack }: Circumstances,
): RequestDecision {
  const status = statusOf(request);
  if (status !== 'in_progress' && status !== 'identity_pending')
    return wrongState(request, 'it cannot be paused');
  const word = /^[a-z_]+/.exec(reason)?.[0] ?? '';
  const stops = pauseStopsClock(pack, request.type, word) ? word : null;
  return done({ type: 'paused', stops, personal: { reason } });
}

export function decideResume(request: PrivacyRequest, circumstances: Circumstances): RequestDecision {
  if (statusOf(request) !== 'awaiting_subject') return wrongState(request, 'there is nothing to resume');
  const pauses = request.pauses.map((pause) =>
    pause.to === null ? { ...pause, to: circumstances.now } : pause,
  );
  const stopped = pauses.some((pause) => pause.stops !== null);
  const dates = stopped ? requestDatesOf({ ...request, pauses }, circumstances.pack) : null;
  return done({ type: 'resumed', dates });
}

export function decideCheck(
  request: PrivacyRequest,
  input: {
    readonly categories: readonly Category[] | 'all';
    readonly result: CheckResult;
    readonly ref: string | null;
  },
): RequestDecision {
  if (!request.needsChecklist)
    return inWords(
      'wrong-state',
      '7.3',
      'A complaint has no checklist.',
      `Next: /privacy propose ${request.ref} fulfilled`,
    );
  const status = statusOf(request);
  if (status === 'closed') return closedAlready(request, 'its checklist is closed');
  if (status !== 'in_progress' && status !== 'identity_pending' && status !== 'awaiting_subject')
    return wrongState(request, 'its checklist is settled', 'The officer can return it.');
  const categories = input.categories === 'all' ? request.scope : input.categories;
  const outside = categories.filter((category) => !request.scope.includes(category));
  if (outside.length > 0)
    return inWords(
      'invalid-value',
      null,
      `category: ${outside.join(', ')} ${outside.length === 1 ? 'is' : 'are'} not in the scope of ${request.ref}.`,
      `Its scope: ${request.scope.join(', ')}.`,
    );
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
  { today, actor }: Circumstances,
): RequestDecision {
  if (!isOpen(request)) return closedAlready(request, 'it has no reminders');
  if (request.owner !== actor.person)
    return inWords(
      'not-permitted',
      null,
      `Only the owner of ${request.ref} may snooze its reminders${request.owner === null ? '; it has no owner yet' : ''}.`,
      `Take it first: /privacy assign ${request.ref}`,
    );
  const until = addDays(today, input.days);
  const latest = addDays(request.dates.due, -1);
  if (until > latest)
    return inWords(
      'too-far',
      null,
      `${request.ref} is due ${formatDay(request.dates.due)}; reminders can rest until ${formatDay(latest)} at the latest.`,
      latest >= today ? 'Choose fewer days.' : 'It is too close to its due date to snooze.',
    );
  return done({ type: 'snoozed', until, personal: { reason: input.reason } });
}

/** The full reference: the owner, or who holds `request.reveal_any`; on the ledger (commands.md, `show reveal:yes`). */
export function decideReveal(request: PrivacyRequest, { actor, may }: Circumstances): RequestDecision {
  if (request.owner === actor.person || may('request.reveal_any'))
    return done({ type: 'reference_revealed' });
  return inWords(
    'not-permitted',
    '7.2',
    `The full reference of ${request.ref} is for its owner and the privacy officer.`,
    request.owner === null
      ? `Take the case first: /privacy assign ${request.ref}`
      : `Its owner is @${request.owner}.`,
  );
}
