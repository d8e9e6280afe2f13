/**
 * What the bench types: cases logged and notes added through the bot's handle, the way every door does it, with the outbox
 * rows queued and not sent. Must not know: databases.
 */
import { pino } from 'pino';
import { outsideFor } from '../../src/app/outside.js';
import type { PackFile } from '../../src/app/pack-file.js';
import { type Handle, NONE_MISSING } from '../../src/chat/surface.js';
import { registry } from '../../src/desk/desk.js';
import { createBot } from '../../src/desk/front/bot.js';
import { seedChannels } from '../../src/desk/house/channels.js';
import { createPackShelf, publishPack } from '../../src/desk/house/packs.js';
import { seedStaff } from '../../src/desk/house/staff.js';
import { KINDS_OF_THE_DESK } from '../../src/desk/kinds.js';
import type { Store } from '../../src/record/store.js';
import type { Account, Instant, Person } from '../../src/vocabulary/values.js';

export const MASTER_KEY = Buffer.alloc(32, 7);
export const CASES_A_ROUND = 5;
const NOTES_A_CASE = 3;
export const COMMANDS_A_ROUND = CASES_A_ROUND * (1 + NOTES_A_CASE);
export const SPEAKER = 'terminal:mei' as Account;

const at = (milliseconds: number): Instant =>
  new Date(Date.UTC(2026, 10, 23, 2) + milliseconds).toISOString() as Instant;

/** A clock that moves a second with every look: the same commands give the same rows on every desk. */
export function steadyClock(): () => Instant {
  let seconds = 0;
  return () => {
    seconds += 1;
    return at(seconds * 1000);
  };
}

/** Staff, channels and the policy, as a start of the desk records them. */
export async function seed(store: Store, pack: PackFile): Promise<void> {
  const now = at(0);
  await store.transact((tx) => publishPack(tx, now, pack));
  await store.transact((tx) =>
    seedStaff(tx, now, [
      { person: 'mei' as Person, roles: ['agent'], accounts: [SPEAKER], trainedUntil: null },
      {
        person: 'lyon' as Person,
        roles: ['officer'],
        accounts: ['terminal:lyon' as Account],
        trainedUntil: null,
      },
    ]),
  );
  await store.transact((tx) =>
    seedChannels(tx, now, [
      { surface: 'terminal', channel: '#cases', uses: ['cases', 'digest'], locale: null },
      { surface: 'terminal', channel: '#officer', uses: ['officer'], locale: null },
    ]),
  );
}

/** The bot alone: a commit's own work, without the posting that follows it. */
export function botOn(store: Store, pack: PackFile, clock: () => Instant): Handle {
  return createBot({
    choicesIn: async (form) => form,
    store,
    registry,
    active: pack,
    packOf: createPackShelf(pack).packOf,
    kinds: KINDS_OF_THE_DESK,
    outside: outsideFor(MASTER_KEY, () => []),
    clock,
    log: pino({ level: 'error' }, pino.destination({ fd: 2, sync: true })),
    kick: () => {},
    faultRef: () => 'BNCH',
  });
}

/** Types one line; the bench is void when the desk says no. */
export async function says(handle: Handle, line: string): Promise<void> {
  const answer = await handle({
    id: null,
    surface: 'terminal',
    account: SPEAKER,
    channel: '#cases',
    threadRef: null,
    missing: NONE_MISSING,
    ask: { kind: 'line', line },
  });
  if (answer.kind === 'error') throw new Error(`${line}: ${answer.code}`);
}

const refOf = (number: number): string => `PR-2026-${String(number).padStart(4, '0')}`;

/** The lines of a round, counted from 0. */
export function linesOf(round: number): readonly string[] {
  return Array.from({ length: CASES_A_ROUND }, (_, index) => {
    const number = round * CASES_A_ROUND + index + 1;
    const notes = Array.from(
      { length: NOTES_A_CASE },
      (_each, note) => `/privacy note ${refOf(number)} step ${note + 1} is done, the archive team was asked`,
    );
    return [`/privacy log deletion K-${number} scope:email,payment via:phone ref:T-${number}`, ...notes];
  }).flat();
}
