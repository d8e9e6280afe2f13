/**
 * A desk with chat platforms, running until it is told to stop: platforms, metronome, retries, and an orderly end.
 * Must not know: configuration, any one platform.
 */
import type { Logger } from 'pino';
import type { Surface } from '../chat/surface.js';
import { createDesk, type Desk } from '../desk/desk.js';
import type { Outside } from '../desk/front/plan.js';
import type { Store } from '../record/store.js';
import { inTime, LATE } from '../surfaces/common/timing.js';
import type { Instant } from '../vocabulary/values.js';
import { startDeskMetronome } from './metronome.js';
import type { PackFile } from './pack-file.js';
import type { ChatSurface } from './platforms.js';

/** Whoever stops a process by force waits ten seconds. */
const STOP_WITHIN_MS = 8_000;

export type ChatDesk = {
  readonly desk: Desk;
  /** What is going on is finished, then the platforms are left. */
  readonly stop: () => Promise<void>;
};

export async function startChatDesk(deps: {
  readonly store: Store;
  readonly pack: PackFile;
  readonly clock: () => Instant;
  /** `notes` and `warnings` of the platforms go into `/desk doctor`. */
  readonly outsideWith: (
    notes: () => readonly (readonly [string, string])[],
    warnings: () => readonly string[],
  ) => Outside;
  readonly platforms: readonly ChatSurface[];
  readonly log: Logger;
  readonly faultRef: () => string;
  /** Told to stop while it starts, it waits for no platform. */
  readonly stopping: AbortSignal;
}): Promise<ChatDesk> {
  const { store, pack, clock, platforms, log, faultRef } = deps;
  const surfaces = new Map<string, Surface>();
  const retries = createRetries(() => {
    desk.outbox.drain().catch((error: unknown) => log.error({ err: error }, 'the outbox stopped'));
  });
  const desk = await createDesk({
    store,
    pack: pack.pack,
    packText: pack.text,
    surfaces,
    clock,
    outside: deps.outsideWith(
      () => platforms.flatMap((platform) => platform.facts()),
      () => platforms.flatMap((platform) => platform.warnings()),
    ),
    log,
    faultRef,
    wake: retries.after,
  });
  const giveUp = (): void => void stopAll(platforms, log);
  deps.stopping.addEventListener('abort', giveUp);
  await startAll(platforms, desk, surfaces, log);
  deps.stopping.removeEventListener('abort', giveUp);
  await desk.selfCheck.opened(clock());
  await desk.selfCheck.below(clock());
  const metronome = startDeskMetronome(desk, clock, log);
  return {
    desk,
    stop: async () => {
      retries.stop();
      // A post on its way is marked before the store closes; a surface that is left cuts off one that hangs.
      const posted = desk.outbox.stop();
      const ticked = metronome.stop();
      const left = (async () => {
        await stopAll(surfaces.values(), log);
        await posted.catch((error: unknown) => log.error({ err: error }, 'the outbox stopped'));
        await ticked;
      })();
      // What is not finished by then is: of a post, looked for at the next start; of a transaction, undone.
      if ((await inTime(left, STOP_WITHIN_MS)) === LATE)
        log.warn(`not everything was finished in ${STOP_WITHIN_MS / 1000} s; the next start goes on with it`);
    },
  };
}

/** All at once; each is put into `surfaces` once it works: before that nothing is posted there. */
async function startAll(
  platforms: readonly ChatSurface[],
  desk: Desk,
  surfaces: Map<string, Surface>,
  log: Logger,
): Promise<void> {
  const starting = platforms.map(async (platform) => {
    await platform.start(desk);
    surfaces.set(platform.name, platform);
  });
  await Promise.all(starting).catch(async (error: unknown) => {
    // If one cannot start, the others are left in order.
    await stopAll(platforms, log);
    await Promise.allSettled(starting);
    throw error;
  });
}

async function stopAll(platforms: Iterable<Surface>, log: Logger): Promise<void> {
  const left = [...platforms].map((surface) =>
    surface.stop().catch((error: unknown) => log.error({ err: error }, `${surface.name} did not stop well`)),
  );
  await Promise.all(left);
}

/** Runs `work` again after so many seconds, until stopped. */
function createRetries(work: () => void): {
  readonly after: (seconds: number) => void;
  readonly stop: () => void;
} {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  return {
    after: (seconds) => {
      if (stopped) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, seconds * 1000);
      timers.add(timer);
    },
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
