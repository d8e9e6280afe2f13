/**
 * Whole cases through Slack, in Socket Mode and in HTTP mode: the same scripts as in the terminal, the same ledger.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/record/store.js';
import { memoryOf } from '../../src/surfaces/slack/forms.js';
import { readPress } from '../../src/surfaces/terminal/read.js';
import type { Json } from '../../src/vocabulary/values.js';
import { MODES, type SlackDesk, slackDesk } from '../support/slack-desk.js';
import type { Player } from '../support/slack-player.js';
import { type Message, type Shown, TEAM } from '../support/slack-state.js';
import { labelsOf, neededBy } from '../support/slack-widgets.js';
import { playDesk } from '../support/terminal-desk.js';

const SCRIPTS = readdirSync('test/e2e/scripts')
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.replace('.txt', ''))
  .sort();

let desk: SlackDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

const linesOf = (script: string): readonly string[] =>
  readFileSync(`test/e2e/scripts/${script}.txt`, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));

/** The newest message that ever had this button, in the form in which it had it; null: there never was one. */
function buttonOn(
  messages: readonly Message[],
  label: string,
): { readonly message: Message; readonly version: number } | null {
  for (const message of messages.toReversed()) {
    const version = message.versions.findLastIndex((blocks) => labelsOf(blocks).includes(label));
    if (version !== -1) return { message, version };
  }
  return null;
}

/** Where something about a case or disclosure stands: the cases' channel, the officer's, somebody's own messages. */
function pressable(ref: string, label: string, on: SlackDesk) {
  for (const channel of [on.cases, ...on.fake.state.channels.values()]) {
    const found = buttonOn(
      channel.messages.filter(({ text }) => text.includes(ref)),
      label,
    );
    if (found !== null) return { ...found, channel };
  }
  return null;
}

async function play(script: string, on: SlackDesk): Promise<void> {
  let who = 'mei';
  for (const line of linesOf(script)) {
    const [word = '', first = ''] = line.split(' ');
    const player = on.as(who);
    if (word === '/clock') await on.clock(first);
    else if (word === '/as') {
      who = first;
      // A colleague, though not on the staff list.
      if (!on.fake.state.people.has(on.as(who).id))
        on.fake.state.addPerson({ id: on.as(who).id, name: who, team: TEAM, flags: {} });
    } else if (word === '/press') {
      const press = readPress(line.slice('/press '.length));
      if (press === null || press.ref === null) throw new Error(`nothing to press: ${line}`);
      const button = pressable(press.ref, String(press.button), on);
      // What the terminal calls `nothing-to-press` cannot be pressed here.
      if (button === null) continue;
      const { message, version, channel } = button;
      const shown = await player.presses(String(press.button), channel, message, version);
      if (isForm(shown)) await fillIn(player, shown, press.fields, on);
    } else if (isForm(await player.says(line))) {
      // The terminal says what is missing and asks no more: so does closing the form.
      on.fake.state.close(player.id);
    }
    await on.settle();
  }
}

/** Slack does not send a form without what it requires; who leaves it out types the button's command. */
async function fillIn(player: Player, shown: Shown, fields: Readonly<Record<string, string>>, on: SlackDesk) {
  const view = shown.kind === 'modal' ? on.fake.state.views.get(shown.viewId) : undefined;
  if (view === undefined) throw new Error('there is no form');
  if (neededBy(view.json, fields).length === 0) return player.fills(fields);
  on.fake.state.close(player.id);
  const { command, verb, given } = memoryOf(String(view.json.private_metadata));
  const options = Object.entries({ ...given, ...fields }).map(([name, value]) => `${name}:"${value}"`);
  return player.says(`/${command} ${verb} ${options.join(' ')}`);
}

const isForm = (shown: Shown): boolean =>
  shown.kind === 'modal' && shown.blocks.some(({ type }) => type === 'input');

/** The ids of customers and keys are random, and the mark of somebody unknown is the key's. */
const RANDOM = ['subjectId', 'keyId', 'customer'];

const withoutSubject = (body: Json): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.fromEntries(
        Object.entries(body).map(([name, value]) => [
          name,
          RANDOM.includes(name) && typeof value === 'string' ? 'one' : value,
        ]),
      )
    : body;

/** Streams about accounts and channels: those differ from door to door. */
const DOORS = ['staff', 'channels', 'digests', 'checkpoints', 'policies'];

/** Every other stream, without what names the door it came through. */
async function ledgerOf(store: Store): Promise<unknown> {
  return store.transact(async (tx) => {
    const streams = (await tx.heads())
      .map(({ stream }) => stream)
      .filter((stream) => !DOORS.includes(stream));
    const entries = [];
    for (const stream of streams)
      for (const { type, body, personal, actor, at } of await tx.entries(stream, { lock: false }))
        entries.push({ stream, type, body: withoutSubject(body), personal, person: actor.person, at });
    return entries;
  });
}

describe.each(MODES)('in %s mode', (mode) => {
  it.each(SCRIPTS)('plays “%s” with the ledger of the terminal', async (script) => {
    const terminal = await playDesk();
    try {
      for (const line of linesOf(script)) await terminal.says(line);
      desk = await slackDesk({ mode });
      await play(script, desk);
      expect(await ledgerOf(desk.store)).toEqual(await ledgerOf(terminal.store));
      expect(desk.fake.refusals).toEqual([]);
      const heads = desk.cases.messages
        .filter(({ thread, text }) => thread === null && /^[PD]R-/.test(text))
        .map(({ text }) => text.slice(0, 12));
      expect(heads.length).toBeGreaterThan(0);
      expect(new Set(heads).size).toBe(heads.length);
    } finally {
      await terminal.close();
    }
  });
});
