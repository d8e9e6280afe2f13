/** `/desk report`: one month told three times with the same figures, to who may have it; and by itself once a month. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reports } from '../../src/desk/report/kind.js';
import { pictureSpec } from '../../src/desk/report/picture-spec.js';
import { reportTable } from '../../src/desk/report/table.js';
import type { ReportFigures } from '../../src/domain/report.js';
import { fromEntry } from '../../src/record/entry.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { copiesOf } from '../support/fresh-store.js';
import { type Line, type Played, playDesk } from '../support/terminal-desk.js';
import { tamper } from './desk-bare.js';

let dir: string;
let desk: Played;

/** In November: four cases, of which one is fulfilled; three disclosures, one of them withheld; two refused attempts. */
const NOVEMBER = [
  '/clock 2026-11-03T10:00',
  '/privacy log deletion C-10812 scope:email',
  '/privacy assign PR-2026-0001',
  '/privacy notice PR-2026-0001 acknowledgement ref:MAIL-1 via:email',
  '/privacy verify PR-2026-0001 callback pass call#9',
  '/privacy check PR-2026-0001 all done',
  '/privacy propose PR-2026-0001 fulfilled',
  '/as lyon',
  '/privacy decide PR-2026-0001 approve',
  '/as mei',
  '/privacy done PR-2026-0001 CHG-1',
  '/clock 2026-11-09T10:00',
  '/privacy notice PR-2026-0001 completion ref:MAIL-2 via:email',
  '/privacy close PR-2026-0001',
  '/privacy log access C-20911',
  '/privacy log access C-20912',
  '/privacy assign PR-2026-0002 to:dan',
  '/disclosure request C-30001 "=SUM(A1)" name,delivery "bring the order" transaction order:SO-1 template:delivery',
  '/disclosure request C-30001 "Secret Court" name "evidence" required_by_law authority:"Secret Court" law:"Act 64" instrument:2026-114 evidence:LEGAL-9 withhold:2027-03-01',
  '/disclosure request C-30002 "＝小熊快递" name,delivery "bring the order" transaction order:SO-3 template:delivery',
  '/as lyon',
  '/disclosure decide DR-2026-0001 approve',
  '/disclosure decide DR-2026-0002 approve',
  '/disclosure decide DR-2026-0003 approve',
  '/as mei',
  '/disclosure sent DR-2026-0001 method:portal',
  '/disclosure sent DR-2026-0002 method:letter',
  '/disclosure sent DR-2026-0003 method:portal',
  '/clock 2026-11-20T10:00',
  '/privacy log complaint C-40001',
];
const REFUSED = ['/privacy decide PR-2026-0003 approve', '/desk export month:2026-11'];

async function plays(lines: readonly string[], kind: Line['kind'] = 'answer'): Promise<void> {
  for (const line of lines) expect(await desk.asks(line), line).toMatchObject({ kind });
}

const onRecord = async (): Promise<readonly ReportFigures[]> => {
  const entries = await desk.store.transact((tx) => tx.entries('reports', { lock: false }));
  return entries.map((entry) => fromEntry(reports.events, entry).report);
};

async function asked(line: string, who = 'lyon') {
  await desk.as(who);
  const shown = await desk.says(line);
  const files = shown.filter(({ kind }) => kind === 'file');
  const answer = shown.at(-1);
  const table = files.find(({ file }) => file?.type === 'text/csv')?.file;
  const picture = files.find(({ file }) => file?.type === 'image/png')?.file;
  if (answer === undefined || table === undefined || picture === undefined)
    throw new Error(`no report: ${JSON.stringify(shown)}`);
  const text = readFileSync(table.path, 'utf8');
  return { answer, files, table, picture, text, png: readFileSync(picture.path) };
}

/** The table as a spreadsheet reads it: `cases//opened` and its figures. */
function figuresIn(text: string): Readonly<Record<string, readonly string[]>> {
  const [header, ...rows] = text.replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(header?.startsWith('of,name,measure,')).toBe(true);
  return Object.fromEntries(
    rows.map((row) => {
      const [of = '', name = '', measure = '', ...values] = row.split(',');
      return [`${of}/${name}/${measure}`, values];
    }),
  );
}

/** Every number the picture shows, by panel and name. */
function valuesIn(report: ReportFigures): Readonly<Record<string, unknown>> {
  const spec = pictureSpec(report) as unknown as {
    vconcat: { title?: string; data: { values: Record<string, unknown>[] } }[];
  };
  return Object.fromEntries(
    spec.vconcat.flatMap(({ title = 'figures', data }) =>
      data.values.map((value) => [
        `${title}/${value.name ?? value.label ?? `${String(value.month)} ${String(value.measure)}`}`,
        value.count ?? value.figure,
      ]),
    ),
  );
}

