/**
 * The Discord surface: discord.js's gateway in, our own requests out. Interactions become invocations, cards become
 * messages. Must not know: what a command does, storage.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type APIInteraction,
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  SimpleShardingStrategy,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Registry } from '../../chat/command.js';
import type { Suggest } from '../../chat/suggestion.js';
import { DeliveryFailure, type Handle, type Surface } from '../../chat/surface.js';
import { type AnswerCounts, createAnswers } from './answer.js';
import { answeringRest, commonOptions, postingRest } from './api.js';
import { applicationCommands } from './commands.js';
import { createDelivery, type Delivery } from './deliver.js';
import { codeOf, failureOf } from './failures.js';
import { FIRST_ANSWER_MS } from './limits.js';
import { createInbox, type Inbox } from './read.js';
import { registerCommands } from './register-commands.js';
import { createDrafts } from './remembered-forms.js';
import { createThreads } from './threads.js';

export type DiscordDeps = {
  readonly token: string;
  /** Another API host, e.g. `http://127.0.0.1:8080/api`; null: Discord's. */
  readonly apiUrl: string | null;
  /** Servers that may use the desk; null: every one the bot was added to. */
  readonly guilds: readonly string[] | null;
  readonly registry: Registry;
  readonly suggest: Suggest;
  /** Accounts (`discord:8123`) of those who may see cases. */
  readonly readers: () => Promise<readonly string[]>;
  /** The case whose head card this message is; a thread under a card has the card's id. */
  readonly refOfThread: (channel: string, id: string) => Promise<string | null>;
  readonly log: Logger;
  /** Milliseconds until a person is told to wait. Default 1500; Discord gives up at 3000. */
  readonly deferAfterMs?: number;
  /** Milliseconds the start waits for the gateway; connecting goes on after that. Default 20 s. */
  readonly startWithinMs?: number;
};

export type DiscordSurface = Surface & {
  /** For `/desk doctor`. */
  readonly facts: () => readonly (readonly [string, string])[];
};

/** The token does not work: plain words for the person who starts the desk. */
export class DiscordProblem extends Error {
  override readonly name = 'DiscordProblem';
}

/** Half of the time there is: the word to wait needs its way, too. */
const DEFER_AFTER_MS = FIRST_ANSWER_MS / 2;
/** The rest of the desk waits for this: other platforms, the clock. */
const START_WITHIN_MS = 20_000;
const RETRY_LOGIN_MS = [1000, 5000, 15_000, 60_000] as const;

type Gateway = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/** Everything that there is only while the bot is logged in. */
type Connection = { readonly client: Client<true>; readonly delivery: Delivery };

