/** When reminders fall due: days off, downtime, late logging, snoozing, daylight saving. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  afterSeconds,
  civilDay,
  compareInstants,
  dayOf,
  localTime,
} from '../../src/policy/calendar.js';
import {
  escalationsReached,
  nextReminderAt,
  type ReminderFacts,
  type ReminderKind,
  remindersDue,
} from '../../src/policy/reminders.js';
import type { Pack } from '../../src/policy/schema.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { instantOf } from '../support/instant.js';
import { defaultPack, variantPack } from './policy-packs.js';

/** Shanghai's local time, no seconds. */
const at = (local: string): Instant => instantOf(`${local}:00+08:00`);

function facts(due: string, over: Partial<ReminderFacts> = {}): ReminderFacts {
  return {
    type: 'deletion',
    due: dayOf(due),
    loggedAt: at('2026-03-02T10:00'),
    lastRemindedAt: null,
    snoozedUntil: null,
    ...over,
  };
}

/** Every posting up to an instant: its moment and the kinds merged in it, as a punctual ticker would see them. */
function postings(start: ReminderFacts, until: Instant, pack: Pack = defaultPack) {
  const found: [Instant, readonly ReminderKind[]][] = [];
  let state = start;
  for (;;) {
    const next = nextReminderAt(pack, state);
    if (next === null || compareInstants(next, until) > 0) return found;
    found.push([next, remindersDue(pack, state, next)]);
    state = { ...state, lastRemindedAt: next };
  }
}

describe('an ordinary case', () => {
  it('is reminded of at 14, 7, 3, 1 and 0 days, then daily', () => {
    expect(postings(facts('2026-04-01'), at('2026-04-03T12:00'))).toEqual([
      [at('2026-03-18T09:00'), ['T-14']],
      [at('2026-03-25T09:00'), ['T-7']],
      [at('2026-03-27T09:00'), ['T-3']],
      [at('2026-03-31T09:00'), ['T-1']],
      [at('2026-04-01T09:00'), ['T-0']],
      [at('2026-04-02T09:00'), ['overdue-1']],
      [at('2026-04-03T09:00'), ['overdue-2']],
    ]);
  });

  it('moves one off a weekend to the working day before', () => {
    // T-3 of Tue 2026-03-31 is Sat 28 March.
    expect(postings(facts('2026-03-31'), at('2026-03-31T12:00'))).toContainEqual([
      at('2026-03-27T09:00'),
      ['T-3'],
    ]);
  });

  it('is silent before its moment', () => {
    expect(remindersDue(defaultPack, facts('2026-04-01'), at('2026-03-18T08:59'))).toEqual([]);
    expect(nextReminderAt(defaultPack, facts('2026-04-01'))).toBe(at('2026-03-18T09:00'));
  });
});

describe('the October holidays', () => {
  it('merge what lands on the working day before; 0 and overdue stay', () => {
    const start = facts('2026-10-04', { loggedAt: at('2026-09-04T12:00') });
    expect(postings(start, at('2026-10-06T12:00'))).toEqual([
      [at('2026-09-20T09:00'), ['T-14']],
      [at('2026-09-24T09:00'), ['T-7']],
      [at('2026-09-30T09:00'), ['T-3', 'T-1']],
      [at('2026-10-04T09:00'), ['T-0']],
      [at('2026-10-05T09:00'), ['overdue-1']],
      [at('2026-10-06T09:00'), ['overdue-2']],
    ]);
  });

  it('stay on their day under a pack that says so', () => {
    const pack = variantPack({ reminders: { dayOff: 'same_day' } });
    const start = facts('2026-10-04', { loggedAt: at('2026-09-30T12:00') });
    expect(postings(start, at('2026-10-04T12:00'), pack).map(([when]) => when)).toEqual([
      at('2026-10-01T09:00'),
      at('2026-10-03T09:00'),
      at('2026-10-04T09:00'),
    ]);
  });
});

