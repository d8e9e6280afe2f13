/** Dates as people write them, read on Monday 23 November 2026 at 10:00 in Shanghai. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDate } from '../../src/chat/fields/dates.js';
import { readDay, readMoment, readMonth } from '../../src/chat/fields/read-date.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { HERE } from '../support/reading-place.js';
import { registry } from './grammar-samples.js';

const day = (text: string, direction: 'past' | 'future' = 'past') => {
  const found = readDay(text, direction, HERE);
  return found === null ? null : 'value' in found ? found.value : found.either;
};

describe('a day', () => {
  it.each([
    ['2026-11-20', '2026-11-20'],
    ['２０２６－１１－２０', '2026-11-20'],
    ['2026/11/20', '2026-11-20'],
    ['2026.11.20', '2026-11-20'],
    ['2026-1-5', '2026-01-05'],
    ['20.11.2026', '2026-11-20'],
    ['5.4.2026', '2026-04-05'],
    ['20/11/2026', '2026-11-20'],
    ['11/20/2026', '2026-11-20'],
    ['20-11-2026', '2026-11-20'],
    ['05/05/2026', '2026-05-05'],
    ['20 Nov 2026', '2026-11-20'],
    ['20 November 2026', '2026-11-20'],
    ['20th of Nov, 2026', '2026-11-20'],
    ['Nov 20, 2026', '2026-11-20'],
    ['20-Nov-2026', '2026-11-20'],
    ['Fri 2026-11-20', '2026-11-20'],
    ['Friday, 20 Nov 2026', '2026-11-20'],
    ['2026年11月20日', '2026-11-20'],
    ['2026 年 11 月 20 日', '2026-11-20'],
    ['2026년 11월 20일', '2026-11-20'],
    ['today', '2026-11-23'],
    ['Yesterday.', '2026-11-22'],
    ['tomorrow', '2026-11-24'],
    ['今天', '2026-11-23'],
    ['昨天', '2026-11-22'],
    ['前天', '2026-11-21'],
    ['明天', '2026-11-24'],
    ['어제', '2026-11-22'],
    ['-3d', '2026-11-20'],
    ['−3 days', '2026-11-20'],
    ['+7d', '2026-11-30'],
    ['-2w', '2026-11-09'],
    ['3 days ago', '2026-11-20'],
    ['3天前', '2026-11-20'],
  ])('%s is %s', (typed, meant) => {
    expect(day(typed)).toBe(meant);
  });

  it.each([
    ['20 Nov', '2026-11-20', '2027-11-20'],
    ['23 Nov', '2026-11-23', '2026-11-23'],
    ['Dec 24', '2025-12-24', '2026-12-24'],
    ['11月20日', '2026-11-20', '2027-11-20'],
    ['20.11.', '2026-11-20', '2027-11-20'],
    ['20/11', '2026-11-20', '2027-11-20'],
    ['29 Feb', '2024-02-29', '2028-02-29'],
  ])('%s is %s where it happened, %s where it shall', (typed, happened, shall) => {
    expect([day(typed, 'past'), day(typed, 'future')]).toEqual([happened, shall]);
  });

  it.each([
    ['05/04/2026', ['2026-04-05', '2026-05-04']],
    ['5-4-2026', ['2026-04-05', '2026-05-04']],
    ['3/4', ['2026-04-03', '2026-03-04']],
  ])('%s reads two ways', (typed, ways) => {
    expect(day(typed)).toEqual(ways);
  });

  it.each(
    [
      '',
      'someday',
      '2026-02-30',
      '31.11.2026',
      '31 Nov',
      '20/11/26',
      '20261120',
      '2026-11',
      '20 Novem 1969x',
    ].concat([
      'Mon 2026-11-20',
      '13/13/2026',
      '-3x',
      'in 3',
      '1',
      'C-10812',
      '13800138000',
      'x'.repeat(5000),
    ]),
  )('%s is none', (typed) => {
    expect(day(typed)).toBeNull();
  });

  it('follows the zone and the clock', () => {
    const late = { ...HERE, now: '2026-11-23T16:30:00Z' as Instant };
    expect(readDay('today', 'past', late)).toEqual({ value: '2026-11-24' });
    expect(readDay('today', 'past', { ...late, zone: 'America/New_York' })).toEqual({ value: '2026-11-23' });
  });

  it('reads back every way it can be written', () => {
    const days = fc
      .integer({ min: 0, max: 36524 })
      .map((away) => new Date(Date.UTC(1990, 0, 1) + away * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(days, (iso) => {
        const [year = '', month = '', date = ''] = iso.split('-');
        const name = new Date(`${iso}T00:00:00Z`).toLocaleString('en', { month: 'short', timeZone: 'UTC' });
        for (const written of [
          iso,
          `${year}/${month}/${date}`,
          `${date}.${month}.${year}`,
          `${Number(date)} ${name} ${year}`,
          `${name} ${Number(date)}, ${year}`,
          `${year}年${Number(month)}月${Number(date)}日`,
        ])
          expect(day(written)).toBe(iso);
      }),
    );
  });
});

describe('a moment', () => {
  it.each([
    ['2026-11-20 14:30', { kind: 'local', local: '2026-11-20T14:30:00' }],
    ['2026/11/20 14:30', { kind: 'local', local: '2026-11-20T14:30:00' }],
    ['20 Nov 14:30', { kind: 'local', local: '2026-11-20T14:30:00' }],
    ['20.11.2026, 9:05', { kind: 'local', local: '2026-11-20T09:05:00' }],
    ['yesterday 14：30', { kind: 'local', local: '2026-11-22T14:30:00' }],
    ['yesterday at 2:30 pm', { kind: 'local', local: '2026-11-22T14:30:00' }],
    ['昨天 14:30', { kind: 'local', local: '2026-11-22T14:30:00' }],
    ['09:40', { kind: 'local', local: '2026-11-23T09:40:00' }],
    ['2026-11-20T06:30Z', { kind: 'instant', instant: '2026-11-20T06:30:00Z' }],
    ['now', { kind: 'instant', instant: HERE.now }],
    ['-3h', { kind: 'instant', instant: '2026-11-22T23:00:00Z' }],
    ['30 minutes ago', { kind: 'instant', instant: '2026-11-23T01:30:00Z' }],
    ['-3d', { kind: 'day', day: '2026-11-20' }],
  ])('%s', (typed, value) => {
    expect(readMoment(typed, 'past', HERE)).toEqual({ value });
  });

  it.each(['14:60', '25:00', 'yesterday 14:30:60', '14', 'noon', '+3h', '05/04/2026x 10:00'])(
    '%s is none',
    (typed) => {
      expect(readMoment(typed, 'past', HERE)).toBeNull();
    },
  );
});

describe('a month', () => {
  it.each([
    ['2026-11', '2026-11'],
    ['2026/3', '2026-03'],
    ['11/2026', '2026-11'],
    ['Nov 2025', '2025-11'],
    ['November', '2026-11'],
    ['December', '2025-12'],
    ['2026年11月', '2026-11'],
    ['last month', '2026-10'],
    ['上个月', '2026-10'],
  ])('%s is %s', (typed, meant) => {
    expect(readMonth(typed, HERE)).toBe(meant);
  });
});

describe('in a line', () => {
  const read = (line: string) =>
    import('../../src/chat/grammar/line.js').then(({ parseLine }) => parseLine(registry, line, HERE));
  it.each([
    ['/privacy log access C-1 received:2026-11-20 14:30', { received: '2026-11-20 14:30' }],
    ['/privacy log access C-1 received:20 Nov via:phone', { received: '20 Nov', via: 'phone' }],
    ['/privacy log access received:Nov 20, 2026 at 14:30 C-1', { received: 'Nov 20, 2026 at 14:30' }],
    ['/privacy log access C-1 received:yesterday', { received: 'yesterday' }],
    [
      '/privacy extend PR-2026-0001 10 Jan 2027 "the archive is slow"',
      { until: '10 Jan 2027', reason: 'the archive is slow' },
    ],
    ['/privacy extend 1 tomorrow law needs it', { until: 'tomorrow', reason: 'law needs it' }],
    ['/privacy extend 1 2027-01-10 14 days more', { until: '2027-01-10', reason: '14 days more' }],
    ['/desk report Nov 2026', { month: 'Nov 2026' }],
  ])('%s', async (line, fields) => {
    expect(await read(line)).toMatchObject({ ok: true, fields });
  });

  it('never takes what is no date', () => {
    const spec = registry.lookup('privacy', 'log')?.fields.find(({ name }) => name === 'note');
    expect(spec && isDate(spec, '2026-11-20', HERE)).toBe(false);
  });
});
