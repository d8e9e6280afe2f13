/**
 * The way deliveries come in: sockets that Slack writes to, or a port it sends requests to. Must not know: what they say.
 */
import type { App, Logger as BoltLogger, Receiver, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { listeningProblem, refusesForGood, socketProblem } from '../problem.js';
import { createHttpDoor, type Listening } from './http.js';
import { patient } from './late-ack.js';
import { CONNECTIONS, createSockets } from './sockets.js';

export type DoorSettings =
  | { readonly kind: 'socket'; readonly appToken: string }
  | ({ readonly kind: 'http'; readonly signingSecret: string } & Listening);

export type Door = {
  /** What Bolt's App is made with. */
  readonly receiver: Receiver;
  /** Gives deliveries to the app; before start. */
  readonly attach: (app: App) => void;
  /** Throws SlackProblem. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** For `/desk doctor`. */
  readonly words: () => string;
  /** The port listened on; null where there is none. */
  readonly port: () => number | null;
};

type DoorDeps = {
  readonly logger: BoltLogger;
  readonly log: Logger;
  readonly boltOptions: () => webApi.WebClientOptions;
  readonly ready: () => Promise<boolean>;
};

export function createDoor(settings: DoorSettings, deps: DoorDeps): Door {
  return settings.kind === 'http' ? httpDoor(settings, deps) : socketDoor(settings, deps);
}

function httpDoor(settings: Extract<DoorSettings, { kind: 'http' }>, deps: DoorDeps): Door {
  const { signingSecret, host } = settings;
  const http = createHttpDoor({ signingSecret, logger: deps.logger, ready: deps.ready });
  let port: number | null = null;
  return {
    receiver: http.receiver,
    attach: (app) => http.receiver.init(patient(app) as App),
    start: async () => {
      port = await http.start(settings).catch((error: unknown) => {
        throw listeningProblem(error, host, settings.port);
      });
    },
    stop: http.stop,
    words: () => (port === null ? 'not listening' : `listening on ${host}:${port}`),
    port: () => port,
  };
}

function socketDoor({ appToken }: Extract<DoorSettings, { kind: 'socket' }>, deps: DoorDeps): Door {
  let attached: App | null = null;
  const sockets = createSockets({
    appToken,
    clientOptions: deps.boltOptions,
    logger: deps.logger,
    log: deps.log,
    hopeless: refusesForGood,
    attach: (receiver) => {
      if (attached !== null) receiver.init(patient(attached) as App);
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
    words: () => `${sockets.open()} of ${CONNECTIONS} sockets open`,
    port: () => null,
  };
}
