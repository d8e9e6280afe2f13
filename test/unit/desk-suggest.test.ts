/**
 * What a case field is completed with: the open ones first, then those closed last; nothing for whom the desk refuses.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played;
beforeEach(async () => {
  desk = await playDesk();
  await desk.clock('2026-11-23T10:00');
});
afterEach(() => desk.close());

const completed = async (verb: string, typed = '', who = 'mei'): Promise<readonly string[]> => {
  const found = await desk.desk.suggest({
    account: `terminal:${who}`,
    command: 'privacy',
    verb,
    field: 'case',
    typed,
    given: {},
  });
  return found.map(({ value }) => value);
};

/** Withdrawn by the customer, which needs neither identity nor officer. */
async function closed(many: number): Promise<void> {
  for (let number = 1; number <= many; number += 1) {
    const { ref } = await desk.asks(`/privacy log complaint C-${20_000 + number}`);
    const row = await desk.store.transact((tx) => tx.request(ref ?? ''));
    if (row === null) throw new Error('not logged');
    await desk.store.transact((tx) => tx.putRequest({ ...row, status: 'closed' }));
  }
}

it('shows the open case before any number of closed ones, and the last closed first', async () => {
  await closed(30);
  const { ref } = await desk.asks('/privacy log deletion C-10812 scope:email');
  const shown = await completed('show');
  expect(shown).toHaveLength(25);
  expect(shown.slice(0, 3)).toEqual([ref, 'PR-2026-0030', 'PR-2026-0029']);
  expect((await completed('reopen', '', 'lyon')).slice(0, 2)).toEqual(['PR-2026-0030', 'PR-2026-0029']);
  expect(await completed('show', 'pr-2026-0001')).toEqual(['PR-2026-0001']);
  expect(await completed('assign')).toEqual([ref]);
});

it('shows nothing to somebody whose training has ended', async () => {
  await desk.asks('/privacy log deletion C-10812 scope:email');
  expect(await completed('show')).toEqual(['PR-2026-0001']);
  await desk.as('root');
  await desk.asks('/desk staff action:train person:mei until:2026-11-24');
  await desk.as('mei');
  await desk.says('/clock 2026-11-25T09:00');
  expect(await completed('show')).toEqual([]);
});
