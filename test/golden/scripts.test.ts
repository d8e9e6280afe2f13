/**
 * Every card the scripts of test/e2e/scripts cause. What protects what:
 * - `cards/*.txt`: the words, the buttons and who is told what and when. A change of words shows here, once, as text.
 * - the checks of this file: every one of these cards fits Slack and Discord, by an independent reading of their limits and by
 *   Discord's published types, and every button runs a command that there is.
 * - `slack/*.json`, `discord/*.json`: one payload of each kind, so that a change of a renderer shows as what is sent.
 * - `slack.test.ts`, `discord.test.ts`: hostile, empty and longest cards, forms, and what may never be in a payload.
 * `npx vitest run test/golden -u` writes the files anew.
 */
import { describe, expect, it } from 'vitest';
import { decodeAction } from '../../src/chat/action.js';
import { type Action, askedField } from '../../src/chat/card.js';
import { registry } from '../../src/desk/desk.js';
import { signsOf } from '../../src/surfaces/discord/find-post.js';
import * as discord from '../../src/surfaces/discord/render.js';
import { answerView } from '../../src/surfaces/slack/forms.js';
import * as slack from '../../src/surfaces/slack/render.js';
import { type Recorded, recordedScript } from '../support/card-recorder.js';
import { recordedText } from '../support/card-text.js';
import { checkMessage, IS_COMPONENTS } from '../support/discord-rules.js';
import { mistyped } from '../support/discord-types.js';
import { printed } from '../support/printed.js';
import { SCRIPTS } from '../support/scripts.js';
import { checkBlocks, checkText, checkView } from '../support/slack-rules.js';

/** A button runs a command there is, and asks for fields that command has. */
function isCommand({ code, asks }: Action): boolean {
  const saved = decodeAction(code);
  const found = registry.all.find(({ command, verb }) => command === saved?.command && verb === saved.verb);
  const names = found?.fields.map(({ name }) => name) ?? [];
  return (
    saved !== null &&
    [...Object.keys(saved.fields), ...asks.map((ask) => askedField(ask).name)].every((name) =>
      names.includes(name),
    )
  );
}

function discordBody({ how, card }: Recorded, key: string): object {
  if (how === 'post') return discord.renderMessage(card, signsOf(key));
  return how === 'edit' ? discord.renderMessage(card) : discord.renderPrivate(card);
}

describe('the cards of', () => {
  it.each(SCRIPTS)('%s read as they always did', async (script) => {
    await expect(recordedText(await recordedScript(script))).toMatchFileSnapshot(`cards/${script}.txt`);
  });

  it.each(SCRIPTS)('%s fit Slack', async (script) => {
    const recorded = await recordedScript(script);
    expect(recorded.length).toBeGreaterThan(20);
    for (const { card } of recorded) {
      const { text, blocks } = slack.renderMessage(card);
      checkText(text);
      checkBlocks(blocks, 'message');
      checkView(answerView(card));
      expect(card.actions.filter((action) => !isCommand(action))).toEqual([]);
    }
  });

  it.each(SCRIPTS)('%s fit Discord', async (script) => {
    for (const [at, each] of (await recordedScript(script)).entries())
      checkMessage(discordBody(each, `${script}:${at}`), 'create', 0);
  });

  it('are what Discord’s types allow', async () => {
    const bodies = [];
    for (const script of SCRIPTS)
      for (const [at, each] of (await recordedScript(script)).entries())
        bodies.push({
          name: `${script.replaceAll('-', '_')}_${at}`,
          type: 'Message' as const,
          // A private answer has one flag more, which a literal of the type cannot have beside it.
          payload: { ...discordBody(each, `${script}:${at}`), flags: IS_COMPONENTS },
        });
    expect(bodies.length).toBeGreaterThan(500);
    expect(await mistyped(bodies)).toEqual([]);
  });
});

type Kind = readonly [name: string, script: string, how: Recorded['how'], said: RegExp, words: RegExp];

/** One card of each kind: the first of a script that was caused by such a line and has such words. */
const KINDS: readonly Kind[] = [
  ['case-logged', 'deletion', 'post', /log/, /not verified yet/],
  ['case-logged-answer', 'deletion', 'answer', /log/, /Logged as/],
  ['case-moved', 'deletion', 'edit', /verify/, /in progress/],
  ['case-told', 'turns', 'post', /note/, /the archive team/],
  ['case-refusal', 'deletion', 'error', /propose/, /not checked yet/],
  ['case-proposal', 'deletion', 'post', /propose/, /decision asked/],
  ['case-decided', 'deletion', 'edit', /Approve/, /Approved by/],
  ['case-dates', 'late-correction', 'answer', /why/, /day off/],
  ['case-overdue', 'late-correction', 'post', /clock/, /is overdue/],
  ['digest', 'late-correction', 'post', /clock/, /Overdue/],
  ['disclosure-blocked', 'disclosure-courier', 'post', /disclosure request/, /blocked/],
  ['disclosure-asked', 'disclosure-courier', 'post', /disclosure request/, /Deny: nothing goes out/],
  ['disclosure-void', 'disclosure-consent', 'post', /consent_withdrawal/, /approval is void/],
  ['disclosure-register', 'disclosure-recipients', 'answer', /register/, /Call Centre/],
  ['desk-audit', 'deletion', 'answer', /audit/, /verifies/],
];

describe('one of each kind:', () => {
  it.each(KINDS)('%s', async (name, script, how, said, words) => {
    const found = (await recordedScript(script)).find(
      (each) => each.how === how && said.test(each.said) && words.test(JSON.stringify(each.card)),
    );
    if (found === undefined) throw new Error(`no such card in ${script}`);
    await expect(printed(slack.renderMessage(found.card))).toMatchFileSnapshot(`slack/${name}.json`);
    await expect(printed(discordBody(found, name))).toMatchFileSnapshot(`discord/${name}.json`);
  });
});
