/**
 * The dates of a request step by step, for `/privacy why` (dates.md), as facts.
 * Must not know: how the dates were computed (it is given them, and says which rule led to which), wording.
 */
import type { Day, RequestType } from '../vocabulary/values.js';
import { calendarCovers, calendarOf } from './calendar.js';
import type { CountedPause, DateFacts, DateStep, RequestDates } from './date-facts.js';
import { type Period, periodOf } from './period.js';
import type { Pack, RequestRule } from './schema.js';

type Workings = {
  /** The due day before pauses, and before the roll. */
  readonly counted: Day;
  readonly paused: Day;
  readonly pauses: readonly CountedPause[];
};
type Dates = Omit<RequestDates, 'steps'>;

export function stepsOf(
  pack: Pack,
  type: RequestType,
  facts: DateFacts,
  dates: Dates,
  workings: Workings,
): readonly DateStep[] {
  const rule = pack.requests[type];
  const { due: dueRule } = rule;
  const { receiptDay, startDay, due, overdueFrom } = dates;
  return [
    { kind: 'received', at: facts.receivedAt, zone: pack.zone, day: receiptDay, clause: null },
    ...(dueRule.start === 'identity'
      ? [
          {
            kind: 'started' as const,
            proven: facts.identityVerifiedAt !== null,
            day: startDay,
            clause: null,
          },
        ]
      : []),
    countStep(pack, dueRule, workings.counted),
    ...pauseSteps(pack, dueRule, facts, workings),
    rollStep(pack, dueRule, dates, workings.paused),
    ...extensionSteps(dueRule, facts, dates),
    ...clockSteps(rule, dates),
    targetStep(rule, dates),
    { kind: 'due', overdueFrom, day: due, clause: dueRule.clause },
  ];
}

type DueRule = RequestRule['due'];

function countStep(pack: Pack, { add, count, clause, note }: DueRule, counted: Day): DateStep {
  const period = periodOf(add);
  const year = Number(counted.slice(0, 4));
  const unknownYear = period.unit === 'working_days' && !calendarCovers(pack, year) ? year : null;
  return { kind: 'counted', period, count, note: note ?? null, unknownYear, day: counted, clause };
}

function pauseSteps(
  pack: Pack,
  { add, pause, clause }: DueRule,
  facts: DateFacts,
  { counted, paused, pauses }: Workings,
): readonly DateStep[] {
  if (facts.pauses.length === 0) return [];
  if (pause === 'none' || pauses.length === 0)
    return [{ kind: 'paused-in-vain', times: facts.pauses.length, pack: pack.id, day: counted, clause }];
  const unit = periodOf(add).unit === 'working_days' ? 'working_days' : 'days';
  return pauses.map(({ reason, from, to, days }) => ({
    kind: 'paused',
    reason,
    from,
    to,
    stopped: { unit, n: days },
    count: pause.count,
    day: paused,
    clause,
  }));
}

function rollStep(pack: Pack, { roll, clause }: DueRule, { baseDue }: Dates, paused: Day): DateStep {
  const dayOff = !calendarOf(pack).isWorkingDay(paused);
  return { kind: 'rolled', from: paused, dayOff, roll, day: baseDue, clause };
}

function extensionSteps(
  { extension: rule }: DueRule,
  { extension }: DateFacts,
  { baseDue, due }: Dates,
): readonly DateStep[] {
  if (extension === null) return [];
  const clause = rule === 'none' ? null : rule.clause;
  const { until, reason } = extension;
  return [{ kind: 'extended', until, reason, later: until > baseDue, day: due, clause }];
}

function clockSteps({ acknowledge, act }: RequestRule, { ackDue, actDue }: Dates): readonly DateStep[] {
  const clockOf = (kind: 'acknowledge' | 'act', clock: RequestRule['acknowledge'], day: Day): DateStep => ({
    kind,
    within: working(clock.workingDays),
    day,
    clause: clock.clause ?? null,
  });
  return [
    clockOf('acknowledge', acknowledge, ackDue),
    ...(act === null || actDue === null ? [] : [clockOf('act', act, actDue)]),
  ];
}

function targetStep({ target: rule }: RequestRule, { target, due }: Dates): DateStep {
  const within = rule === 'last_working_day_on_or_before_due' ? null : periodOf(rule);
  return { kind: 'target', isDue: target === due, within, day: target, clause: null };
}

const working = (n: number): Period => ({ unit: 'working_days', n });
