/** The Discord fake as a stage of the surface contract. Must not know: what is asserted. */
import { pino } from 'pino';
import type { Surface } from '../../src/chat/surface.js';
import { createDiscordSurface } from '../../src/surfaces/discord/app.js';
import { accountOf } from '../../src/vocabulary/accounts.js';
import { startDiscord, TOKEN } from '../support/discord-fake.js';
import { textsIn } from '../support/discord-shown.js';
import type { Message } from '../support/discord-state.js';
import { frontDesk } from '../support/front-desk.js';
import { type Call, type Stage, signal } from './surface-harness.js';

const POSTED = /^\/channels\/\d+\/messages$/;
const ROUTES: Readonly<Record<Call, readonly [method: string, path: RegExp]>> = {
  post: ['POST', POSTED],
  edit: ['PATCH', /^\/channels\/\d+\/messages\/\d+$/],
  upload: ['POST', POSTED],
};
/** https://discord.com/developers/docs/reference#uploading-files */
const FILE_MAX = 10 * 1024 * 1024;

export async function discordStage(): Promise<Stage> {
  const fake = await startDiscord();
  const lyon = fake.human('lyon');
  const channel = fake.channel('cases', [lyon.id]);
  const running: Surface[] = [];
  const open = async (): Promise<Surface> => {
    const settings = { token: TOKEN, apiUrl: fake.apiUrl, guilds: null };
    const surface = createDiscordSurface(settings, pino({ level: 'silent' }));
    running.push(surface);
    await surface.start(frontDesk());
    return surface;
  };
  return {
    surface: await open(),
    can: {
      lookBack: true,
      deleteCards: true,
      lockThreads: true,
      closeChannels: true,
      knowAccounts: true,
      limitMessages: true,
      largestFile: FILE_MAX,
    },
    channel: { kind: 'channel', channel: channel.id },
    person: { kind: 'person', person: 'lyon', accounts: [accountOf('discord', lyon.id)] },
    stranger: { kind: 'person', person: 'ana', accounts: [accountOf('slack', 'U0ANA0001')] },
    seen: () =>
      fake.state.messages.map((message) => ({
        ref: { channel: message.channel, id: message.id },
        words: wordsOf(message),
        inThread: (fake.state.channels.get(message.channel)?.parent ?? null) !== null,
        file: message.files[0] ?? null,
      })),
    notified: () => fake.state.messages.flatMap(({ pinged }) => pinged),
    refused: () =>
      fake.calls.flatMap(({ call, status }) =>
        status === 400 || status === 413 ? [`${call.method} ${call.path}: ${status}`] : [],
      ),
    loseAnswer: (call) => {
      fake.faults.next(...ROUTES[call], { kind: 'lost' });
      // A nonce is known for some minutes only: the surface is to find the message without it.
    },
    hold: (call) => {
      const free = signal();
      const [method, path] = ROUTES[call];
      fake.faults.next(method, path, { kind: 'held', until: free.passed });
      const before = fake.calls.length;
      const arrived = (async () => {
        const here = () =>
          fake.calls.slice(before).some(({ call: each }) => each.method === method && path.test(each.path));
        while (!here()) await new Promise((resolve) => setImmediate(resolve));
      })();
      return { arrived, letGo: free.open };
    },
    deleteCard: ({ id }) => {
      const { messages } = fake.state;
      messages.splice(
        messages.findIndex((message) => message.id === id),
        1,
      );
    },
    archiveThread: (ref, locked) => {
      const thread = [...fake.state.channels.values()].find(({ name }) => name === ref);
      if (thread === undefined) throw new Error(`${ref} has no thread`);
      thread.archived = true;
      thread.locked = locked;
    },
    closeChannel: (closed) => {
      if (closed) fake.state.botPermissions.delete('viewChannel');
      else fake.state.botPermissions.add('viewChannel');
    },
    restart: open,
    close: async () => {
      for (const each of running) await each.stop();
      await fake.stop();
    },
  };
}

/** What a reader reads: the escapes of markdown undone. */
const wordsOf = ({ embeds, content, components }: Message): string =>
  [content, ...embeds.flatMap(({ title, description }) => [title, description]), ...textsIn(components)]
    .join('\n')
    .replaceAll(/\\(?=[^\w\s])/g, '');
