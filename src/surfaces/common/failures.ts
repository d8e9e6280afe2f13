/**
 * What is the same on every platform about a call that failed: whether it was sent at all, and when to try again.
 * Must not know: any platform's words for a refusal.
 */
import { DeliveryFailure } from '../../chat/surface.js';

/** The connection was never made, so nothing was sent. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** How soon to try again where a person has to act first: let the bot in, give it a permission. */
export const PUT_RIGHT_SECONDS = 60;

/** No answer came. `says` is what was not reached. */
export function notReached(says: string, error: unknown): DeliveryFailure {
  const code = connectionCode(error);
  return new DeliveryFailure(`${says} (${code ?? 'no answer'})`, {
    retryable: true,
    sent: code !== null && NEVER_CONNECTED.has(code) ? 'no' : 'perhaps',
    cause: error,
  });
}

/** The same failure where more is known about the outcome than the call itself could say. */
export function withOutcome(
  { message, retryAfterSeconds, remedy, lost, cause }: DeliveryFailure,
  outcome: { readonly retryable: boolean; readonly sent: 'no' | 'perhaps' },
): DeliveryFailure {
  return new DeliveryFailure(message, { ...outcome, retryAfterSeconds, remedy, lost, cause });
}

/** The system's code for a connection that failed (`ECONNRESET`), of the error or of what caused it. */
function connectionCode(error: unknown): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && /^(?:E[A-Z_]+|UND_ERR_\w+)$/.test(cause.code))
      return cause.code;
    cause = cause.cause;
  }
  return null;
}
