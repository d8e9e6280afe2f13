/**
 * Who the bot is, asked until Slack says: a refusal is for good, everything else passes. Must not know: what it is asked for.
 */
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { pause } from '../common/timing.js';
import { platformCode, refusesForGood, SlackProblem } from './failures.js';
import { wordOf } from './log.js';

const PAUSES_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const;

export type Me = {
  readonly teamId: string;
  readonly team: string;
  readonly userId: string;
  readonly botId: string;
  readonly url: string;
};

/** Null: stopped before Slack said. Throws SlackProblem: the token is wrong, and nothing else would work. */
export async function whoAmI(
  client: webApi.WebClient,
  by: { readonly apiUrl: string | null; readonly stopping: AbortSignal; readonly log: Logger },
): Promise<Me | null> {
  for (let attempt = 0; !by.stopping.aborted; attempt += 1) {
    try {
      return botOf(await client.auth.test());
    } catch (error) {
      if (error instanceof SlackProblem) throw error;
      const code = platformCode(error);
      if (refusesForGood(error))
        throw new SlackProblem(
          `Slack refuses SLACK_BOT_TOKEN (${code}). Copy the bot token (xoxb-…) from "OAuth & Permissions" of your app.`,
        );
      const wait = PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)] ?? 0;
      const where = by.apiUrl ?? 'https://slack.com/api/';
      by.log.error(
        { from: 'slack' },
        `Slack cannot be reached at ${where} (${code ?? wordOf(error)}); trying again in ${wait / 1000} s`,
      );
      await pause(wait, by.stopping);
    }
  }
  return null;
}

function botOf(answer: webApi.AuthTestResponse): Me {
  const { team_id: teamId, team, user_id: userId, bot_id: botId, url } = answer;
  if (teamId === undefined || userId === undefined || botId === undefined)
    throw new SlackProblem('SLACK_BOT_TOKEN is no bot token: it must begin with xoxb-.');
  return { teamId, team: team ?? teamId, userId, botId, url: url ?? 'https://slack.com/' };
}
