/**
 * The Slack surface at the same desk as Discord's: half of the people speak there.
 * Must not know: what is said.
 */
import { pino } from 'pino';
import type { Surface } from '../../src/chat/surface.js';
import type { Desk } from '../../src/desk/desk.js';
import { createSlackSurface, type SlackSettings } from '../../src/surfaces/slack/app.js';
import { memoryOf } from '../../src/surfaces/slack/forms.js';
import type { OtherDoor } from './discord-script.js';
import { APP_TOKEN, BOT_TOKEN, SlackFake } from './slack-fake.js';
import { Player } from './slack-player.js';
import { type Message, TEAM } from './slack-state.js';
import { neededBy } from './slack-widgets.js';
import { socketWire } from './slack-wire.js';

const CHANNEL = 'C0CASES01';

export type SlackBeside = {
  readonly fake: SlackFake;
  /** Accounts by name, for the staff list. */
  readonly accounts: Readonly<Record<string, readonly string[]>>;
  readonly as: (name: string) => Player;
  readonly messages: () => readonly Message[];
  readonly door: (...speakers: readonly string[]) => OtherDoor;
  readonly beside: (desk: Desk) => Promise<{ readonly surface: Surface; readonly channel: string }>;
};

export async function slackBeside(names: readonly string[]): Promise<SlackBeside> {
  const fake = await SlackFake.start();
  const idOf = (name: string): string => `U0${name.toUpperCase()}0001`;
  for (const name of names) fake.state.addPerson({ id: idOf(name), name, team: TEAM, flags: {} });
  fake.state.addChannel(CHANNEL, names.map(idOf));
  const as = (name: string): Player => new Player(fake, socketWire(fake), idOf(name));
  const channel = fake.state.channel(CHANNEL);
  const has = (message: Message, label: string): boolean =>
    message.versions.some((blocks) => JSON.stringify(blocks).includes(`"text":"${label}"`));
  return {
    fake,
    accounts: Object.fromEntries(names.map((name) => [name, [`slack:${idOf(name)}`]])),
    as,
    messages: () => channel.messages,
    door: (...speakers) => ({
      name: 'slack',
      speakers,
      says: async (name, line) => {
        await as(name).says(line);
      },
      presses: async (name, label, ref, fields) => {
        // What is for some people alone stands in their own channel or direct messages.
        const places = [...fake.state.channels.values()];
        const found = places
          .flatMap((place) =>
            place === undefined ? [] : place.messages.map((message) => ({ place, message })),
          )
          .filter(({ message }) => message.text.includes(ref) && has(message, label))
          .at(-1);
        if (found === undefined) throw new Error(`no button ${label} on ${ref} in Slack`);
        const { place, message } = found;
        const version = message.versions.findLastIndex((blocks) =>
          JSON.stringify(blocks).includes(`"text":"${label}"`),
        );
        const shown = await as(name).presses(label, place, message, version);
        const view = shown.kind === 'modal' ? fake.state.views.get(shown.viewId) : undefined;
        if (view === undefined) return;
        if (neededBy(view.json, fields).length === 0) return void (await as(name).fills(fields));
        // Slack does not send a form without what it requires; who leaves it out types the button's command.
        fake.state.close(idOf(name));
        const { command, verb, given } = memoryOf(String(view.json.private_metadata));
        const options = Object.entries({ ...given, ...fields }).map(([key, value]) => `${key}:"${value}"`);
        await as(name).says(`/${command} ${verb} ${options.join(' ')}`);
      },
    }),
    beside: async () => {
      const settings: SlackSettings = {
        botToken: BOT_TOKEN,
        connection: { kind: 'socket', appToken: APP_TOKEN },
        apiUrl: fake.apiUrl,
        workspaces: [],
      };
      const surface = createSlackSurface(settings, pino({ level: 'silent' }));
      return { surface, channel: CHANNEL };
    },
  };
}
