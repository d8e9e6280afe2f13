/**
 * Discord payloads of hostile, empty and longest cards, and every form, each within Discord's limits by the fake's independent
 * reading of them. The cards of the scripts: scripts.test.ts. `npx vitest run test/golden/discord.test.ts -u` writes the files anew.
 */
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.js';
import { formOf } from '../../src/chat/command.js';
import { registry } from '../../src/desk/desk.js';
import { worded } from '../../src/language/problems.js';
import { draftId, formId, readCustomId } from '../../src/surfaces/discord/custom-id.js';
import { signsOf } from '../../src/surfaces/discord/find-post.js';
import { fitted, renderModal } from '../../src/surfaces/discord/forms.js';
import { discordManifest } from '../../src/surfaces/discord/manifest.js';
import { type MessageBody, renderMessage, renderPrivate } from '../../src/surfaces/discord/render.js';
import { checkCommands } from '../support/discord-command-rules.js';
import { buttonsIn } from '../support/discord-people.js';
import { checkMessage, checkModal } from '../support/discord-rules.js';
import { textsIn } from '../support/discord-shown.js';
import type { Json } from '../support/discord-state.js';
import { printed } from '../support/printed.js';
import { HERE } from '../support/reading-place.js';
import { CARDS, HOSTILE } from './slack-cards.js';

const LYON = '810000000000000001';
const IDS: Readonly<Record<string, string>> = { LYON, ANA: '810000000000000002', MEI: '810000000000000003' };

/** The recorder's accounts as Discord's would be. */
const withIds = (card: Card): Card =>
  JSON.parse(
    JSON.stringify(card).replaceAll(
      /discord:U0(\w+)/g,
      (_, name: string) => `discord:${IDS[name] ?? '810000000000000009'}`,
    ),
  ) as Card;

const cardNamed = (name: string): Card => {
  const card = CARDS[name];
  if (card === undefined) throw new Error(name);
  return card;
};
const description = (body: MessageBody): string => textsIn(body.components as unknown as Json[]).join('\n');

describe('a card that is', () => {
  it.each(Object.keys(CARDS))('%s', async (name) => {
    const body = renderMessage(withIds(cardNamed(name)), signsOf(name));
    checkMessage(body, 'create', 0);
    // Its rows are counted below.
    if (name === 'many-buttons') return;
    await expect(printed(body)).toMatchFileSnapshot(`discord/card-${name}.json`);
  });

  it('hostile mentions, links and formats nobody and nothing', () => {
    const card = cardNamed('hostile');
    const ping = card.blocks.map((block) =>
      block.kind === 'ping'
        ? { ...block, people: [...block.people, { person: 'lyon', accounts: [`discord:${LYON}`] }] }
        : block,
    );
    const body = renderMessage({ ...card, blocks: ping }, signsOf('hostile'));
    expect(description(body).match(/<@\d+>/g)).toEqual([`<@${LYON}>`]);
    expect(body.allowed_mentions).toEqual({ parse: [], users: [LYON] });
    const outside = description(body).replaceAll(/```[\s\S]*?```/g, '');
    expect(outside).not.toMatch(/@everyone|(?<!\\)<(?!@81)[@#!h]|(?<!\\)\*bold|(?<!\\)`code|https:\/\//);
    expect(outside).not.toMatch(/(?<!\\):tada:/);
    expect(renderPrivate({ ...card, blocks: ping })).toMatchObject({ allowed_mentions: { users: [] } });
  });

  it('full of buttons shows as many as Discord takes', () => {
    const body = renderMessage(cardNamed('many-buttons'), signsOf('many-buttons'));
    expect(buttonsIn(body.components as unknown as Json[])).toHaveLength(25);
  });

  it.each(['longest', 'longest-wide', 'many-rows'])('cut (%s) says so, and how to see the rest', (name) => {
    const text = description(renderMessage(cardNamed(name), signsOf(name)));
    expect(text).toMatch(/✂ \d+ more lines? did not fit here\. → \/(?:privacy|disclosure) show/);
    expect((text.match(/```/g) ?? []).length % 2).toBe(0);
    expect(text).not.toMatch(/\p{Cs}/u);
  });
});

describe('a form', () => {
  it.each(registry.all.map((command) => [`/${command.command} ${command.verb}`, command] as const))(
    'of %s is within the limits, and loses nothing of what was given',
    (_, command) => {
      const every = Object.fromEntries(
        command.fields.map(({ name, choices }) => [name, choices?.[0] ?? HOSTILE]),
      );
      for (const given of [{}, every]) {
        const reading = command.read(given, HERE);
        const form = formOf(command, given, reading.ok ? [] : reading.problems.map(worded), 3);
        const shown = fitted(form);
        if (shown.fields.length === 0) continue;
        checkModal(renderModal(shown, formId(shown) ?? draftId('draft', false, shown)));
        const kept = Object.fromEntries(
          [
            ...Object.entries(shown.given),
            ...shown.fields.map(({ name, value }) => [name, value] as const),
          ].filter(([, value]) => value !== null),
        );
        const before = form.fields.flatMap(({ name, value }) =>
          value === null ? [] : [[name, value] as const],
        );
        expect(kept).toEqual({ ...form.given, ...Object.fromEntries(before) });
      }
    },
  );

  it.each([
    ['log', '/privacy log', {}],
    ['log-typed', '/privacy log', { type: 'deletion', channel: 'email', note: HOSTILE }],
    ['decide', '/privacy decide', { case: 'PR-2026-0001', verdict: 'refuse' }],
    ['propose-wrong', '/privacy propose', { case: 'PR-2026-0001', outcome: 'nothing', until: 'soon' }],
    ['check', '/privacy check', { case: 'PR-2026-0001' }],
    ['staff-add', '/desk staff', { action: 'add', person: 'zoe' }],
    ['disclosure', '/disclosure request', { customer: 'C-10812' }],
  ] as const)('is shown as it always was: %s', async (name, words, given) => {
    const command = registry.all.find((each) => `/${each.command} ${each.verb}` === words);
    if (command === undefined) throw new Error(words);
    const reading = command.read(given, HERE);
    const shown = fitted(formOf(command, given, reading.ok ? [] : reading.problems.map(worded), null));
    const modal = renderModal(shown, formId(shown) ?? draftId('draft', false, shown));
    checkModal(modal);
    await expect(printed(modal)).toMatchFileSnapshot(`discord/modal-${name}.json`);
  });

  it('keeps what fits in its id', () => {
    const given = { case: 'PR-2026-0001', verdict: 'return' };
    const id = formId({ command: 'privacy', verb: 'decide', given, shown: 2 });
    expect(id === null ? null : readCustomId(id)).toEqual({
      kind: 'saved',
      code: 'v1|privacy.decide|2|case=PR-2026-0001&verdict=return',
      asks: [],
    });
    expect(
      formId({ command: 'privacy', verb: 'note', given: { text: 'x'.repeat(90) }, shown: null }),
    ).toBeNull();
  });
});

it('the manifest is what the commands say, and Discord takes it', async () => {
  const manifest = discordManifest(registry);
  expect(checkCommands(JSON.parse(manifest))).toHaveLength(registry.commands.length);
  await expect(manifest).toMatchFileSnapshot('../../manifests/discord.json');
});
