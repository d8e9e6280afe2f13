/**
 * When a case is reminded of, and what falls due together (dates.md, "Reminders").
 * Must not know: owners, channels, how a reminder is worded.
 */
import type { Day, Instant, RequestType } from '../vocabulary/values.js';
import { addDays, calendarOf, civilDay, compareInstants, daysBetween, localTime } from './calendar.js';
import type { Pack } from './schema.js';

/** `T-14` … `T-0`: days left when it was planned; `overdue-3`: the third day after the due day. */
export type ReminderKind = `T-${number}` | `overdue-${number}`;

export type ReminderFacts = {
  readonly type: RequestType;
  readonly due: Day;
  readonly loggedAt: Instant;
  /** When the case was last reminded of; everything up to then is covered. null: never. */
  readonly lastRemindedAt: Instant | null;
  /** Posted for this due date by a clock that was put back since: what they said is not said again. */
  readonly said?: readonly Said[];
  /** Last day on which the case is left alone, due day and overdue excepted. */
  readonly snoozedUntil: Day | null;
};

/** A reminder as it was posted: everything it covered, the most urgent last. */
export type Said = { readonly at: Instant; readonly kinds: readonly string[] };

type Moment = { readonly kind: ReminderKind; readonly at: Instant };

/** The next instant after `lastRemindedAt` at which a reminder is to be posted, past or future; null when none will come. */
export function nextReminderAt(pack: Pack, facts: ReminderFacts): Instant | null {
  for (const moment of beforeDue(pack, facts)) if (isNew(pack, moment, facts)) return moment.at;
  if (pack.reminders.overdue === 'none') return null;
  const from = firstOverdue(pack, facts);
  for (let n = from; n <= from + 2 + (facts.said?.length ?? 0); n += 1) {
    const moment = overdueMoment(pack, facts, n);
    if (moment !== null && isNew(pack, moment, facts)) return moment.at;
  }
  return null;
}

/**
 * The kinds that fell due up to `now` and are not covered yet, oldest first, to be posted as one reminder; the last
 * is the most urgent. Empty when there is nothing to say.
 */
export function remindersDue(pack: Pack, facts: ReminderFacts, now: Instant): readonly ReminderKind[] {
  const moments = [...beforeDue(pack, facts)];
  if (pack.reminders.overdue === 'daily') {
    const last = daysBetween(facts.due, civilDay(now, pack.zone));
    for (let n = firstOverdue(pack, facts); n <= last; n += 1) {
      const moment = overdueMoment(pack, facts, n);
      if (moment !== null) moments.push(moment);
    }
  }
  const fresh = moments.filter((moment) => isNew(pack, moment, facts));
  if (!fresh.some(({ at }) => compareInstants(at, now) <= 0)) return [];
  // A catch-up in the night says what the morning's would: one post a local day.
  const today = civilDay(now, pack.zone);
  return fresh.filter(({ at }) => civilDay(at, pack.zone) <= today).map(({ kind }) => kind);
}

/**
 * Everybody whose escalation day these kinds have reached, earliest first: in the default pack the officer from overdue
 * day 1, the admin from day 3. The caller pings each of them once for a due day; so a case that was logged late, or
 * caught up after downtime, leaves nobody out.
 */
export function escalationsReached(
  pack: Pack,
  kinds: readonly ReminderKind[],
): readonly ('officer' | 'admin')[] {
  const reached = Math.max(0, ...kinds.map((kind) => Number(/^overdue-(\d+)$/.exec(kind)?.[1] ?? 0)));
  const to = [...pack.reminders.escalations]
    .sort((one, other) => one.overdueDay - other.overdueDay)
    .filter(({ overdueDay }) => overdueDay <= reached)
    .map((escalation) => escalation.to);
  return [...new Set(to)];
}

/** T-n and T-0 moments in the order they are posted, each worked out when it is asked for. */
function* beforeDue(pack: Pack, facts: ReminderFacts): Generator<Moment> {
  const days = pack.requests[facts.type].reminderDays ?? pack.reminders.days;
  for (const n of [...days].sort((one, other) => other - one)) {
    const moment = n === 0 ? onTheDay(pack, facts, 'T-0', facts.due) : ahead(pack, facts, n);
    if (moment !== null) yield moment;
  }
}

/** A reminder ahead of time is skipped when the case had not been logged yet, or is snoozed that day. */
function ahead(pack: Pack, facts: ReminderFacts, n: number): Moment | null {
  const wanted = addDays(facts.due, -n);
  const { dayOff, at: time } = pack.reminders;
  const day = dayOff === 'same_day' ? wanted : calendarOf(pack).lastWorkingDayOnOrBefore(wanted);
  const at = localTime(day, time, pack.zone);
  if (compareInstants(at, facts.loggedAt) <= 0) return null;
  if (facts.snoozedUntil !== null && day <= facts.snoozedUntil) return null;
  return { kind: `T-${n}`, at };
}

function overdueMoment(pack: Pack, facts: ReminderFacts, n: number): Moment | null {
  return onTheDay(pack, facts, `overdue-${n}`, addDays(facts.due, n));
}

/** The due day's and later ones: whatever the day; on the day a case was logged, not before it was logged. */
function onTheDay(pack: Pack, facts: ReminderFacts, kind: ReminderKind, day: Day): Moment | null {
  if (day < civilDay(facts.loggedAt, pack.zone)) return null;
  const at = localTime(day, pack.reminders.at, pack.zone);
  return { kind, at: compareInstants(at, facts.loggedAt) < 0 ? facts.loggedAt : at };
}

/** The first overdue day that may not be covered yet: that of the last reminder, or of logging. */
function firstOverdue(pack: Pack, { due, loggedAt, lastRemindedAt }: ReminderFacts): number {
  const late = lastRemindedAt !== null && compareInstants(lastRemindedAt, loggedAt) > 0;
  return Math.max(1, daysBetween(due, civilDay(late ? lastRemindedAt : loggedAt, pack.zone)));
}

/** One reminder a local day: the last one covered everything that was to be posted on its day. */
export function isNew(
  pack: Pack,
  { at, kind }: { readonly at: Instant; readonly kind: string },
  { lastRemindedAt, said = [] }: Pick<ReminderFacts, 'lastRemindedAt' | 'said'>,
): boolean {
  const day = civilDay(at, pack.zone);
  if (
    said.some(
      (one) => one.kinds.at(-1) === kind || (one.kinds.includes(kind) && civilDay(one.at, pack.zone) === day),
    )
  )
    return false;
  if (lastRemindedAt === null) return true;
  return (
    compareInstants(at, lastRemindedAt) > 0 && civilDay(at, pack.zone) !== civilDay(lastRemindedAt, pack.zone)
  );
}
