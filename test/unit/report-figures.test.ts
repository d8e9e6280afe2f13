/** A month of the desk in figures: what counts, on which day, and what does not. */
import { describe, expect, it } from 'vitest';
import {
  type CaseFacts,
  caseFacts,
  figuresOf,
  lastDayOf,
  medianOf,
  monthBefore,
  percentileOf,
  percentOf,
  spanOf,
} from '../../src/domain/report.js';
import type { RequestEvent } from '../../src/domain/requests/events.js';
import type { Instant, Outcome, Person } from '../../src/vocabulary/values.js';
import { by, given, type Happened, LOGGED_AT } from '../support/given.js';
import { decided, logged, noticed } from '../support/request-words.js';

const ZONE = 'Asia/Shanghai';
/** Looked at long after. */
const LATER = '2027-06-01T00:00:00Z' as Instant;
const november = spanOf('2026-11', ZONE, LATER);
const december = spanOf('2026-12', ZONE, LATER);

const closing = (outcome: Outcome = 'fulfilled'): RequestEvent => ({
  type: 'closed',
  outcome,
  freeze: 'lifted',
});
/** A case logged on 23 November 2026 and closed at that instant. */
const closedAt = (at: string, outcome: Outcome = 'fulfilled', ...between: Happened[]) =>
  given(logged('deletion'), ...between, by('mei', closing(outcome), at)).request;

const fact = (facts: Partial<CaseFacts> = {}): CaseFacts => ({
  type: 'deletion',
  owner: null,
  opened: false,
  open: false,
  overdue: false,
  closed: null,
  acknowledged: null,
  ...facts,
});
const closed = (days: number, rest: Partial<NonNullable<CaseFacts['closed']>> = {}): CaseFacts =>
  fact({ closed: { days, onTime: true, outcome: 'fulfilled', ground: null, ...rest } });

describe('a month', () => {
  it('begins and ends at midnight in the policy’s zone', () => {
    expect(november).toMatchObject({
      from: '2026-10-31T16:00:00Z',
      end: '2026-11-30T16:00:00Z',
      seen: '2026-12-01',
    });
    expect(lastDayOf(november)).toEqual({ until: '2026-11-30', whole: true });
  });

  it('knows February of a leap year and the year before', () => {
    expect(lastDayOf(spanOf('2028-02', ZONE, '2028-06-01T00:00:00Z' as Instant)).until).toBe('2028-02-29');
    expect(monthBefore('2028-02', 12)).toBe('2027-02');
    expect(monthBefore('2027-01')).toBe('2026-12');
  });

  it('is not over while it goes on', () => {
    const going = spanOf('2026-11', ZONE, '2026-11-23T02:00:00Z' as Instant);
    expect(lastDayOf(going)).toEqual({ until: '2026-11-23', whole: false });
    // 1 December in Shanghai, still November in London.
    const over = '2026-11-30T16:00:00Z' as Instant;
    expect(lastDayOf(spanOf('2026-11', ZONE, over)).whole).toBe(true);
    expect(lastDayOf(spanOf('2026-11', 'Europe/London', over)).whole).toBe(false);
  });
});

describe('a case', () => {
  it('is opened in the month it was logged in, in the policy’s zone', () => {
    const late = given(by('mei', logged('access', { now: '2026-11-30T16:00:00Z' }), '2026-11-30T16:00:00Z'));
    expect(caseFacts(late.request, december)).toMatchObject({ opened: true, open: true });
    const early = given(by('mei', logged('access', { now: '2026-11-30T15:59:59Z' }), '2026-11-30T15:59:59Z'));
    expect(caseFacts(early.request, december)).toMatchObject({ opened: false, open: true });
  });

  it('is closed in the month of its closing, on time up to the end of its due day', () => {
    expect(caseFacts(closedAt('2026-12-23T15:59:59Z'), december)?.closed).toEqual({
      days: 30,
      onTime: true,
      outcome: 'fulfilled',
      ground: null,
    });
    expect(caseFacts(closedAt('2026-12-23T16:00:00Z'), december)?.closed).toMatchObject({
      days: 31,
      onTime: false,
    });
    expect(caseFacts(closedAt('2026-12-23T02:00:00Z'), spanOf('2027-01', ZONE, LATER))).toBeNull();
  });

  it('is overdue once its due day is over, also where that is the month’s last', () => {
    const open = given(logged('deletion')).request;
    expect(open.dates.due).toBe('2026-12-23');
    expect(caseFacts(open, november)).toMatchObject({ open: true, overdue: false });
    expect(caseFacts(open, december)).toMatchObject({ open: true, overdue: true });
    const onTheDay = spanOf('2026-12', ZONE, '2026-12-23T02:00:00Z' as Instant);
    expect(caseFacts(open, onTheDay)?.overdue).toBe(false);
    const lastDay = { ...open, dates: { ...open.dates, due: '2026-12-31' as typeof open.dates.due } };
    expect(caseFacts(lastDay, december)?.overdue).toBe(true);
  });

  it('carries the ground it was decided on', () => {
    const refused = given(
      ...decided('deletion', 'partially_fulfilled', true),
      by('mei', closing('partially_fulfilled'), LOGGED_AT),
    ).request;
    expect(caseFacts(refused, november)?.closed).toMatchObject({
      outcome: 'partially_fulfilled',
      ground: 'LAW_REQUIRES_RETENTION',
    });
  });

  it('was acknowledged in time, late, not at all, or ended before', () => {
    const acknowledged = (...then: Happened[]) =>
      caseFacts(given(logged('deletion'), ...then).request, november)?.acknowledged;
    const due = given(logged('deletion')).request.dates.ackDue;
    expect(due.slice(0, 7)).toBe('2026-11');
    expect(acknowledged(...noticed('acknowledgement'))).toBe(true);
    const [notice] = noticed('identity_request');
    if (notice?.type !== 'notice_recorded') throw new Error('no notice');
    expect(acknowledged({ ...notice, sentAt: '2026-11-29T02:00:00Z' as Instant })).toBe(false);
    expect(acknowledged()).toBe(false);
    expect(acknowledged(by('mei', closing('duplicate'), LOGGED_AT))).toBeNull();
    const before = spanOf('2026-11', ZONE, LOGGED_AT);
    expect(caseFacts(given(logged('deletion')).request, before)?.acknowledged).toBeNull();
  });

  it('says the same when its customer is forgotten', () => {
    const request = closedAt('2026-12-01T02:00:00Z', 'fulfilled', ...noticed('completion'));
    const forgotten = { ...request, reference: null, notes: [] };
    expect(caseFacts(forgotten, december)).toEqual(caseFacts(request, december));
  });
});

