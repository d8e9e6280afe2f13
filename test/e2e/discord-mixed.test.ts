/**
 * One desk, two platforms: agents on Slack, officers on Discord, and people who have both accounts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordDesk, playDiscord, textOf } from '../support/discord-desk.js';
import { buttonsOf } from '../support/discord-people.js';
import { playScript } from '../support/discord-script.js';
import { ledgerOf } from '../support/ledger-view.js';
import { type SlackBeside, slackBeside } from '../support/slack-beside.js';
import { playDesk } from '../support/terminal-desk.js';

const FOLDER = 'test/e2e/scripts';
const NAMES = ['mei', 'dan', 'lyon', 'ana', 'kim', 'root'];

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

describe.each(readdirSync(FOLDER))('%s', (name) => {
  it(
    'leaves the same ledger with the agents on Slack and the officers on Discord',
    async () => {
      const lines = readFileSync(`${FOLDER}/${name}`, 'utf8').split('\n');
      const terminal = await playDesk();
      for (const line of lines) await terminal.says(line);
      const expected = await ledgerOf(terminal.store);
      await terminal.close();
      await playScript(play, lines, slack.door('mei', 'dan'));
      expect(await ledgerOf(play.store)).toEqual(expected);
      expect(slack.fake.refusals).toEqual([]);
      expect(await play.store.transact((tx) => tx.stuckPosts(10))).toEqual([]);
    },
    LONG,
  );
});

describe('a case on both platforms', () => {
  const propose = async (): Promise<void> => {
    for (const line of [
      '/privacy verify PR-2026-0001 method:otp result:pass ref:otp#1',
      '/privacy check PR-2026-0001 all none_held',
      '/privacy propose PR-2026-0001 no_data_held',
    ])
      await slack.as('mei').says(line);
    await play.desk.outbox.drain();
  };

  it('has one card and one thread in each channel, and both lose their buttons when it is decided on one', async () => {
    await slack.as('mei').says('/privacy log deletion C-10812');
    await play.desk.outbox.drain();
    expect(textOf(play.cardOf('PR-2026-0001'))).toContain('waiting for the identity check');
    expect(slack.messages().filter(({ thread }) => thread === null)).toHaveLength(1);
    await propose();
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

  it('is decided by another person, not by another account', async () => {
    await slack.as('lyon').says('/privacy log deletion C-10812');
    for (const line of [
      '/privacy verify PR-2026-0001 method:otp result:pass ref:otp#1',
      '/privacy check PR-2026-0001 all none_held',
      '/privacy propose PR-2026-0001 no_data_held',
    ])
      await slack.as('lyon').says(line);
    await play.desk.outbox.drain();
    const own = await play.presses('lyon', 'Approve', 'PR-2026-0001');
    expect(textOf(own)).toContain('two people, whichever account');
    expect(textOf(await play.presses('ana', 'Approve', 'PR-2026-0001'))).toContain('Approved.');
    const decided = (await ledgerOf(play.store)).filter(({ type }) => type === 'proposal_approved');
    expect(decided.map(({ person }) => person)).toEqual(['ana']);
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
