/** How the dates of a request came about, step by step, in English (`/privacy why`). Must not know: the rules behind them. */
import type { DateStep } from '../../policy/date-facts.js';
import { dayWords } from './dates.js';
import { periodWords } from './periods.js';

/** What happened in this step, and the rule it follows. */
export function dateStepWords(step: DateStep): { readonly what: string; readonly rule: string } {
  const day = dayWords(step.day);
  switch (step.kind) {
    case 'received':
      return {
        what: `Received ${step.at}, which is ${day} in ${step.zone}.`,
        rule: "the receipt day is the civil day of receipt in the policy's time zone",
      };
    case 'started':
      return {
        what: step.proven
          ? `The clock starts on ${day}, the day identity was proven.`
          : `The clock starts when identity is proven; until then it is shown from receipt, ${day}.`,
        rule: 'the clock starts with the proof of identity',
      };
    case 'counted': {
      const from = step.count === 'after' ? 'counting from the day after' : 'beginning with that day';
      const unknown =
        step.unknownYear === null
          ? ''
          : ` The calendar of ${step.unknownYear} is not in the pack yet; this day may move.`;
      return {
        what: `${periodWords(step.period)}, ${from}, end on ${day}.${unknown}`,
        rule: step.note ?? `the deadline is ${periodWords(step.period)}`,
      };
    }
    case 'paused-in-vain':
      return {
        what: `Paused ${step.times === 1 ? 'once' : `${step.times} times`}; the clock did not stop.`,
        rule: `the pack ${step.pack} gives no pause for this`,
      };
    case 'paused':
      return {
        what:
          step.to === null
            ? `Paused since ${dayWords(step.from)} (${step.reason}); its days are added when it ends.`
            : `Paused from ${dayWords(step.from)} to ${dayWords(step.to)} (${step.reason}): the clock stopped for ${periodWords(step.stopped)}.`,
        rule:
          step.count === 'inclusive'
            ? 'the first and the last day of a pause both count'
            : 'the first day of a pause is not counted',
      };
    case 'rolled':
      return rolled(step);
    case 'extended':
      return {
        what: step.later
          ? `Extended to ${dayWords(step.until)}, for the reason ${step.reason}.`
          : `The extension to ${dayWords(step.until)} changes nothing: the due day is not earlier.`,
        rule: 'an extension replaces the due day when it is later',
      };
    case 'acknowledge':
    case 'act':
      return {
        what: `${step.kind === 'act' ? 'Act' : 'Acknowledge'} by ${day}, ${periodWords(step.within)} after receipt.`,
        rule: 'working days are counted from the day after',
      };
    case 'target': {
      const last =
        step.within === null
          ? 'the last working day before it'
          : `the last working day within ${periodWords(step.within)}`;
      return {
        what: step.isDue
          ? 'The target is the due day itself, a working day.'
          : `The target is ${day}, ${last}.`,
        rule: 'the target leaves the work on a working day; it is no legal date',
      };
    }
    case 'due':
      return {
        what: `Due ${day}; overdue from ${step.overdueFrom}.`,
        rule: 'overdue begins with the local day after the due day',
      };
    default:
      return step satisfies never;
  }
}

function rolled(step: Extract<DateStep, { kind: 'rolled' }>): ReturnType<typeof dateStepWords> {
  const from = dayWords(step.from);
  if (step.roll === 'forward')
    return {
      what: step.dayOff
        ? `${from} is a day off, so the due day moves to ${dayWords(step.day)}.`
        : `${from} is a working day.`,
      rule: 'a due day that is a day off moves to the next working day',
    };
  return {
    what: step.dayOff
      ? `${from} is a day off; the due day does not move.`
      : `${from} is a working day; nothing would move it.`,
    rule: 'the due day stays where it falls, day off or not',
  };
}
