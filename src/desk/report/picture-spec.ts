/**
 * The monthly report as a picture's description: a telephone wide, one column, on a ground of its own so that it reads on a
 * light and on a dark screen. Must not know: how a description becomes a picture.
 */
import type { TopLevelSpec } from 'vega-lite';
import { percentOf, type ReportFigures } from '../../domain/report.js';
import {
  daysWords,
  monthShort,
  outcomeName,
  ownerName,
  percentWords,
  REPORT,
} from '../../language/en/report.js';
import { topOf, typeName } from './card.js';

/** CSS pixels: the width of a telephone. */
export const PICTURE_WIDTH = 390;
const MARGIN = 16;
/** Where every bar begins: names end before it. */
const NAMES = 128;
const PLOT = PICTURE_WIDTH - 2 * MARGIN;
const BARS = PLOT - NAMES - 34;
const ROW = 22;
const FONT = 'Noto Sans SC, Noto Sans KR';
const INK = '#1a1d21';
const FAINT = '#5b6470';
/** Told apart by people who see few colours (Okabe and Ito), and against the ground at 4.5 to 1 or better. */
const BLUE = '#0063a5';
const GREEN = '#00755a';
const RED = '#b84300';
const GROUND = '#ffffff';
/** A name longer than this many columns is cut; a Chinese or Korean character is two. */
const NAME_COLUMNS = 18;

type Bar = { readonly name: string; readonly count: number };

export function pictureSpec(report: ReportFigures): TopLevelSpec {
  const { month } = report;
  const named = (nameOf: (name: string) => string, parts: readonly Bar[]): readonly Bar[] =>
    parts.map(({ name, count }) => ({ name: nameOf(name), count }));
  const panels = [
    tiles(report),
    monthsPanel(report),
    barsPanel(
      REPORT.byType,
      month.types.map(({ name, opened }) => ({ name: typeName(name), count: opened })),
      BLUE,
    ),
    barsPanel(REPORT.byOutcome, named(outcomeName, month.outcomes), GREEN),
    barsPanel(
      REPORT.byOwner,
      month.owners.map(({ name, open }) => ({ name: ownerName(name), count: open })),
      BLUE,
    ),
    barsPanel(
      REPORT.byRecipient,
      named((name) => name, month.disclosures.recipients),
      GREEN,
    ),
  ].filter((panel) => panel !== null);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: GROUND,
    padding: MARGIN,
    spacing: 18,
    title: {
      text: REPORT.pictureTitle(month.month, report.whole),
      anchor: 'start',
      frame: 'group',
      fontSize: 18,
      color: INK,
      offset: 12,
    },
    config: {
      font: FONT,
      view: { stroke: null },
      axis: { labelColor: INK, labelFontSize: 12, title: null, domain: false, ticks: false, grid: false },
      title: { color: INK, fontSize: 13, anchor: 'start', frame: 'group', fontWeight: 'normal' },
      text: { color: INK, fontSize: 12, font: FONT },
    },
    resolve: { scale: { color: 'independent' }, legend: { color: 'independent' } },
    vconcat: panels,
  };
}

type Panel = NonNullable<Extract<TopLevelSpec, { vconcat: unknown }>['vconcat']>[number];

