/**
 * Who sees and may do what on Discord: registration, completions, private threads, private words, servers, files.
 */
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it } from 'vitest';
import { type DiscordDesk, type PlayOptions, playDiscord, textOf } from '../support/discord-desk.js';
import { textsIn } from '../support/discord-shown.js';
import type { Channel, Seen } from '../support/discord-state.js';

let play: DiscordDesk;
afterEach(() => play.close());
const start = async (options: PlayOptions = {}): Promise<void> => {
  play = await playDiscord(options);
};
const log = (type = 'deletion', customer = 'C-10812') => play.says('mei', `/privacy log ${type} ${customer}`);
const choices = (seen: Seen): readonly string[] => {
  if (seen.kind !== 'choices') throw new Error('no choices');
  return seen.choices.map(({ name }) => name);
};
const completes = async (
  name: string,
  words: readonly [command: string, verb: string, field: string],
  typed = '',
  given: Readonly<Record<string, string>> = {},
  where: Channel = play.cases,
): Promise<readonly string[]> =>
  choices(await play.sees(play.human(name).completes(...words, typed, given, where)));

describe('the commands', () => {
  it('are registered once, closed to everybody who was not let in, and written again only when they changed', async () => {
    await start();
    expect(play.discord.state.commandWrites).toBe(1);
    play = await play.restart();
    expect(play.discord.state.commandWrites).toBe(1);
    const [first] = play.discord.state.commands;
    play.discord.state.commands = [
      { ...first, description: 'older' },
      ...play.discord.state.commands.slice(1),
    ];
    play = await play.restart();
    expect(play.discord.state.commandWrites).toBe(2);
    play.discord.state.granted.delete(play.human('mei').id);
    expect(() => log()).toThrow('is closed to mei');
  });

  it('of a server that is not on the list do nothing and see nothing', async () => {
    await start({ guilds: ['99999999999999999'] });
    expect(play.discord.state.commandWrites).toBe(0);
    play.discord.state.commands = [
      {
        name: 'privacy',
        id: '1',
        options: [
          { name: 'list', type: 1, options: [] },
          { name: 'show', type: 1, options: [{ name: 'case', type: 3, autocomplete: true }] },
        ],
      },
    ];
    expect(textOf(await play.says('mei', '/privacy list'))).toContain('not one of the desk’s');
    expect(await completes('mei', ['privacy', 'show', 'case'])).toEqual([]);
  });
});

describe('a completion', () => {
  it('offers cases masked and the next due first, to staff who may see them and to nobody else', async () => {
    await start();
    await log('deletion', 'C-10812');
    await log('access', 'C-20812');
    const offered = await completes('mei', ['privacy', 'show', 'case']);
    expect(offered).toEqual(
      [
        'PR-2026-0002 · Access · C…812 · Wed 2026-12-23 (30 days left) · nobody yet',
        'PR-2026-0001 · Deletion · C…812 · Wed 2026-12-23 (30 days left) · nobody yet',
      ].sort(),
    );
    expect(await completes('lyon', ['privacy', 'note', 'case'], 'dele')).toHaveLength(1);
    // Nothing is proposed, so there is nothing to decide.
    expect(await completes('lyon', ['privacy', 'decide', 'case'], 'dele')).toEqual([]);
    expect(await completes('mei', ['privacy', 'show', 'case'], '10812')).toEqual([]);
    expect(await completes('root', ['privacy', 'show', 'case'])).toEqual([]);
    expect(await completes('mei', ['privacy', 'decide', 'case'])).toEqual([]);
    const stranger = play.discord.human('stranger');
    play.cases.members.add(stranger.id);
    const seen = await play.sees(stranger.completes('privacy', 'show', 'case', '', {}, play.cases));
    expect(choices(seen)).toEqual([]);
  });

  it('offers the grounds of the thread’s own case, colleagues, categories and templates', async () => {
    await start();
    await log('stop_handling');
    const thread = play.threadOf('PR-2026-0001');
    const grounds = await completes('mei', ['privacy', 'propose', 'ground'], 'stop', {}, thread);
    expect(grounds.map((each) => each.split(':')[0])).toEqual([
      'STOP_LEGAL_OBLIGATION',
      'STOP_HARM_TO_OTHERS',
    ]);
    expect(await completes('mei', ['privacy', 'assign', 'to'], '@ly')).toEqual(['@lyon: officer']);
    expect(await completes('mei', ['privacy', 'log', 'scope'], 'email,mob')).toEqual(['email,mobile_phone']);
    expect(
      (await completes('mei', ['disclosure', 'request', 'template'])).map((each) => each.split(':')[0]),
    ).toEqual(['delivery', 'consultation']);
  });

  it('offers disclosures, consents and recipients known to the register', async () => {
    await start();
    await play.says(
      'mei',
      '/disclosure request C-10812 "Swift Courier" name,delivery "bring the order" transaction order:SO-881 template:delivery',
    );
    expect(await completes('lyon', ['disclosure', 'decide', 'disclosure'])).toEqual([
      'DR-2026-0001 · C…812 · Swift Courier · name, delivery · requested',
    ]);
    expect(await completes('mei', ['disclosure', 'sent', 'disclosure'])).toEqual([]);
    expect(await completes('mei', ['disclosure', 'may', 'to'], 'sw')).toEqual(['Swift Courier']);
    expect(await completes('root', ['disclosure', 'may', 'to'])).toEqual([]);
  });
});

