/**
 * HTTP mode: Slack's requests, signed, and what a load balancer asks. Must not know: what a request says.
 */
import { HTTPReceiver, type Logger } from '@slack/bolt';

/** Where Slack sends commands, events and presses (the manifest's request URLs end so). */
export const EVENTS_PATH = '/slack/events';

/** Slack's largest payload, a full modal, is far smaller. */
const BODY_MOST = '1mb';

/** As far as Bolt lets a request's time lie back. */
const CLOCKS_APART_SECONDS = 5 * 60;

/** A request that is not sent whole is left: headers first, then the body; Slack sends both at once. */
const HALF_OPEN = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 2_000 };

/** Anybody may ask, and each answer costs a look into the database. */
const READY_FOR_MS = 1_000;

/** The answer of the last call as long as it is fresh, also while it is on its way. */
function atMostOnce(work: () => Promise<boolean>, forMs: number): () => Promise<boolean> {
  let last: { readonly at: number; readonly answer: Promise<boolean> } | null = null;
  return () => {
    if (last === null || performance.now() - last.at > forMs)
      last = { at: performance.now(), answer: work() };
    return last.answer;
  };
}

export type Listening = { readonly host: string; readonly port: number };

export type Http = {
  readonly receiver: HTTPReceiver;
  /** Listens on this host only: without one, Bolt would listen on every interface. Resolves to the port. */
  readonly start: (listening: Listening) => Promise<number>;
  readonly stop: () => Promise<void>;
};

export function createHttpReceiver(deps: {
  readonly signingSecret: string;
  readonly logger: Logger;
  readonly ready: () => Promise<boolean>;
}): Http {
  const ready = atMostOnce(deps.ready, READY_FOR_MS);
  const receiver = new HTTPReceiver({
    signingSecret: deps.signingSecret,
    logger: deps.logger,
    endpoints: [EVENTS_PATH],
    bodyLimit: BODY_MOST,
    customRoutes: [
      { path: '/healthz', method: 'GET', handler: (_, response) => void response.writeHead(200).end('ok\n') },
      {
        path: '/readyz',
        method: 'GET',
        handler: (_, response) => {
          ready().then(
            (ready) => response.writeHead(ready ? 200 : 503).end(ready ? 'ready\n' : 'not ready\n'),
            () => response.writeHead(503).end('not ready\n'),
          );
        },
      },
    ],
  });
  const { requestListener } = receiver;
  // Bolt refuses what is five minutes old, and takes what is signed for next year.
  receiver.requestListener = (request, response) =>
    isOfTheFuture(request.headers['x-slack-request-timestamp'])
      ? void response.writeHead(401).end()
      : requestListener(request, response);
  let started = false;
  return {
    receiver,
    start: async ({ host, port }) => {
      const server = await receiver.start({ host, port }, HALF_OPEN);
      started = true;
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
    stop: async () => {
      if (!started) return;
      started = false;
      await receiver.stop();
    },
  };
}

const isOfTheFuture = (stamp: string | string[] | undefined): boolean =>
  Number(stamp) > Date.now() / 1000 + CLOCKS_APART_SECONDS;
