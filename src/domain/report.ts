/**
 * A month of the desk in figures (screens.md, "The report"): what was opened, closed, late and disclosed. Counted from the
 * readable part of the ledger alone, so that forgetting a customer changes no figure; a past month is counted as it stood
 * when it ended. Must not know: storage, wording, pictures.
 */
import { z } from 'zod';
import {
  addDays,
  addMonths,
  civilDay,
  compareInstants,
  dayOf,
  daysBetween,
  startOfDay,
} from '../policy/calendar.js';
import { normalised } from '../vocabulary/spelling.js';
import type { Day, Instant } from '../vocabulary/values.js';
import { acknowledgementOf } from './requests/on-time.js';
import { type PrivacyRequest, resolutionOf } from './requests/request.js';

/** A month as far as it is over, in the policy's time zone. */
export type Span = {
  /** `2026-11`. */
  readonly month: string;
  readonly from: Instant;
  /** The first instant that no longer counts. */
  readonly end: Instant;
  /** The day on which it is looked at: the next month's first, or today where that is earlier. Days before it are over. */
  readonly seen: Day;
  readonly zone: string;
};

export function spanOf(month: string, zone: string, now: Instant): Span {
  const first = dayOf(`${month}-01`);
  const next = addMonths(first, 1);
  const today = civilDay(now, zone);
  return {
    month,
    from: startOfDay(first, zone),
    end: startOfDay(next, zone),
    seen: today < next ? today : next,
    zone,
  };
}

/** The last day that counts, and whether the month is over. */
export function lastDayOf({ month, seen }: Span): { readonly until: Day; readonly whole: boolean } {
  const whole = seen.slice(0, 7) !== month;
  return { until: whole ? addDays(seen, -1) : seen, whole };
}

export const monthBefore = (month: string, by = 1): string =>
  addMonths(dayOf(`${month}-01`), -by).slice(0, 7);

const within = (at: Instant, { from, end }: Span): boolean =>
  compareInstants(at, from) >= 0 && compareInstants(at, end) < 0;

/** What one case adds to a month's figures. */
export type CaseFacts = {
  readonly type: string;
  readonly owner: string | null;
  readonly opened: boolean;
  readonly open: boolean;
  readonly overdue: boolean;
  readonly closed: {
    readonly days: number;
    readonly onTime: boolean;
    readonly outcome: string;
    readonly ground: string | null;
  } | null;
  /** Null: no acknowledgement fell due in the month. */
  readonly acknowledged: boolean | null;
};

/** A case as it stood at the end of the span; null when it adds nothing. */
export function caseFacts(request: PrivacyRequest, span: Span): CaseFacts | null {
  const { phase, dates, type, owner } = request;
  const opened = within(request.loggedAt, span);
  const closed = phase.status === 'closed' && within(phase.closedAt, span) ? closing(request, span) : null;
  const open = phase.status !== 'closed';
  const acknowledged = acknowledgement(request, span);
  if (!opened && closed === null && !open && acknowledged === null) return null;
  return { type, owner, opened, open, overdue: open && dates.due < span.seen, closed, acknowledged };
}

function closing(request: PrivacyRequest, { zone }: Span): CaseFacts['closed'] {
  const { phase, dates } = request;
  if (phase.status !== 'closed') return null;
  const day = civilDay(phase.closedAt, zone);
  return {
    days: daysBetween(dates.receiptDay, day),
    onTime: day <= dates.due,
    outcome: phase.outcome,
    ground: resolutionOf(request)?.ground ?? null,
  };
}

function acknowledgement(request: PrivacyRequest, { month, seen, zone }: Span): boolean | null {
  const { ackDue } = request.dates;
  if (ackDue.slice(0, 7) !== month || ackDue >= seen) return null;
  return acknowledgementOf(request, zone, seen).onTime;
}

const count = z.number().int().nonnegative();
const named = z.array(z.strictObject({ name: z.string(), count }));
const groups = z.array(
  z.strictObject({ name: z.string(), opened: count, closed: count, open: count, overdue: count }),
);

export const monthFigures = z.strictObject({
  month: z.string(),
  opened: count,
  closed: count,
  open: count,
  overdue: count,
  onTime: count,
  /** Days from receipt to closing; null when nothing was closed. */
  medianDays: z.number().nullable(),
  /** Nine in ten of the closed cases took at most so many days. */
  ninetiethDays: z.number().nullable(),
  acknowledgements: z.strictObject({ due: count, onTime: count }),
  types: groups,
  /** Name `''`: nobody's. */
  owners: groups,
  outcomes: named,
  grounds: named,
  disclosures: z.strictObject({ sent: count, bases: named, recipients: named }),
  refusals: z.strictObject({ total: count, codes: named }),
});
export type MonthFigures = z.infer<typeof monthFigures>;