describe('the figures', () => {
  it('of a month without anything are zeros and no rates', () => {
    const figures = figuresOf(november, [], [], []);
    expect(figures).toMatchObject({ opened: 0, closed: 0, open: 0, overdue: 0, onTime: 0 });
    expect(figures).toMatchObject({ medianDays: null, ninetiethDays: null, types: [], owners: [] });
    expect(percentOf(figures.onTime, figures.closed)).toBeNull();
  });

  it('have the median and the nine in ten of the days to close', () => {
    const days = [9, 1, 10, 2, 8, 3, 7, 4, 6, 5];
    const figures = figuresOf(
      november,
      days.map((each) => closed(each)),
      [],
      [],
    );
    expect(figures).toMatchObject({ closed: 10, medianDays: 5.5, ninetiethDays: 9 });
    expect([medianOf([]), medianOf([4]), medianOf([1, 4]), medianOf([0, 1, 9])]).toEqual([null, 4, 2.5, 1]);
    expect([percentileOf([], 90), percentileOf([7], 90)]).toEqual([null, 7]);
    expect(
      percentileOf(
        Array.from({ length: 11 }, (_, n) => n + 1),
        90,
      ),
    ).toBe(10);
  });

  it('are by type, owner, outcome and ground, the largest first, and add up', () => {
    const mei = 'mei' as Person;
    const figures = figuresOf(
      november,
      [
        fact({ type: 'access', owner: mei, opened: true, open: true, overdue: true }),
        fact({ type: 'deletion', opened: true, open: true }),
        { ...closed(3, { outcome: 'refused', ground: 'NOT_CONTROLLER', onTime: false }), owner: mei },
        { ...closed(3), owner: mei },
        fact({ type: 'complaint', acknowledged: true }),
      ],
      [],
      [],
    );
    expect(figures.types).toEqual([
      { name: 'deletion', opened: 1, closed: 2, open: 1, overdue: 0 },
      { name: 'access', opened: 1, closed: 0, open: 1, overdue: 1 },
    ]);
    expect(figures.owners).toEqual([
      { name: 'mei', opened: 1, closed: 2, open: 1, overdue: 1 },
      { name: '', opened: 1, closed: 0, open: 1, overdue: 0 },
    ]);
    expect(figures.outcomes).toEqual([
      { name: 'fulfilled', count: 1 },
      { name: 'refused', count: 1 },
    ]);
    expect(figures.grounds).toEqual([{ name: 'NOT_CONTROLLER', count: 1 }]);
    expect(figures).toMatchObject({ opened: 2, closed: 2, open: 2, overdue: 1, onTime: 1 });
    expect(figures.acknowledgements).toEqual({ due: 1, onTime: 1 });
  });

  it('count a recipient once however it is spelt, and refusals by code', () => {
    const sent = ['SF Express', 'ＳＦ express', 'City Court'].map((recipient) => ({
      basis: 'transaction',
      recipient,
    }));
    const { disclosures, refusals } = figuresOf(november, [], sent, ['frozen', 'wrong-state', 'frozen']);
    expect(disclosures).toEqual({
      sent: 3,
      bases: [{ name: 'transaction', count: 3 }],
      recipients: [
        { name: 'SF Express', count: 2 },
        { name: 'City Court', count: 1 },
      ],
    });
    expect(refusals).toEqual({
      total: 3,
      codes: [
        { name: 'frozen', count: 2 },
        { name: 'wrong-state', count: 1 },
      ],
    });
  });

  it('say 100 percent of all alone, and 0 of none alone', () => {
    expect([percentOf(0, 0), percentOf(5, 5), percentOf(0, 5), percentOf(2, 3)]).toEqual([
      null,
      100,
      0,
      66.7,
    ]);
    expect([percentOf(9999, 10000), percentOf(1, 10000)]).toEqual([99.9, 0.1]);
  });
});
