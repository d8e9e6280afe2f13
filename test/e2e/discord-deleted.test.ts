/**
 * A moderator deletes what the desk posted: the card comes back with the case's next step, once, and its thread with it;
 * a thread is followed by another one.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/vocabulary/values.js';
import { type DiscordDesk, type PlayOptions, playDiscord, textOf } from '../support/discord-desk.js';
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

it('a channel of the desk that was deleted is told to the administrators once; what waited goes where it is bound next', async () => {
  play = await playDiscord();
  play.discord.state.channels.delete(play.cases.id);
  await play.says('mei', '/privacy log deletion C-10812', play.officers);
  await play.says('mei', '/privacy log deletion C-20812', play.officers);
  await play.settle();
  const told = play.posts().filter((message) => textOf(message).includes('not to be reached'));
  expect(told.map(textOf)).toEqual([
    expect.stringContaining(`<#${play.cases.id}>: was deleted. It gets: cases, digest.`),
  ]);
  expect(textOf(told[0] as Message)).toContain('/desk channel use:cases');
  const doctor = textOf(await play.says('root', '/desk doctor', play.officers));
  expect(doctor).toMatch(/given up \(PR-2026-0001, PR-2026-0002\)/);
  await play.says('root', '/desk channel use:cases', play.officers);
  await play.says('root', '/desk doctor send_again:yes', play.officers);
  await play.settle();
  const there = play.discord.messagesIn(play.officers.id).map(textOf).join();
  expect(there).toContain('PR-2026-0001');
  expect(there).toContain('PR-2026-0002');
  expect(await play.store.transact((tx) => tx.stuckPosts(10))).toEqual([]);
});

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

describe('a thread deleted by a moderator', () => {
  const stuck = () => play.store.transact((tx) => tx.stuckPosts(10));
  const threads = () => [...play.discord.state.channels.values()].filter(({ parent }) => parent !== null);
  const told = (): readonly string[] => play.discord.messagesIn(play.threadOf('PR-2026-0001').id).map(textOf);

  async function deletedThread(options: PlayOptions = {}, again = false): Promise<void> {
    play = await playDiscord(options);
    play.discord.state.secondThreads = again;
    await play.says('mei', '/privacy log deletion C-10812');
    await play.says('mei', '/privacy verify PR-2026-0001 method:otp result:pass ref:otp#1');
    await play.says('mei', '/privacy check PR-2026-0001 all none_held');
    play.discord.deletes(play.threadOf('PR-2026-0001'));
  }

  it.each([
    ['is followed by a private one', false, false],
    ['is followed by one under the card where Discord allows it', false, true],
    ['of a channel everybody sees is followed by another', true, false],
  ])('%s, so that the decision is asked for and made', async (_, casesOpen, again) => {
    await deletedThread({ casesOpen }, again);
    await play.says('mei', '/privacy propose PR-2026-0001 no_data_held');
    expect(threads().map(({ type }) => type)).toEqual([again ? 11 : 12]);
    expect(play.offers('Approve', 'PR-2026-0001')).toBe(true);
    if (!again) expect(play.threadOf('PR-2026-0001').members).toContain(play.human('lyon').id);
    await play.presses('lyon', 'Approve', 'PR-2026-0001');
    expect(told().join()).toContain('Approved by @lyon');
    play = await play.restart();
    await play.says('mei', '/privacy note case:PR-2026-0001 text:"Called again"');
    expect(told().join()).toContain('Called again');
    expect(threads()).toHaveLength(1);
    expect(await stuck()).toEqual([]);
  });

  it('takes what was asked there with it, and the edit asks again', async () => {
    await deletedThread();
    await play.says('mei', '/privacy propose PR-2026-0001 no_data_held');
    play.discord.deletes(play.threadOf('PR-2026-0001'));
    expect(play.offers('Approve', 'PR-2026-0001')).toBe(false);
    await play.says('lyon', '/privacy decide PR-2026-0001 approve');
    expect(told().join()).toContain('Approved by @lyon');
    expect(await stuck()).toEqual([]);
  });

  it('leaves the channel where no other thread can be had', async () => {
    await deletedThread();
    play.discord.state.botPermissions.delete('createPrivateThreads');
    await play.says('mei', '/privacy propose PR-2026-0001 no_data_held');
    expect(play.offers('Approve', 'PR-2026-0001')).toBe(true);
    expect(cards()).toHaveLength(2);
    expect(await stuck()).toEqual([]);
  });
});