export const reportFigures = z.strictObject({
  /** The last day that counts. */
  until: z.string(),
  whole: z.boolean(),
  month: monthFigures,
  /** Null where the desk had no record yet. */
  last: monthFigures.nullable(),
  yearBefore: monthFigures.nullable(),
});
export type ReportFigures = z.infer<typeof reportFigures>;

/** Whether there is nothing to tell of the month but zeros. */
export const isEmpty = ({ month }: ReportFigures): boolean =>
  month.opened + month.closed + month.open + month.disclosures.sent + month.refusals.total === 0;

/** The figures are on record as they were told: card, picture and table are all made from here. */
export const reportEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('report_made'), report: reportFigures }),
]);
export type ReportEvent = z.infer<typeof reportEvent>;

type Named = { readonly name: string; readonly count: number };

export function figuresOf(
  span: Span,
  cases: readonly CaseFacts[],
  disclosures: readonly { readonly basis: string; readonly recipient: string }[],
  refusals: readonly string[],
): MonthFigures {
  const closed = cases.flatMap((each) => (each.closed === null ? [] : [each.closed]));
  const days = closed.map((each) => each.days).sort((one, other) => one - other);
  const acknowledgements = cases.flatMap(({ acknowledged }) => (acknowledged === null ? [] : [acknowledged]));
  const recipients = disclosures.map(({ recipient }) => recipient);
  return {
    month: span.month,
    ...totals(cases),
    onTime: closed.filter(({ onTime }) => onTime).length,
    medianDays: medianOf(days),
    ninetiethDays: percentileOf(days, 90),
    acknowledgements: {
      due: acknowledgements.length,
      onTime: acknowledgements.filter((sent) => sent).length,
    },
    types: groupsOf(cases, ({ type }) => type),
    owners: groupsOf(cases, ({ owner }) => owner ?? ''),
    outcomes: counted(closed.map(({ outcome }) => outcome)),
    grounds: counted(closed.flatMap(({ ground }) => (ground === null ? [] : [ground]))),
    disclosures: {
      sent: disclosures.length,
      bases: counted(disclosures.map(({ basis }) => basis)),
      recipients: counted(recipients, normalised),
    },
    refusals: { total: refusals.length, codes: counted(refusals) },
  };
}

function totals(cases: readonly CaseFacts[]) {
  return {
    opened: cases.filter(({ opened }) => opened).length,
    closed: cases.filter((each) => each.closed !== null).length,
    open: cases.filter(({ open }) => open).length,
    overdue: cases.filter(({ overdue }) => overdue).length,
  };
}

/** The largest first. A group that only had an acknowledgement due is none. */
function groupsOf(cases: readonly CaseFacts[], nameOf: (one: CaseFacts) => string): MonthFigures['types'] {
  const groups = new Map<string, CaseFacts[]>();
  for (const one of cases) {
    const group = groups.get(nameOf(one));
    if (group === undefined) groups.set(nameOf(one), [one]);
    else group.push(one);
  }
  return [...groups]
    .map(([name, members]) => ({ name, ...totals(members) }))
    .filter(({ opened, closed, open }) => opened + closed + open > 0)
    .sort((one, other) => sizeOf(other) - sizeOf(one) || (one.name < other.name ? -1 : 1));
}

const sizeOf = ({ opened, closed, open }: MonthFigures['types'][number]): number => opened + closed + open;

/** How often each was there, the most frequent first; spellings of one key are one, under the first of them. */
function counted(names: readonly string[], keyOf: (name: string) => string = (name) => name): Named[] {
  const counts = new Map<string, { name: string; count: number }>();
  for (const name of names) {
    const found = counts.get(keyOf(name));
    if (found === undefined) counts.set(keyOf(name), { name, count: 1 });
    else found.count += 1;
  }
  return [...counts.values()].sort(
    (one, other) => other.count - one.count || (one.name < other.name ? -1 : 1),
  );
}

/** Of sorted numbers: the middle one, or halfway between the two in the middle; null of none. */
export function medianOf(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** Of sorted numbers: the smallest that at least `percent` in a hundred do not exceed (nearest rank); null of none. */
export function percentileOf(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1] ?? null;
}

/** Percent with one decimal; never 100 while one is missing, nor 0 while one is there. Null of none. */
export function percentOf(part: number, whole: number): number | null {
  if (whole === 0) return null;
  if (part === whole || part === 0) return (part / whole) * 100;
  return Math.min(99.9, Math.max(0.1, Math.round((part / whole) * 1000) / 10));
}
