/**
 * What the bot may not do where it is: said when a channel is bound, waited for where it is lost later.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/vocabulary/values.js';
import { type DiscordDesk, playDiscord, textOf } from '../support/discord-desk.js';
import type { Channel, Message } from '../support/discord-state.js';

let play: DiscordDesk;
afterEach(() => play.close());

const cards = (): readonly Message[] => play.discord.messagesIn(play.cases.id);
const stuck = () => play.store.transact((tx) => tx.stuckPosts(10));

/** The outbox's own waiting passes, and it sends what it has. */
async function later(minutes = 5): Promise<void> {
  play.clock.now = new Date(Date.parse(play.clock.now) + minutes * 60_000).toISOString() as Instant;
  await play.desk.outbox.drain();
}

describe('a post', () => {
  it.each(['viewChannel', 'sendMessages'] as const)(
    'for want of a permission (%s) arrives when the permission is given, and nothing twice',
    async (permission) => {
      play = await playDiscord();
      play.discord.state.botPermissions.delete(permission);
      await play.says('mei', '/privacy log deletion C-10812');
      await later();
      expect(cards()).toEqual([]);
      expect((await stuck()).map(({ status }) => status)).toContain('pending');
      expect(textOf(await play.says('lyon', '/desk doctor'))).toMatch(/Discord refused it: 500(?:01|13) /);
      play.discord.state.botPermissions.add(permission);
      await later(1);
      expect(cards()).toHaveLength(1);
      expect(await stuck()).toEqual([]);
    },
  );
});

describe('binding a channel', () => {
  const bound = async (): Promise<readonly string[]> =>
    (await play.store.transact((tx) => tx.channels())).flatMap(({ channel, uses }) =>
      uses.map((use) => `${channel} ${use}`),
    );

  it('is refused where posts would not arrive, with what is missing, and done when it is there', async () => {
    play = await playDiscord();
    const { botPermissions } = play.discord.state;
    const room = play.discord.channel('room', [play.human('root').id]);
    const before = await bound();
    const binds = async (use: string): Promise<string> =>
      textOf(await play.says('root', `/desk channel use:${use}`, room));
    botPermissions.delete('sendMessages');
    botPermissions.delete('createPrivateThreads');
    expect(await binds('cases')).toContain('needs in this channel: Send Messages, Create Private Threads.');
    expect(await binds('digest')).toContain('needs in this channel: Send Messages.');
    expect(await bound()).toEqual(before);
    botPermissions.add('sendMessages');
    expect(await binds('digest')).toContain('now gets the daily digest');
    botPermissions.add('createPrivateThreads');
    expect(await binds('cases')).toContain('now gets the cases');
  });

  it('for the cases is refused where no threads can be, but not for the digest', async () => {
    play = await playDiscord();
    const room: Channel = { ...play.discord.channel('news', [play.human('root').id]), type: 5 };
    play.discord.state.channels.set(room.id, room);
    const binds = async (use: string): Promise<string> =>
      textOf(await play.says('root', `/desk channel use:${use}`, room));
    expect(await binds('cases')).toContain('needs in this channel: to be a text channel.');
    expect(await binds('digest')).toContain('now gets the daily digest');
  });
});
