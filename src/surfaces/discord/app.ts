/**
 * The Discord surface: discord.js's gateway in, our own requests out. Interactions become invocations, cards become
 * messages. Must not know: what a command does, storage.
 */
import {
  type APIInteraction,
  ChannelType,
  type Client,
  Events,
  GatewayDispatchEvents,
  PermissionFlagsBits,
  type REST,
} from 'discord.js';
import type { Logger } from 'pino';
import { DeliveryFailure, type FrontDesk, type Surface } from '../../chat/surface.js';
import { idOf } from '../../vocabulary/accounts.js';
import { inTime, LATE } from '../common/timing.js';
import { createAnswers } from './answer.js';
import { answeringRest, postingRest } from './api.js';
import { applicationCommands } from './commands.js';
import { createDelivery, type Delivery } from './deliver.js';
import { createFollowUps } from './follow-ups.js';
import { createClient, type GatewayStatus, gatewayWords, keepConnecting, logIn } from './gateway.js';
import { FIRST_ANSWER_MS } from './limits.js';
import { createInteractions, type Interactions } from './read.js';
import { registerIn } from './register-commands.js';
import { createRememberedForms, type RememberedForms } from './remembered-forms.js';
import { type AnswerCounts, createResponses } from './responses.js';
import { createThreads } from './threads.js';

export type DiscordSettings = {
  readonly token: string;
  /** Another API host, e.g. `http://127.0.0.1:8080/api`; null: Discord's. */
  readonly apiUrl: string | null;
  /** Servers that may use the desk; null: every one the bot was added to. */
  readonly guilds: readonly string[] | null;
  /** Milliseconds until a person is told to wait. Default 1500; Discord gives up at 3000. */
  readonly deferAfterMs?: number;
  /** Milliseconds the start waits for the gateway; connecting goes on after that. Default 20 s. */
  readonly startWithinMs?: number;
};

export type DiscordSurface = Surface & {
  /** For `/desk doctor`. */
  readonly facts: () => readonly (readonly [string, string])[];
  readonly warnings: () => readonly string[];
};

/** Half of the time there is: the response to wait must get there, too. */
const DEFER_AFTER_MS = FIRST_ANSWER_MS / 2;
/** The rest of the desk waits for this: other platforms, the clock. */
const START_WITHIN_MS = 20_000;

/** What there is only while the bot is logged in. */
type Connected = {
  readonly client: Client<true>;
  readonly delivery: Delivery;
  readonly interactions: Interactions;
};

/** Kinds of channel that hold posts, each a thread of its own. */
const POSTS_ONLY: readonly number[] = [ChannelType.GuildForum, ChannelType.GuildMedia];

type Commands = ReturnType<typeof applicationCommands>;

/** One surface, from its making to its end. */
type Session = {
  readonly settings: DiscordSettings;
  readonly log: Logger;
  readonly posting: REST;
  readonly forms: RememberedForms;
  readonly counts: AnswerCounts;
  readonly status: GatewayStatus;
  /** Channels the desk posts to that are gone. */
  readonly missing: Set<string>;
  readonly stopping: AbortController;
  /** The client that is logged in, or logging in. */
  client: Client | null;
  connected: Connected | null;
};

export function createDiscordSurface(settings: DiscordSettings, log: Logger): DiscordSurface {
  const session: Session = {
    settings,
    log,
    posting: postingRest(settings),
    forms: createRememberedForms(),
    counts: { late: 0, taken: 0, lost: 0 },
    status: { state: 'away', reconnects: 0, failures: 0 },
    missing: new Set(),
    stopping: new AbortController(),
    client: null,
    connected: null,
  };
  return {
    name: 'discord',
    start: (desk) => start(session, desk),
    post: async (...given) => deliveryOf(session).post(...given),
    edit: async (...given) => deliveryOf(session).edit(...given),
    upload: async (...given) => deliveryOf(session).upload(...given),
    stop: async () => {
      session.stopping.abort();
      await session.client?.destroy();
      await session.connected?.interactions.settled();
    },
    facts: () => factsOf(session),
    warnings: () =>
      session.connected !== null && session.status.state === 'open'
        ? noServer(session.connected.client)
        : [
            'Discord is not connected: nothing said there arrives. → See its log; after a new DISCORD_TOKEN, start the desk again.',
          ],
  };
}

/** A gateway that does not answer keeps nobody else waiting: a login waits for it without end. */
async function start(session: Session, desk: FrontDesk): Promise<void> {
  const { log, stopping, settings } = session;
  const ms = settings.startWithinMs ?? START_WITHIN_MS;
  const commands = applicationCommands(desk.registry);
  const connecting = keepConnecting(() => connect(session, desk, commands), stopping.signal, log);
  if ((await inTime(connecting, ms)) !== LATE) return;
  log.error(`Discord's gateway has not answered in ${ms / 1000} s; connecting goes on`);
  connecting.catch((error: unknown) => log.error({ err: error }, 'Discord refused the bot'));
}

