/**
 * What time does to a case: reminders of its clocks, and escalations of what is late or undecided (dates.md). It looks at what
 * was posted for a day, so a clock that ran ahead mutes nothing (rule 12). Pure. Must not know: storage, who is posted to.
 */
import { afterSeconds, civilDay, compareInstants, daysBetween } from '../../policy/calendar.js';
import { clockDue, nextClockAt } from '../../policy/clocks.js';
import {
  escalationsReached,
  nextReminderAt,
  type ReminderFacts,
  remindersDue,
} from '../../policy/reminders.js';
import type { Pack } from '../../policy/schema.js';
import type { Day, Instant, Status } from '../../vocabulary/values.js';
import type { ClockName, RequestEvent } from './events.js';
import { isOpen, type Posted, type PrivacyRequest } from './request.js';

/** What is due by `now`; empty: nothing. */
export function decideReminder(request: PrivacyRequest, pack: Pack, now: Instant): readonly RequestEvent[] {
  if (!isOpen(request)) return [];
  if (request.reminders.some(({ at, undone }) => !undone && compareInstants(at, now) > 0))
    return [{ type: 'clock_put_back' }];
  return [
    ...dueReminder(request, pack, now),
    ...clocksDue(request, pack, now),
    ...undecided(request, pack, now),
  ];
}

/** When this case next has something to say; null: never as it stands. */
export function nextReminder(request: PrivacyRequest, pack: Pack): Instant | null {
  if (!isOpen(request)) return null;
  const moments = [
    nextReminderAt(pack, remindedOf(request)),
    ...runningClocks(request).map((one) =>
      nextClockAt(pack, {
        ...one,
        snoozedUntil: request.snoozedUntil,
        ...postedOf(request, one.clock, one.due),
      }),
    ),
    ...escalations(request, pack).map(({ at }) => at),
  ];
  return moments.filter((at) => at !== null).sort(compareInstants)[0] ?? null;
}

/** A role is pinged once for each due day. */
function dueReminder(request: PrivacyRequest, pack: Pack, now: Instant): readonly RequestEvent[] {
  const { due } = request.dates;
  const kinds = remindersDue(pack, remindedOf(request), now);
  if (kinds.length === 0) return [];
  const before = pingedFor(request, 'due', due);
  const pinged = escalationsReached(pack, kinds).filter((role) => !before.includes(role));
  const daysLeft = daysBetween(civilDay(now, pack.zone), due);
  return [{ type: 'reminded', kinds: [...kinds], daysLeft, pinged: [...pinged] }];
}

const remindedOf = (request: PrivacyRequest): ReminderFacts => ({
  due: request.dates.due,
  type: request.type,
  loggedAt: request.loggedAt,
  snoozedUntil: request.snoozedUntil,
  ...postedOf(request, 'due', request.dates.due),
});

/** A reminder of an earlier due day covers a later one's too; of a later day it said less than is due now. */
function postedOf(
  { reminders }: PrivacyRequest,
  clock: Posted['clock'],
  due: Day,
): Pick<ReminderFacts, 'lastRemindedAt' | 'said'> {
  const own = reminders.filter((one) => one.clock === clock);
  const counting = own.filter(({ undone, of }) => !undone && of <= due).map(({ at }) => at);
  return {
    lastRemindedAt: counting.sort(compareInstants).at(-1) ?? null,
    said: own.filter(({ undone, of }) => undone && of === due),
  };
}

const pingedFor = ({ reminders }: PrivacyRequest, clock: Posted['clock'], of: string): readonly string[] =>
  reminders
    .filter((one) => one.clock === clock && one.of === of && !one.undone)
    .flatMap(({ pinged }) => pinged);

const UNDECIDED: readonly Status[] = [
  'identity_pending',
  'in_progress',
  'awaiting_subject',
  'awaiting_decision',
];

/** Whether the clock of the acknowledgement runs: the customer has heard nothing, and nothing is decided. */
export const isUnheard = (one: { readonly acknowledged: boolean; readonly status: Status }): boolean =>
  !one.acknowledged && UNDECIDED.includes(one.status);

/**
 * The clocks that run beside the due date. Acknowledging and acting end with the decision's execution, a refusal or closing;
 * the recipients' clock begins where the case is carried out.
 */
export function runningClocks(
  request: PrivacyRequest,
): readonly { readonly clock: ClockName; readonly due: Day; readonly since: Instant }[] {
  const { dates, phase, loggedAt } = request;
  if (phase.status === 'closed' || phase.status === 'decided') return [];
  if (phase.status === 'notifying_recipients') {
    const [due] = request.recipients
      .filter(({ state }) => state === 'open')
      .map((task) => task.due)
      .sort();
    return due === undefined ? [] : [{ clock: 'recipients', due, since: phase.completedAt }];
  }
  const unheard = isUnheard({ acknowledged: request.notices.length > 0, status: phase.status });
  return [
    ...(unheard ? [{ clock: 'acknowledge' as const, due: dates.ackDue, since: loggedAt }] : []),
    ...(dates.actDue === null ? [] : [{ clock: 'act' as const, due: dates.actDue, since: loggedAt }]),
  ];
}

function clocksDue(request: PrivacyRequest, pack: Pack, now: Instant): readonly RequestEvent[] {
  return runningClocks(request).flatMap(({ clock, due, since }): readonly RequestEvent[] => {
    const found = clockDue(
      pack,
      { due, since, snoozedUntil: request.snoozedUntil, ...postedOf(request, clock, due) },
      now,
    );
    if (found === null) return [];
    const before = pingedFor(request, clock, due);
    const pinged = found.to.filter((role) => !before.includes(role));
    const daysLeft = daysBetween(civilDay(now, pack.zone), due);
    return [{ type: 'clock_reminded', clock, due, kinds: [...found.kinds], daysLeft, pinged }];
  });
}

/** A proposal nobody decided, as long as the pack says: each role once. */
function undecided(request: PrivacyRequest, pack: Pack, now: Instant): readonly RequestEvent[] {
  const due = escalations(request, pack).filter(({ at }) => compareInstants(at, now) <= 0);
  if (due.length === 0) return [];
  const hours = Math.max(...due.map(({ undecidedHours }) => undecidedHours));
  const to = [...new Set(due.map((one) => one.to))];
  return [{ type: 'proposal_escalated', number: request.proposals, hours, to }];
}

function escalations(request: PrivacyRequest, pack: Pack) {
  if (request.phase.status !== 'awaiting_decision') return [];
  const { number, at: asked } = request.phase.proposal;
  const before = pingedFor(request, 'decision', String(number));
  return (pack.reminders.proposals ?? [])
    .filter(({ to }) => !before.includes(to))
    .map((one) => ({ ...one, at: afterSeconds(asked, one.undecidedHours * 3600) }));
}
