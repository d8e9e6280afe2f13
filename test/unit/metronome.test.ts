/**
 * The metronome on a clock that jumps: node-cron itself, with the timers and the clock of the process replaced. Where
 * node-cron falls silent, the watchdog on the monotonic clock ticks. The hour that a zone repeats is not here: node-cron
 * computes for many seconds in it, and a desk runs in UTC (main.ts).
 */
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Metronome, startDeskMetronome, startMetronome } from '../../src/app/metronome.js';
import type { Instant } from '../../src/vocabulary/values.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Silence, the watchdog's next look, and a cron minute. */
const LONGEST_MS = 90_000 + 15_000 + 1_000;
const silent = pino({ level: 'silent' });

let zone: string | undefined;
let metronome: Metronome | null = null;

beforeEach(() => {
  zone = process.env.TZ;
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  vi.setSystemTime(new Date('2026-11-23T02:00:30Z'));
});
afterEach(async () => {
  await metronome?.stop();
  metronome = null;
  vi.useRealTimers();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

/** A metronome, and when it ticked, in milliseconds since its start that no jump changes. */
function started(work: () => Promise<void> = async () => undefined): readonly number[] {
  const ticks: number[] = [];
  const from = performance.now();
  metronome = startMetronome({
    tick: async () => {
      ticks.push(performance.now() - from);
      await work();
    },
    log: silent,
  });
  return ticks;
}

const longestSilence = (ticks: readonly number[]): number =>
  Math.max(...ticks.slice(1).map((at, index) => at - (ticks[index] ?? 0)));

describe('the metronome', () => {
  it('ticks at once, then every minute', async () => {
    const ticks = started();
    expect(ticks).toEqual([0]);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(ticks).toHaveLength(6);
    expect(longestSilence(ticks)).toBeLessThanOrEqual(MINUTE + 1_000);
  });

  it.each([
    ['back by a day', -24 * HOUR],
    ['back by an hour', -HOUR],
    ['back by a minute', -MINUTE],
    ['on by a minute', MINUTE],
    ['on by an hour', HOUR],
    ['on by three days', 3 * 24 * HOUR],
  ])('goes on when the clock is set %s', async (_, jump) => {
    const ticks = started();
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    vi.setSystemTime(Date.now() + jump);
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    expect(longestSilence(ticks)).toBeLessThanOrEqual(LONGEST_MS);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(32 * MINUTE - LONGEST_MS);
  });

  it.each([
    ['forward, in New York', 'America/New_York', '2026-03-08T06:55:30Z'],
    ['forward by half an hour, on Lord Howe', 'Australia/Lord_Howe', '2026-10-03T15:25:30Z'],
  ])('goes on when summer time changes: %s', async (_, name, from) => {
    process.env.TZ = name;
    vi.setSystemTime(new Date(from));
    const offset = new Date().getTimezoneOffset();
    const ticks = started();
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(new Date().getTimezoneOffset()).not.toBe(offset);
    expect(ticks.length).toBeGreaterThanOrEqual(10);
    expect(longestSilence(ticks)).toBeLessThanOrEqual(LONGEST_MS);
  });

  it('does not double a tick that takes longer than a minute, and waits for it at the end', async () => {
    let finish = (): void => undefined;
    let done = false;
    const ticks = started(
      () =>
        new Promise((settle) => {
          finish = () => {
            done = true;
            settle();
          };
        }),
    );
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(ticks).toHaveLength(1);
    const stopped = metronome?.stop().then(() => done);
    finish();
    expect(await stopped).toBe(true);
  });

  it('ticks again after a tick that failed, and never after the end', async () => {
    const ticks = started(async () => {
      throw new Error('the database is away');
    });
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(ticks).toHaveLength(3);
    await metronome?.stop();
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(ticks).toHaveLength(3);
  });

  it('does what is due and sends what waits; nothing while the clock of the desk stands still', async () => {
    const done: string[] = [];
    let now: Instant | null = '2026-11-23T02:00:00Z' as Instant;
    metronome = startDeskMetronome(
      {
        ticker: {
          tick: async (at) => {
            done.push(`tick ${at}`);
          },
          nextDue: async () => null,
        },
        outbox: {
          drain: async () => {
            done.push('drain');
          },
        },
      },
      () => now,
      silent,
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toEqual(['tick 2026-11-23T02:00:00Z', 'drain']);
    now = null;
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(done).toHaveLength(2);
  });
});
