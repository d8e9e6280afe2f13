/**
 * The dates of a request told step by step, for `/privacy why` (dates.md).
 * Must not know: how the dates were computed; it is given them, and says which rule led to which.
 */
import type { Day, RequestType } from '../vocabulary/values.js';
import { calendarCovers, calendarOf, formatDay } from './calendar.js';
import type { CountedPause, DateFacts, DateStep, RequestDates } from './date-facts.js';
import { periodOf, periodWords } from './period.js';
import type { Pack } from './schema.js';

type Workings = {
  /** The due day before pauses, and before the roll. */
  readonly counted: Day;
  readonly paused: Day;
  readonly pauses: readonly CountedPause[];
};

export function stepsOf(
  pack: Pack,
  type: RequestType,
  facts: DateFacts,
  dates: Omit<RequestDates, 'steps'>,
  workings: Workings,
): readonly DateStep[] {
  const rule = pack.requests[type];
  const { receiptDay, due, target } = dates;
  const steps: DateStep[] = [
    {
      what: `Received ${facts.receivedAt}, which is ${formatDay(receiptDay)} in ${pack.zone}.`,
      day: receiptDay,
      rule: "the receipt day is the civil day of receipt in the policy's time zone",
      clause: null,
    },
  ];
  if (rule.due.start === 'identity') steps.push(startStep(facts, dates));
  steps.push(countStep(pack, type, workings.counted));
  steps.push(...pauseSteps(pack, type, facts, workings));
  steps.push(rollStep(pack, type, dates, workings.paused));
  if (facts.extension !== null) {
    const { reason, until } = facts.extension;
    const { extension } = rule.due;
    steps.push({
      what:
        until > dates.baseDue
          ? `Extended to ${formatDay(until)}, for the reason ${reason}.`
          : `The extension to ${formatDay(until)} changes nothing: the due day is not earlier.`,
      day: due,
      rule: 'an extension replaces the due day when it is later',
      clause: extension === 'none' ? null : extension.clause,
    });
  }
  steps.push(
    {
      what: `Acknowledge by ${formatDay(dates.ackDue)}, ${working(rule.acknowledge.workingDays)} after receipt.`,
      day: dates.ackDue,
      rule: 'working days are counted from the day after',
      clause: rule.acknowledge.clause ?? null,
    },
    ...(rule.act === null || dates.actDue === null
      ? []
      : [
          {
            what: `Act by ${formatDay(dates.actDue)}, ${working(rule.act.workingDays)} after receipt.`,
            day: dates.actDue,
            rule: 'working days are counted from the day after',
            clause: rule.act.clause ?? null,
          },
        ]),
    {
      what:
        target === due
          ? `The target is the due day itself, a working day.`
          : `The target is ${formatDay(target)}, ${targetWords(pack, type)}.`,
      day: target,
      rule: 'the target leaves the work on a working day; it is no legal date',
      clause: null,
    },
    {
      what: `Due ${formatDay(due)}; overdue from ${dates.overdueFrom}.`,
      day: due,
      rule: 'overdue begins with the local day after the due day',
      clause: rule.due.clause,
    },
  );
  return steps;
}

function startStep(facts: DateFacts, { startDay }: Omit<RequestDates, 'steps'>): DateStep {
  return {
    what:
      facts.identityVerifiedAt === null
        ? `The clock starts when identity is proven; until then it is shown from receipt, ${formatDay(startDay)}.`
        : `The clock starts on ${formatDay(startDay)}, the day identity was proven.`,
    day: startDay,
    rule: 'the clock starts with the proof of identity',
    clause: null,
  };
}

function countStep(pack: Pack, type: RequestType, counted: Day): DateStep {
  const { add, count, clause, note } = pack.requests[type].due;
  const period = periodOf(add);
  const from = count === 'after' ? 'counting from the day after' : 'beginning with that day';
  const unknown =
    period.unit === 'working_days' && !calendarCovers(pack, Number(counted.slice(0, 4)))
      ? ` The calendar of ${counted.slice(0, 4)} is not in the pack yet; this day may move.`
      : '';
  return {
    what: `${periodWords(period)}, ${from}, end on ${formatDay(counted)}.${unknown}`,
    day: counted,
    rule: note ?? `the deadline is ${periodWords(period)}`,
    clause,
  };
}

function pauseSteps(pack: Pack, type: RequestType, facts: DateFacts, workings: Workings): DateStep[] {
  if (facts.pauses.length === 0) return [];
  const { pause, clause } = pack.requests[type].due;
  const none = {
    what: `Paused ${times(facts.pauses.length)}; the clock did not stop.`,
    day: workings.counted,
    rule: `the pack ${pack.id} gives no pause for this`,
    clause,
  };
  if (pause === 'none' || workings.pauses.length === 0) return [none];
  return workings.pauses.map(({ reason, from, to, days }) => ({
    what:
      to === null
        ? `Paused since ${formatDay(from)} (${reason}); its days are added when it ends.`
        : `Paused from ${formatDay(from)} to ${formatDay(to)} (${reason}): the clock stopped for ${periodWords({ unit: periodOf(pack.requests[type].due.add).unit === 'working_days' ? 'working_days' : 'days', n: days })}.`,
    day: workings.paused,
    rule:
      pause.count === 'inclusive'
        ? 'the first and the last day of a pause both count'
        : 'the first day of a pause is not counted',
    clause,
  }));
}

function rollStep(
  pack: Pack,
  type: RequestType,
  { baseDue }: Omit<RequestDates, 'steps'>,
  paused: Day,
): DateStep {
  const { roll, clause } = pack.requests[type].due;
  const off = !calendarOf(pack).isWorkingDay(paused);
  const day = formatDay(paused);
  if (roll === 'forward') {
    return {
      what: off
        ? `${day} is a day off, so the due day moves to ${formatDay(baseDue)}.`
        : `${day} is a working day.`,
      day: baseDue,
      rule: 'a due day that is a day off moves to the next working day',
      clause,
    };
  }
  return {
    what: off
      ? `${day} is a day off; the due day does not move.`
      : `${day} is a working day; nothing would move it.`,
    day: baseDue,
    rule: 'the due day stays where it falls, day off or not',
    clause,
  };
}

function targetWords(pack: Pack, type: RequestType): string {
  const { target } = pack.requests[type];
  return target === 'last_working_day_on_or_before_due'
    ? 'the last working day before it'
    : `the last working day within ${periodWords(periodOf(target))}`;
}

const working = (n: number) => periodWords({ unit: 'working_days', n });
const times = (n: number) => (n === 1 ? 'once' : `${n} times`);
