/**
 * Calls `tick` once a minute: node-cron, and a watchdog on the monotonic clock beside it, since node-cron falls silent when
 * the clock is set back (platform.md, "Clocks"), and in the hour that a zone repeats in autumn, where it also computes for
 * seconds: main.ts keeps the process in UTC. Must not know: what a tick does.
 */
import { schedule } from 'node-cron';
import type { Logger } from 'pino';
import type { Desk } from '../desk/desk.js';
import type { Instant } from '../vocabulary/values.js';

const EVERY_MINUTE = '* * * * *';
/** Silence after which the watchdog ticks by itself. */
const SILENT_MS = 90_000;
const WATCH_MS = 15_000;

export type Metronome = {
  /** Resolves when the tick that is running is done. */
  readonly stop: () => Promise<void>;
};

export function startMetronome(deps: {
  readonly tick: () => Promise<void>;
  readonly log: Logger;
}): Metronome {
  let last = performance.now();
  let running: Promise<void> | null = null;

  const beat = (): void => {
    last = performance.now();
    // A tick that takes longer than a minute is not doubled: what is due waits for the next one.
    running ??= deps
      .tick()
      .catch((error: unknown) => deps.log.error({ err: error }, 'tick failed; the next one tries again'))
      .finally(() => {
        running = null;
      });
  };

  const task = schedule(EVERY_MINUTE, beat, {
    // What was missed is done by the next tick; and node-cron would warn on standard output, minute by minute.
    suppressMissedWarning: true,
  });
  const watchdog = setInterval(() => {
    if (performance.now() - last > SILENT_MS) beat();
  }, WATCH_MS);
  beat();

  return {
    stop: async () => {
      clearInterval(watchdog);
      await task.stop();
      await running;
    },
  };
}

/** Every minute what is due on this desk is done, and every post that waits is sent. No tick while `now` is null. */
export const startDeskMetronome = (
  desk: Pick<Desk, 'ticker'> & { readonly outbox: Pick<Desk['outbox'], 'drain'> },
  now: () => Instant | null,
  log: Logger,
): Metronome =>
  startMetronome({
    tick: async () => {
      const at = now();
      if (at === null) return;
      await desk.ticker.tick(at);
      await desk.outbox.drain();
    },
    log,
  });
