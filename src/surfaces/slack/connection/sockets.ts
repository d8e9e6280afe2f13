/**
 * Socket Mode over two connections, so that a refresh of one leaves no gap. Reconnecting is ours: left to Bolt, a failed
 * reconnect is an unhandled rejection and the socket never returns (platform.md, "Slack"). A new receiver is made for each
 * connection, so nothing of a dead one is left. Must not know: what an envelope says.
 */
import { type Logger as BoltLogger, SocketModeReceiver, type webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { inTime, LATE, pause } from '../../common/timing.js';
import { wordOf } from '../log.js';

export const CONNECTIONS = 2;
/** From asking for an address to Slack's `hello`. */
const CONNECT_MS = 20_000;
const PAUSES_MS = [0, 1_000, 2_000, 5_000, 10_000, 30_000] as const;
/** How often the watchdog looks whether a connection said to be open really is. */
const WATCH_MS = 10_000;
const CLOSE_MS = 1_000;

/** One of the two connections, and what stands in it at present. */
type Socket = { up: boolean; client: SocketModeReceiver['client'] | null; lost: () => void };

export type Sockets = {
  /** Resolves when the first connection stands, however long that takes; rejects where waiting would not help. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly open: () => number;
};

type Deps = {
  readonly appToken: string;
  readonly clientOptions: () => webApi.WebClientOptions;
  readonly logger: BoltLogger;
  readonly log: Logger;
  /** Whether trying again would be in vain. */
  readonly hopeless: (error: unknown) => boolean;
  /** Hands a new receiver its app. */
  readonly attach: (receiver: SocketModeReceiver) => void;
};

type Events = { readonly opened: () => void; readonly failed: (error: unknown) => void };

export function createSockets(deps: Deps): Sockets {
  const sockets: Socket[] = Array.from({ length: CONNECTIONS }, () => ({
    up: false,
    client: null,
    lost: () => undefined,
  }));
  const stopping = new AbortController();
  let watchdog: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  return {
    start: () =>
      new Promise((resolve, reject) => {
        const failed = (error: unknown): void => {
          if (deps.hopeless(error)) reject(error);
        };
        const events = { opened: resolve, failed };
        running = Promise.all(sockets.map((socket) => keepOpen(deps, socket, events, stopping.signal)));
        watchdog = setInterval(() => watch(deps.log, sockets), WATCH_MS);
      }),
    stop: async () => {
      stopping.abort();
      clearInterval(watchdog);
      const clients = sockets.flatMap(({ client }) => (client === null ? [] : [client]));
      for (const socket of sockets) socket.lost();
      await Promise.all(clients.map(closed));
      await running;
    },
    open: () => sockets.filter(({ up }) => up).length,
  };
}

/** Makes one connection after the other, until told to stop. */
async function keepOpen(deps: Deps, socket: Socket, events: Events, stopping: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stopping.aborted) {
    try {
      await connect(deps, socket, () => {
        failures = 0;
        events.opened();
      });
    } catch (error) {
      failures += 1;
      deps.log.warn({ from: 'slack', failures }, `no socket to Slack: ${wordOf(error)}`);
      events.failed(error);
    }
    const wait = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0;
    if (wait > 0) await pause(wait, stopping);
  }
}

/** One connection: resolves when it is gone again. */
async function connect(deps: Deps, socket: Socket, opened: () => void): Promise<void> {
  const receiver = new SocketModeReceiver({
    appToken: deps.appToken,
    logger: deps.logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: deps.clientOptions() },
  });
  deps.attach(receiver);
  const { client } = receiver;
  socket.client = client;
  const gone = new Promise<void>((settle) => {
    socket.lost = settle;
    client.on('disconnected', () => settle());
  });
  const started = client.start();
  try {
    await within(CONNECT_MS, Promise.race([started, gone]));
    socket.up = client.websocket?.isActive() === true;
    if (!socket.up) throw new Error('the socket closed at once');
    opened();
    await gone;
  } finally {
    socket.up = false;
    socket.client = null;
    // What a half-closed socket still delivers nobody could acknowledge.
    client.removeAllListeners('slack_event');
    void client.disconnect();
    // It may have been given up while it was still asking for an address.
    void started.then(
      () => client.disconnect(),
      () => undefined,
    );
  }
}

/** A connection can die silently; then `isActive` tells. */
function watch(log: Logger, sockets: readonly Socket[]): void {
  for (const socket of sockets)
    if (socket.up && socket.client?.websocket?.isActive() !== true) {
      log.warn({ from: 'slack' }, 'a socket to Slack died silently; connecting anew');
      socket.lost();
    }
  if (sockets.every(({ up }) => !up)) log.error({ from: 'slack' }, 'no socket to Slack is open');
}

/** Closed politely, or, when the other side does not answer, by force: a second `disconnect` ends the handshake. */
async function closed(client: SocketModeReceiver['client']): Promise<void> {
  await within(CLOSE_MS, client.disconnect()).catch(() => {
    void client.disconnect();
  });
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const result = await inTime(work, ms);
  if (result === LATE) throw new Error('Slack did not answer in time');
  return result;
}
