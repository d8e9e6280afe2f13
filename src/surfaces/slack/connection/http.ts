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
          deps.ready().then(
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
      const server = await receiver.start({ host, port });
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
