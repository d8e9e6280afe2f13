/**
 * What went wrong between here and Discord, as the outbox needs to know it: did it arrive, and is another try any use?
 * Must not know: what was being sent.
 */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { type ChannelLoss, DeliveryFailure, SurfaceProblem } from '../../chat/surface.js';
import { notReached, PUT_RIGHT_SECONDS } from '../common/failures.js';
import { CODES } from './limits.js';

/** The token does not work: plain words for the person who starts the desk. */
export class DiscordProblem extends SurfaceProblem {
  override readonly name = 'DiscordProblem';
}

/** Refusals that end when somebody renews the token or Discord is itself again; any other refusal is for good. */
const PASSING_STATUS = new Set([401, 408, 409, 425, 429]);

/** Nothing was posted, and somebody can put it right: let the bot in, give it the permission, take direct messages. */
const PERMIT = 'Let the bot into that channel, with the permissions /desk channel names there';
const WRITTEN_TO = 'They have to take direct messages from members of the server, and be in it';
const TO_PUT_RIGHT: ReadonlyMap<number, string> = new Map([
  [CODES.missingAccess, PERMIT],
  [CODES.missingPermissions, PERMIT],
  [CODES.threadLocked, 'Unlock the thread of that case, or give the bot Manage Threads'],
  [CODES.cannotMessage, WRITTEN_TO],
  [CODES.noServerInCommon, WRITTEN_TO],
]);

/** What became of the channel. */
const LOST: ReadonlyMap<number, ChannelLoss> = new Map([
  [CODES.unknownChannel, 'deleted'],
  [CODES.missingAccess, 'closed'],
  [CODES.missingPermissions, 'closed'],
]);

/** A thread that only a moderator can open again. */
export class ThreadLocked extends Error {
  override readonly name = 'ThreadLocked';
}

/** The person cannot be written to: a direct message is refused whatever it says. */
export function takesNoMessages(error: unknown): boolean {
  const code = codeOf(error);
  return code === CODES.cannotMessage || code === CODES.noServerInCommon;
}

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
    const remedy = TO_PUT_RIGHT.get(Number(error.code)) ?? null;
    // The message of a DiscordAPIError may repeat what was sent; code and status say enough.
    return new DeliveryFailure(`Discord refused it: ${error.code} (HTTP ${error.status})`, {
      retryable: remedy !== null || PASSING_STATUS.has(error.status),
      sent: 'no',
      retryAfterSeconds: remedy !== null ? PUT_RIGHT_SECONDS : null,
      remedy,
      lost: LOST.get(Number(error.code)) ?? null,
    });
  }
  if (error instanceof ThreadLocked)
    return new DeliveryFailure('the thread is locked', {
      retryable: true,
      sent: 'no',
      retryAfterSeconds: PUT_RIGHT_SECONDS,
      cause: error,
    });
  if (error instanceof HTTPError)
    return new DeliveryFailure(`Discord is in trouble: HTTP ${error.status}`, {
      retryable: true,
      sent: 'perhaps',
    });
  return notReached('Discord was not reached', error);
}
