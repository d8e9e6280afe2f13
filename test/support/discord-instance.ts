/**
 * One process of a desk on Discord: its own store, desk and surface on a given database and Discord.
 * Must not know: who speaks, whether there are other instances.
 */
import { pino } from 'pino';
import { outsideFor } from '../../src/app/outside.js';
import { readPack } from '../../src/app/pack-file.js';
import type { Handle, Surface } from '../../src/chat/surface.js';
import { createDesk, type Desk } from '../../src/desk/desk.js';
import type { Store, Tx } from '../../src/record/store.js';
import { type Database, openStore } from '../../src/storage/engine/open.js';
import { createDiscordSurface, type DiscordSurface } from '../../src/surfaces/discord/app.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { type FakeDiscord, TOKEN } from './discord-fake.js';
import { KEY, openFile } from './fresh-store.js';

const DEFAULT_PACK = 'manifests/policies/default.yaml';

/** Another surface of the same desk, with its channel for the cases. */
type Beside = { readonly surface: Surface; readonly channel: string };

export type InstanceOptions = {
  readonly deferAfterMs?: number;
  readonly guilds?: readonly string[];
  /** Wraps the way in, to hold or count what arrives. */
  readonly through?: (handle: Handle) => Handle;
  readonly beside?: (desk: Desk) => Promise<Beside>;
};

export type Instance = {
  readonly store: Store;
  readonly desk: Desk;
  readonly surface: DiscordSurface;
  readonly stop: () => Promise<void>;
};

export async function startInstance(
  given: {
    readonly discord: FakeDiscord;
    readonly database: Database;
    readonly clock: { readonly now: Instant };
    /** What the staff list and the channels are before anybody comes in; null: another instance saw to it. */
    readonly seed: ((tx: Tx, beside: Beside | null) => Promise<void>) | null;
  },
  options: InstanceOptions = {},
): Promise<Instance> {
  const { discord, clock } = given;
  const store =
    given.database.kind === 'sqlite'
      ? await openFile(given.database.file)
      : await openStore(given.database, KEY);
  const pack = await readPack(DEFAULT_PACK);
  const surfaces = new Map<string, Surface>();
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' }, pino.destination({ fd: 2, sync: true }));
  const desk = await createDesk({
    store,
    pack: pack.pack,
    packText: pack.text,
    surfaces,
    clock: () => clock.now,
    outside: outsideFor(KEY, () => []),
    log,
    faultRef: () => 'TEST',
  });
  const beside = options.beside === undefined ? null : await options.beside(desk);
  await store.transact(async (tx) => given.seed?.(tx, beside));
  const settings = {
    token: TOKEN,
    apiUrl: discord.apiUrl,
    guilds: options.guilds ?? null,
    ...(options.deferAfterMs === undefined ? {} : { deferAfterMs: options.deferAfterMs }),
  };
  const surface = createDiscordSurface(settings, log);
  surfaces.set(surface.name, surface);
  const { through = (handle) => handle } = options;
  await surface.start({ ...desk, handle: through(desk.handle) });
  if (beside !== null) {
    surfaces.set(beside.surface.name, beside.surface);
    await beside.surface.start(desk);
  }
  return {
    store,
    desk,
    surface,
    stop: async () => {
      await surface.stop();
      await beside?.surface.stop();
      await desk.outbox.drain();
      await store.close();
    },
  };
}
