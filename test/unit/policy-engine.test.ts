/** What the same date engine does under other packs: months, rolls, pauses, another start, extensions in a window. */

import { describe, expect, it } from 'vitest';
import { dateStepWords } from '../../src/language/en/date-steps.js';
import { dayWords } from '../../src/language/en/dates.js';
import { dayOf } from '../../src/policy/calendar.js';
import type { DateFacts } from '../../src/policy/date-facts.js';
import { pauseStopsClock, requestDates } from '../../src/policy/dates.js';
import { type ExtensionAsked, extensionObstacle } from '../../src/policy/extension.js';
import type { Pack } from '../../src/policy/schema.js';
import { instantOf } from '../support/instant.js';
import { defaultPack, dueVariant, variantPack } from './policy-packs.js';

const noon = (day: string) => instantOf(`${day}T04:00:00Z`);

function due(pack: Pack, day: string, more: Partial<DateFacts> = {}): string {
  const facts = { receivedAt: noon(day), identityVerifiedAt: null, pauses: [], extension: null, ...more };
  return dayWords(requestDates(pack, 'deletion', facts).due);
}

describe('periods', () => {
  it.each([
    ['P1M', 'after', '2026-01-31', 'Sat 2026-02-28'],
    ['P1M', 'after', '2026-03-15', 'Wed 2026-04-15'],
    ['P2W', 'after', '2026-03-02', 'Mon 2026-03-16'],
    ['P1Y', 'after', '2028-02-29', 'Wed 2029-02-28'],
    ['P30D', 'beginning_with', '2026-03-01', 'Mon 2026-03-30'],
    ['P1M', 'beginning_with', '2026-03-15', 'Tue 2026-04-14'],
    ['14 working days', 'after', '2026-09-21', 'Fri 2026-10-16'],
    ['15 working days', 'beginning_with', '2026-09-21', 'Fri 2026-10-16'],
    ['15 working days', 'beginning_with', '2026-09-26', 'Thu 2026-10-22'],
  ])('%s %s from %s', (add, count, day, expected) => {
    const pack = dueVariant({ add, count }, { reminders: { days: [7, 0] } });
    expect(due(pack, day)).toBe(expected);
  });
});

describe('the roll', () => {
  const forward = dueVariant({ roll: 'forward' });

  it('goes forward over holidays and make-up days', () => {
    expect(due(forward, '2026-09-04')).toBe('Thu 2026-10-08');
    expect(due(forward, '2026-09-10')).toBe('Sat 2026-10-10');
    expect(due(forward, '2026-12-02')).toBe('Mon 2027-01-04');
    expect(due(forward, '2026-03-02')).toBe('Wed 2026-04-01');
  });

  it('is explained', () => {
    const facts = { receivedAt: noon('2026-09-04'), identityVerifiedAt: null, pauses: [], extension: null };
    expect(requestDates(forward, 'deletion', facts).steps.map((step) => dateStepWords(step).what)).toContain(
      'Sun 2026-10-04 is a day off, so the due day moves to Thu 2026-10-08.',
    );
  });
});

