/**
 * Deciding how a case ends: extend, done, recipients, close, reopen (domain.md section 3).
 * Pure: state + command + circumstances → events or a refusal. Must not know: storage, surfaces, the clock.
 */
import { calendarOf } from '../../policy/calendar.js';
import { type ExtensionObstacle, extensionObstacle } from '../../policy/extension.js';
import type { Pack } from '../../policy/schema.js';
import type { Day, NoticeKind } from '../../vocabulary/values.js';
import { done, no, type Refusal, refused } from '../refusal.js';
import { decideEarlyEnd, type EarlyInput } from './early.js';
import type { Told } from './events.js';
import { type Circumstances, type RequestDecision, standingOf, wrongStatus } from './handling.js';
import { counts } from './notices.js';
import { openRecipients, recipientName, taskNamed } from './recipients.js';
import {
  isOpen,
  type PrivacyRequest,
  type RecipientTask,
  resolutionOf,
  retainedCategories,
  statusOf,
} from './request.js';
import { datesWithSteps, freezeAfter, noticesNeeded, requestDatesOf, typeRules } from './rules.js';
import { toldDays, toldRefs, toldRefusal } from './told.js';

/** Longer than the policy's term: only by an officer, as the pack's rule says (clause 4.2 in the default pack). */
export function decideExtend(
  request: PrivacyRequest,
  input: {
    readonly until: Day;
    readonly reason: string;
    readonly explained: Told | null;
    readonly consent: Told | null;
  },
  { pack, today }: Circumstances,
): RequestDecision {
  const status = statusOf(request);
  if (status === 'closed' || status === 'notifying_recipients' || status === 'decided')
    return wrongStatus(request, 'nothing-to-extend', { pack });
  const reason = /^[a-z_]+/.exec(input.reason)?.[0] ?? '';
  const { startDay, baseDue } = datesWithSteps(request, pack);
  const obstacle = extensionObstacle(pack, request.type, {
    startDay,
    baseDue,
    due: request.dates.due,
    today,
    until: input.until,
    reason,
    explained: input.explained?.day ?? null,
    consent: input.consent?.day ?? null,
  });
  if (obstacle !== null) return refused(extensionRefusal(request, obstacle, pack));
  return done({
    type: 'extended',
    from: request.dates.due,
    dates: requestDatesOf({ ...request, extension: { until: input.until, reason } }, pack),
    reason,
    ...toldDays(input),
    personal: { reason: input.reason, ...toldRefs(input) },
  });
}

function extensionRefusal(request: PrivacyRequest, obstacle: ExtensionObstacle, pack: Pack): Refusal {
  const { due } = typeRules(pack, request.type);
  const { clause, requires } =
    due.extension === 'none' ? { clause: due.clause, requires: [] } : due.extension;
  switch (obstacle.what) {
    case 'none':
      return no('extension-not-allowed', 'extension-none', clause, { type: request.type });
    case 'reason':
      return no('extension-not-allowed', 'extension-reason', clause, { reasons: obstacle.reasons });
    case 'not-later':
      return no('extension-not-allowed', 'extension-not-later', clause, {
        until: obstacle.until,
        due: obstacle.due,
      });
    case 'limit':
      return no('extension-not-allowed', 'extension-limit', clause, { latest: obstacle.latest });
    case 'window':
      return no('extension-not-allowed', 'extension-window', clause, {
        what: obstacle.of,
        day: obstacle.day,
        opens: obstacle.opens,
        closes: obstacle.closes,
      });
    case 'missing':
    case 'future':
    case 'order':
      return toldRefusal('extend', obstacle, clause, { due: request.dates.due, requires });
    default:
      return obstacle satisfies never;
  }
}

/** A recipient who got data in the case's scope, from the disclosure register. */
export type Received = Pick<RecipientTask, 'recipient' | 'disclosures'> &
  Partial<Pick<RecipientTask, 'kept'>>;

/** `done`: carried out; opens one task for each recipient (P-3.1e). On a closed case it settles an ended retention. */
export function decideDone(
  request: PrivacyRequest,
  evidence: string,
  received: readonly Received[],
  { pack, today }: Circumstances,
): RequestDecision {
  if (statusOf(request) === 'closed') {
    const over = request.retentions.filter((kept) => !kept.ended && kept.until <= today);
    if (over.length === 0) return wrongStatus(request, 'nothing-to-carry-out', { pack });
    return done({
      type: 'retention_ended',
      categories: over.flatMap((kept) => [...kept.categories]),
      personal: { evidence },
    });
  }
  if (statusOf(request) !== 'action_approved') return wrongStatus(request, 'not-to-be-done', { pack });
  const rules = typeRules(pack, request.type);
  const due = calendarOf(pack).addWorkingDays(today, pack.recipients.workingDays);
  const recipients = rules.notifyRecipients.required
    ? received.map(({ recipient, disclosures, kept = null }) => ({
        recipient,
        disclosures: [...disclosures],
        due,
        ...(kept === null ? {} : { kept: { until: kept.until, askers: [...kept.askers] } }),
      }))
    : [];
  return done({ type: 'completed', recipients, personal: { evidence } });
}

