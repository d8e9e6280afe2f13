/**
 * The dates of a request, computed from the pack and a few facts and nothing else (domain.md rule 3, dates.md).
 * Must not know: the present moment, storage, cases beyond these facts.
 */
import type { Day, RequestType } from '../vocabulary/values.js';
import {
  addDays,
  addMonths,
  type Calendar,
  calendarOf,
  civilDay,
  daysBetween,
  startOfDay,
} from './calendar.js';
import type { CountedPause, DateFacts, PauseFact, RequestDates } from './date-facts.js';
import { stepsOf } from './date-steps.js';
import { periodOf } from './period.js';
import type { Pack, RequestRule } from './schema.js';

/** The dates of a request of this type under this pack (dates.md; clause 4.2, and 7.3 for complaints). */
export function requestDates(pack: Pack, type: RequestType, facts: DateFacts): RequestDates {
  const rule = pack.requests[type];
  const calendar = calendarOf(pack);
  const receiptDay = civilDay(facts.receivedAt, pack.zone);
  const startDay =
    rule.due.start === 'identity' && facts.identityVerifiedAt !== null
      ? civilDay(facts.identityVerifiedAt, pack.zone)
      : receiptDay;
  const first = rule.due.count === 'beginning_with' ? addDays(startDay, -1) : startDay;
  const counted = addPeriod(calendar, first, rule.due.add);
  const pauses = countPauses(pack, rule, facts.pauses, first, counted);
  const paused = pauses.reduce((due, { days }) => addStopped(calendar, rule, due, days), counted);
  const baseDue = rule.due.roll === 'forward' ? calendar.firstWorkingDayOnOrAfter(paused) : paused;
  const until = facts.extension?.until ?? null;
  const due = until !== null && until > baseDue ? until : baseDue;
  const target = targetOf(calendar, rule, first, due);
  const ackDue = calendar.addWorkingDays(receiptDay, rule.acknowledge.workingDays);
  const actDue = rule.act === null ? null : calendar.addWorkingDays(receiptDay, rule.act.workingDays);
  const dates = {
    receiptDay,
    startDay,
    ackDue,
    actDue,
    baseDue,
    due,
    target,
    overdueFrom: startOfDay(addDays(due, 1), pack.zone),
  };
  return { ...dates, steps: stepsOf(pack, type, facts, dates, { counted, paused, pauses }) };
}

/** Whether a pause for this reason stops the clock; in the default pack none does (dates.md). */
export function pauseStopsClock(pack: Pack, type: RequestType, reason: string): boolean {
  const { pause } = pack.requests[type].due;
  return pause !== 'none' && pause.reasons.includes(reason);
}

export function addPeriod(calendar: Calendar, day: Day, text: string): Day {
  const period = periodOf(text);
  switch (period.unit) {
    case 'days':
      return addDays(day, period.n);
    case 'months':
      return addMonths(day, period.n);
    case 'working_days':
      return calendar.addWorkingDays(day, period.n);
  }
}

/** A clock that counts working days is moved on by the working days it stood still. */
function addStopped(calendar: Calendar, rule: RequestRule, due: Day, days: number): Day {
  return periodOf(rule.due.add).unit === 'working_days'
    ? calendar.addWorkingDays(due, days)
    : addDays(due, days);
}

/**
 * The pauses that count, in order, each civil day once however pauses overlap. Days before the clock started and
 * pauses that began after it had run out stop nothing.
 */
function countPauses(
  pack: Pack,
  rule: RequestRule,
  facts: readonly PauseFact[],
  first: Day,
  counted: Day,
): readonly CountedPause[] {
  const { pause } = rule.due;
  if (pause === 'none') return [];
  const calendar = calendarOf(pack);
  const working = periodOf(rule.due.add).unit === 'working_days';
  const found: CountedPause[] = [];
  let due = counted;
  let last = first;
  for (const { from, to, reason } of facts
    .filter(({ reason }) => pause.reasons.includes(reason))
    .map(({ from, to, reason }) => ({
      from: civilDay(from, pack.zone),
      to: to === null ? null : civilDay(to, pack.zone),
      reason,
    }))
    .sort((one, other) => daysBetween(other.from, one.from))) {
    let days = 0;
    if (to !== null && from <= due) {
      const begin = pause.count === 'inclusive' ? from : addDays(from, 1);
      for (let day = begin > last ? begin : addDays(last, 1); day <= to; day = addDays(day, 1)) {
        if (!working || calendar.isWorkingDay(day)) days += 1;
      }
      if (to > last) last = to;
      due = addStopped(calendar, rule, due, days);
    }
    found.push({ reason, from, to, days });
  }
  return found;
}

function targetOf(calendar: Calendar, rule: RequestRule, first: Day, due: Day): Day {
  if (rule.target === 'last_working_day_on_or_before_due') return calendar.lastWorkingDayOnOrBefore(due);
  const wanted = addPeriod(calendar, first, rule.target);
  return calendar.lastWorkingDayOnOrBefore(wanted < due ? wanted : due);
}
