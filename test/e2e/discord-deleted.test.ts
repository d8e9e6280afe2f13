/**
 * A moderator deletes what the desk posted: the card comes back with the case's next step, once, and its thread with it.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/values.js';
import { type DiscordDesk, playDiscord, textOf } from '../support/discord-desk.js';
import type { Message } from '../support/discord-state.js';

let play: DiscordDesk;
afterEach(() => play.close());

const cards = (): readonly Message[] => play.discord.messagesIn(play.cases.id);

async function deletedCard(): Promise<void> {
  play = await playDiscord();
  await play.says('mei', '/privacy log deletion C-10812 scope:email');
  const { messages } = play.discord.state;
  messages.splice(messages.indexOf(play.cardOf('PR-2026-0001')), 1);
  expect(cards()).toEqual([]);
}

describe('a card deleted by a moderator', () => {
  it('is posted again with the next step, and edited from then on', async () => {
    await deletedCard();
    await play.says('mei', '/privacy assign case:PR-2026-0001');
    const [again] = cards();
    expect(cards().map(textOf)).toEqual([expect.stringContaining('Owner: @mei')]);
    await play.says('mei', '/privacy verify case:PR-2026-0001 method:callback result:pass ref:call#9');
    expect(cards()).toEqual([again]);
    expect(textOf(play.cardOf('PR-2026-0001'))).toContain('in progress');
    const told = play.discord.messagesIn(again?.id ?? '').map(textOf);
    expect(told.some((each) => each.includes('verified the identity'))).toBe(true);
    expect(await play.store.transact((tx) => tx.stuckPosts(10))).toEqual([]);
  });

  it('is there once where the answer to its second posting was lost', async () => {
    await deletedCard();
    play.discord.faults.next('POST', /^\/channels\/\d+\/messages$/, { kind: 'lost' });
    await play.says('mei', '/privacy assign case:PR-2026-0001');
    play.discord.state.advance(10 * 60_000);
    play.clock.now = new Date(Date.parse(play.clock.now) + 5 * 60_000).toISOString() as Instant;
    await play.desk.outbox.drain();
    expect(cards().map(textOf)).toEqual([expect.stringContaining('Owner: @mei')]);
    expect(await play.store.transact((tx) => tx.stuckPosts(10))).toEqual([]);
  });
});
