/**
 * A desk with chat platforms at its door, running until it is told to stop: platforms, metronome, retries, and an orderly end.
 * Must not know: configuration, any one platform.
 */
import type { Logger } from 'pino';
import type { Surface } from '../chat/surface.js';
import { createDesk, type Desk } from '../desk/desk.js';
import type { Services } from '../desk/front/plan.js';
import type { Store } from '../record/store.js';
import type { Instant } from '../vocabulary/values.js';
import { startMetronome } from './metronome.js';
import type { PackFile } from './pack-file.js';

/** A platform's surface for this desk, with what `/desk doctor` says about it. */
export type Platform = (
  desk: Desk,
) => Surface & { readonly facts: () => readonly (readonly [string, string])[] };

export type Service = {
  readonly desk: Desk;
  /** What is going on is finished, then the platforms are left. */
  readonly stop: () => Promise<void>;
};

export async function startService(deps: {
  readonly store: Store;
  readonly pack: PackFile;
  readonly clock: () => Instant;
  /** `notes` of the platforms go into `/desk doctor`. */
  readonly servicesWith: (notes: () => readonly (readonly [string, string])[]) => Services;
  readonly platforms: readonly Platform[];
  readonly log: Logger;
  readonly faultRef: () => string;
}): Promise<Service> {
  const { store, pack, clock, log } = deps;
  const surfaces = new Map<string, Surface>();
  const notes: (() => readonly (readonly [string, string])[])[] = [];
  const alarms = new Set<NodeJS.Timeout>();
  const drain = (): void => {
    desk.outbox.drain().catch((error: unknown) => log.error({ err: error }, 'the outbox stopped'));
  };
  const desk = await createDesk({
    store,
    pack: pack.pack,
    packText: pack.text,
    surfaces,
    clock,
    services: deps.servicesWith(() => notes.flatMap((facts) => facts())),
    log,
    faultRef: deps.faultRef,
    wake: (seconds) => {
      const alarm = setTimeout(() => {
        alarms.delete(alarm);
        drain();
      }, seconds * 1000);
      alarms.add(alarm);
    },
  });
  const leave = async (): Promise<void> => {
    for (const surface of surfaces.values())
      await surface
        .stop()
        .catch((error: unknown) => log.error({ err: error }, `${surface.name} did not stop well`));
  };
  for (const platform of deps.platforms) {
    const surface = platform(desk);
    // Before it is in the map nothing is posted there; if it cannot start, the others are left in order.
    await surface.start(desk.handle).catch(async (error: unknown) => {
      await surface.stop().catch(() => undefined);
      await leave();
      throw error;
    });
    surfaces.set(surface.name, surface);
    notes.push(surface.facts);
  }
  const metronome = startMetronome({
    tick: async () => {
      await desk.ticker.tick(clock());
      await desk.outbox.drain();
    },
    log,
  });
  return {
    desk,
    stop: async () => {
      await metronome.stop();
      for (const alarm of alarms) clearTimeout(alarm);
      await leave();
      // A post on its way is marked before the store closes.
      surfaces.clear();
      await desk.outbox.drain();
    },
  };
}
