/**
 * The beat that calls `tick` once a minute: node-cron, and a monotonic watchdog beside it, since node-cron falls silent when
 * the clock jumps back (platform.md, "Clocks"). Must not know: what a tick does.
 */
import { schedule } from 'node-cron';
import type { Logger } from 'pino';

/** Silence after which the watchdog ticks by itself. */
const SILENT_MS = 90_000;
const WATCH_MS = 15_000;

export function startMetronome(deps: { readonly tick: () => Promise<void>; readonly log: Logger }): {
  readonly stop: () => Promise<void>;
} {
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

  const task = schedule('* * * * *', beat);
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
