/**
 * The clock may jump either way (rule 12): no reminder is lost because the clock was once ahead, and none is said twice. Random
 * ticks in a wrong past or future, then a right clock that runs on. Must not know: storage.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventOf, RequestEvent } from '../../src/domain/requests/events.js';
import { decideReminder } from '../../src/domain/requests/reminding.js';
import { applyEvent } from '../../src/domain/requests/replay.js';
import type { PrivacyRequest } from '../../src/domain/requests/request.js';
import { afterSeconds } from '../../src/policy/calendar.js';
import { actorOf, given, LOGGED_AT, PACK } from '../support/given.js';
import { logged } from '../support/request-words.js';

const HOUR = 3600;
/** Two in the morning UTC is ten o'clock in the policy's zone: the reminders of the day have fallen due. */
const onDay = (day: number, hours = 0) => afterSeconds(LOGGED_AT, (day * 24 + hours) * HOUR);
const DUE = 30;

type Reminder = EventOf<'reminded'> | EventOf<'clock_reminded'>;

function ticked(request: PrivacyRequest, now: string): [PrivacyRequest, readonly Reminder[]] {
  const said: Reminder[] = [];
  let state = request;
  for (let round = 0; round < 3; round += 1) {
    const events: readonly RequestEvent[] = decideReminder(state, PACK, now as typeof LOGGED_AT);
    for (const event of events) {
      const stamp = { seq: state.version + 1, at: now as typeof LOGGED_AT, actor: actorOf('mei') };
      state = applyEvent(state, { ...stamp, event });
      if (event.type === 'reminded' || event.type === 'clock_reminded') said.push(event);
    }
  }
  return [state, said];
}

const keyOf = (event: Reminder): string =>
  `${event.type === 'reminded' ? 'due' : event.clock} ${event.kinds.at(-1)}`;

/** What a clock that never jumped says from this day on. */
function straight(from: number, to: number): readonly string[] {
  let state = given(logged('consent_withdrawal')).request;
  const kinds: string[] = [];
  for (let day = 0; day <= to; day += 1) {
    const [next, said] = ticked(state, onDay(day));
    state = next;
    if (day > from)
      kinds.push(
        ...said.flatMap((event) =>
          event.kinds.map((kind) => `${event.type === 'reminded' ? 'due' : event.clock} ${kind}`),
        ),
      );
  }
  return kinds;
}

describe('a clock that jumps', () => {
  it('loses no reminder and says none twice', () => {
    const jump = fc.record({ day: fc.integer({ min: 0, max: 60 }), hours: fc.integer({ min: 0, max: 12 }) });
    fc.assert(
      fc.property(fc.array(jump, { maxLength: 6 }), fc.integer({ min: 0, max: 35 }), (jumps, real) => {
        let state = given(logged('consent_withdrawal')).request;
        const said: Reminder[] = [];
        const at = (now: string) => {
          const [next, more] = ticked(state, now);
          state = next;
          said.push(...more);
        };
        for (const { day, hours } of jumps) at(onDay(day, hours));
        at(onDay(real));
        for (let day = real + 1; day <= DUE + 8; day += 1) at(onDay(day));
        const keys = said.map(keyOf);
        expect([...new Set(keys)]).toEqual(keys);
        const covered = new Set(
          said.flatMap((event) =>
            event.kinds.map((kind) => `${event.type === 'reminded' ? 'due' : event.clock} ${kind}`),
          ),
        );
        for (const kind of straight(real, DUE + 8)) expect(covered).toContain(kind);
      }),
      { numRuns: 60 },
    );
  });

  it('posts every moment of the right clock after a year ahead', () => {
    let [state] = ticked(given(logged('deletion')).request, onDay(400));
    const said: string[] = [];
    for (let day = 1; day <= DUE + 3; day += 1) {
      const [next, more] = ticked(state, onDay(day));
      state = next;
      said.push(...more.filter(({ type }) => type === 'reminded').map(keyOf));
      if (day === DUE + 1) expect(more.find(({ type }) => type === 'reminded')?.pinged).toEqual(['officer']);
      if (day === DUE + 3) expect(more.find(({ type }) => type === 'reminded')?.pinged).toEqual(['admin']);
    }
    expect(said).toEqual([
      'due T-14',
      'due T-7',
      'due T-3',
      'due T-1',
      'due T-0',
      'due overdue-1',
      'due overdue-2',
      'due overdue-3',
    ]);
  });
});
