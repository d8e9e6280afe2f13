/**
 * What went wrong between here and Discord, as the outbox needs to know it: did it arrive, and is another try any use?
 * Must not know: what was being sent.
 */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { DeliveryFailure } from '../../chat/surface.js';
import { CODES } from './limits.js';

/** Errors of a connection that was never made: nothing can have arrived. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Refusals that end when somebody renews the token or Discord is itself again; any other refusal is for good. */
const PASSING_STATUS = new Set([401, 408, 409, 425, 429]);

/** Nothing was posted, and somebody can put it right: let the bot in, give it the permission. */
const TO_PUT_RIGHT: ReadonlySet<number> = new Set([CODES.missingAccess, CODES.missingPermissions]);
const PUT_RIGHT_SECONDS = 60;

/** Discord's own code of a refusal (`10008`), or null when this is none. */
export function codeOf(error: unknown): number | null {
  return error instanceof DiscordAPIError ? Number(error.code) : null;
}

/** Discord said no, and would say no again: to this person, to this channel. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.status < 500 && !PASSING_STATUS.has(error.status);

export function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  if (error instanceof RateLimitError)
    return new DeliveryFailure('Discord asks to wait', {
      retryable: true,
      sent: 'no',
      retryAfterSeconds: Math.max(1, Math.ceil(error.retryAfter / 1000)),
      cause: error,
    });
  if (error instanceof DiscordAPIError) {
    const toPutRight = TO_PUT_RIGHT.has(Number(error.code));
    // The message of a DiscordAPIError may repeat what was sent; code and status say enough.
    return new DeliveryFailure(`Discord refused it: ${error.code} (HTTP ${error.status})`, {
      retryable: toPutRight || PASSING_STATUS.has(error.status),
      sent: 'no',
      ...(toPutRight ? { retryAfterSeconds: PUT_RIGHT_SECONDS } : {}),
    });
  }
  if (error instanceof HTTPError)
    return new DeliveryFailure(`Discord is in trouble: HTTP ${error.status}`, {
      retryable: true,
      sent: 'perhaps',
    });
  const code = networkCode(error);
  return new DeliveryFailure(`Discord was not reached (${code ?? 'no answer'})`, {
    retryable: true,
    sent: code !== null && NEVER_CONNECTED.has(code) ? 'no' : 'perhaps',
    cause: error,
  });
}

function networkCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? null : networkCode(error.cause);
}
