/**
 * Block Kit of every card the scripts make, in every state, and of hostile and longest texts; each within Slack's limits by
 * an independent reading of them. `npx vitest run test/golden/slack.test.ts -u` writes the files anew.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formOf } from '../../src/desk/command.js';
import { registry } from '../../src/desk/desk.js';
import { slackManifest } from '../../src/manifests/slack.js';
import { answerView, formView } from '../../src/surfaces/slack/forms.js';
import { renderMessage } from '../../src/surfaces/slack/render.js';
import { recordScript } from '../support/card-recorder.js';
import { checkBlocks, checkText, checkView } from '../support/slack-rules.js';
import { CARDS, HOSTILE } from './slack-cards.js';

const SCRIPTS = readdirSync('test/e2e/scripts')
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.replace('.txt', ''))
  .sort();

const printed = (value: unknown): string =>
  `${JSON.stringify(value, null, 1)
    .replaceAll(/\b[0-9a-f]{64}\b/g, '(hash)')
    .replaceAll(/\b[0-9a-f]{12}\b/g, '(hash)')}\n`;

describe('the cards of', () => {
  it.each(SCRIPTS)('%s', async (script) => {
    const recorded = await recordScript(script, 'slack');
    const rendered = recorded.map(({ how, said, card }) => ({ how, said, ...renderMessage(card) }));
    for (const { text, blocks } of rendered) {
      checkText(text);
      checkBlocks(blocks, 'message');
    }
    for (const { card } of recorded) checkView(answerView(card));
    await expect(printed(rendered)).toMatchFileSnapshot(`slack/${script}.json`);
  });
});

describe('a card that is', () => {
  it.each(Object.keys(CARDS))('%s', async (name) => {
    const card = CARDS[name];
    if (card === undefined) throw new Error(name);
    const message = renderMessage(card);
    checkText(message.text);
    checkBlocks(message.blocks, 'message');
    checkView(answerView(card));
    await expect(printed(message)).toMatchFileSnapshot(`slack/card-${name}.json`);
  });

  it('hostile mentions, links and formats nobody and nothing', () => {
    const { text, blocks } = renderMessage(CARDS.hostile ?? fail());
    const all = JSON.stringify([text, blocks]);
    expect(all).not.toMatch(/<!|<https|<#/);
    expect(all.match(/<@\w+>/g)).toEqual(['<@U0LYON>']);
    // Formatting is read in `mrkdwn` only: there, only the desk's own words and mentions are.
    const formatted = JSON.stringify(blocks).match(/\{"type":"mrkdwn","text":"[^"]*"\}/g) ?? [];
    expect(formatted.filter((each) => each.includes('evil') || each.includes('bold'))).toEqual([]);
  });

  it('cut says so, and how to see the rest', () => {
    const all = JSON.stringify(renderMessage(CARDS.longest ?? fail()));
    expect(all).toContain('(cut; the rest: /disclosure show DR-2026-0001)');
    expect(JSON.stringify(renderMessage(CARDS['many-blocks'] ?? fail()))).toContain('parts are left out');
    expect(JSON.stringify(renderMessage(CARDS['many-rows'] ?? fail()))).toMatch(/and \d+ more rows/);
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
        const reading = command.read(given);
        const form = formOf(command, given, reading.ok ? [] : reading.problems, 3);
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
