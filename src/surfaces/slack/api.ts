/**
 * The Web API clients: none retries by itself, since a retried post is a second post (platform.md, "Slack").
 * Must not know: what is posted.
 */
import { type Logger, webApi } from '@slack/bolt';

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
