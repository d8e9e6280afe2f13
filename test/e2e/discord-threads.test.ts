/**
 * Threads. Private ones, in a channel everybody sees, have everybody in them who may see cases, whatever went wrong when
 * they were opened, and are found again however many there are; archived ones are reopened.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { card, text } from '../../src/chat/card.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { type DiscordDesk, playDiscord, textOf } from '../support/discord-desk.js';
import type { Channel } from '../support/discord-state.js';

let play: DiscordDesk;
afterEach(() => play.close());

const MEMBERS = /\/thread-members\//;
const READERS = ['mei', 'dan', 'lyon', 'ana', 'kim'];
const log = () => play.says('mei', '/privacy log deletion C-10812');
const note = (words: string) => play.says('mei', `/privacy note case:PR-2026-0001 text:"${words}"`);
const thread = (): Channel => play.threadOf('PR-2026-0001');
const inside = (): readonly string[] =>
  [...thread().members].flatMap((id) => play.discord.state.users.get(id)?.username ?? []).sort();
const everybody = [...READERS, 'ombud'].sort();
const stuck = () => play.store.transact((tx) => tx.stuckPosts(10));

async function later(): Promise<void> {
  play.clock.now = new Date(Date.parse(play.clock.now) + 5 * 60_000).toISOString() as Instant;
  await play.desk.outbox.drain();
}

describe('a private thread', () => {
  it('has its people where the receipt of its opening was lost', async () => {
    play = await playDiscord({ casesOpen: true });
    play.discord.faults.next('POST', /\/threads$/, { kind: 'lost' });
    await log();
    await note('Called again');
    await later();
    expect(inside()).toEqual(everybody);
    expect(await stuck()).toEqual([]);
  });

  it.each([true, false])(
    'is opened without another post where opening it failed (private: %s)',
    async (casesOpen) => {
      play = await playDiscord({ casesOpen });
      play.discord.faults.next('POST', /\/threads$/, { kind: '500' });
      await log();
      await later();
      expect(thread().name).toBe('PR-2026-0001');
      expect(play.discord.messagesIn(play.cases.id)).toHaveLength(1);
      expect(await stuck()).toEqual([]);
    },
  );

  it.each(['500', 'lost', 'dropped'] as const)('has its people though adding them met “%s”', async (kind) => {
    play = await playDiscord({ casesOpen: true });
    for (let times = 0; times < 2; times += 1) play.discord.faults.next('PUT', MEMBERS, { kind });
    await log();
    await note('Called again');
    expect(await stuck()).not.toEqual([]);
    for (let times = 0; times < 2; times += 1) await later();
    expect(inside()).toEqual(everybody);
    expect(play.discord.messagesIn(thread().id).map(textOf).join()).toContain('Called again');
    expect(await stuck()).toEqual([]);
  });

  it('has its people after a restart, also those who came since, archived or not', async () => {
    play = await playDiscord({ casesOpen: true });
    for (let times = 0; times < 5; times += 1)
      play.discord.faults.next('PUT', MEMBERS, { kind: 'refused', status: 403, code: 50001 });
    await log();
    expect(inside()).toEqual(['ombud']);
    const zoe = play.discord.human('zoe');
    await play.says('root', `/desk staff action:add person:zoe role:agent account:discord:${zoe.id}`);
    await note('Called again');
    expect(inside()).toEqual(['ombud', 'zoe']);
    thread().archived = true;
    play = await play.restart();
    await note('And again');
    expect(inside()).toEqual([...everybody, 'zoe'].sort());
    expect(await stuck()).toEqual([]);
  });

  it('takes nobody in whose training has ended', async () => {
    play = await playDiscord({ casesOpen: true });
    await play.says('root', '/desk staff action:train person:dan until:2026-11-24');
    play.clock.now = '2026-11-24T02:00:00Z' as Instant;
    await log();
    expect(inside()).toEqual(everybody);
    play.clock.now = '2026-11-25T02:00:00Z' as Instant;
    await play.says('mei', '/privacy log access C-10812');
    const names = [...play.threadOf('PR-2026-0002').members].flatMap(
      (id) => play.discord.state.users.get(id)?.username ?? [],
    );
    expect(names.sort()).toEqual(everybody.filter((name) => name !== 'dan'));
  });

  it('is there for the others where one cannot be added', async () => {
    play = await playDiscord({ casesOpen: true });
    play.discord.faults.next('PUT', MEMBERS, { kind: 'refused', status: 403, code: 50001 });
    await log();
    await note('Called again');
    expect(inside()).toHaveLength(everybody.length - 1);
    expect(await stuck()).toEqual([]);
  });
});

describe('a private thread the bot was removed from', () => {
  it('is followed by another one, and the channel’s other posts go on', async () => {
    play = await playDiscord({ casesOpen: true });
    await log();
    const first = thread();
    first.members.delete(play.discord.state.bot.id);
    await note('Called again');
    const threads = [...play.discord.state.channels.values()].filter(({ type }) => type === 12);
    expect(threads.map(({ id }) => id)).toEqual([first.id, expect.anything()]);
    expect(
      play.discord
        .messagesIn(threads[1]?.id ?? '')
        .map(textOf)
        .join(),
    ).toContain('Called again');
    expect(await stuck()).toEqual([]);
  });

  it('is the same one where the bot was shut out of the channel for a while', async () => {
    play = await playDiscord({ casesOpen: true });
    await log();
    play.discord.state.botPermissions.delete('viewChannel');
    await note('Called again');
    expect(await stuck()).not.toEqual([]);
    play.discord.state.botPermissions.add('viewChannel');
    await later();
    expect(play.discord.messagesIn(thread().id).map(textOf).join()).toContain('Called again');
    expect([...play.discord.state.channels.values()].filter(({ type }) => type === 12)).toHaveLength(1);
    expect(await stuck()).toEqual([]);
  });
});

describe('an archived thread', () => {
  it('is reopened for a post and for an edit', async () => {
    play = await playDiscord();
    await log();
    const archived = thread();
    await play.says('mei', '/privacy verify method:otp result:pass ref:otp#1', archived);
    await play.says('mei', '/privacy check category:all result:none_held', archived);
    await play.says('mei', '/privacy propose outcome:no_data_held', archived);
    archived.archived = true;
    await play.says('lyon', '/privacy decide PR-2026-0001 approve');
    expect(archived.archived).toBe(false);
    const asked = play.discord.messagesIn(archived.id).find((each) => textOf(each).includes('Proposed'));
    expect(asked === undefined ? null : textOf(asked)).toContain('Approved by @lyon');
    const last = play.discord.messagesIn(archived.id).at(-1);
    expect(last === undefined ? null : textOf(last)).toContain('approved');
    expect(await stuck()).toEqual([]);
  });

  it.each([
    ['archived', true, false],
    ['archived, in a channel everybody sees', true, true],
    ['open', false, false],
  ] as const)(
    'that a moderator locked (%s) keeps no question from the officer',
    async (_, isArchived, casesOpen) => {
      play = await playDiscord({ casesOpen });
      await log();
      await play.says('mei', '/privacy verify PR-2026-0001 method:otp result:pass ref:otp#1');
      await play.says('mei', '/privacy check PR-2026-0001 all none_held');
      const locked = thread();
      locked.archived = isArchived;
      locked.locked = true;
      const before = play.discord.messagesIn(locked.id).length;
      await play.says('mei', '/privacy propose PR-2026-0001 no_data_held');
      play = await play.restart();
      await play.presses('lyon', 'Approve', 'PR-2026-0001');
      expect(play.discord.messagesIn(locked.id)).toHaveLength(before);
      const others = [...play.discord.state.channels.values()].filter(
        ({ type, id }) => type === 12 && id !== locked.id,
      );
      expect(others).toHaveLength(1);
      const told = play.discord.messagesIn(others[0]?.id ?? '').map(textOf);
      expect(told.join()).toContain('Approved by @lyon');
      expect(await stuck()).toEqual([]);
    },
  );
});

describe('who may not read a case any more', () => {
  it('is out of its private thread before the next post, also after a restart', async () => {
    play = await playDiscord({ casesOpen: true });
    await log();
    expect(inside()).toEqual(everybody);
    await play.says('root', '/desk staff action:remove person:dan');
    await note('Called again');
    const left = everybody.filter((name) => name !== 'dan');
    expect(inside()).toEqual(left);
    await play.says('root', '/desk staff action:remove person:kim');
    play = await play.restart();
    thread().archived = true;
    await note('And again');
    expect(inside()).toEqual(left.filter((name) => name !== 'kim'));
    expect(await stuck()).toEqual([]);
  });

  it('is in it again when they come back', async () => {
    play = await playDiscord({ casesOpen: true });
    await log();
    await play.says('root', '/desk staff action:remove person:dan');
    await note('Called again');
    const dan = play.human('dan').id;
    await play.says('root', `/desk staff action:add person:dan role:agent account:discord:${dan}`);
    await note('And again');
    expect(inside()).toEqual(everybody);
  });
});

describe('an archive of many private threads', () => {
  const archived = (many: number, names: (at: number) => string): void => {
    for (let at = 0; at < many; at += 1) {
      const { snowflake, channels, bot, guild } = play.discord.state;
      play.discord.state.advance(1);
      const id = snowflake();
      const base = { id, type: 12, name: names(at), guild, parent: play.cases.id, owner: bot.id };
      channels.set(id, { ...base, members: new Set([bot.id]), open: false, archived: true, locked: false });
    }
  };
  const pages = (): number =>
    play.discord.calls.filter(({ call }) => call.path.endsWith('/threads/archived/private')).length;

  it('is not read through for a new case', async () => {
    play = await playDiscord({ casesOpen: true });
    archived(250, (at) => `PR-2025-${String(at + 1).padStart(4, '0')}`);
    play.discord.state.advance(1);
    await log();
    expect(pages()).toBe(1);
    expect(inside()).toEqual(everybody);
  });

  it('is read as far as the case’s thread', async () => {
    play = await playDiscord({ casesOpen: true });
    await log();
    const first = thread().id;
    thread().archived = true;
    archived(250, (at) => `PR-2026-${String(at + 2).padStart(4, '0')}`);
    play = await play.restart();
    const before = pages();
    await note('Called again');
    expect(pages() - before).toBe(3);
    expect(play.discord.messagesIn(first).map(textOf).join()).toContain('Called again');
  });
});

it('a card in a channel everybody sees is there once, though nobody noted that it was posted', async () => {
  play = await playDiscord({ casesOpen: true });
  const place = { kind: 'channel', channel: play.cases.id, opens: 'PR-2026-0009' } as const;
  const shown = card('PR-2026-0009', 'neutral', [text('New')], { ref: 'PR-2026-0009' });
  const first = await play.surface.post(place, shown, 'card:9', false);
  play.discord.state.advance(10 * 60_000);
  expect(await play.surface.post(place, shown, 'card:9', true)).toEqual(first);
  expect(play.discord.messagesIn(play.cases.id)).toHaveLength(1);
});