describe('a pause', () => {
  const reasons = ['awaiting_proof'];
  const inclusive = dueVariant({ pause: { reasons, count: 'inclusive' } });
  const exclusive = dueVariant({ pause: { reasons, count: 'exclusive' } });
  const pause = (from: string, to: string | null, reason = 'awaiting_proof') => ({
    from: noon(from),
    to: to === null ? null : noon(to),
    reason,
  });
  const paused = (pack: Pack, ...pauses: ReturnType<typeof pause>[]) => due(pack, '2026-03-02', { pauses });

  it('counts its first and last day, or not its first', () => {
    expect(paused(inclusive)).toBe('Wed 2026-04-01');
    expect(paused(inclusive, pause('2026-03-10', '2026-03-12'))).toBe('Sat 2026-04-04');
    expect(paused(exclusive, pause('2026-03-10', '2026-03-12'))).toBe('Fri 2026-04-03');
    expect(paused(inclusive, pause('2026-03-10', '2026-03-10'))).toBe('Thu 2026-04-02');
    expect(paused(exclusive, pause('2026-03-10', '2026-03-10'))).toBe('Wed 2026-04-01');
  });

  it('counts each day once, in whatever order pauses are given', () => {
    const two = [pause('2026-03-12', '2026-03-14'), pause('2026-03-10', '2026-03-12')];
    expect(paused(inclusive, ...two)).toBe('Mon 2026-04-06');
    expect(paused(inclusive, ...two.toReversed())).toBe('Mon 2026-04-06');
    expect(paused(inclusive, pause('2026-03-10', '2026-03-20'), pause('2026-03-12', '2026-03-14'))).toBe(
      paused(inclusive, pause('2026-03-10', '2026-03-20')),
    );
  });

  it('stops nothing while open, for another reason, or once the clock had run out', () => {
    for (const idle of [
      pause('2026-03-10', null),
      pause('2026-03-10', '2026-03-20', 'lunch'),
      pause('2026-04-02', '2026-04-10'),
    ]) {
      expect(paused(inclusive, idle)).toBe('Wed 2026-04-01');
    }
  });

  it('that begins in time stops the clock for all its days', () => {
    expect(paused(inclusive, pause('2026-04-01', '2026-04-10'))).toBe('Sat 2026-04-11');
  });

  it('rolls afterwards', () => {
    const rolled = dueVariant({ roll: 'forward', pause: { reasons, count: 'inclusive' } });
    expect(paused(rolled, pause('2026-03-10', '2026-03-12'))).toBe('Tue 2026-04-07');
  });

  it('moves a clock of working days by working days', () => {
    const working = dueVariant({ add: '15 working days', pause: { reasons, count: 'inclusive' } });
    expect(paused(working)).toBe('Mon 2026-03-23');
    expect(paused(working, pause('2026-03-06', '2026-03-09'))).toBe('Wed 2026-03-25');
  });

  it('is explained, and known by its reason', () => {
    const steps = (one: ReturnType<typeof pause>) =>
      requestDates(inclusive, 'deletion', {
        receivedAt: noon('2026-03-02'),
        identityVerifiedAt: null,
        pauses: [one],
        extension: null,
      }).steps.map((step) => dateStepWords(step).what);
    expect(steps(pause('2026-03-10', '2026-03-12'))).toContain(
      'Paused from Tue 2026-03-10 to Thu 2026-03-12 (awaiting_proof): the clock stopped for 3 days.',
    );
    expect(steps(pause('2026-03-10', null))).toContain(
      'Paused since Tue 2026-03-10 (awaiting_proof); its days are added when it ends.',
    );
    expect(pauseStopsClock(inclusive, 'deletion', 'awaiting_proof')).toBe(true);
    expect(pauseStopsClock(inclusive, 'deletion', 'lunch')).toBe(false);
    expect(pauseStopsClock(defaultPack, 'deletion', 'awaiting_proof')).toBe(false);
  });
});

describe('a clock that starts with the proof of identity', () => {
  const pack = dueVariant({ start: 'identity' });

  it('counts from that day, in the zone', () => {
    expect(due(pack, '2026-03-02', { identityVerifiedAt: instantOf('2026-03-09T16:30:00Z') })).toBe(
      'Thu 2026-04-09',
    );
  });

  it('shows the date from receipt until then, and says so', () => {
    expect(due(pack, '2026-03-02')).toBe('Wed 2026-04-01');
    const facts = { receivedAt: noon('2026-03-02'), identityVerifiedAt: null, pauses: [], extension: null };
    const [, start] = requestDates(pack, 'deletion', facts).steps;
    expect(start && dateStepWords(start).what).toContain('until then it is shown from receipt');
  });
});

describe('a target of its own', () => {
  it('is the last working day within its period', () => {
    const pack = variantPack({ requests: { deletion: { target: 'P20D' } } });
    const facts = { receivedAt: noon('2026-09-14'), identityVerifiedAt: null, pauses: [], extension: null };
    expect(requestDates(pack, 'deletion', facts).target).toBe('2026-09-30');
  });
});

