/**
 * The Web API clients: none retries by itself, since a retried post is a second post (platform.md, "Slack"); and what a
 * failed call means for the outbox. Must not know: what is posted.
 */
import { type Logger, webApi } from '@slack/bolt';
import { DeliveryFailure } from '../../chat/surface.js';

export type ClientOptions = {
  readonly botToken: string;
  /** Another API host; null: Slack's own. */
  readonly apiUrl: string | null;
  readonly logger: Logger;
  readonly fetch: webApi.FetchFunction;
};

/** `rejectRateLimitedCalls`: a 429 is the outbox's to wait for, channel by channel. */
export function webClientOptions(options: ClientOptions, timeoutMs: number): webApi.WebClientOptions {
  const { apiUrl, logger, fetch } = options;
  return {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    logger,
    fetch,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}

export function webClient(options: ClientOptions, timeoutMs: number): webApi.WebClient {
  return new webApi.WebClient(options.botToken, webClientOptions(options, timeoutMs));
}

/** Slack says so itself: these may have done their work before they failed. */
const PERHAPS_DONE = ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'];
/** Nothing was posted, and somebody can put it right: invite the bot, renew the token, give the scope. */
const TO_PUT_RIGHT = [
  'account_inactive',
  'channel_not_found',
  'invalid_auth',
  'is_archived',
  'missing_scope',
  'not_authed',
  'not_in_channel',
  'restricted_action',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
];
const PUT_RIGHT_SECONDS = 60;
/** The connection was never made, so nothing was sent. */
const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ENETUNREACH'];

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
  const code = connectionCode(error);
  return new DeliveryFailure(`${what}: no answer from Slack${code === null ? '' : ` (${code})`}`, {
    retryable: true,
    sent: code !== null && NEVER_CONNECTED.includes(code) ? 'no' : 'perhaps',
    cause: error,
  });
}

function refusedBy(error: webApi.WebAPIPlatformError, what: string): DeliveryFailure {
  const code = platformCode(error) ?? 'unknown';
  const says = `${what}: Slack says ${code}`;
  if (PERHAPS_DONE.includes(code))
    return new DeliveryFailure(says, { retryable: true, sent: 'perhaps', cause: error });
  if (code === 'ratelimited' || code === 'rate_limited')
    return new DeliveryFailure(says, { retryable: true, sent: 'no', cause: error });
  if (TO_PUT_RIGHT.includes(code))
    return new DeliveryFailure(says, {
      retryable: true,
      sent: 'no',
      retryAfterSeconds: PUT_RIGHT_SECONDS,
      cause: error,
    });
  return new DeliveryFailure(says, { retryable: false, sent: 'no', cause: error });
}

/** Slack's own word for a refusal, e.g. `expired_trigger_id`; null when it was no refusal. */
export function platformCode(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}

function connectionCode(error: unknown): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && /^(?:E[A-Z_]+|UND_ERR_\w+)$/.test(cause.code))
      return cause.code;
    cause = cause.cause;
  }
  return null;
}