const withNovember = copiesOf(async (folder) => {
  desk = await playDesk({ dir: folder });
  await plays(NOVEMBER);
  await plays(REFUSED, 'error');
  await desk.close();
});

beforeEach(async () => {
  dir = await withNovember();
  desk = await playDesk({ dir });
});
afterEach(async () => {
  await desk.close();
  await rm(dir, { recursive: true, force: true });
});

describe('/desk report', () => {
  it('tells the month so far as card, picture and table with the same figures', async () => {
    const { answer, text, png, picture, table } = await asked('/desk report');
    expect(answer).toMatchObject({ kind: 'answer', to: '@lyon', private: true, code: null });
    expect([table.name, picture.name]).toEqual(['report-2026-11.csv', 'report-2026-11.png']);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // What draws must leave the process as it was.
    expect(Object.keys(Set.prototype)).toEqual([]);
    expect(answer.card.title).toBe('Report · November 2026, so far');
    expect(answer.card.facts).toMatchObject({
      Opened: '4',
      Closed: '1',
      Open: '3',
      Overdue: '0',
      'On time': '100 %',
      'Days to close': 'median 6 days, nine in ten within 6 days',
      'Disclosures sent': '3: transaction 2, required by law 1',
      Recipients: '(withheld) 1, =SUM(A1) 1, ＝小熊快递 1',
      'Refused by the desk': '2: not-permitted 2',
    });
    expect(figuresIn(text)).toMatchObject({
      'cases//opened': ['4'],
      'cases//closed': ['1'],
      'cases//open': ['3'],
      'cases//overdue': ['0'],
      'cases//on_time_percent': ['100'],
      'cases//days_to_close_median': ['6'],
      'cases//days_to_close_90th_percentile': ['6'],
      'type/access/opened': ['2'],
      'owner/mei/closed': ['1'],
      'owner/dan/open': ['1'],
      'owner/(nobody)/open': ['2'],
      'outcome/fulfilled/closed': ['1'],
      'disclosures//sent': ['3'],
      'basis/required_by_law/sent': ['1'],
      'refusal/not-permitted/refused': ['2'],
    });
    const [report] = await onRecord();
    if (report === undefined) throw new Error('no report is on record');
    expect(valuesIn(report)).toMatchObject({
      'figures/Opened': '4',
      'figures/Closed': '1',
      'figures/Open': '3',
      'figures/Overdue': '0',
      'figures/On time': '100 %',
      'figures/Median days to close': '6 days',
      'Opened, by type/Access': 2,
      'Closed, by outcome/Fulfilled': 1,
      'Open, by owner/nobody': 2,
      'Open, by owner/@dan': 1,
      'Disclosures sent, by recipient/(withheld)': 1,
    });
    // In the terminal, bars.
    expect(answer.text).toMatch(/Access +█+ 2/);
    // Three fell due by today: one was sent, the complaint's is not due yet.
    expect(figuresIn(text)).toMatchObject({
      'acknowledgements//due': ['3'],
      'acknowledgements//on_time': ['1'],
    });
    expect(answer.card.facts['Acknowledged on time']).toBe('33.3 %, 1 of 3');
    expect(await desk.asks('/desk audit')).toMatchObject({ kind: 'answer' });
  });

  it('gives a spreadsheet no formula, in full width either, and says that it is UTF-8', async () => {
    const { text } = await asked('/desk report 2026-11');
    expect(text.startsWith('\uFEFFof,')).toBe(true);
    expect(text).toContain("recipient,'=SUM(A1),sent,1");
    expect(text).toContain("recipient,'＝小熊快递,sent,1");
    expect(text.split(/[,\r\n]+/).filter((cell) => /^[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
    expect(text).not.toMatch(/Secret Court|C-10812/);
  });

  it('is compared with the month before and the same a year before, a past month as it ended', async () => {
    await plays(['/clock 2026-12-15T10:00', '/privacy log access C-50001']);
    const december = await asked('/desk report');
    expect(december.answer.card.facts.Opened).toBe('1 (Nov 2026: 4)');
    expect(december.answer.card.facts.Overdue).toMatch(/^\d+ \(Nov 2026: 0\)$/);
    expect(figuresIn(december.text)['cases//opened']).toEqual(['1', '4']);
    expect(december.text.split('\r\n')[0]).toMatch(/measure,2026-12,2026-11$/);
    await desk.clock('2027-11-05T10:00');
    const later = await asked('/desk report month:2027-11');
    expect(later.text.split('\r\n')[0]).toMatch(/measure,2027-11,2027-10,2026-11$/);
    expect(figuresIn(later.text)['cases//opened']).toEqual(['0', '0', '4']);
    const past = await asked('/desk report month:2026-11');
    expect(past.answer.card.title).toBe('Report · November 2026');
    expect(past.answer.card.facts).toMatchObject({ Opened: '4', Closed: '1', Open: '3', Overdue: '0' });
  });

  it('is for whoever has the permission, and of no month that has not begun', async () => {
    await desk.as('mei');
    expect(await desk.asks('/desk report')).toMatchObject({ kind: 'error', code: 'not-permitted' });
    for (const who of ['ana', 'kim', 'root'])
      expect((await asked('/desk report', who)).table.name).toBe('report-2026-11.csv');
    expect(await desk.asks('/desk report 2026-12')).toMatchObject({ kind: 'error', code: 'future' });
    expect(await desk.asks('/desk report 2026-13')).toMatchObject({ kind: 'error', code: 'invalid-value' });
    const empty = await asked('/desk report 2026-09');
    expect(empty.answer.card).toMatchObject({ title: 'Report · September 2026', facts: {} });
    expect(empty.answer.text).toContain('No case was opened, closed or left open');
    expect(figuresIn(empty.text)['cases//on_time_percent']).toEqual(['']);
  });

  it('leaves out a case that was logged in error, in every month', async () => {
    await desk.clock('2026-12-15T10:00');
    await desk.store.transact(async (tx) => {
      const row = await tx.request('PR-2026-0003');
      if (row === null) throw new Error('no such case');
      await tx.putRequest({
        ...row,
        status: 'closed',
        outcome: 'logged_in_error',
        closedAt: '2026-12-10T02:00:00Z' as Instant,
      });
    });
    const { answer } = await asked('/desk report 2026-11');
    expect(answer.card.facts).toMatchObject({ Opened: '3', Open: '2' });
  });

  it('says the same after every customer was forgotten', async () => {
    await desk.clock('2026-12-15T10:00');
    await asked('/desk report 2026-11');
    await desk.close();
    await tamper(join(dir, 'ombud.db'), 'DELETE FROM subject_key');
    desk = await playDesk({ dir });
    await asked('/desk report 2026-11');
    const kept = await onRecord();
    expect(kept.at(-1)).toEqual(kept.at(-2));
    expect(reportTable(kept.at(-1) as ReportFigures)).toContain('cases,,opened,4');
  });
});

describe('the month’s report by itself', () => {
  const toOfficer = (shown: readonly Line[]) =>
    shown.filter(({ to, card }) => to === '#officer' && /^(Report ·|report-)/.test(card.title));

  it('comes to the officer at the digest’s hour of the first working day, once', async () => {
    // 1 December 2026 is a Tuesday.
    expect(toOfficer(await desk.clock('2026-12-01T08:59'))).toEqual([]);
    const came = toOfficer(await desk.clock('+1m'));
    expect(came.map(({ kind, card }) => `${kind} ${card.title}`)).toEqual([
      'post Report · November 2026',
      'file report-2026-11.png',
      'file report-2026-11.csv',
    ]);
    expect(came[0]?.card.facts).toMatchObject({ Opened: '4', Closed: '1' });
    expect(toOfficer(await desk.clock('+20d'))).toEqual([]);
    expect(toOfficer(await desk.clock('2026-12-02T09:00'))).toEqual([]);
    expect(await onRecord()).toHaveLength(1);
    expect(await desk.store.transact((tx) => tx.hasPost('report:2026-11:card@terminal:#officer'))).toBe(true);
  });

  it('waits for a working day', async () => {
    // 1 to 3 January 2027: a holiday and a weekend.
    expect(toOfficer(await desk.clock('2026-12-31T18:00')).length).toBe(3);
    expect(toOfficer(await desk.clock('2027-01-03T18:00'))).toEqual([]);
    expect(toOfficer(await desk.clock('2027-01-04T09:00')).map(({ card }) => card.title)).toEqual([
      'Report · December 2026',
      'report-2026-12.png',
      'report-2026-12.csv',
    ]);
  });

  it('comes after downtime, of the last month alone, and again for no clock that goes back', async () => {
    const came = toOfficer(await desk.clock('2027-02-20T10:00'));
    expect(came.map(({ card }) => card.title)).toContain('Report · January 2027');
    expect(came).toHaveLength(3);
    expect(toOfficer(await desk.clock('2027-02-10T10:00'))).toEqual([]);
  });

  it('tells nothing of months before the desk had anything on record', async () => {
    expect(await onRecord()).toEqual([]);
    const empty = await playDesk();
    await empty.clock('2026-12-01T09:00');
    const entries = await empty.store.transact((tx) => tx.entries('reports', { lock: false }));
    await empty.close();
    expect(entries).toEqual([]);
  });
});
