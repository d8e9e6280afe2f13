/**
 * The Slack surface: Bolt in Socket Mode or HTTP mode, and the port over it. Must not know: what a command does, storage.
 */
import { App, type webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { HomeOf } from '../../chat/home.js';
import type { Handle, Surface } from '../../chat/surface.js';
import { accountOf, createGate } from './admission.js';
import { createTurns, type Turns } from './answer/in-time.js';
import { platformCode, webClient, webClientOptions } from './api.js';
import { skewWatch } from './clock-skew.js';
import { createDoor, type Door, type DoorSettings } from './connection/receiver.js';
import { createDelivery } from './deliver.js';
import { homeOfStranger, homeView, NOT_ON_STAFF } from './home.js';
import { boltLogger, wordOf } from './log.js';
import { SlackProblem } from './problem.js';
import { type Commands, listen } from './read.js';

export { SlackProblem };

/** An outbox post may take its time; a modal's trigger lives 3 s. */
const POST_MS = 10_000;
const QUICK_MS = 2_500;

export type SlackSettings = {
  readonly botToken: string;
  readonly door: DoorSettings;
  /** Another API host, ending in `/api/`; null: Slack's own. */
  readonly apiUrl: string | null;
  /** Workspace ids; empty: the one the token was installed in. */
  readonly workspaces: readonly string[];
};

export type SlackDeps = {
  readonly settings: SlackSettings;
  readonly registry: Commands;
  readonly home: HomeOf;
  /** The case or disclosure whose thread begins with this message, or null. */
  readonly refOfThread: (channel: string, ts: string) => Promise<string | null>;
  /** Whether the rest of the desk works, for `/readyz`. */
  readonly ready: () => Promise<boolean>;
  readonly log: Logger;
};

export type SlackSurface = Surface & {
  /** For `/desk doctor`. */
  readonly facts: () => readonly (readonly [string, string])[];
  /** The port HTTP mode listens on; null in Socket Mode or before start. */
  readonly port: () => number | null;
};

export function createSlackSurface(deps: SlackDeps): SlackSurface {
  const { settings, log } = deps;
  const logger = boltLogger(log);
  const skew = skewWatch(globalThis.fetch);
  const api = { botToken: settings.botToken, apiUrl: settings.apiUrl, logger, fetch: skew.fetch };
  const posting = webClient(api, POST_MS);
  const quick = webClient(api, QUICK_MS);
  const delivery = createDelivery(posting, skew.fetch);
  let door: Door | null = null;
  let turns: Turns | null = null;
  let workspace = 'not connected';

  async function start(handle: Handle): Promise<void> {
    const me = await whoAmI(posting, settings.apiUrl);
    workspace = `${me.team} (${me.teamId})`;
    const workspaces = settings.workspaces.length > 0 ? settings.workspaces : [me.teamId];
    const gate = createGate({ client: quick, workspaces, log });
    const taken = createTurns({ handle, gate, log });
    turns = taken;
    const boltOptions = () => webClientOptions(api, QUICK_MS);
    const made = createDoor(settings.door, { logger, log, boltOptions, ready: deps.ready });
    const app = new App({
      receiver: made.receiver,
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
      log.error({ from: 'slack' }, `a delivery failed: ${wordOf(error.original ?? error)}`);
      throw error;
    });
    made.attach(app);
    listen(app, {
      registry: deps.registry,
      turns: taken,
      ways: { quick, fetch: skew.fetch, log },
      refOfThread: deps.refOfThread,
      publishHome: async (user, teams) => {
        const admission = await gate.admit(user, teams);
        const home = admission.admitted ? await deps.home(accountOf(user)) : null;
        const view =
          home === null ? homeOfStranger(admission.admitted ? NOT_ON_STAFF : admission.card) : homeView(home);
        await quick.views.publish({ user_id: user, view });
      },
      botUser: me.userId,
      workspaceUrl: me.url,
    });
    door = made;
    await made.start();
    log.info({ from: 'slack', workspace, mode: settings.door.kind }, 'connected');
  }

  return {
    name: 'slack',
    start,
    ...delivery,
    stop: async () => {
      // What was begun is answered first: its acknowledgement needs the connection.
      await turns?.settled();
      await door?.stop();
    },
    facts: () => [
      ['Slack workspace', workspace],
      ['Slack connection', door?.words() ?? 'not connected'],
      ['clock against Slack', skew.words()],
    ],
    port: () => door?.port() ?? null,
  };
}

type Me = {
  readonly teamId: string;
  readonly team: string;
  readonly userId: string;
  readonly botId: string;
  readonly url: string;
};

/** Throws SlackProblem: the token or the host is wrong, and nothing else would work. */
async function whoAmI(client: webApi.WebClient, apiUrl: string | null): Promise<Me> {
  const answer = await client.auth.test().catch((error: unknown) => {
    const code = platformCode(error);
    throw new SlackProblem(
      code === null
        ? `Slack cannot be reached at ${apiUrl ?? 'https://slack.com/api/'} (${wordOf(error)}).`
        : `Slack refuses SLACK_BOT_TOKEN (${code}). Copy the bot token (xoxb-…) from "OAuth & Permissions" of your app.`,
    );
  });
  const { team_id: teamId, team, user_id: userId, bot_id: botId, url } = answer;
  if (teamId === undefined || userId === undefined || botId === undefined)
    throw new SlackProblem('SLACK_BOT_TOKEN is no bot token: it must begin with xoxb-.');
  return { teamId, team: team ?? teamId, userId, botId, url: url ?? 'https://slack.com/' };
}
