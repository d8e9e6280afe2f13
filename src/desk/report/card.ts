/** The monthly report as a card: the first screen of a telephone. Must not know: how it was counted, who reads it. */

import { type Block, type Card, card, facts, text } from '../../chat/card.js';
import { isEmpty, type MonthFigures, percentOf, type ReportFigures } from '../../domain/report.js';
import { dayWords } from '../../language/en/dates.js';
import {
  basisName,
  daysWords,
  outcomeName,
  ownerName,
  percentWords,
  REPORT,
} from '../../language/en/report.js';
import type { Day, RequestType } from '../../vocabulary/values.js';
import { TYPE_TITLES } from '../tell/words.js';

/** Bars or names shown before the rest is one. */
const SHOWN = 6;

type Named = { readonly name: string; readonly count: number };

/** A month without anything is one line. */
export function reportCard(report: ReportFigures): Card {
  const { month, until, whole } = report;
  const day = dayWords(until as Day);
  return card(
    REPORT.title(month.month, whole),
    month.overdue > 0 ? 'warning' : 'neutral',
    isEmpty(report) ? [text(REPORT.none)] : [figures(report), ...allBars(month), text(REPORT.files)],
    { footer: whole ? REPORT.until(day) : REPORT.soFar(day) },
  );
}

function allBars(month: MonthFigures): readonly Block[] {
  return [
    bars(
      REPORT.byType,
      month.types.map(({ name, opened }) => ({ name: typeName(name), count: opened })),
    ),
    bars(
      REPORT.byOutcome,
      month.outcomes.map(({ name, count }) => ({ name: outcomeName(name), count })),
    ),
    bars(
      REPORT.byOwner,
      month.owners.map(({ name, open }) => ({ name: ownerName(name), count: open })),
    ),
  ].filter((block) => block.bars.length > 0);
}

function figures(report: ReportFigures): Block {
  const { month } = report;
  const others = [report.last, report.yearBefore].filter((each) => each !== null);
  const compared = (figure: (of: MonthFigures) => string): string =>
    `${figure(month)}${REPORT.before(others.map((each) => [each.month, figure(each)]))}`;
  const number = (figure: (of: MonthFigures) => number): string => compared((of) => String(figure(of)));
  return facts(
    [REPORT.opened, number(({ opened }) => opened)],
    [REPORT.closed, number(({ closed }) => closed)],
    [REPORT.open, number(({ open }) => open)],
    [REPORT.overdue, number(({ overdue }) => overdue)],
    [REPORT.onTime, compared(({ onTime, closed }) => percentWords(percentOf(onTime, closed)))],
    [
      REPORT.daysToClose,
      month.medianDays === null
        ? '–'
        : REPORT.spread(daysWords(month.medianDays), daysWords(month.ninetiethDays)),
    ],
    [REPORT.acknowledged, acknowledged(month)],
    [REPORT.grounds, listed(month.grounds)],
    [REPORT.disclosures, withSplit(month.disclosures.sent, month.disclosures.bases, basisName)],
    [REPORT.recipients, listed(month.disclosures.recipients)],
    [REPORT.refusals, withSplit(month.refusals.total, month.refusals.codes)],
  );
}

function acknowledged({ acknowledgements: { due, onTime } }: MonthFigures): string {
  const percent = percentOf(onTime, due);
  return percent === null ? '–' : `${percentWords(percent)}, ${REPORT.of(onTime, due)}`;
}

const withSplit = (
  total: number,
  parts: readonly Named[],
  nameOf = (name: string): string => name,
): string => {
  const split = listed(parts, nameOf);
  return split === null ? String(total) : `${total}: ${split}`;
};

/** `frozen 4, wrong-state 2`; null of none. */
function listed(parts: readonly Named[], nameOf = (name: string): string => name): string | null {
  if (parts.length === 0) return null;
  const shown = parts.slice(0, SHOWN).map(({ name, count }) => `${nameOf(name)} ${count}`);
  const more = parts.length - shown.length;
  return [...shown, ...(more > 0 ? [REPORT.others(more)] : [])].join(', ');
}

function bars(title: string, parts: readonly Named[]): Block & { readonly kind: 'bars' } {
  return { kind: 'bars', title, bars: topOf(parts).map(({ name, count }) => [name, count] as const) };
}

/** The figures are read from the record, so a type may be of a newer desk. */
export const typeName = (type: string): string => TYPE_TITLES[type as RequestType] ?? type;

/** The largest, and all others together; those of none left out. */
export function topOf(parts: readonly Named[]): readonly Named[] {
  const sorted = parts.filter(({ count }) => count > 0).sort((one, other) => other.count - one.count);
  if (sorted.length <= SHOWN) return sorted;
  const rest = sorted.slice(SHOWN - 1);
  const count = rest.reduce((sum, each) => sum + each.count, 0);
  return [...sorted.slice(0, SHOWN - 1), { name: REPORT.others(rest.length), count }];
}
