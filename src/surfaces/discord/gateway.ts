/**
 * The Gateway: discord.js's client, logged in and kept so. A wrong token is for good; a network that is away is waited for.
 * Must not know: what comes through it.
 */
import { Client, Events, GatewayIntentBits, SimpleShardingStrategy } from 'discord.js';
import type { Logger } from 'pino';
import { pause } from '../common/timing.js';
import { commonOptions, type RestAccess } from './api.js';
import { DiscordProblem } from './failures.js';

const LONGEST_PAUSE_MS = 60_000;
const RETRY_LOGIN_MS = [1000, 5000, 15_000, 60_000] as const;

/** How the connection stands; for `/desk doctor`. */
export type GatewayStatus = {
  state: 'open' | 'away' | 'closed';
  /** Times the connection was lost. */
  reconnects: number;
  /** Attempts in vain since it was. */
  failures: number;
};

const STATE_WORDS = {
  open: (as: string) => `connected as ${as}`,
  away: (as: string) => `not connected: reconnecting as ${as}`,
  closed: () => 'not connected: Discord closed the gateway for good; check DISCORD_TOKEN, then restart',
} as const satisfies Record<GatewayStatus['state'], (as: string) => string>;

export const gatewayWords = ({ state }: GatewayStatus, client: Client<true>): string =>
  STATE_WORDS[state](client.user.tag);

/** A client that is not logged in yet. It keeps `status` up to date. */
export function createClient(
  access: RestAccess,
  status: GatewayStatus,
  stopping: AbortSignal,
  log: Logger,
): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: commonOptions(access),
    ws: { buildStrategy: (manager) => untilStopped(manager, status, stopping) },
  });
  passOverUnreadable(client, log);
  client.on(Events.Error, (error) => log.error({ err: error }, 'Discord client error'));
  client.on(Events.ShardError, (error) => {
    status.failures += 1;
    // One line an outage: what follows is more of the same.
    if (status.failures === 1)
      log.warn({ from: 'discord', why: error.message }, 'the gateway is away; trying again, ever less often');
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    status.state = 'closed';
    log.error({ code }, 'Discord closed the gateway for good: check DISCORD_TOKEN, then restart');
  });
  client.on(Events.ShardReconnecting, () => {
    // discord.js says so at each attempt; it was lost once.
    if (status.state === 'open') status.reconnects += 1;
    status.state = 'away';
  });
  for (const event of [Events.ShardReady, Events.ShardResume] as const)
    client.on(event, () => {
      if (status.failures > 0)
        log.info({ from: 'discord', attempts: status.failures }, 'the gateway is back');
      status.failures = 0;
      status.state = 'open';
    });
  return client;
}

/** discord.js reads every packet for itself: what it cannot read would end the process, and every other surface with it. */
function passOverUnreadable({ ws }: Client, log: Logger): void {
  const packets = ws as unknown as { handlePacket: (...given: readonly unknown[]) => boolean };
  const handle = packets.handlePacket.bind(packets);
  packets.handlePacket = (...given) => {
    try {
      return handle(...given);
    } catch (error) {
      log.error({ err: error }, 'discord.js could not read what came through the gateway');
      return false;
    }
  };
}

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/** A client that is between two attempts cannot be destroyed: after the end, its next attempt never comes. */
function untilStopped(
  manager: Manager,
  status: GatewayStatus,
  stopping: AbortSignal,
): SimpleShardingStrategy {
  const { options } = manager;
  const { retrieveSessionInfo } = options;
  options.retrieveSessionInfo = async (shard) => {
    // By itself, it would ask twice a second for as long as it takes.
    if (status.failures > 1)
      await pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** Math.min(status.failures, 8)), stopping);
    return stopping.aborted ? new Promise(() => undefined) : retrieveSessionInfo(shard);
  };
  return new SimpleShardingStrategy(manager);
}

/** Resolves when the client is logged in and knows its servers. Throws what discord.js throws. */
export async function logIn(client: Client, token: string): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((settle) => client.once(Events.ClientReady, settle));
  try {
    await client.login(token);
  } catch (error) {
    await client.destroy();
    throw error;
  }
  return ready;
}

/**
 * Resolves when connected. Where Discord is not reached, it resolves too and goes on trying until stopped. Throws
 * DiscordProblem when the token is wrong.
 */
export async function keepConnecting(
  connect: () => Promise<void>,
  stopping: AbortSignal,
  log: Logger,
  attempt = 0,
): Promise<void> {
  try {
    await connect();
  } catch (error) {
    if (stopping.aborted) return;
    if (isTokenRefused(error))
      throw new DiscordProblem(
        'Discord refused DISCORD_TOKEN. Copy the bot token anew: developer portal, your application, "Bot", "Reset Token".',
      );
    const wait = RETRY_LOGIN_MS[Math.min(attempt, RETRY_LOGIN_MS.length - 1)] ?? 0;
    log.error({ err: error }, `Discord is not reached; trying again in ${wait / 1000} s`);
    void pause(wait, stopping)
      .then(() => (stopping.aborted ? undefined : keepConnecting(connect, stopping, log, attempt + 1)))
      .catch((fault: unknown) =>
        log.error({ err: fault }, 'Discord refused the bot; restart with another DISCORD_TOKEN'),
      );
  }
}

const isTokenRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'TokenInvalid';
