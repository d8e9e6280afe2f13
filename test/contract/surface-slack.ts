/** The Slack fake as a stage of the surface contract. Must not know: what is asserted. */
import { pino } from 'pino';
import type { Surface } from '../../src/chat/surface.js';
import { createSlackSurface } from '../../src/surfaces/slack/app.js';
import { unescaped } from '../../src/surfaces/slack/text.js';
import { accountOf } from '../../src/vocabulary/accounts.js';
import { frontDesk } from '../support/front-desk.js';
import { slackSettings } from '../support/slack-desk.js';
import { SlackFake } from '../support/slack-fake.js';
import { type Message, TEAM } from '../support/slack-state.js';
import { type Call, type Seen, type Stage, signal } from './surface-harness.js';

const CHANNEL = 'C0CASES01';
const LYON = 'U0LYON001';
const METHODS: Readonly<Record<Call, string>> = {
  post: 'chat.postMessage',
  edit: 'chat.update',
  upload: 'files.completeUploadExternal',
};

export async function slackStage(): Promise<Stage> {
  const fake = await SlackFake.start();
  fake.state.addPerson({ id: LYON, name: 'lyon', team: TEAM, flags: {} });
  const channel = fake.state.addChannel(CHANNEL, [LYON]);
  const bot = [...channel.members].find((id) => id !== LYON) ?? '';
  const running: Surface[] = [];
  const open = async (): Promise<Surface> => {
    const surface = createSlackSurface(slackSettings(fake, 'http'), pino({ level: 'silent' }));
    running.push(surface);
    await surface.start(frontDesk());
    return surface;
  };
  const everywhere = (): readonly { readonly at: string; readonly message: Message }[] =>
    [...fake.state.channels.values()]
      .flatMap(({ id, messages }) => messages.map((message) => ({ at: id, message })))
      .sort((one, other) => (one.message.ts < other.message.ts ? -1 : 1));
  const fileOf = ({ files }: Message): Seen['file'] => {
    const upload = fake.state.uploads.get(String(files?.[0]?.id));
    return upload?.bytes === undefined || upload.bytes === null
      ? null
      : { name: upload.name, bytes: upload.bytes };
  };
  return {
    surface: await open(),
    can: {
      lookBack: true,
      deleteCards: true,
      lockThreads: false,
      closeChannels: true,
      knowAccounts: true,
      limitMessages: true,
      largestFile: null,
    },
    channel: { kind: 'channel', channel: CHANNEL },
    person: { kind: 'person', person: 'lyon', accounts: [accountOf('slack', LYON)] },
    stranger: { kind: 'person', person: 'ana', accounts: [accountOf('discord', '81384788765712384')] },
    seen: () =>
      everywhere().map(({ at, message }) => ({
        ref: { channel: at, id: message.ts },
        words: unescaped([message.text, ...textsIn(message.blocks)].join('\n')),
        inThread: message.thread !== null,
        file: fileOf(message),
      })),
    notified: () => everywhere().flatMap(({ message }) => mentionsIn(message)),
    refused: () => fake.refusals,
    loseAnswer: (call) => fake.failNext(METHODS[call], { kind: 'done-but-dropped' }),
    hold: (call) => {
      const free = signal();
      const before = fake.arrived.length;
      fake.failNext(METHODS[call], { kind: 'held', until: free.passed });
      const arrived = fake.state.until(() => fake.arrived.slice(before).includes(METHODS[call]), call);
      return { arrived, letGo: free.open };
    },
    deleteCard: ({ id }) => {
      channel.messages.splice(
        channel.messages.findIndex(({ ts }) => ts === id),
        1,
      );
    },
    archiveThread: () => {
      throw new Error('Slack archives and locks no threads');
    },
    closeChannel: (closed) => {
      if (closed) channel.members.delete(bot);
      else channel.members.add(bot);
    },
    restart: open,
    close: async () => {
      for (const each of running) await each.stop();
      await fake.stop();
    },
  };
}

/** Every `text` of the blocks, in order. */
function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}

/** Whom Slack would notify: `<@U…>` and `<!…>` in formatted text; a date is none. */
function mentionsIn({ text, blocks }: Message): readonly string[] {
  return [text, ...formattedIn(blocks)].flatMap((each) =>
    [...each.matchAll(/<[@!](?!date\^)([^>|]+)/g)].map((found) => found[1] ?? ''),
  );
}

function formattedIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(formattedIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(formattedIn);
}