describe('a channel everybody sees', () => {
  it('has the card, and the case in a private thread of those who may see it', async () => {
    await start({ casesOpen: true });
    await log();
    const thread = play.threadOf('PR-2026-0001');
    expect(thread.type).toBe(12);
    const ids = (...names: readonly string[]) => names.map((name) => play.human(name).id);
    expect([...thread.members].sort()).toEqual(
      [play.discord.state.bot.id, ...ids('mei', 'dan', 'lyon', 'ana', 'kim')].sort(),
    );
    expect(textOf(play.cardOf('PR-2026-0001'))).toContain(`<#${thread.id}>`);
    await play.says('mei', '/privacy note text:"Called again"', thread);
    expect(play.discord.messagesIn(thread.id).map(textOf).join()).toContain('Called again');
    const stranger = play.discord.human('stranger');
    expect(() => stranger.uses('privacy', 'list', {}, thread)).toThrow('does not see');

    play = await play.restart();
    await play.says('mei', '/privacy assign', thread);
    expect(play.threadOf('PR-2026-0001').id).toBe(thread.id);
    expect([...play.discord.state.channels.values()].filter(({ type }) => type === 12)).toHaveLength(1);
    expect(textOf(play.cardOf('PR-2026-0001'))).toContain(`<#${thread.id}>`);
    thread.archived = true;
    play = await play.restart();
    await play.says('mei', '/privacy note case:PR-2026-0001 text:"And again"');
    expect(play.discord.messagesIn(thread.id).map(textOf).join()).toContain('And again');
  });
});

describe('a thread', () => {
  it('that somebody named like a case is not the case’s', async () => {
    await start();
    await log();
    await log('access', 'C-2');
    const thread = play.threadOf('PR-2026-0001');
    const feigned: Channel = {
      ...thread,
      id: play.discord.state.snowflake(),
      owner: play.human('dan').id,
      name: 'PR-2026-0002',
    };
    play.discord.state.channels.set(feigned.id, feigned);
    const seen = await play.sees(play.human('mei').uses('privacy', 'show', {}, feigned));
    expect(seen.kind).toBe('modal');
    expect(textOf(await play.sees(play.human('mei').uses('privacy', 'show', {}, thread)))).toContain(
      'PR-2026-0001',
    );
  });
});

