/**
 * One desk, two platforms: agents on one, officers on the other, and people who have both accounts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordDesk, playDiscord, textOf } from '../support/discord-desk.js';
import { buttonsOf } from '../support/discord-people.js';
import { playScript } from '../support/discord-script.js';
import { doorsOf, ledgerOf, type Told } from '../support/ledger-view.js';
import { type SlackBeside, slackBeside } from '../support/slack-beside.js';
import { playDesk } from '../support/terminal-desk.js';

const FOLDER = 'test/e2e/scripts';
const SCRIPTS = readdirSync(FOLDER);
const linesOf = (name: string): readonly string[] => readFileSync(`${FOLDER}/${name}`, 'utf8').split('\n');
const NAMES = ['mei', 'dan', 'lyon', 'ana', 'kim', 'root'];
const PROPOSING = [
  '/privacy verify PR-2026-0001 method:otp result:pass ref:otp#1',
  '/privacy check PR-2026-0001 all none_held',
  '/privacy propose PR-2026-0001 no_data_held',
];
const APPROVED = /^(?:proposal|disclosure)_approved$/;
const HALVES = [
  { words: 'agents on Slack, officers on Discord', onSlack: ['mei', 'dan'] },
  { words: 'agents on Discord, officers on Slack', onSlack: ['lyon', 'ana', 'kim'] },
];

let slack: SlackBeside;
let play: DiscordDesk;
beforeEach(async () => {
  slack = await slackBeside(NAMES);
  play = await playDiscord({ beside: slack.beside, extraAccounts: slack.accounts });
});
afterEach(async () => {
  await play.close();
  await slack.fake.stop();
});

// Whole cases on a busy machine: more than the usual minute.
const LONG = 180_000;

/** The terminal plays a script once for both halves. */
const inTerminal = new Map<string, Promise<readonly Told[]>>();
function told(name: string): Promise<readonly Told[]> {
  const playing = inTerminal.get(name) ?? playInTerminal(name);
  inTerminal.set(name, playing);
  return playing;
}
async function playInTerminal(name: string): Promise<readonly Told[]> {
  const terminal = await playDesk();
  for (const line of linesOf(name)) await terminal.says(line);
  const expected = await ledgerOf(terminal.store);
  await terminal.close();
  return expected;
}

describe.each(HALVES)('$words', ({ onSlack }) => {
  it.each(SCRIPTS)(
    '%s leaves the same ledger as in the terminal',
    async (name) => {
      const expected = await told(name);
      await playScript(play, linesOf(name), slack.door(...onSlack));
      expect(await ledgerOf(play.store)).toEqual(expected);
      const elsewhere = (await doorsOf(play.store)).filter(
        ({ person, platform }) => onSlack.includes(person) !== (platform === 'slack'),
      );
      // One script has lyon speak as `lyon@discord`: a second account where lyon's first is on Slack.
      const second = name === 'disclosure-four-eyes.txt' && onSlack.includes('lyon');
      expect(elsewhere).toEqual(second ? [{ person: 'lyon', platform: 'discord' }] : []);
      expect(slack.fake.refusals).toEqual([]);
      expect(await play.store.transact((tx) => tx.stuckPosts(10))).toEqual([]);
    },
    LONG,
  );
});

describe('a case on both platforms', () => {
  /** What a person says or presses on either platform, and reads then. */
  const doors = {
    Slack: {
      says: async (name: string, line: string) => JSON.stringify(await slack.as(name).says(line)),
      presses: async (name: string, label: string, ref: string) => {
        await slack.door(name).presses(name, label, ref, {});
        return JSON.stringify(slack.as(name).last());
      },
    },
    Discord: {
      says: async (name: string, line: string) => textOf(await play.says(name, line)),
      presses: async (name: string, label: string, ref: string) =>
        textOf(await play.presses(name, label, ref)),
    },
  };

  it('has one card and one thread in each channel, and both lose their buttons when it is decided on one', async () => {
    await slack.as('mei').says('/privacy log deletion C-10812');
    await play.desk.outbox.drain();
    expect(textOf(play.cardOf('PR-2026-0001'))).toContain('waiting for the identity check');
    expect(slack.messages().filter(({ thread }) => thread === null)).toHaveLength(1);
    for (const line of PROPOSING) await slack.as('mei').says(line);
    await play.desk.outbox.drain();
    await play.presses('lyon', 'Approve', 'PR-2026-0001');
    await play.desk.outbox.drain();
    const asked = slack
      .messages()
      .find(({ versions }) => JSON.stringify(versions[0]).includes('"text":"Approve"'));
    expect(JSON.stringify(asked?.blocks)).not.toContain('"text":"Approve"');
    expect(JSON.stringify(asked?.blocks)).toContain('Approved by @lyon');
    const own = play.posts().find((each) => textOf(each).includes('Approved by @lyon'));
    expect(own && buttonsOf(own)).toEqual([]);
    const told = await slack.as('mei').says('/privacy show PR-2026-0001');
    expect(JSON.stringify(told)).toContain('approved');
  });

  it.each([
    ['Slack', 'Discord'],
    ['Discord', 'Slack'],
  ] as const)('is not decided by who asked on %s with an account on %s', async (asking, deciding) => {
    const { says } = doors[asking];
    const { presses } = doors[deciding];
    await says('lyon', '/privacy log deletion C-10812');
    for (const line of PROPOSING) await says('lyon', line);
    await says(
      'lyon',
      '/disclosure request C-20812 "Swift Courier" name,delivery "bring the order" transaction order:SO-881 template:delivery',
    );
    await play.desk.outbox.drain();
    for (const ref of ['PR-2026-0001', 'DR-2026-0001'])
      expect(await presses('lyon', 'Approve', ref)).toContain('two people, whichever account');
    const approved = async (): Promise<readonly (string | null)[]> =>
      (await ledgerOf(play.store)).filter(({ type }) => APPROVED.test(type)).map(({ person }) => person);
    expect(await approved()).toEqual([]);
    for (const ref of ['PR-2026-0001', 'DR-2026-0001'])
      expect(await presses('ana', 'Approve', ref)).toContain('Approved.');
    expect(await approved()).toEqual(['ana', 'ana']);
  });

  it('is the person’s as soon as an administrator links the account', async () => {
    const zoe = play.discord.human('zoe');
    play.cases.members.add(zoe.id);
    const before = await play.sees(
      zoe.uses('privacy', 'log', { type: 'access', customer: 'C-1' }, play.cases),
    );
    expect(textOf(before)).toContain('not on the desk’s staff list');
    await play.says('root', `/desk staff action:link person:mei account:discord:${zoe.id}`);
    const after = await play.sees(
      zoe.uses('privacy', 'log', { type: 'access', customer: 'C-1' }, play.cases),
    );
    expect(textOf(after)).toContain('Logged as PR-2026-0001');
    expect((await ledgerOf(play.store)).map(({ person }) => person)).toEqual(['mei']);
  });
});
