/** The monthly report as a table: one row a figure, one column a month. Must not know: how it was counted or is sent. */
import { type MonthFigures, percentOf, type ReportFigures } from '../../domain/report.js';
import { csv } from '../export/csv.js';

/** What a figure is of, and of which one; the figure itself. */
type Figure = readonly [of: string, name: string, measure: string, value: number | null];

/** For a spreadsheet: with the mark by which it knows UTF-8. */
export function reportTable(report: ReportFigures): string {
  const months = [report.month, report.last, report.yearBefore].filter((each) => each !== null);
  const rows = new Map<string, readonly [readonly string[], (string | undefined)[]]>();
  for (const [column, month] of months.entries())
    for (const [of, name, measure, value] of figuresIn(month)) {
      const key = JSON.stringify([of, name, measure]);
      const row = rows.get(key) ?? [[of, name, measure], []];
      row[1][column] = value === null ? '' : String(value);
      rows.set(key, row);
    }
  const cells = [...rows.values()].map(([names, values]) => [
    ...names,
    // What a month does not name it has none of.
    ...months.map((_, column) => values[column] ?? '0'),
  ]);
  return csv(['of', 'name', 'measure', ...months.map(({ month }) => month)], cells);
}

function figuresIn(month: MonthFigures): readonly Figure[] {
  const { acknowledgements, disclosures, refusals } = month;
  const groups = (of: string, members: MonthFigures['types']): readonly Figure[] =>
    members.flatMap(({ name, ...counts }) =>
      Object.entries(counts).map(([measure, count]): Figure => [of, name, measure, count]),
    );
  const named = (
    of: string,
    measure: string,
    parts: readonly { readonly name: string; readonly count: number }[],
  ): readonly Figure[] => parts.map(({ name, count }): Figure => [of, name, measure, count]);
  return [
    ['cases', '', 'opened', month.opened],
    ['cases', '', 'closed', month.closed],
    ['cases', '', 'open', month.open],
    ['cases', '', 'overdue', month.overdue],
    ['cases', '', 'on_time', month.onTime],
    ['cases', '', 'on_time_percent', percentOf(month.onTime, month.closed)],
    ['cases', '', 'days_to_close_median', month.medianDays],
    ['cases', '', 'days_to_close_90th_percentile', month.ninetiethDays],
    ['acknowledgements', '', 'due', acknowledgements.due],
    ['acknowledgements', '', 'on_time', acknowledgements.onTime],
    ['acknowledgements', '', 'on_time_percent', percentOf(acknowledgements.onTime, acknowledgements.due)],
    ...groups('type', month.types),
    ...groups(
      'owner',
      month.owners.map((owner) => ({ ...owner, name: owner.name === '' ? '(nobody)' : owner.name })),
    ),
    ...named('outcome', 'closed', month.outcomes),
    ...named('ground', 'closed', month.grounds),
    ['disclosures', '', 'sent', disclosures.sent],
    ...named('basis', 'sent', disclosures.bases),
    ...named('recipient', 'sent', disclosures.recipients),
    ['refusals', '', 'refused', refusals.total],
    ...named('refusal', 'refused', refusals.codes),
  ];
}
