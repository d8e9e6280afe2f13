/**
 * A desk with chat platforms, running until it is told to stop: platforms, metronome, retries, and an orderly end.
 * Must not know: configuration, any one platform.
 */
import type { Logger } from 'pino';
import type { Surface } from '../chat/surface.js';
import { createDesk, type Desk } from '../desk/desk.js';
import type { Services } from '../desk/front/plan.js';
import type { Store } from '../record/store.js';
import type { Instant } from '../vocabulary/values.js';
import { startDeskMetronome } from './metronome.js';
import type { PackFile } from './pack-file.js';
import type { ChatSurface } from './platforms.js';

export type ChatDesk = {
  readonly desk: Desk;
  /** What is going on is finished, then the platforms are left. */
  readonly stop: () => Promise<void>;
};

export async function startChatDesk(deps: {
  readonly store: Store;
  readonly pack: PackFile;
  readonly clock: () => Instant;
  /** `notes` of the platforms go into `/desk doctor`. */
  readonly servicesWith: (notes: () => readonly (readonly [string, string])[]) => Services;
  readonly platforms: readonly ChatSurface[];
  readonly log: Logger;
  readonly faultRef: () => string;
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
    services: deps.servicesWith(() => platforms.flatMap((platform) => platform.facts())),
    log,
    faultRef,
    wake: retries.after,
  });
  await startAll(platforms, desk, surfaces, log);
  const metronome = startDeskMetronome(desk, clock, log);
  return {
    desk,
    stop: async () => {
      await metronome.stop();
      retries.stop();
      await stopAll(surfaces, log);
      // A post on its way is marked before the store closes.
      surfaces.clear();
      await desk.outbox.drain();
    },
  };
}

/** Puts each platform into `surfaces` once it works: before that nothing is posted there. */
async function startAll(
  platforms: readonly ChatSurface[],
  desk: Desk,
  surfaces: Map<string, Surface>,
  log: Logger,
): Promise<void> {
  for (const platform of platforms) {
    await platform.start(desk).catch(async (error: unknown) => {
      // If it cannot start, the others are left in order.
      await platform.stop().catch(() => undefined);
      await stopAll(surfaces, log);
      throw error;
    });
    surfaces.set(platform.name, platform);
  }
}

async function stopAll(surfaces: ReadonlyMap<string, Surface>, log: Logger): Promise<void> {
  for (const surface of surfaces.values())
    await surface
      .stop()
      .catch((error: unknown) => log.error({ err: error }, `${surface.name} did not stop well`));
}

/** Runs `work` again after so many seconds, until stopped. */
function createRetries(work: () => void): {
  readonly after: (seconds: number) => void;
  readonly stop: () => void;
} {
  const timers = new Set<NodeJS.Timeout>();
  return {
    after: (seconds) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, seconds * 1000);
      timers.add(timer);
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
