/**
 * Block Kit of hostile, empty and longest cards, the home tab and every form, each within Slack's limits by an independent
 * reading of them. The cards of the scripts: scripts.test.ts. `npx vitest run test/golden/slack.test.ts -u` writes the files anew.
 */
import { describe, expect, it } from 'vitest';
import { button, card } from '../../src/chat/card.js';
import { formOf } from '../../src/chat/command.js';
import { registry } from '../../src/desk/desk.js';
import { worded } from '../../src/language/problems.js';
import { answerView, formView } from '../../src/surfaces/slack/forms.js';
import { homeOfStranger, homeView, NOT_ON_STAFF } from '../../src/surfaces/slack/home.js';
import { slackManifest } from '../../src/surfaces/slack/manifest.js';
import { renderMessage } from '../../src/surfaces/slack/render.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { printed } from '../support/printed.js';
import { HERE } from '../support/reading-place.js';
import { checkBlocks, checkText, checkView, type Json } from '../support/slack-rules.js';
import { labelsOf } from '../support/slack-widgets.js';
import { CARDS, HOSTILE } from './slack-cards.js';

describe('a card that is', () => {
  it.each(Object.keys(CARDS))('%s', async (name) => {
    const given = CARDS[name];
    if (given === undefined) throw new Error(name);
    const message = renderMessage(given);
    checkText(message.text);
    checkBlocks(message.blocks, 'message');
    checkView(answerView(given));
    // Its buttons are counted below.
    if (name === 'many-buttons') return;
    await expect(printed(message)).toMatchFileSnapshot(`slack/card-${name}.json`);
  });

  it('hostile mentions, links and formats nobody and nothing', () => {
    const { text, blocks } = renderMessage(CARDS.hostile ?? fail());
    // Rich text is not parsed at all: what looks like a mention there is letters.
    const parsed = blocks.filter(({ type }) => type !== 'rich_text');
    const all = JSON.stringify([text, parsed]);
    expect(all).not.toMatch(/<!|<https|<#/);
    expect(all.match(/<@\w+>/g)).toEqual(['<@U0LYON>']);
    // Formatting is read in `mrkdwn` only: there, only the desk's own words and mentions are.
    const formatted = JSON.stringify(blocks).match(/\{"type":"mrkdwn","text":"[^"]*"/g) ?? [];
    expect(formatted.filter((each) => /<https|\*bold|_it_|~s~|`code|:tada/.test(each))).toEqual([]);
  });

  it('full of buttons has the first three beside each other, and the others in a menu', () => {
    const { blocks } = renderMessage(CARDS['many-buttons'] ?? fail());
    checkBlocks(blocks, 'message');
    expect(labelsOf(blocks as unknown as Json[])).toHaveLength(40);
  });

  it('of a moment lets Slack write it in the reader’s zone and language, with the words where it cannot', () => {
    const at = '2026-12-22T16:00:00Z' as Instant;
    const message = renderMessage(
      card('x', 'neutral', [], { moments: [{ label: 'due before', at, words: 'Wed 2026-12-23 00:00' }] }),
    );
    checkBlocks(message.blocks, 'message');
    expect(message.blocks.at(-1)).toEqual({
      type: 'context',
      elements: [
        {
          type: 'mrkdwn',
          text: 'Your time: due before <!date^1797955200^{date_short_pretty} {time}|Wed 2026-12-23 00:00>',
        },
      ],
    });
  });

  it('cut says so, and how to see the rest', () => {
    const all = JSON.stringify(renderMessage(CARDS.longest ?? fail()));
    expect(all).toContain('(cut; the rest: /disclosure show DR-2026-0001)');
    expect(JSON.stringify(renderMessage(CARDS['many-blocks'] ?? fail()))).toContain('parts are left out');
    expect(JSON.stringify(renderMessage(CARDS['many-rows'] ?? fail()))).toMatch(/and \d+ more rows/);
  });
});

describe('the home tab', () => {
  const line = (ref: string, words: string) => ({
    text: `${ref} · ${words}`,
    open: button('Open', 'plain', { command: 'privacy', verb: 'show', fields: { case: ref } }),
  });
  const group = (title: string, many: number, words: string) => ({
    title,
    lines: Array.from({ length: many }, (_, at) => line(`PR-2026-${String(at + 1).padStart(4, '0')}`, words)),
    empty: 'Nothing waits for you.',
    more: '/privacy list mine',
  });

  it.each([
    [
      'ordinary',
      {
        groups: [group('Mine', 2, 'Deletion · C…812'), group('Due this week', 0, '')],
        hint: 'Log a request.',
      },
    ],
    [
      'longest',
      { groups: [1, 2, 3].map((at) => group(`Group ${at}`, 500, 'x'.repeat(4000))), hint: 'y'.repeat(4000) },
    ],
    ['hostile', { groups: [group('<!channel>', 1, HOSTILE)], hint: HOSTILE }],
  ])('%s is within the limits', async (name, home) => {
    const view = homeView(home);
    checkView(view);
    expect(JSON.stringify(view)).not.toMatch(/<!|<@|<https/);
    if (name !== 'longest') await expect(printed(view)).toMatchFileSnapshot(`slack/home-${name}.json`);
  });

  it('tells a stranger why it is empty', async () => {
    const view = homeOfStranger(NOT_ON_STAFF);
    checkView(view);
    await expect(printed(view)).toMatchFileSnapshot('slack/home-stranger.json');
  });
});

describe('a form', () => {
  it.each(registry.all.map((command) => [`/${command.command} ${command.verb}`, command] as const))(
    'of %s is within the limits, prefilled with anything',
    (_, command) => {
      const filled = Object.fromEntries(
        command.fields.map(({ name, choices }) => [name, choices?.[0] ?? HOSTILE]),
      );
      for (const given of [{}, filled]) {
        const reading = command.read(given, HERE);
        const form = formOf(command, given, reading.ok ? [] : reading.problems.map(worded), 3);
        checkView(formView(form, { channel: 'C0CASES01', thread: null }));
      }
    },
  );
});

it('the manifest is what the commands say', async () => {
  await expect(slackManifest(registry)).toMatchFileSnapshot('../../manifests/slack.yaml');
});

function fail(): never {
  throw new Error('no such card');
}
