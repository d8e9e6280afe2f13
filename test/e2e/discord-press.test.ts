/**
 * Buttons that ask on Discord: checked at the click, before their form opens, and refused on the ledger.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { type DiscordDesk, inputsOf, modalOf, playDiscord, textOf } from '../support/discord-desk.js';
import { buttonsOf } from '../support/discord-people.js';
import type { Message } from '../support/discord-state.js';

let play: DiscordDesk;
afterEach(() => play.close());

/** A proposal of mei's in the thread, waiting for an officer. */
async function proposed(): Promise<Message> {
  play = await playDiscord();
  await play.says('mei', '/privacy log deletion C-10812 scope:email');
  await play.says('mei', '/privacy verify PR-2026-0001 method:callback result:pass ref:call#9');
  await play.says('mei', '/privacy check PR-2026-0001 email done ref:CHG-1');
  await play.says('mei', '/privacy propose PR-2026-0001 fulfilled');
  const found = play.posts().find((each) => buttonsOf(each).some(({ label }) => label === 'Return'));
  if (found === undefined) throw new Error('no proposal');
  return found;
}

const refused = async (): Promise<number> => {
  const entries = await play.store.transact((tx) => tx.entries('PR-2026-0001', { lock: false }));
  return entries.filter(({ type }) => type === 'command_refused').length;
};
const press = (name: string, label: string, message: Message) =>
  play.sees(play.human(name).presses(label, message));

describe('a button that asks', () => {
  it('tells an agent that it is not for agents, and the attempt is on the ledger', async () => {
    const proposal = await proposed();
    expect(textOf(await press('dan', 'Return', proposal))).toContain('That is not for an agent.');
    expect(await refused()).toBe(1);
  });

  it('tells a late officer who decided already, and the attempt is on the ledger', async () => {
    const proposal = await proposed();
    await press('lyon', 'Approve', proposal);
    expect(textOf(await press('ana', 'Return', proposal))).toContain('already decided by @lyon');
    expect(await refused()).toBe(1);
  });

  it('opens its form for whoever may send it, and nothing is written before that', async () => {
    const proposal = await proposed();
    const form = modalOf(await press('lyon', 'Return', proposal));
    expect(inputsOf(form)).toEqual(['reason']);
    expect(await refused()).toBe(0);
    const seen = await play.sees(play.human('lyon').fills(form, { reason: 'Another day' }, play.cases));
    expect(textOf(seen)).toContain('Returned to the agent.');
  });
});
