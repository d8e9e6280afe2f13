/**
 * The desk put together: store, pack, commands, bot, outbox and ticker, with the clock and the surfaces given.
 * Must not know: configuration, which surfaces there are, which database it is.
 */
import type { Logger } from 'pino';
import { registryOf } from '../chat/command.js';
import type { FrontDesk, Surface } from '../chat/surface.js';
import { civilDay } from '../policy/calendar.js';
import { packHash, packName } from '../policy/pack.js';
import type { Pack } from '../policy/schema.js';
import { TICKER } from '../record/entry.js';
import { peopleOf } from '../record/people.js';
import type { Store } from '../record/store.js';
import type { Instant } from '../vocabulary/values.js';
import { disclosureCommands } from './disclosures/commands/index.js';
import { forgettingUnder } from './forgetting/forget.js';
import { createBot } from './front/bot.js';
import type { ActivePack, DeskCommand, Outside } from './front/plan.js';
import { createHome } from './home.js';
import { noteLost } from './house/channels.js';
import { deskCommands } from './house/commands/index.js';
import { createPackShelf, publishPack } from './house/packs.js';
import { createSelfCheck, type SelfCheck } from './house/self-check.js';
import { KINDS_OF_THE_DESK } from './kinds.js';
import { createOutbox, type Outbox } from './post/outbox.js';
import { createRenderer, refOfSlot } from './post/renderer.js';
import { createTicker, type Ticker } from './post/ticker.js';
import { createReaders } from './readers.js';
import { postMonthlyReport } from './report/monthly.js';
import { privacyCommands } from './requests/commands/index.js';
import { createChoices, createSuggest } from './suggest.js';
import type { DeskKinds } from './tell/kinds.js';

export const registry = registryOf<DeskCommand>([...privacyCommands, ...disclosureCommands, ...deskCommands]);

export type Desk = FrontDesk & {
  readonly outbox: Outbox;
  readonly ticker: Ticker;
  readonly selfCheck: SelfCheck;
  readonly active: ActivePack;
};

export async function createDesk(deps: {
  readonly store: Store;
  readonly pack: Pack;
  /** The pack's file text: kept, so that open cases stay on it (P-0). */
  readonly packText: string;
  readonly surfaces: ReadonlyMap<string, Surface>;
  readonly clock: () => Instant;
  /** Those of this desk when left out. */
  readonly kinds?: DeskKinds;
  readonly outside: Outside;
  readonly log: Logger;
  readonly faultRef: () => string;
  /** See outbox.ts. */
  readonly wake?: (seconds: number) => void;
}): Promise<Desk> {
  const { store, clock, outside, log, kinds = KINDS_OF_THE_DESK } = deps;
  const active: ActivePack = { pack: deps.pack, name: packName(deps.pack), hash: packHash(deps.pack) };
  const { packOf } = createPackShelf(active);
  await store.transact((tx) => publishPack(tx, clock(), { ...active, text: deps.packText }));
  const render = createRenderer({ store, clock, packOf, active, outside, kinds });
  const lost: FrontDesk['channelLost'] = (surface, channel, why) =>
    store
      .transact(async (tx) => {
        const now = clock();
        const people = await peopleOf(tx, civilDay(now, active.pack.zone));
        const around = {
          channels: await tx.channels(),
          ...people,
          packOf: (hash: string) => packOf(tx, hash),
        };
        await noteLost({ tx, now, actor: TICKER, kinds, ...around }, { surface, channel }, why);
      })
      .catch((error: unknown) => log.error({ err: error }, 'that a channel is lost could not be recorded'));
  const outbox = createOutbox({ store, surfaces: deps.surfaces, clock, render, log, wake: deps.wake, lost });
  const monthly = (now: Instant) => postMonthlyReport(store, active.pack, now);
  const selfCheck = createSelfCheck({ store, packOf, zone: active.pack.zone, kinds, log });
  const forgetting = forgettingUnder(active.pack);
  const ticking = { store, active, packOf, kinds, monthly, forgetting, log };
  const ticker = createTicker({ ...ticking, signing: outside.signing, selfCheck: selfCheck.run });
  const kick = (): void => {
    outbox.drain().catch((error: unknown) => log.error({ err: error }, 'the outbox stopped'));
  };
  const handle = createBot({
    store,
    registry,
    active,
    packOf,
    kinds,
    outside,
    clock,
    choicesIn: createChoices({ store, registry, active, packOf, clock }),
    log,
    kick,
    faultRef: deps.faultRef,
  });
  const suggest = createSuggest({ store, registry, active, packOf, clock });
  return {
    handle,
    outbox,
    ticker,
    selfCheck,
    active,
    suggest,
    readers: createReaders({ store, active, clock }),
    accountsOf: (name) =>
      store.transact(
        async (tx) => (await tx.staff()).find(({ person }) => person === name)?.accounts ?? null,
      ),
    home: createHome({ store, clock, active }),
    refOfThread: async (message) => {
      const slot = await store.transact((tx) => tx.slotAt(message));
      return slot === null ? null : refOfSlot(slot);
    },
    channelLost: async (surface, channel, why) => {
      await lost(surface, channel, why);
      kick();
    },
    ready: async () => {
      await store.transact((tx) => tx.setting('ready'));
      return true;
    },
    registry,
  };
}
