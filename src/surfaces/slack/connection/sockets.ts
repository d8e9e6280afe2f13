/**
 * Socket Mode over two connections, so that a refresh of one leaves no hole. Reconnecting is ours: left to Bolt, a failed
 * reconnect is an unhandled rejection and the socket never returns (platform.md, "Slack"). A new receiver is made for each
 * connection, so nothing of a dead one is left. Must not know: what an envelope says.
 */
import { type Logger as BoltLogger, SocketModeReceiver, type webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { wordOf } from '../log.js';

export const CONNECTIONS = 2;
/** From asking for an address to Slack's `hello`. */
const CONNECT_MS = 20_000;
const PAUSES_MS = [0, 1_000, 2_000, 5_000, 10_000, 30_000] as const;
/** How often the watchdog looks whether a connection said to be open really is. */
const WATCH_MS = 10_000;
const CLOSE_MS = 1_000;
/** How long the first connection is tried for: Slack's bad minutes pass. */
const START_MS = 90_000;

type Line = { up: boolean; client: SocketModeReceiver['client'] | null; lost: () => void };

export type Sockets = {
  /** Resolves when the first connection stands; rejects when none can be made, at once where waiting would not help. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly open: () => number;
};

export function createSockets(deps: {
  readonly appToken: string;
  readonly clientOptions: () => webApi.WebClientOptions;
  readonly logger: BoltLogger;
  readonly log: Logger;
  /** Whether trying again would be in vain. */
  readonly hopeless: (error: unknown) => boolean;
  /** Hands a new receiver its app. */
  readonly attach: (receiver: SocketModeReceiver) => void;
}): Sockets {
  const lines: Line[] = Array.from({ length: CONNECTIONS }, () => ({
    up: false,
    client: null,
    lost: () => undefined,
  }));
  let stopping = false;
  let endPauses: () => void = () => undefined;
  const stopped = new Promise<void>((settle) => {
    endPauses = settle;
  });
  let watchdog: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();

  /** One connection: resolves when it is gone again. */
  async function connect(line: Line, opened: () => void): Promise<void> {
    const receiver = new SocketModeReceiver({
      appToken: deps.appToken,
      logger: deps.logger,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: deps.clientOptions() },
    });
    deps.attach(receiver);
    const { client } = receiver;
    line.client = client;
    const gone = new Promise<void>((settle) => {
      line.lost = settle;
      client.on('disconnected', () => settle());
    });
    const started = client.start();
    try {
      await within(CONNECT_MS, Promise.race([started, gone]));
      line.up = client.websocket?.isActive() === true;
      if (!line.up) throw new Error('the socket closed at once');
      opened();
      await gone;
    } finally {
      line.up = false;
      line.client = null;
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

  /** Makes one connection after the other, until told to stop. */
  async function keep(line: Line, opened: () => void, failed: (error: unknown) => void): Promise<void> {
    let failures = 0;
    while (!stopping) {
      try {
        await connect(line, () => {
          failures = 0;
          opened();
        });
      } catch (error) {
        failures += 1;
        deps.log.warn({ from: 'slack', failures }, `no socket to Slack: ${wordOf(error)}`);
        failed(error);
      }
      const wait = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0;
      if (wait > 0) await pause(wait, stopped);
    }
  }

  /** A connection can die without a word; then `isActive` tells. */
  function watch(): void {
    for (const line of lines)
      if (line.up && line.client?.websocket?.isActive() !== true) {
        deps.log.warn({ from: 'slack' }, 'a socket to Slack died silently; connecting anew');
        line.lost();
      }
    if (lines.every(({ up }) => !up)) deps.log.error({ from: 'slack' }, 'no socket to Slack is open');
  }

  return {
    start: () =>
      new Promise((resolve, reject) => {
        const until = performance.now() + START_MS;
        const failed = (error: unknown): void => {
          if (deps.hopeless(error) || performance.now() > until) reject(error);
        };
        running = Promise.all(lines.map((line) => keep(line, resolve, failed)));
        watchdog = setInterval(watch, WATCH_MS);
      }),
    stop: async () => {
      stopping = true;
      clearInterval(watchdog);
      endPauses();
      const clients = lines.flatMap(({ client }) => (client === null ? [] : [client]));
      for (const line of lines) line.lost();
      await Promise.all(clients.map(closed));
      await running;
    },
    open: () => lines.filter(({ up }) => up).length,
  };
}

/** Closed politely, or, when the other side says nothing, by force: a second `disconnect` ends the handshake. */
async function closed(client: SocketModeReceiver['client']): Promise<void> {
  await within(CLOSE_MS, client.disconnect()).catch(() => {
    void client.disconnect();
  });
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Slack did not answer in time')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function pause(ms: number, until: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    until,
    new Promise<void>((settle) => {
      timer = setTimeout(settle, ms);
    }),
  ]);
  clearTimeout(timer);
}
