/**
 * The clocks beside the due date: when they are reminded of, in working days before and after their day (dates.md).
 * Must not know: what they are of, who is told, wording.
 */
import type { Day, Instant } from '../vocabulary/values.js';
import { addDays, calendarOf, civilDay, compareInstants, localTime } from './calendar.js';
import { isNew, type ReminderFacts } from './reminders.js';
import type { Pack } from './schema.js';

export type ClockFacts = Pick<ReminderFacts, 'lastRemindedAt' | 'said'> & {
  readonly due: Day;
  /** Nothing is reminded of before it began. */
  readonly since: Instant;
  /** Its owner wants to hear nothing ahead of time up to this day; lateness is told whatever was snoozed. */
  readonly snoozedUntil: Day | null;
};

/** `W-1`: a working day before; `W-0`: on the day; `late-2`: the second working day after. */
type Moment = { readonly kind: string; readonly at: Instant; readonly late: number };

/** A clock that nobody stopped for years is not counted to the end of time. */
const MOST_LATE = 1000;

function* momentsOf(pack: Pack, { due, since, snoozedUntil }: ClockFacts): Generator<Moment> {
  const rule = pack.reminders.clocks;
  if (rule === undefined) return;
  const calendar = calendarOf(pack);
  for (const n of [...rule.before].sort((one, other) => other - one)) {
    let day = due;
    for (let left = n; left > 0; left -= 1) day = calendar.lastWorkingDayOnOrBefore(addDays(day, -1));
    if (n > 0 && snoozedUntil !== null && day <= snoozedUntil) continue;
    const moment = momentOn(pack, day, since, n > 0);
    if (moment !== null) yield { kind: `W-${n}`, at: moment, late: 0 };
  }
  if (rule.late === 'none') return;
  let day = due;
  for (let late = 1; late <= MOST_LATE; late += 1) {
    day = calendar.addWorkingDays(day, 1);
    const moment = momentOn(pack, day, since, false);
    if (moment !== null) yield { kind: `late-${late}`, at: moment, late };
  }
}

/** One ahead of time is left out when the clock had not begun; on the day, it is not before the clock began. */
function momentOn(pack: Pack, day: Day, since: Instant, ahead: boolean): Instant | null {
  const at = localTime(day, pack.reminders.at, pack.zone);
  if (compareInstants(at, since) > 0) return at;
  return !ahead && day === civilDay(since, pack.zone) ? since : null;
}

/** The next moment that is not covered yet, past or future; null when none will come. */
export function nextClockAt(pack: Pack, facts: ClockFacts): Instant | null {
  for (const moment of momentsOf(pack, facts)) if (isNew(pack, moment, facts)) return moment.at;
  return null;
}

/** What fell due up to the end of today and is not covered, to be posted as one; null: nothing is due by now. */
export function clockDue(
  pack: Pack,
  facts: ClockFacts,
  now: Instant,
): { readonly kinds: readonly string[]; readonly to: readonly ('officer' | 'admin')[] } | null {
  const today = civilDay(now, pack.zone);
  const fresh: Moment[] = [];
  for (const moment of momentsOf(pack, facts)) {
    if (civilDay(moment.at, pack.zone) > today) break;
    if (isNew(pack, moment, facts)) fresh.push(moment);
  }
  if (!fresh.some(({ at }) => compareInstants(at, now) <= 0)) return null;
  const reached = Math.max(...fresh.map(({ late }) => late));
  const escalations = pack.reminders.clocks?.escalations ?? [];
  const to = escalations.filter(({ workingDaysLate }) => workingDaysLate <= reached).map((one) => one.to);
  return { kinds: fresh.map(({ kind }) => kind), to: [...new Set(to)] };
}