describe('a case logged late', () => {
  it('skips what had passed when it was logged', () => {
    const start = facts('2026-04-01', { loggedAt: at('2026-03-27T09:00') });
    expect(postings(start, at('2026-04-01T12:00')).map(([, kinds]) => kinds)).toEqual([['T-1'], ['T-0']]);
  });

  it('is reminded of at once when it is due that day, at nine when nine is still to come', () => {
    const late = facts('2026-04-01', { loggedAt: at('2026-04-01T15:30') });
    expect(nextReminderAt(defaultPack, late)).toBe(at('2026-04-01T15:30'));
    expect(remindersDue(defaultPack, late, at('2026-04-01T15:31'))).toEqual(['T-0']);
    const early = facts('2026-04-01', { loggedAt: at('2026-04-01T08:00') });
    expect(nextReminderAt(defaultPack, early)).toBe(at('2026-04-01T09:00'));
  });

  it('is reminded of at once when it is overdue, of that day only', () => {
    const overdue = facts('2026-04-01', { loggedAt: at('2026-04-06T15:30') });
    expect(postings(overdue, at('2026-04-07T12:00'))).toEqual([
      [at('2026-04-06T15:30'), ['overdue-5']],
      [at('2026-04-07T09:00'), ['overdue-6']],
    ]);
  });
});

describe('after downtime', () => {
  it('merges everything missed, oldest first, then goes on', () => {
    const start = facts('2026-04-01');
    const now = at('2026-04-03T11:00');
    expect(remindersDue(defaultPack, start, now)).toEqual([
      'T-14',
      'T-7',
      'T-3',
      'T-1',
      'T-0',
      'overdue-1',
      'overdue-2',
    ]);
    const caughtUp = { ...start, lastRemindedAt: now };
    expect(remindersDue(defaultPack, caughtUp, now)).toEqual([]);
    expect(nextReminderAt(defaultPack, caughtUp)).toBe(at('2026-04-04T09:00'));
  });

  it('says in the night what nine o’clock would have said, and nothing at nine', () => {
    const before = facts('2026-04-01', { lastRemindedAt: at('2026-04-01T09:00') });
    expect(remindersDue(defaultPack, before, at('2026-04-03T08:00'))).toEqual(['overdue-1', 'overdue-2']);
    const state = facts('2026-04-01', { lastRemindedAt: at('2026-04-03T08:00') });
    expect(remindersDue(defaultPack, state, at('2026-04-03T09:00'))).toEqual([]);
    expect(nextReminderAt(defaultPack, state)).toBe(at('2026-04-04T09:00'));
  });
});

describe('a snoozed case', () => {
  it('drops what would be posted up to that day, and never the due day', () => {
    const start = facts('2026-04-01', { snoozedUntil: dayOf('2026-03-27') });
    expect(postings(start, at('2026-04-02T12:00')).map(([, kinds]) => kinds)).toEqual([
      ['T-1'],
      ['T-0'],
      ['overdue-1'],
    ]);
    const all = facts('2026-04-01', { snoozedUntil: dayOf('2026-04-30') });
    expect(nextReminderAt(defaultPack, all)).toBe(at('2026-04-01T09:00'));
  });
});

