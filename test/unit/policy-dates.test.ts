/** The table of dates.md row by row, and what must hold for every request's dates. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateStepWords } from '../../src/language/en/date-steps.js';
import { dayWords } from '../../src/language/en/dates.js';
import { addDays, afterSeconds, calendarOf, dayOf, daysBetween } from '../../src/policy/calendar.js';
import type { DateFacts } from '../../src/policy/date-facts.js';
import { requestDates } from '../../src/policy/dates.js';
import type { Pack } from '../../src/policy/schema.js';
import { type Instant, REQUEST_TYPES, type RequestType } from '../../src/vocabulary/values.js';
import { instantOf } from '../support/instant.js';
import { defaultPack, variantPack } from './policy-packs.js';

const newYork = variantPack({ zone: 'America/New_York' });

function received(at: string, more: Partial<DateFacts> = {}): DateFacts {
  return { receivedAt: instantOf(at), identityVerifiedAt: null, pauses: [], extension: null, ...more };
}
const datesOf = (at: string, type: RequestType = 'deletion', pack: Pack = defaultPack) =>
  requestDates(pack, type, received(at));

describe('the table of dates.md', () => {
  it.each([
    ['2026-01-30T16:30:00Z', 'Sat 2026-01-31', 'Mon 2026-03-02', 'Mon 2026-03-02'],
    ['2028-01-30T04:00:00Z', 'Sun 2028-01-30', 'Tue 2028-02-29', 'Tue 2028-02-29'],
    ['2026-12-02T04:00:00Z', 'Wed 2026-12-02', 'Fri 2027-01-01', 'Thu 2026-12-31'],
    ['2026-09-04T04:00:00Z', 'Fri 2026-09-04', 'Sun 2026-10-04', 'Wed 2026-09-30'],
  ])('received %s', (at, receipt, due, target) => {
    const dates = datesOf(at);
    expect([dates.receiptDay, dates.due, dates.target].map(dayWords)).toEqual([receipt, due, target]);
    expect(dates.baseDue).toBe(dates.due);
    expect(dates.startDay).toBe(dates.receiptDay);
  });

  it('holds in New York across the change to summer time', () => {
    const dates = datesOf('2026-02-16T04:30:00Z', 'deletion', newYork);
    expect(dates.receiptDay).toBe('2026-02-15');
    expect(dayWords(dates.due)).toBe('Tue 2026-03-17');
    expect(dates.overdueFrom).toBe('2026-03-18T04:00:00Z');
  });

  it('gives a complaint its own days', () => {
    const dates = datesOf('2026-09-21T02:00:00Z', 'complaint');
    expect(dayWords(dates.ackDue)).toBe('Thu 2026-09-24');
    expect(dayWords(dates.due)).toBe('Mon 2026-10-19');
    expect(dates.target).toBe(dates.due);
    expect(dates.actDue).toBeNull();
  });

  it('acknowledges within a working day and acts on a withdrawal within three', () => {
    const dates = datesOf('2026-09-30T02:00:00Z', 'consent_withdrawal');
    expect(dayWords(dates.ackDue)).toBe('Thu 2026-10-08');
    expect(dayWords(dates.actDue ?? dayOf('1970-01-01'))).toBe('Sat 2026-10-10');
    expect(datesOf('2026-09-30T02:00:00Z').actDue).toBeNull();
  });

  it('is overdue from the start of the local day after', () => {
    expect(datesOf('2026-01-30T16:30:00Z').overdueFrom).toBe('2026-03-02T16:00:00Z');
  });

  it('needs no calendar for a due date, only for its target', () => {
    const bare = variantPack({ calendar: { years: { '2025': undefined, '2026': undefined } } });
    for (const at of ['2026-01-30T16:30:00Z', '2026-09-04T04:00:00Z', '2026-12-02T04:00:00Z']) {
      expect(datesOf(at, 'deletion', bare).due).toBe(datesOf(at).due);
    }
    expect(datesOf('2026-09-04T04:00:00Z', 'deletion', bare).target).toBe('2026-09-30');
  });
});

describe('an extension on record', () => {
  const at = '2026-01-30T16:30:00Z';
  const extended = (until: string) =>
    requestDates(
      defaultPack,
      'deletion',
      received(at, { extension: { until: dayOf(until), reason: 'legal_retention' } }),
    );

  it('moves due, target and overdue', () => {
    const dates = extended('2026-04-05');
    expect(dates.due).toBe('2026-04-05');
    expect(dates.baseDue).toBe('2026-03-02');
    expect(dates.target).toBe('2026-04-03');
    expect(dates.overdueFrom).toBe('2026-04-05T16:00:00Z');
  });

  it('never brings the due day forward', () => {
    expect(extended('2026-02-01').due).toBe('2026-03-02');
  });
});

describe('the steps of why', () => {
  it('lead from receipt to the result, with their clauses', () => {
    const { steps } = datesOf('2026-01-30T16:30:00Z');
    expect(steps.map((step) => dateStepWords(step).what)).toEqual([
      'Received 2026-01-30T16:30:00Z, which is Sat 2026-01-31 in Asia/Shanghai.',
      '30 days, counting from the day after, end on Mon 2026-03-02.',
      'Mon 2026-03-02 is a working day; nothing would move it.',
      'Acknowledge by Mon 2026-02-02, 1 working day after receipt.',
      'The target is the due day itself, a working day.',
      'Due Mon 2026-03-02; overdue from 2026-03-02T16:00:00Z.',
    ]);
    expect(steps.map(({ clause }) => clause)).toEqual([null, '4.2', '4.2', null, null, '4.2']);
    expect(steps.at(-1)?.day).toBe('2026-03-02');
  });

  it('say that a holiday moves nothing and where the target is', () => {
    const texts = datesOf('2026-09-04T04:00:00Z').steps.map((step) => dateStepWords(step).what);
    expect(texts).toContain('Sun 2026-10-04 is a day off; the due day does not move.');
    expect(texts).toContain('The target is Wed 2026-09-30, the last working day before it.');
  });

  it('say that a pause did not stop the clock', () => {
    const pause = { from: instantOf('2026-02-03T02:00:00Z'), to: null, reason: 'awaiting_proof' };
    const { steps, due } = requestDates(
      defaultPack,
      'deletion',
      received('2026-01-30T16:30:00Z', { pauses: [pause, pause] }),
    );
    expect(due).toBe('2026-03-02');
    expect(steps.map((step) => dateStepWords(step).what)).toContain(
      'Paused 2 times; the clock did not stop.',
    );
    expect(steps.map((step) => dateStepWords(step).rule)).toContain(
      'the pack default gives no pause for this',
    );
  });

  it('say what an extension did', () => {
    const extension = { until: dayOf('2026-04-01'), reason: 'other_significant' };
    const { steps } = requestDates(defaultPack, 'deletion', received('2026-01-30T16:30:00Z', { extension }));
    const extended = steps.find(({ kind }) => kind === 'extended');
    expect(extended).toMatchObject({ day: '2026-04-01', clause: '4.2' });
    expect(extended && dateStepWords(extended)).toEqual({
      what: 'Extended to Wed 2026-04-01, for the reason other_significant.',
      rule: 'an extension replaces the due day when it is later',
    });
  });

  it('say when working days run into a year without a calendar', () => {
    const [, count] = datesOf('2026-12-20T02:00:00Z', 'complaint').steps;
    expect(count && dateStepWords(count).what).toContain('The calendar of 2027 is not in the pack yet');
  });
});

const anyInstant = fc
  .integer({ min: 0, max: 6 * 365 * 24 * 60 })
  .map((minutes): Instant => afterSeconds(instantOf('2024-01-01T00:00:00Z'), minutes * 60));
const anyType = fc.constantFrom(...REQUEST_TYPES);
const anyPack = fc.constantFrom(defaultPack, newYork);

describe('for every request', () => {
  it('dates are a pure function of pack and facts', () => {
    fc.assert(
      fc.property(anyPack, anyType, anyInstant, (pack, type, receivedAt) => {
        const facts = { receivedAt, identityVerifiedAt: null, pauses: [], extension: null };
        expect(requestDates(pack, type, structuredClone(facts))).toEqual(requestDates(pack, type, facts));
      }),
      { numRuns: 50 },
    );
  });

  it('what is received later is never due earlier', () => {
    fc.assert(
      fc.property(anyPack, anyType, anyInstant, fc.nat(60 * 24 * 40), (pack, type, at, minutes) => {
        const facts = { identityVerifiedAt: null, pauses: [], extension: null };
        const one = requestDates(pack, type, { ...facts, receivedAt: at });
        const other = requestDates(pack, type, { ...facts, receivedAt: afterSeconds(at, minutes * 60) });
        expect(one.due <= other.due && one.target <= other.target && one.ackDue <= other.ackDue).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('the target is a working day on or before due, thirty civil days after receipt', () => {
    fc.assert(
      fc.property(anyPack, anyType, anyInstant, (pack, type, receivedAt) => {
        const facts = { receivedAt, identityVerifiedAt: null, pauses: [], extension: null };
        const { due, target, receiptDay, overdueFrom } = requestDates(pack, type, facts);
        expect(calendarOf(pack).isWorkingDay(target)).toBe(true);
        expect(target <= due).toBe(true);
        if (type !== 'complaint') expect(daysBetween(receiptDay, due)).toBe(30);
        expect(overdueFrom.slice(0, 10) <= addDays(due, 1)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