/** A recipient told of the result, or excused by an officer with a reason (P-3.1e). */
export function decideNotified(
  request: PrivacyRequest,
  input: {
    readonly recipient: string;
    readonly via: string | null;
    readonly ref: string | null;
    readonly excuse: string | null;
  },
  circumstances: Circumstances,
): RequestDecision {
  const { may, pack, today } = circumstances;
  const { ref } = request;
  const { clause } = pack.recipients;
  if (statusOf(request) !== 'notifying_recipients') return wrongStatus(request, 'no-recipients', { pack });
  const task = taskNamed(request, input.recipient);
  if (task === undefined) {
    const recipients = request.recipients.map((each) => recipientName(each, today, circumstances));
    return refused(no('not-found', 'recipient-unknown', clause, { ref, recipients }));
  }
  const { recipient, state } = task;
  const name = recipientName(task, today, circumstances);
  if (input.excuse !== null) {
    if (!may('request.excuse')) return refused(no('not-permitted', 'excuse-by-agent', clause, {}));
    if (state !== 'open')
      return refused(no('wrong-state', 'recipient-settled', null, { ref, recipient: name, state }));
    return done({ type: 'recipient_excused', recipient, personal: { reason: input.excuse } });
  }
  if (state === 'acknowledged' || state === 'excused')
    return refused(no('wrong-state', 'recipient-settled', null, { ref, recipient: name, state }));
  return done({
    type: 'recipient_notified',
    recipient: task.recipient,
    // A second word about a notified recipient is its acknowledgement.
    how: task.state === 'notified' ? 'acknowledged' : 'notified',
    via: input.via,
    personal: { ref: input.ref },
  });
}

export function decideClose(
  request: PrivacyRequest,
  early: EarlyInput | null,
  circumstances: Circumstances,
): RequestDecision {
  const { pack } = circumstances;
  const { phase, ref } = request;
  if (!isOpen(request)) return wrongStatus(request, 'closed-again', { pack });
  if (early !== null) return decideEarlyEnd(request, early, circumstances, missingNotices(request, { pack }));
  const rules = typeRules(pack, request.type);
  // Where no data is held there is nothing to carry out, so approval is enough.
  const nothingToDo = phase.status === 'action_approved' && phase.resolution.outcome === 'no_data_held';
  if (phase.status !== 'decided' && phase.status !== 'notifying_recipients' && !nothingToDo)
    return refused(no('not-ready-to-close', 'not-decided', rules.clause, standingOf(request, pack)));
  const recipients = openRecipients(request, circumstances.today, circumstances);
  if (recipients.length > 0)
    return refused(
      no('recipients-pending', 'recipients-not-told', rules.notifyRecipients.clause, { ref, recipients }),
    );
  const missing = missingNotices(request, { pack });
  if (missing.length > 0)
    return refused(no('notice-missing', 'customer-not-told', rules.clause, { ref, missing }));
  const { outcome: result } = phase.resolution;
  const granted = result === 'fulfilled' || result === 'partially_fulfilled';
  return done({ type: 'closed', outcome: result, freeze: freezeAfter(rules, granted) });
}

/** Notices still to be recorded before this decided case may close; empty while nothing is decided. */
export function missingNotices(
  request: PrivacyRequest,
  { pack }: Pick<Circumstances, 'pack'>,
): readonly NoticeKind[] {
  const resolution = resolutionOf(request);
  if (resolution === null) return [];
  const rules = typeRules(pack, request.type);
  const needed = noticesNeeded(rules, resolution.outcome, {
    kept: retainedCategories(request).length > 0,
    liftsFreeze: request.freeze === 'active' && resolution.outcome === 'refused',
  });
  const told = request.notices
    .filter((notice) => counts(request, notice, pack.zone))
    .map((notice) => notice.kind);
  return needed.filter((kind) => !told.includes(kind));
}

/** A closed case, or one whose decision, execution or notices turn out to be wrong: it is decided and told anew. */
const canReopen = ({ phase }: PrivacyRequest): boolean => phase.status === 'closed' || 'resolution' in phase;

export function decideReopen(
  request: PrivacyRequest,
  reason: string,
  { pack }: Pick<Circumstances, 'pack'>,
): RequestDecision {
  if (!canReopen(request)) return wrongStatus(request, 'open-already', { pack });
  return done({ type: 'reopened', personal: { reason } });
}