describe('an extension', () => {
  const asked: ExtensionAsked = {
    startDay: dayOf('2026-03-02'),
    due: dayOf('2026-04-01'),
    baseDue: dayOf('2026-04-01'),
    today: dayOf('2026-03-30'),
    until: dayOf('2026-05-15'),
    reason: 'legal_retention',
    explained: dayOf('2026-03-28'),
    consent: dayOf('2026-03-29'),
  };
  const obstacle = (over: Partial<ExtensionAsked>, pack: Pack = defaultPack) =>
    extensionObstacle(pack, 'deletion', { ...asked, ...over });
  const rule = { clause: '4.2', reasons: ['complex'], window: { of: 'recording', to: 'due' } };
  const told = { explained: null, consent: null };

  it('is allowed up to the due day itself', () => {
    expect(obstacle({})).toBeNull();
    expect(obstacle({ today: asked.due, explained: asked.due, consent: asked.due })).toBeNull();
  });

  it.each<[string, Partial<ExtensionAsked>, object]>([
    [
      'an unknown reason',
      { reason: 'busy' },
      { what: 'reason', reasons: ['legal_retention', 'other_significant'] },
    ],
    ['a day not after due', { until: asked.due }, { what: 'not-later', until: asked.due, due: asked.due }],
    ['no explanation', { explained: null }, { what: 'missing', missing: ['explained'] }],
    ['no consent', { consent: null }, { what: 'missing', missing: ['consent'] }],
    ['neither', told, { what: 'missing', missing: ['explained', 'consent'] }],
    [
      'an explanation in the future',
      { explained: dayOf('2026-03-31') },
      { what: 'future', field: 'explained', day: '2026-03-31' },
    ],
    [
      'consent after day 30',
      { today: dayOf('2026-04-09'), consent: dayOf('2026-04-02') },
      { what: 'window', of: 'consent', day: '2026-04-02', opens: '2026-03-02', closes: '2026-04-01' },
    ],
    [
      'consent before explanation',
      { consent: dayOf('2026-03-27') },
      { what: 'order', explained: '2026-03-28', consent: '2026-03-27' },
    ],
  ])('refuses %s', (_, over, expected) => {
    expect(obstacle(over)).toEqual(expected);
  });

  it('may be put on record after day 30 when the customer agreed before it passed', () => {
    expect(obstacle({ today: dayOf('2026-04-09') })).toBeNull();
  });

  it('is not given for a complaint', () => {
    expect(extensionObstacle(defaultPack, 'complaint', asked)).toEqual({ what: 'none' });
  });

  it('asks for no more than the pack requires', () => {
    const explain = dueVariant({ extension: { ...rule, requires: ['explained'] } });
    const nothing = dueVariant({ extension: { ...rule, requires: [] } });
    expect(obstacle({ ...told, reason: 'complex' }, explain)).toEqual({
      what: 'missing',
      missing: ['explained'],
    });
    expect(obstacle({ reason: 'complex', consent: null }, explain)).toBeNull();
    expect(obstacle({ ...told, reason: 'complex' }, nothing)).toBeNull();
    // What is given all the same must be possible.
    expect(obstacle({ ...told, reason: 'complex', consent: dayOf('2026-03-31') }, nothing)?.what).toBe(
      'future',
    );
  });

  it('that needs no agreement must be recorded in the window of the agreement', () => {
    const pack = dueVariant({
      extension: { ...rule, requires: [], window: { of: 'agreement', to: 'due' } },
    });
    expect(obstacle({ ...told, reason: 'complex' }, pack)).toBeNull();
    expect(obstacle({ ...told, reason: 'complex', today: dayOf('2026-04-02') }, pack)).toMatchObject({
      what: 'window',
      of: 'recording',
    });
  });

  it('of n months stays within its limit and its window, however often it is extended', () => {
    const pack = dueVariant({
      add: 'P1M',
      extension: {
        ...rule,
        requires: [],
        add: 'P2M',
        window: { of: 'recording', from: 'P10D', to: 'P20D' },
      },
    });
    const within = {
      ...told,
      reason: 'complex',
      due: dayOf('2026-04-02'),
      baseDue: dayOf('2026-04-02'),
      until: dayOf('2026-06-02'),
    };
    expect(obstacle({ ...within, today: dayOf('2026-03-12') }, pack)).toBeNull();
    expect(obstacle({ ...within, today: dayOf('2026-03-22') }, pack)).toBeNull();
    const window = { what: 'window', of: 'recording', opens: '2026-03-12', closes: '2026-03-22' };
    expect(obstacle({ ...within, today: dayOf('2026-03-11') }, pack)).toEqual({
      ...window,
      day: '2026-03-11',
    });
    expect(obstacle({ ...within, today: dayOf('2026-03-23') }, pack)).toEqual({
      ...window,
      day: '2026-03-23',
    });
    const limit = { what: 'limit', latest: '2026-06-02' };
    expect(obstacle({ ...within, until: dayOf('2026-06-03') }, pack)).toEqual(limit);
    expect(obstacle({ ...within, due: dayOf('2026-05-01'), until: dayOf('2026-06-03') }, pack)).toEqual(
      limit,
    );
  });
});
