/**
 * What a failed call to Slack means: for a post that was on its way, and for a desk that cannot be served at all.
 * Must not know: what was called for.
 */
import { webApi } from '@slack/bolt';
import { type ChannelLoss, DeliveryFailure, SurfaceProblem } from '../../chat/surface.js';
import { notReached, PUT_RIGHT_SECONDS } from '../common/failures.js';
import { wordOf } from './log.js';

/** The tokens, the host or the port do not work. */
export class SlackProblem extends SurfaceProblem {
  override readonly name = 'SlackProblem';
}

/** Slack says so itself: these may have done their work before they failed. */
const PERHAPS_DONE = ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'];
/** Nothing was posted, and somebody can put it right: invite the bot, renew the token, give the scope. */
const INVITE = 'Invite the bot to that channel: /invite @Ombud';
const TOKEN = 'Copy the bot token anew into SLACK_BOT_TOKEN, and start the desk again';
const TO_PUT_RIGHT: Readonly<Record<string, string>> = {
  account_inactive: TOKEN,
  channel_not_found: `${INVITE}; if it is gone, bind another one: /desk channel`,
  invalid_auth: TOKEN,
  is_archived: 'Unarchive that channel, or bind another one: /desk channel',
  missing_scope: 'Install the Slack app anew from the manifest, so that it has every scope',
  not_authed: TOKEN,
  not_in_channel: INVITE,
  restricted_action: 'Let the app post in that channel (the channel’s posting permissions)',
  team_access_not_granted: 'Let the app into this workspace',
  token_expired: TOKEN,
  token_revoked: TOKEN,
};

/** What became of the channel. */
const LOST: Readonly<Record<string, ChannelLoss>> = {
  channel_not_found: 'closed',
  is_archived: 'archived',
  not_in_channel: 'closed',
  restricted_action: 'closed',
};

/** Answers of a web server that may be another the next time. */
const PASSING = [408, 425, 429];

/** What a failed call to Slack means for the post it was to make. */
export function failureOf(error: unknown, what: string): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  if (error instanceof webApi.WebAPIRateLimitedError)
    return new DeliveryFailure(`${what}: Slack asks to wait ${error.retryAfter} s`, {
      retryable: true,
      sent: 'no',
      retryAfterSeconds: error.retryAfter,
      cause: error,
    });
  if (error instanceof webApi.WebAPIPlatformError) return refusedBy(error, what);
  if (error instanceof webApi.WebAPIHTTPError) {
    const perhaps = error.statusCode >= 500 || error.statusCode === 408;
    return new DeliveryFailure(`${what}: HTTP ${error.statusCode}`, {
      retryable: perhaps,
      sent: perhaps ? 'perhaps' : 'no',
      cause: error,
    });
  }
  return notReached(`${what}: Slack was not reached`, error);
}

function refusedBy(error: webApi.WebAPIPlatformError, what: string): DeliveryFailure {
  const code = platformCode(error) ?? 'unknown';
  const says = `${what}: Slack says ${code}`;
  if (PERHAPS_DONE.includes(code))
    return new DeliveryFailure(says, { retryable: true, sent: 'perhaps', cause: error });
  if (code === 'ratelimited' || code === 'rate_limited')
    return new DeliveryFailure(says, { retryable: true, sent: 'no', cause: error });
  const remedy = TO_PUT_RIGHT[code];
  if (remedy !== undefined)
    return new DeliveryFailure(says, {
      retryable: true,
      sent: 'no',
      retryAfterSeconds: PUT_RIGHT_SECONDS,
      remedy,
      lost: LOST[code] ?? null,
      cause: error,
    });
  return new DeliveryFailure(says, { retryable: false, sent: 'no', cause: error });
}

/** The address Slack gave for a file's bytes did not take them. */
export class BytesRefused extends Error {
  override readonly name = 'BytesRefused';
  readonly status: number;
  constructor(status: number) {
    super(`the bytes were refused with HTTP ${status}`);
    this.status = status;
  }
}

/** Why Slack will never take this file, in its own word; null: it may yet, or it is the place that is not to be reached. */
export function noFiles(error: unknown): string | null {
  if (error instanceof BytesRefused)
    return error.status >= 500 || PASSING.includes(error.status) ? null : `HTTP ${error.status}`;
  const code = platformCode(error);
  if (code === null || !refusesForGood(error)) return null;
  return code === 'missing_scope' || !(code in TO_PUT_RIGHT) ? code : null;
}

/** Slack's own word for a refusal, e.g. `expired_trigger_id`; null when it was no refusal. */
export function platformCode(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}

/** Slack's own words for a failure of the moment; every other word of a refusal stays until somebody acts. */
const OF_THE_MOMENT = [
  'fatal_error',
  'internal_error',
  'ratelimited',
  'rate_limited',
  'request_timeout',
  'service_unavailable',
];

/** Whether Slack refuses for good; what was no refusal may pass. */
export function refusesForGood(error: unknown): boolean {
  const code = platformCode(error);
  return code !== null && !OF_THE_MOMENT.includes(code);
}

/** No socket will ever be opened. */
export function socketProblem(error: unknown): SlackProblem {
  return new SlackProblem(
    `Slack refuses SLACK_APP_TOKEN (${platformCode(error)}). Copy an app-level token (xapp-…) with the scope connections:write from "Basic Information" of your app.`,
  );
}

/** Nothing can be listened to. */
export function listeningProblem(error: unknown, host: string, port: number): SlackProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : wordOf(error);
  return new SlackProblem(`HOST ${host} and PORT ${port} cannot be listened on (${code}): ${adviceOn(code)}`);
}

function adviceOn(code: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return 'another program does already. Choose another PORT, or stop the other one.';
    case 'EACCES':
      return 'this user may not. Choose a PORT above 1023.';
    default:
      return 'choose a HOST of this machine, e.g. 127.0.0.1, and a free PORT.';
  }
}
