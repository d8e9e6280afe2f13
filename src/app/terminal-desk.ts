/**
 * A desk with a terminal, on a store that is already open: its people, channels, settable clock. `npm start` runs it for
 * people and scripts, the end-to-end tests run the same thing. Must not know: standard streams, configuration.
 */

import type { Logger } from 'pino';
import type { Surface } from '../chat/surface.js';
import { createDesk, type Desk } from '../desk/desk.js';
import type { ActivePack, Outside } from '../desk/front/plan.js';
import { seedChannels } from '../desk/house/channels.js';
import { seedStaff } from '../desk/house/staff.js';
import { minuteWords } from '../language/en/dates.js';
import { keptInstant } from '../policy/calendar.js';
import { type Store, StoreProblem } from '../record/store.js';
import { createTerminal, type Terminal, type TerminalDeps } from '../surfaces/terminal/app.js';
import { CAST, CHANNELS } from '../surfaces/terminal/cast.js';
import type { Instant, Person } from '../vocabulary/values.js';

const CLOCK_SETTING = 'terminal-clock';

export type TerminalClock = TerminalDeps['clock'] & { readonly isReal: () => boolean };

/**
 * The real time until `/clock` sets it; then it stands still, and is remembered in the store. What is damaged there is no clock:
 * the real time is shown, for everybody to see.
 */
export async function openClock(store: Store, realNow: () => Instant): Promise<TerminalClock> {
  let fixed = keptInstant(await store.transact((tx) => tx.setting(CLOCK_SETTING)));
  return {
    now: () => fixed ?? realNow(),
    isReal: () => fixed === null,
    set: async (instant) => {
      fixed = instant;
      await store.transact((tx) => tx.putSetting(CLOCK_SETTING, instant));
    },
  };
}

export type TerminalDesk = { readonly desk: Desk; readonly terminal: Terminal };

type TerminalDeskDeps = {
  readonly store: Store;
  readonly pack: ActivePack & { readonly text: string };
  readonly clock: TerminalClock;
  readonly outside: Outside;
  readonly log: Logger;
  readonly faultRef: () => string;
  readonly view: Pick<TerminalDeps, 'json' | 'colours' | 'write' | 'ask' | 'exportsDir' | 'onlyOwnAccounts'>;
};

export async function openTerminalDesk(deps: TerminalDeskDeps): Promise<TerminalDesk> {
  const { store, pack, clock, outside, log, faultRef } = deps;
  const surfaces = new Map<string, Surface>();
  const desk = await createDesk({
    store,
    pack: pack.pack,
    packText: pack.text,
    surfaces,
    clock: clock.now,
    outside,
    log,
    faultRef,
  });
  await seedCast(store, clock.now());
  const terminal = await openTerminal({ ...deps, desk });
  surfaces.set(terminal.name, terminal);
  await desk.selfCheck.opened(clock.now());
  await desk.selfCheck.below(clock.now());
  return { desk, terminal };
}

/** The terminal's people and channels: only where there is no other surface. */
async function seedCast(store: Store, now: Instant): Promise<void> {
  await store.transact((tx) => seedStaff(tx, now, castOf()));
  await store.transact((tx) =>
    seedChannels(
      tx,
      now,
      CHANNELS.map(({ channel, uses }) => ({ surface: 'terminal', channel, uses, locale: null })),
    ),
  );
}

/** A started terminal for a desk that there is already. */
export async function openTerminal(
  deps: Pick<TerminalDeskDeps, 'store' | 'pack' | 'clock' | 'log' | 'faultRef' | 'view'> & {
    readonly desk: Desk;
  },
): Promise<Terminal> {
  const { store, pack, clock, log, faultRef, desk } = deps;
  const terminal = await createTerminal({
    ...deps.view,
    clock,
    zone: pack.pack.zone,
    localTime: (instant) => minuteWords(instant, pack.pack.zone),
    fault: (error) => {
      const ref = faultRef();
      log.error({ err: error, ref }, 'line failed');
      return error instanceof StoreProblem ? error.message : `Something broke on our side (ref ${ref}).`;
    },
    tick: () => desk.ticker.tick(clock.now()),
    nextDue: desk.ticker.nextDue,
    settle: desk.outbox.drain,
    memory: {
      load: (name) => store.transact((tx) => tx.setting(name)),
      save: (name, value) => store.transact((tx) => tx.putSetting(name, value)),
    },
  });
  await terminal.start(desk);
  return terminal;
}

const castOf = () =>
  CAST.map(({ name, role, accounts }) => ({
    person: name as Person,
    roles: [role],
    accounts,
    trainedUntil: null,
  }));
