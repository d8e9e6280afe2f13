/** Periods in English. Must not know: what they are counted from. */
import type { Period } from '../../policy/period.js';

const UNITS: Readonly<Record<Period['unit'], string>> = {
  days: 'day',
  months: 'month',
  working_days: 'working day',
};

/** `30 days`, `1 month`, `15 working days`. */
export function periodWords({ unit, n }: Period): string {
  return `${n} ${UNITS[unit]}${n === 1 ? '' : 's'}`;
}