/** The figures that are looked for first, large. */
function tiles({ month }: ReportFigures): Panel {
  const values = [
    { label: REPORT.opened, figure: String(month.opened) },
    { label: REPORT.closed, figure: String(month.closed) },
    { label: REPORT.open, figure: String(month.open) },
    { label: REPORT.overdue, figure: String(month.overdue), late: month.overdue > 0 },
    { label: REPORT.onTime, figure: percentWords(percentOf(month.onTime, month.closed)), wide: true },
    { label: REPORT.median, figure: daysWords(month.medianDays), wide: true },
    { label: REPORT.ninetieth, figure: daysWords(month.ninetiethDays), wide: true },
  ].map(({ late = false, wide = false, ...tile }, index) => ({
    ...tile,
    late,
    x: wide ? ((index - 4) * PLOT) / 3 : (index * PLOT) / 4,
    y: wide ? 56 : 0,
  }));
  const at = {
    x: { field: 'x', type: 'quantitative', scale: null, axis: null },
    y: { field: 'y', type: 'quantitative', scale: null, axis: null },
  } as const;
  const mark = { type: 'text', align: 'left', baseline: 'top' } as const;
  return {
    data: { values },
    width: PLOT,
    height: 96,
    layer: [
      {
        mark: { ...mark, fontSize: 11, color: FAINT },
        encoding: { ...at, text: { field: 'label', type: 'nominal' } },
      },
      {
        mark: { ...mark, fontSize: 24, dy: 15 },
        transform: [{ filter: 'datum.y == 0' }],
        encoding: {
          ...at,
          text: { field: 'figure', type: 'nominal' },
          color: { condition: { test: 'datum.late', value: RED }, value: INK },
        },
      },
      {
        mark: { ...mark, fontSize: 18, dy: 15 },
        transform: [{ filter: 'datum.y > 0' }],
        encoding: { ...at, text: { field: 'figure', type: 'nominal' } },
      },
    ],
  };
}

/** Opened, closed and overdue of the month beside those it is compared with; null when there is none. */
function monthsPanel({ month, last, yearBefore }: ReportFigures): Panel | null {
  const months = [yearBefore, last, month].filter((each) => each !== null);
  if (months.length < 2) return null;
  const values = months.flatMap((each) => [
    { month: monthShort(each.month), measure: REPORT.opened, count: each.opened },
    { month: monthShort(each.month), measure: REPORT.closed, count: each.closed },
    { month: monthShort(each.month), measure: REPORT.overdue, count: each.overdue },
  ]);
  const measures = [REPORT.opened, REPORT.closed, REPORT.overdue];
  const place = {
    x: {
      field: 'month',
      type: 'nominal',
      sort: null,
      axis: { labelAngle: 0, title: null },
      scale: { paddingInner: 0.25, paddingOuter: 0 },
    },
    xOffset: { field: 'measure', type: 'nominal', sort: measures },
    y: { field: 'count', type: 'quantitative', axis: null },
  } as const;
  return {
    title: REPORT.overMonths,
    data: { values },
    width: PLOT,
    height: 96,
    encoding: place,
    layer: [
      {
        mark: 'bar',
        encoding: {
          color: {
            field: 'measure',
            type: 'nominal',
            sort: measures,
            scale: { domain: measures, range: [BLUE, GREEN, RED] },
            legend: {
              orient: 'top',
              title: null,
              labelFontSize: 12,
              labelColor: INK,
              symbolType: 'square',
              offset: 4,
              padding: 0,
            },
          },
        },
      },
      {
        mark: { type: 'text', baseline: 'bottom', dy: -2, fontSize: 11 },
        encoding: { text: { field: 'count', type: 'quantitative' } },
      },
    ],
  };
}

/** A bar a name, the largest first, each with its number; null when there is none. */
function barsPanel(title: string, parts: readonly Bar[], color: string): Panel | null {
  const bars = topOf(parts);
  if (bars.length === 0) return null;
  // Names that are cut alike stay two bars.
  const values = bars.map(({ name, count }, place) => ({ place, name: cutName(name), count }));
  const y = { field: 'place', type: 'ordinal', axis: null, scale: { padding: 0.2 } } as const;
  const scale = { domain: [0, Math.max(...bars.map(({ count }) => count))], range: [NAMES, NAMES + BARS] };
  const x = { field: 'count', type: 'quantitative', axis: null, scale } as const;
  return {
    title,
    data: { values },
    width: PLOT,
    height: bars.length * ROW,
    layer: [
      {
        mark: { type: 'text', align: 'left' },
        encoding: { y, x: { value: 0 }, text: { field: 'name', type: 'nominal' } },
      },
      {
        mark: { type: 'bar', color, cornerRadiusEnd: 2 },
        encoding: { y, x, x2: { datum: 0 } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 5 },
        encoding: { y, x, text: { field: 'count', type: 'quantitative' } },
      },
    ],
  };
}

function cutName(name: string): string {
  let columns = 0;
  let shown = '';
  for (const character of name) {
    columns += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
    if (columns > NAME_COLUMNS) return `${shown}…`;
    shown += character;
  }
  return shown;
}
