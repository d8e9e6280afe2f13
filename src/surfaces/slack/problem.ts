/**
 * What keeps Slack from being served at all, in plain words for the person who starts the desk. Must not know: how it starts.
 */
import { platformCode } from './api.js';
import { wordOf } from './log.js';

/** The tokens, the host or the port do not work. */
export class SlackProblem extends Error {
  override readonly name = 'SlackProblem';
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

/** No socket could be opened. */
export function socketProblem(error: unknown): SlackProblem {
  const code = platformCode(error);
  return new SlackProblem(
    code === null || !refusesForGood(error)
      ? `Slack opens no socket (apps.connections.open: ${code ?? wordOf(error)}), though it was asked for a while. Start the desk again later.`
      : `Slack refuses SLACK_APP_TOKEN (${code}). Copy an app-level token (xapp-…) with the scope connections:write from "Basic Information" of your app.`,
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