describe('other packs', () => {
  it('may stop at the due day', () => {
    const pack = variantPack({ reminders: { overdue: 'none', escalations: [] } });
    const state = facts('2026-04-01', { lastRemindedAt: at('2026-04-01T09:00') });
    expect(nextReminderAt(pack, state)).toBeNull();
    expect(remindersDue(pack, state, at('2026-05-01T09:00'))).toEqual([]);
  });

  it('may give a type its own days', () => {
    const pack = variantPack({ requests: { deletion: { reminderDays: [20, 0] } } });
    expect(postings(facts('2026-04-01'), at('2026-04-01T12:00'), pack).map(([, kinds]) => kinds)).toEqual([
      ['T-20'],
      ['T-0'],
    ]);
  });

  it('post at the next valid instant where the clocks jump, once where they fall back', () => {
    const pack = variantPack({ zone: 'America/New_York', reminders: { at: '02:30' } });
    const gap = facts('2026-03-08', { loggedAt: instantOf('2026-03-07T20:00:00Z') });
    expect(postings(gap, instantOf('2026-03-09T12:00:00Z'), pack)).toEqual([
      ['2026-03-08T07:00:00Z', ['T-0']],
      ['2026-03-09T06:30:00Z', ['overdue-1']],
    ]);
    const twice = variantPack({ zone: 'America/New_York', reminders: { at: '01:30' } });
    const back = facts('2026-11-01', { loggedAt: instantOf('2026-10-31T20:00:00Z') });
    expect(postings(back, instantOf('2026-11-02T04:00:00Z'), twice)).toEqual([
      ['2026-11-01T05:30:00Z', ['T-0']],
    ]);
  });
});

describe('escalations', () => {
  it('reach the officer from day 1 and the admin from day 3', () => {
    expect(escalationsReached(defaultPack, ['T-0'])).toEqual([]);
    expect(escalationsReached(defaultPack, ['T-0', 'overdue-1'])).toEqual(['officer']);
    expect(escalationsReached(defaultPack, ['overdue-2'])).toEqual(['officer']);
    expect(escalationsReached(defaultPack, ['overdue-2', 'overdue-3'])).toEqual(['officer', 'admin']);
    expect(escalationsReached(defaultPack, ['overdue-12'])).toEqual(['officer', 'admin']);
  });
});

describe('for every case and every tick', () => {
  const due = dayOf('2026-10-04');
  const start = instantOf('2026-09-01T00:00:00Z');
  const minutes = fc.nat(60 * 24 * 60);

  it('something is due exactly when the next moment has come', () => {
    fc.assert(
      fc.property(minutes, minutes, fc.option(minutes), (logged, now, reminded) => {
        const state: ReminderFacts = {
          ...facts(due),
          loggedAt: afterSeconds(start, logged * 60),
          lastRemindedAt: reminded === null ? null : afterSeconds(start, (logged + reminded) * 60),
        };
        const tick = afterSeconds(start, now * 60);
        const next = nextReminderAt(defaultPack, state);
        expect(next).not.toBeNull();
        const has = next !== null && compareInstants(next, tick) <= 0;
        expect(remindersDue(defaultPack, state, tick).length > 0).toBe(has);
      }),
      { numRuns: 60 },
    );
  });

  it('ticks in any rhythm tell every kind once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 * 24 * 9 }), { minLength: 3, maxLength: 20 }),
        (gaps) => {
          let state = facts(due, { loggedAt: start });
          let now = start;
          const told: ReminderKind[] = [];
          const times = gaps.map((gap) => {
            now = afterSeconds(now, gap * 60);
            return now;
          });
          // To the end of the last day: what that day still has to say is said.
          now = localTime(civilDay(now, 'Asia/Shanghai'), '23:59', 'Asia/Shanghai');
          for (const time of [...times.filter((each) => each < now), now]) {
            now = time;
            const kinds = remindersDue(defaultPack, state, now);
            told.push(...kinds);
            if (kinds.length > 0) state = { ...state, lastRemindedAt: now };
          }
          expect(told).toEqual(remindersDue(defaultPack, facts(due, { loggedAt: start }), now));
          expect(new Set(told).size).toBe(told.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('nothing ahead of time is posted on a day off', () => {
    fc.assert(
      fc.property(fc.nat(300), (n) => {
        const day = addDays(dayOf('2026-02-01'), n);
        const state = facts(day, { loggedAt: instantOf('2025-12-01T00:00:00Z') });
        for (const [when, kinds] of postings(state, afterSeconds(instantOf(`${day}T00:00:00Z`), -1))) {
          expect(civilDay(when, 'Asia/Shanghai') < day, kinds.join()).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });
});