export function createDiscordSurface(deps: DiscordDeps): DiscordSurface {
  const { log } = deps;
  const posting = postingRest(deps);
  const counts: AnswerCounts = { late: 0, taken: 0, lost: 0 };
  const commands: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[] = applicationCommands(
    deps.registry,
  );
  const allowed = (guild: string): boolean => deps.guilds === null || deps.guilds.includes(guild);
  let connection: Connection | null = null;
  /** The one that is logged in, or logging in. */
  let current: Client | null = null;
  let gateway: 'open' | 'away' | 'closed' = 'away';
  let inbox: Inbox | null = null;
  let stopped = false;
  let retry: NodeJS.Timeout | null = null;
  let reconnects = 0;

  /** A client that is between two attempts cannot be destroyed: after the end, its next attempt never comes. */
  function untilStopped(manager: Gateway): SimpleShardingStrategy {
    const { options } = manager;
    const { retrieveSessionInfo } = options;
    options.retrieveSessionInfo = (shard) =>
      stopped ? new Promise(() => undefined) : retrieveSessionInfo(shard);
    return new SimpleShardingStrategy(manager);
  }

  async function connect(handle: Handle): Promise<void> {
    const client = new Client({
      intents: [GatewayIntentBits.Guilds],
      allowedMentions: { parse: [] },
      rest: commonOptions(deps),
      ws: { buildStrategy: untilStopped },
    });
    current = client;
    client.on(Events.Error, (error) => log.error({ err: error }, 'Discord client error'));
    client.on(Events.ShardError, (error) => log.warn({ err: error }, 'Discord gateway error'));
    client.on(Events.ShardDisconnect, ({ code }) => {
      gateway = 'closed';
      log.error({ code }, 'Discord closed the gateway for good: check DISCORD_TOKEN, then restart');
    });
    client.on(Events.ShardReconnecting, () => {
      gateway = 'away';
      reconnects += 1;
    });
    for (const event of [Events.ShardReady, Events.ShardResume] as const)
      client.on(event, () => {
        gateway = 'open';
      });
    const ready = new Promise<Client<true>>((settle) => client.once(Events.ClientReady, settle));
    client.on(Events.GuildCreate, ({ id }) => void register(client, id));
    // Raw, and from the first moment: one that comes before the last server has arrived has its three seconds too.
    const early: APIInteraction[] = [];
    client.ws.on(GatewayDispatchEvents.InteractionCreate, (raw: APIInteraction) => {
      if (inbox === null) early.push(raw);
      else inbox.take(raw);
    });
    try {
      await client.login(deps.token);
    } catch (error) {
      await client.destroy();
      throw error;
    }
    const live = await ready;
    if (stopped) return;
    const threads = createThreads({
      client: live,
      rest: posting,
      readers: usersOf(deps.readers),
      refOfThread: deps.refOfThread,
      log,
    });
    const answers = createAnswers({
      rest: answeringRest(deps),
      application: () => live.application.id,
      drafts,
      counts,
      deferAfterMs: deps.deferAfterMs ?? DEFER_AFTER_MS,
      log,
    });
    const delivery = createDelivery({ rest: posting, threads, self: () => live.user.id, log });
    connection = { client: live, delivery };
    inbox = createInbox({
      handle,
      answers,
      drafts,
      threadRef: threads.refOf,
      registry: deps.registry,
      suggest: deps.suggest,
      allowed,
      log,
    });
    for (const raw of early) inbox.take(raw);
    await Promise.all(live.guilds.cache.map(({ id }) => register(live, id)));
  }

  const drafts = createDrafts();

  async function register(client: Client, guild: string): Promise<void> {
    const application = client.application?.id;
    if (!allowed(guild) || application === undefined) return;
    try {
      const written = await registerCommands(posting, application, guild, commands);
      log.info({ guild }, written ? 'commands registered' : 'commands are as registered');
    } catch (error) {
      log.error(
        { guild, code: codeOf(error) },
        `the commands could not be registered: ${failureOf(error).message}; add the bot with the scope applications.commands`,
      );
    }
  }

  /** A wrong token is for good; a network that is away is waited for. */
  async function keepTrying(handle: Handle, attempt: number): Promise<void> {
    try {
      await connect(handle);
    } catch (error) {
      if (stopped) return;
      if (isTokenRefused(error))
        throw new DiscordProblem(
          'Discord refused DISCORD_TOKEN. Copy the bot token anew: developer portal, your application, "Bot", "Reset Token".',
        );
      const wait = RETRY_LOGIN_MS[Math.min(attempt, RETRY_LOGIN_MS.length - 1)] ?? 0;
      log.error({ err: error }, `Discord is not reached; trying again in ${wait / 1000} s`);
      retry = setTimeout(() => {
        keepTrying(handle, attempt + 1).catch((fault: unknown) =>
          log.error({ err: fault }, 'Discord refused the bot; restart with another DISCORD_TOKEN'),
        );
      }, wait);
    }
  }

  /** A gateway that does not answer keeps nobody else waiting: a login waits for it without end. */
  async function startWithin(handle: Handle, ms: number): Promise<void> {
    const patience = new AbortController();
    const connecting = keepTrying(handle, 0).finally(() => patience.abort());
    const late = sleep(ms, true, { signal: patience.signal }).catch(() => false);
    if (!(await Promise.race([connecting, late]))) return connecting;
    log.error(`Discord's gateway has not answered in ${ms / 1000} s; connecting goes on`);
    connecting.catch((error: unknown) => log.error({ err: error }, 'Discord refused the bot'));
  }

  const live = (): Delivery => {
    if (connection === null)
      throw new DeliveryFailure('Discord is not connected yet', { retryable: true, sent: 'no' });
    return connection.delivery;
  };

  return {
    name: 'discord',
    start: (handle) => startWithin(handle, deps.startWithinMs ?? START_WITHIN_MS),
    post: async (...given) => live().post(...given),
    edit: async (...given) => live().edit(...given),
    upload: async (...given) => live().upload(...given),
    stop: async () => {
      stopped = true;
      if (retry !== null) clearTimeout(retry);
      await current?.destroy();
      await inbox?.settled();
    },
    facts: () => [
      ['Discord', connection === null ? 'not connected' : GATEWAY_WORDS[gateway](connection.client.user.tag)],
      ['Discord servers', connection === null ? 'unknown' : serverWords(connection.client, allowed)],
      ['Discord reconnects', String(reconnects)],
      [
        'Discord answers',
        `${counts.late} too late, ${counts.taken} given by another instance, ${counts.lost} lost`,
      ],
    ],
  };
}

const GATEWAY_WORDS = {
  open: (as: string) => `connected as ${as}`,
  away: (as: string) => `not connected: reconnecting as ${as}`,
  closed: () => 'not connected: Discord closed the gateway for good; check DISCORD_TOKEN, then restart',
} as const satisfies Record<string, (as: string) => string>;

function usersOf(readers: () => Promise<readonly string[]>): () => Promise<readonly string[]> {
  return async () => (await readers()).map((account) => account.replace(/^discord:/, ''));
}

function serverWords(client: Client<true>, allowed: (guild: string) => boolean): string {
  const all = client.guilds.cache.map(({ id, name }) => `${name}${allowed(id) ? '' : ' (not on the list)'}`);
  return all.length === 0 ? 'none: invite the bot' : all.join(', ');
}

const isTokenRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'TokenInvalid';
