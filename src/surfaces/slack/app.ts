/**
 * The Slack surface: Bolt in Socket Mode or HTTP mode, and the port over it. Must not know: what a command does, storage.
 */
import { App, type webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import type { FrontDesk, Surface } from '../../chat/surface.js';
import { accountOf } from '../../vocabulary/accounts.js';
import { inTime, LATE } from '../common/timing.js';
import { type AdmissionCheck, createAdmissionCheck } from './admission.js';
import { type Answers, createAnswers } from './answer.js';
import { type ClientOptions, webClient, webClientOptions } from './api.js';
import { watchClockSkew } from './clock-skew.js';
import { type Connection, type ConnectionSettings, createConnection } from './connection/receiver.js';
import { createDelivery } from './deliver.js';
import { createHomes, homeOfStranger, homeView, NOT_ON_STAFF } from './home.js';
import { type Me, whoAmI } from './identity.js';
import { boltLogger, wordOf } from './log.js';
import { createMembershipCheck } from './membership.js';
import { createOpenPosts } from './open-posts.js';
import { listen } from './read.js';

/** An outbox post may take its time; a modal's trigger lives 3 s. */
const POST_MS = 10_000;
const QUICK_MS = 2_500;
/** The rest of the desk waits for this: other platforms, the clock. */
const START_WITHIN_MS = 20_000;

export type SlackSettings = {
  readonly botToken: string;
  readonly connection: ConnectionSettings;
  /** Another API host, ending in `/api/`; null: Slack's own. */
  readonly apiUrl: string | null;
  /** Workspace ids; empty: the one the token was installed in. */
  readonly workspaces: readonly string[];
  /** Milliseconds the start waits for Slack; connecting goes on after that. Default 20 s. */
  readonly startWithinMs?: number;
};

export type SlackSurface = Surface & {
  /** For `/desk doctor`. */
  readonly facts: () => readonly (readonly [string, string])[];
  readonly warnings: () => readonly string[];
  /** The port HTTP mode listens on; null in Socket Mode or before start. */
  readonly port: () => number | null;
};

/** What there is from `start` on. */
type Running = { readonly connection: Connection; readonly answers: Answers; readonly workspace: string };

export function createSlackSurface(settings: SlackSettings, log: Logger): SlackSurface {
  const skew = watchClockSkew(globalThis.fetch);
  const { botToken, apiUrl } = settings;
  const api = { botToken, apiUrl, logger: boltLogger(log), fetch: skew.fetch };
  const posts = createOpenPosts(skew.fetch);
  const posting = webClient({ ...api, fetch: posts.fetch }, POST_MS);
  const stopping = new AbortController();
  let running: Running | null = null;

  async function connect(desk: FrontDesk): Promise<void> {
    const me = await whoAmI(posting, { apiUrl, stopping: stopping.signal, log });
    if (me === null) return;
    running = wire({ settings, desk, me, api, log });
    await running.connection.start();
    const { workspace } = running;
    log.info({ from: 'slack', workspace, mode: settings.connection.kind }, 'connected');
  }

  return {
    name: 'slack',
    ...posts.watch(createDelivery(posting, posts.fetch)),
    start: async (desk) => {
      const connecting = connect(desk);
      const ms = settings.startWithinMs ?? START_WITHIN_MS;
      if ((await inTime(connecting, ms, stopping.signal)) !== LATE || stopping.signal.aborted) return;
      log.error({ from: 'slack' }, `Slack has not answered in ${ms / 1000} s; connecting goes on`);
      connecting.catch((error: unknown) =>
        log.error({ from: 'slack', err: error }, 'Slack refused the desk; put it right, then restart'),
      );
    },
    stop: async () => {
      stopping.abort();
      // What was begun is answered first: its acknowledgement needs the connection.
      await running?.answers.settled();
      await running?.connection.stop();
      await posts.end();
    },
    facts: () => [
      ['Slack workspace', running?.workspace ?? 'not connected'],
      ['Slack connection', running?.connection.described() ?? 'not connected'],
      ['clock against Slack', skew.described()],
    ],
    warnings: () => [
      ...(running?.connection.isUp() === true
        ? []
        : [
            'Slack is not connected: nothing said there arrives. The desk goes on trying. → See its log for what Slack or the network says.',
          ]),
      ...skew.warnings(),
    ],
    port: () => running?.connection.port() ?? null,
  };
}

type Wiring = {
  readonly settings: SlackSettings;
  readonly desk: FrontDesk;
  readonly me: Me;
  readonly api: ClientOptions;
  readonly log: Logger;
};

/** Everything between Slack's deliveries and the desk. Nothing is connected yet. */
function wire({ settings, desk, me, api, log }: Wiring): Running {
  const quick = webClient(api, QUICK_MS);
  const workspaces = settings.workspaces.length > 0 ? settings.workspaces : [me.teamId];
  const admission = createAdmissionCheck({ client: quick, workspaces, log });
  const missingIn = createMembershipCheck(quick, log);
  const answers = createAnswers({ handle: desk.handle, admission, missingIn, log });
  const boltOptions = () => webClientOptions(api, QUICK_MS);
  const { logger } = api;
  const connection = createConnection(settings.connection, { logger, log, boltOptions, ready: desk.ready });
  const app = new App({
    receiver: connection.receiver,
    token: settings.botToken,
    // Known already: asked by Bolt itself, a refusal would be an unhandled rejection.
    botId: me.botId,
    botUserId: me.userId,
    tokenVerificationEnabled: false,
    clientOptions: boltOptions(),
    convoStore: false,
    logger,
  });
  app.error(async (error) => {
    // Not as Slack makes them: acknowledged, and nothing else (late-ack.ts).
    if (error.original instanceof ZodError || error instanceof ZodError)
      return log.warn({ from: 'slack' }, 'a delivery could not be read');
    log.error({ from: 'slack' }, `a delivery failed: ${wordOf(error.original ?? error)}`);
    throw error;
  });
  connection.attach(app);
  const homes = createHomes((user, teams) => publishHome({ quick, admission, desk }, user, teams), log);
  listen(app, {
    registry: desk.registry,
    answers,
    api: { quick, fetch: api.fetch, log },
    refOfThread: (channel, ts) => desk.refOfThread({ channel, id: ts }),
    homes,
    botUser: me.userId,
    workspaceUrl: me.url,
  });
  return { connection, answers, workspace: `${me.team} (${me.teamId})` };
}

async function publishHome(
  on: { readonly quick: webApi.WebClient; readonly admission: AdmissionCheck; readonly desk: FrontDesk },
  user: string,
  teams: readonly (string | null | undefined)[],
): Promise<void> {
  const admission = await on.admission.admit(user, teams);
  const home = admission.admitted ? await on.desk.home(accountOf('slack', user)) : null;
  const view =
    home === null ? homeOfStranger(admission.admitted ? NOT_ON_STAFF : admission.card) : homeView(home);
  await on.quick.views.publish({ user_id: user, view });
}