async function connect(session: Session, desk: FrontDesk, commands: Commands): Promise<void> {
  const { settings, log } = session;
  const client = createClient(settings, session.status, session.stopping.signal, log);
  session.client = client;
  const register = async (guild: string): Promise<void> => {
    const application = client.application?.id;
    if (!isAllowed(settings, guild) || application === undefined) return;
    await registerIn({ rest: session.posting, application, guild, commands, log });
  };
  client.on(Events.GuildCreate, ({ id }) => void register(id));
  client.on(Events.ChannelDelete, ({ id }) => void desk.channelLost('discord', id, 'deleted'));
  // Raw, and from the first moment: one that comes before the last server has arrived has its three seconds too.
  const early: APIInteraction[] = [];
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (raw: APIInteraction) => {
    if (session.connected === null) early.push(raw);
    else session.connected.interactions.take(raw);
  });
  const live = await logIn(client, settings.token);
  if (session.stopping.signal.aborted) return;
  const connected = wire(session, desk, live);
  session.connected = connected;
  for (const raw of early) connected.interactions.take(raw);
  log.info({ from: 'discord', as: live.user.tag, servers: live.guilds.cache.size }, 'connected');
  if (live.guilds.cache.size === 0)
    log.warn(`the bot is in no server yet; invite it: ${inviteTo(live.application.id)}`);
  await Promise.all(live.guilds.cache.map(({ id }) => register(id)));
}

/** Everything between Discord and the desk, for a client that is logged in. */
function wire(session: Session, desk: FrontDesk, client: Client<true>): Connected {
  const { settings, posting, forms, counts, missing, log } = session;
  const threads = createThreads({
    client,
    rest: posting,
    readers: async (ref) => {
      const { may, mayNot } = await desk.readers('discord', ref);
      return { may: may.map(idOf), mayNot: mayNot.map(idOf) };
    },
    refOfThread: (channel, id) => desk.refOfThread({ channel, id }),
    log,
  });
  const application = client.application.id;
  const followUps = createFollowUps(posting, application);
  const responses = createResponses({ rest: answeringRest(settings), posting, application, counts, log });
  const deferAfterMs = settings.deferAfterMs ?? DEFER_AFTER_MS;
  return {
    client,
    delivery: createDelivery({
      rest: posting,
      threads,
      followUps,
      missing,
      guildOf: guildIn(client),
      self: client.user.id,
      log,
    }),
    interactions: createInteractions({
      desk,
      answers: createAnswers({ responses, forms, deferAfterMs, guildOf: guildIn(client) }),
      forms,
      followUps,
      threadRef: threads.refOf,
      takesMessages: (channel) => !POSTS_ONLY.includes(client.channels.cache.get(channel)?.type ?? -1),
      allowed: (guild) => isAllowed(settings, guild),
      log,
    }),
  };
}

const guildIn =
  (client: Client<true>) =>
  (channel: string): string | null => {
    const found = client.channels.cache.get(channel);
    return found !== undefined && 'guildId' in found ? found.guildId : null;
  };

function deliveryOf({ connected }: Session): Delivery {
  if (connected === null)
    throw new DeliveryFailure('Discord is not connected yet', { retryable: true, sent: 'no' });
  return connected.delivery;
}

function factsOf({ connected, status, counts, settings }: Session): readonly (readonly [string, string])[] {
  return [
    ['Discord', connected === null ? 'not connected' : gatewayWords(status, connected.client)],
    ['Discord servers', connected === null ? 'unknown' : serverWords(connected.client, settings)],
    ['Discord reconnects', String(status.reconnects)],
    [
      'Discord answers',
      `${counts.late} too late, ${counts.taken} given by another instance, ${counts.lost} lost`,
    ],
  ];
}

const isAllowed = ({ guilds }: DiscordSettings, guild: string): boolean =>
  guilds === null || guilds.includes(guild);

function serverWords(client: Client<true>, settings: DiscordSettings): string {
  const all = client.guilds.cache.map(
    ({ id, name }) => `${name}${isAllowed(settings, id) ? '' : ' (not on the list)'}`,
  );
  return all.length === 0 ? 'none: invite the bot' : all.join(', ');
}

/** What it needs to post and to open threads, as README's section on Discord has it. */
const PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.CreatePrivateThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory;

const inviteTo = (application: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${application}&scope=bot+applications.commands&permissions=${PERMISSIONS}`;

const noServer = ({ guilds, application }: Client<true>): readonly string[] =>
  guilds.cache.size > 0 ? [] : [`The Discord bot is in no server. → Invite it: ${inviteTo(application.id)}`];
