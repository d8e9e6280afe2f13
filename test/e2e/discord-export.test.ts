/** `/desk export` on Discord: the file arrives in the direct messages of whoever asked, once, and nowhere else. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type DiscordDesk, playDiscord, textOf } from '../support/discord-desk.js';
import { type Evidence, firstBadEntry } from '../support/evidence.js';

let play: DiscordDesk;
afterEach(() => play.close());

const files = () => play.posts().filter((message) => message.files.length > 0);

describe('an evidence file', () => {
  it('comes to who asked, verifies, and is not in the channel', async () => {
    play = await playDiscord();
    await play.says('mei', '/privacy log deletion C-10812 scope:email note:"Called twice"');
    const answer = textOf(await play.says('lyon', '/desk export PR-2026-0001 format:json'));
    expect(answer).toContain('on its way to you privately');
    await play.settle();

    expect(files()).toHaveLength(1);
    const [message] = files();
    const where = play.discord.state.channels.get(message?.channel ?? '');
    expect(where?.type).toBe(1);
    expect(where?.members.has(play.human('lyon').id)).toBe(true);
    expect(['mei', 'dan', 'ana', 'kim', 'root'].some((name) => where?.members.has(play.human(name).id))).toBe(
      false,
    );

    const [file] = message?.files ?? [];
    expect(file).toMatchObject({ name: 'PR-2026-0001-evidence.json', type: 'application/json' });
    const text = file?.bytes.toString() ?? '';
    expect(answer).toContain(createHash('sha256').update(text).digest('hex'));
    const evidence = JSON.parse(text) as Evidence;
    expect(evidence.asked.by).toBe('lyon');
    expect(firstBadEntry(evidence)).toBeNull();
    expect(text).not.toMatch(/C-10812|Called twice/);
  });

  it('comes under the command where no direct message is taken, seen by nobody else', async () => {
    play = await playDiscord();
    await play.says('mei', '/privacy log deletion C-10812 scope:email');
    play.discord.state.dmClosed.add(play.human('lyon').id);
    await play.says('lyon', '/desk export PR-2026-0001');
    expect(files()).toEqual([]);
    const shown = [...play.discord.state.interactions.values()].flatMap(({ user, followUps }) =>
      followUps.flatMap((each) => each.files.map(({ name }) => [user, name])),
    );
    expect(shown).toEqual([[play.human('lyon').id, 'PR-2026-0001-evidence.html']]);
    expect(await play.store.transact((tx) => tx.stuckPosts(10))).toEqual([]);
  });

  it('waits where there is no command any more either, and comes with the next', async () => {
    play = await playDiscord();
    await play.says('mei', '/privacy log deletion C-10812 scope:email');
    play.discord.state.dmClosed.add(play.human('lyon').id);
    play.discord.faults.next('POST', /^\/webhooks\/\d+\/[\w-]+$/, {
      kind: 'refused',
      status: 401,
      code: 50027,
    });
    await play.says('lyon', '/desk export PR-2026-0001');
    const stuck = await play.store.transact((tx) => tx.stuckPosts(10));
    expect(stuck.map(({ status }) => status)).toEqual(['pending']);
    play.discord.state.dmClosed.clear();
    play.clock.now = '2026-11-23T03:00:00Z' as typeof play.clock.now;
    await play.settle();
    expect(files()).toHaveLength(1);
  });

  it('comes once where its receipt was lost', async () => {
    play = await playDiscord();
    await play.says('mei', '/privacy log deletion C-10812 scope:email');
    // The direct conversation is there already: what is lost is the file's own receipt.
    await play.says('lyon', '/desk export month:2026-11');
    const [first] = files();
    play.discord.faults.next('POST', new RegExp(`^/channels/${first?.channel}/messages$`), { kind: 'lost' });
    await play.says('lyon', '/desk export PR-2026-0001');
    play.clock.now = '2026-11-23T03:00:00Z' as typeof play.clock.now;
    await play.settle();
    expect(files().flatMap((message) => message.files.map(({ name }) => name))).toEqual([
      'cases-2026-11.csv',
      'PR-2026-0001-evidence.html',
    ]);
  });

  it('of a list can be asked for in a case’s own thread', async () => {
    play = await playDiscord();
    await play.says('mei', '/privacy log deletion C-10812 scope:email');
    const thread = play.threadOf('PR-2026-0001');
    await play.sees(play.human('lyon').uses('desk', 'export', { register: 'yes' }, thread));
    await play.sees(play.human('lyon').uses('desk', 'export', {}, thread));
    expect(files().flatMap((message) => message.files.map(({ name }) => name))).toEqual([
      'register.csv',
      'PR-2026-0001-evidence.html',
    ]);
  });
});
