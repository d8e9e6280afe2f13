/** Civil days, zones and working days; the 2026 calendar of dates.md day by day. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayWords, minuteWords } from '../../src/language/en/dates.js';
import {
  addDays,
  addMonths,
  afterSeconds,
  calendarCovers,
  calendarOf,
  civilDay,
  civilRange,
  compareInstants,
  dayOf,
  daysBetween,
  isoWeekday,
  isZone,
  localTime,
  startOfDay,
} from '../../src/policy/calendar.js';
import type { Day } from '../../src/vocabulary/values.js';
import { instantOf } from '../support/instant.js';
import { defaultPack, variantPack } from './policy-packs.js';

const calendar = calendarOf(defaultPack);
const everyDay = (year: number) => civilRange(`${year}-01-01/${year}-12-31`) ?? [];
const ranges = (...texts: string[]) => texts.flatMap((text) => civilRange(text) ?? []);

const anyDay = fc.integer({ min: 0, max: 365 * 6 }).map((n): Day => addDays(dayOf('2024-01-01'), n));

describe('the calendar of 2026', () => {
  const off = ranges(
    '2026-01-01/2026-01-03',
    '2026-02-15/2026-02-23',
    '2026-04-04/2026-04-06',
    '2026-05-01/2026-05-05',
    '2026-06-19/2026-06-21',
    '2026-09-25/2026-09-27',
    '2026-10-01/2026-10-07',
  );
  const makeUp = ranges('2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10');

  it('has exactly the holidays of the State Council notice', () => {
    expect(everyDay(2026).filter(calendar.isHoliday)).toEqual(off);
  });

  it('works on make-up weekends and on every other weekday', () => {
    const expected = everyDay(2026).filter(
      (day) => makeUp.includes(day) || !(isoWeekday(day) >= 6 || off.includes(day)),
    );
    expect(everyDay(2026).filter(calendar.isWorkingDay)).toEqual(expected);
    expect(makeUp.map(isoWeekday).every((day) => day === 6 || day === 7)).toBe(true);
    expect(expected).toHaveLength(248);
  });

  it("does not take half days or Children's Day for days off, listed year or not", () => {
    for (const day of ['2026-03-08', '2026-06-01', '2026-08-01', '2027-05-04', '2027-06-01', '2028-03-08']) {
      expect(calendar.isHoliday(dayOf(day)), day).toBe(false);
    }
    expect(calendar.isWorkingDay(dayOf('2027-06-01'))).toBe(true);
  });

  it('takes the library for a year it does not list, and says so', () => {
    expect(calendar.isHoliday(dayOf('2027-01-01'))).toBe(true);
    expect(calendar.isHoliday(dayOf('2027-10-01'))).toBe(true);
    expect([2025, 2026, 2027].map((year) => calendarCovers(defaultPack, year))).toEqual([true, true, false]);
  });

  it('takes days away where the pack does', () => {
    const pack = variantPack({
      calendar: {
        years: { '2027': { add: [], remove: [{ days: '2027-01-01', source: 'a' }], working: [] } },
      },
    });
    expect(calendarOf(pack).isWorkingDay(dayOf('2027-01-01'))).toBe(true);
  });

  it('is made once for a pack', () => {
    expect(calendarOf(defaultPack)).toBe(calendar);
  });
});

describe('working days', () => {
  it.each([
    ['2026-09-21', 3, '2026-09-24'],
    ['2026-09-21', 15, '2026-10-19'],
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-10-09', 1, '2026-10-10'],
    ['2026-10-09', 2, '2026-10-12'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-10-04', 0, '2026-10-04'],
  ])('%s + %i working days is %s', (from, n, expected) => {
    expect(calendarOf(defaultPack).addWorkingDays(dayOf(from), n)).toBe(expected);
  });

  it('seeks both ways', () => {
    expect(calendar.lastWorkingDayOnOrBefore(dayOf('2026-10-04'))).toBe('2026-09-30');
    expect(calendar.lastWorkingDayOnOrBefore(dayOf('2026-10-10'))).toBe('2026-10-10');
    expect(calendar.firstWorkingDayOnOrAfter(dayOf('2026-10-01'))).toBe('2026-10-08');
    expect(calendar.nextWorkingDay(dayOf('2026-09-30'))).toBe('2026-10-08');
  });

  it('refuses to count backwards', () => {
    expect(() => calendar.addWorkingDays(dayOf('2026-01-05'), -1)).toThrow(RangeError);
    expect(() => calendar.addWorkingDays(dayOf('2026-01-05'), 1.5)).toThrow(RangeError);
  });

  it('counts exactly n working days, ends on one, and adds up', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(40), fc.nat(20), (day, n, m) => {
        const end = calendar.addWorkingDays(day, n);
        const passed = daysBetween(day, end);
        const between = Array.from({ length: passed }, (_, i) => addDays(day, i + 1));
        expect(between.filter(calendar.isWorkingDay)).toHaveLength(n);
        if (n > 0) expect(calendar.isWorkingDay(end)).toBe(true);
        expect(calendar.addWorkingDays(end, m)).toBe(calendar.addWorkingDays(day, n + m));
      }),
    );
  });

  it('finds the nearest working days, which are each other’s neighbours', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const before = calendar.lastWorkingDayOnOrBefore(day);
        const after = calendar.firstWorkingDayOnOrAfter(day);
        expect(before <= day && day <= after).toBe(true);
        expect(calendar.isWorkingDay(before) && calendar.isWorkingDay(after)).toBe(true);
        expect(before === after).toBe(calendar.isWorkingDay(day));
        if (before !== after) expect(calendar.nextWorkingDay(before)).toBe(after);
      }),
    );
  });
});

describe('civil days', () => {
  it('belong to a zone', () => {
    expect(civilDay(instantOf('2026-01-30T16:30:00Z'), 'Asia/Shanghai')).toBe('2026-01-31');
    expect(civilDay(instantOf('2026-02-16T04:30:00Z'), 'America/New_York')).toBe('2026-02-15');
    expect(isZone('Asia/Shanghai')).toBe(true);
    expect(isZone('Mars/Olympus')).toBe(false);
  });

  it('keep the day number in other months, or take the last day', () => {
    expect(addMonths(dayOf('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(dayOf('2028-01-31'), 1)).toBe('2028-02-29');
    expect(addMonths(dayOf('2026-03-15'), 2)).toBe('2026-05-15');
    expect(addMonths(dayOf('2026-11-30'), 3)).toBe('2027-02-28');
  });

  it('are added and subtracted without a clock', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -400, max: 400 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n);
      }),
    );
  });

  it('must be real days', () => {
    expect(() => dayOf('2026-02-30')).toThrow(RangeError);
    expect(() => dayOf('20260228')).toThrow(RangeError);
    expect(() => dayOf('2026-02-28T10:00')).toThrow(RangeError);
  });

  it('are shown with their weekday', () => {
    expect(dayWords(dayOf('2026-03-02'))).toBe('Mon 2026-03-02');
    expect(isoWeekday(dayOf('2026-10-04'))).toBe(7);
    expect(minuteWords(instantOf('2026-03-02T01:40:59Z'), 'Asia/Shanghai')).toBe('Mon 2026-03-02 09:40');
  });
});

describe('local times', () => {
  it.each([
    ['an ordinary morning', '2026-11-23', '09:00', 'Asia/Shanghai', '2026-11-23T01:00:00Z'],
    ['summer time', '2026-03-09', '09:00', 'America/New_York', '2026-03-09T13:00:00Z'],
    [
      'a time that does not exist: the next valid instant',
      '2026-03-08',
      '02:30',
      'America/New_York',
      '2026-03-08T07:00:00Z',
    ],
    [
      'a time that occurs twice: the first',
      '2026-11-01',
      '01:30',
      'America/New_York',
      '2026-11-01T05:30:00Z',
    ],
    ['a half-hour change', '2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ])('%s', (_, day, time, zone, expected) => {
    expect(localTime(dayOf(day), time, zone)).toBe(expected);
  });

  it('start a day where midnight does not exist', () => {
    expect(startOfDay(dayOf('2026-03-18'), 'America/New_York')).toBe('2026-03-18T04:00:00Z');
    expect(startOfDay(dayOf('2018-11-04'), 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00Z');
  });

  it('are compared and moved as instants', () => {
    const at = instantOf('2026-01-01T00:00:00Z');
    expect(afterSeconds(at, 1.5)).toBe('2026-01-01T00:00:01.5Z');
    expect(compareInstants(afterSeconds(at, 1.5), instantOf('2026-01-01T00:00:01Z'))).toBeGreaterThan(0);
    expect(compareInstants(at, instantOf('2026-01-01T08:00:00+08:00'))).toBe(0);
  });
});
