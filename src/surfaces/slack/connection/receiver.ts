/**
 * The way deliveries come in: sockets that Slack writes to, or a port it sends requests to. Must not know: what they say.
 */
import type { App, Logger as BoltLogger, Receiver, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { listeningProblem, refusesForGood, socketProblem } from '../failures.js';
import { createHttpReceiver, type Listening } from './http.js';
import { acknowledgingWhenDone } from './late-ack.js';
import { CONNECTIONS, createSockets } from './sockets.js';

export type ConnectionSettings =
  | { readonly kind: 'socket'; readonly appToken: string }
  | ({ readonly kind: 'http'; readonly signingSecret: string } & Listening);

export type Connection = {
  /** What Bolt's App is made with. */
  readonly receiver: Receiver;
  /** Gives deliveries to the app; before start. */
  readonly attach: (app: App) => void;
  /** Throws SlackProblem. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Whether anything can come in. */
  readonly isUp: () => boolean;
  /** For `/desk doctor`. */
  readonly described: () => string;
  /** The port listened on; null where there is none. */
  readonly port: () => number | null;
};

type Deps = {
  readonly logger: BoltLogger;
  readonly log: Logger;
  readonly boltOptions: () => webApi.WebClientOptions;
  readonly ready: () => Promise<boolean>;
};

export function createConnection(settings: ConnectionSettings, deps: Deps): Connection {
  return settings.kind === 'http' ? httpConnection(settings, deps) : socketConnection(settings, deps);
}

function httpConnection(settings: Extract<ConnectionSettings, { kind: 'http' }>, deps: Deps): Connection {
  const { signingSecret, host } = settings;
  const http = createHttpReceiver({ signingSecret, logger: deps.logger, ready: deps.ready });
  let port: number | null = null;
  return {
    receiver: http.receiver,
    attach: (app) => http.receiver.init(acknowledgingWhenDone(app) as App),
    start: async () => {
      port = await http.start(settings).catch((error: unknown) => {
        throw listeningProblem(error, host, settings.port);
      });
    },
    stop: http.stop,
    isUp: () => port !== null,
    described: () => (port === null ? 'not listening' : `listening on ${host}:${port}`),
    port: () => port,
  };
}

function socketConnection(
  { appToken }: Extract<ConnectionSettings, { kind: 'socket' }>,
  deps: Deps,
): Connection {
  let attached: App | null = null;
  const sockets = createSockets({
    appToken,
    clientOptions: deps.boltOptions,
    logger: deps.logger,
    log: deps.log,
    hopeless: refusesForGood,
    attach: (receiver) => {
      if (attached !== null) receiver.init(acknowledgingWhenDone(attached) as App);
    },
  });
  return {
    // The app is given its receivers one by one, as connections are made anew.
    receiver: { init: () => undefined, start: sockets.start, stop: sockets.stop },
    attach: (app) => {
      attached = app;
    },
    start: () =>
      sockets.start().catch((error: unknown) => {
        throw socketProblem(error);
      }),
    stop: sockets.stop,
    isUp: () => sockets.open() > 0,
    described: () => `${sockets.open()} of ${CONNECTIONS} sockets open`,
    port: () => null,
  };
}
