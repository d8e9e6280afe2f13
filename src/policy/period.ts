/**
 * Periods as a pack writes them: `P30D`, `P2W`, `P1M`, `P1Y`, `15 working days`.
 * Must not know: calendars, request types.
 */

export type Period =
  | { readonly unit: 'days'; readonly n: number }
  | { readonly unit: 'months'; readonly n: number }
  | { readonly unit: 'working_days'; readonly n: number };

export const CIVIL_PERIOD = /^P(\d{1,4})([DWMY])$/;
const WORKING_PERIOD = /^(\d{1,3}) working days?$/;
export const PERIOD = /^(P[1-9]\d{0,3}[DWMY]|[1-9]\d{0,2} working days?)$/;

/** The parts of a period; weeks are 7 days, years 12 months. Throws RangeError on other text. */
export function periodOf(text: string): Period {
  const working = WORKING_PERIOD.exec(text);
  if (working !== null) return { unit: 'working_days', n: Number(working[1]) };
  const civil = CIVIL_PERIOD.exec(text);
  if (civil === null) throw new RangeError(`not a period: ${text}`);
  const n = Number(civil[1]);
  switch (civil[2]) {
    case 'W':
      return { unit: 'days', n: n * 7 };
    case 'M':
      return { unit: 'months', n };
    case 'Y':
      return { unit: 'months', n: n * 12 };
    default:
      return { unit: 'days', n };
  }
}

/** The fewest civil days a period can span: a month is at least 28, a working day at least one. */
export function shortestDays(period: Period): number {
  return period.unit === 'months' ? period.n * 28 : period.n;
}