describe('a private word', () => {
  it('reaches the deputy alone when the complaint is about the officer', async () => {
    await start();
    await play.says('mei', '/privacy log complaint C-10812 about_officer:yes');
    const private_ = [...play.discord.state.channels.values()].filter(({ type }) => type === 1);
    expect(private_.map(({ members }) => members.has(play.human('ana').id))).toEqual([true]);
    expect(
      play.discord
        .messagesIn(private_[0]?.id ?? '')
        .map(textOf)
        .join(),
    ).toContain('A complaint for you');
    expect(play.posts().flatMap(({ pinged }) => pinged)).not.toContain(play.human('lyon').id);
  });

  it('is all a stranger gets, and the attempt is on the ledger', async () => {
    await start();
    const stranger = play.discord.human('stranger');
    play.cases.members.add(stranger.id);
    const seen = await play.sees(stranger.uses('privacy', 'list', {}, play.cases));
    expect(textOf(seen)).toContain('not on the desk’s staff list');
    expect(seen.kind === 'message' && seen.message.flags & 64).toBe(64);
    const entries = await play.store.transact((tx) => tx.entries('desk', { lock: false }));
    expect(JSON.stringify(entries)).toContain(`discord:${stranger.id}`);
  });
});

/** Slack's socket client brings another undici: loaded first, that one sends for the whole process. Gives the way back. */
function slackLoadedFirst(): () => Promise<void> {
  const key = Symbol.for('undici.globalDispatcher.1');
  const from = (path: string, name: string): string => createRequire(path).resolve(name);
  const bolt = from(import.meta.filename, '@slack/bolt');
  const undici: unknown = createRequire(from(bolt, '@slack/socket-mode'))('undici');
  const { Agent } = undici as { readonly Agent: new () => { readonly close: () => Promise<void> } };
  const before: unknown = Reflect.get(globalThis, key);
  const agent = new Agent();
  Reflect.set(globalThis, key, agent);
  return async () => {
    Reflect.set(globalThis, key, before);
    await agent.close();
  };
}

describe('a file', () => {
  const placeOf = (name: string) =>
    ({ kind: 'person', person: name, accounts: [`discord:${play.human(name).id}`] }) as const;

  it('arrives with its content and its own name where Slack is served by the same process', async () => {
    const undo = slackLoadedFirst();
    try {
      await start();
      const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256));
      const file = { name: 'Auskunft für "C…812".bin', type: 'application/octet-stream', bytes };
      const { channel } = await play.surface.upload(placeOf('lyon'), file, 'export:1', false);
      const [sent] = play.discord.messagesIn(channel);
      expect(sent?.files.map(({ name, type }) => [name, type])).toEqual([[file.name, file.type]]);
      expect(sent?.files[0]?.bytes.equals(bytes)).toBe(true);
      expect(textOf(await log())).toContain('Logged as PR-2026-0001');
    } finally {
      await undo();
    }
  });

  it('arrives once, with its content, where its receipt was lost', async () => {
    await start();
    const place = placeOf('lyon');
    const file = { name: 'evidence.json', type: 'application/json', bytes: Buffer.from('{"ok":true}') };
    play.discord.faults.next('POST', /^\/channels\/\d+\/messages$/, { kind: 'lost' });
    await expect(play.surface.upload(place, file, 'export:1', false)).rejects.toMatchObject({
      sent: 'perhaps',
      retryable: true,
    });
    play.discord.state.advance(10 * 60_000);
    const ref = await play.surface.upload(place, file, 'export:1', true);
    const messages = play.discord.messagesIn(ref.channel);
    expect(messages.map(({ files }) => files.map(({ name, bytes }) => [name, bytes.toString()]))).toEqual([
      [['evidence.json', '{"ok":true}']],
    ]);
    const large = { ...file, bytes: Buffer.alloc(11 * 1024 * 1024) };
    await expect(play.surface.upload(place, large, 'export:2', false)).rejects.toMatchObject({
      sent: 'no',
      retryable: false,
    });
  });
});

describe('text of customers and colleagues', () => {
  it('notifies nobody and links nowhere', async () => {
    await start();
    await log();
    await play.says(
      'mei',
      '/privacy note case:PR-2026-0001 text:"see [here](https://evil.example) **now** <#81>"',
    );
    const [note] = play.discord.messagesIn(play.threadOf('PR-2026-0001').id).slice(-1);
    expect(note?.pinged).toEqual([]);
    expect(note?.content).toBe('');
    expect(textsIn(note?.components ?? []).join('\n')).toContain(
      '\\[here\\](https\\://evil.example) \\*\\*now\\*\\* \\<#81\\>',
    );
  });
});
