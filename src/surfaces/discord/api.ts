/**
 * The HTTP clients for Discord. discord.js repeats a request by itself after a 5xx or a timeout, which posts twice; so
 * nothing is repeated here, and whoever asks decides. Must not know: what is requested.
 */
import { DefaultRestOptions, REST, type RESTOptions } from 'discord.js';

/** A 429 was not taken, so waiting a little and asking again is still one attempt; longer is the outbox's matter. */
const WAIT_MAX_MS = 5000;
const POST_TIMEOUT_MS = 15_000;
/** An answer is due in three seconds. */
const ANSWER_TIMEOUT_MS = 2500;

/** A whole request, with its answer's body; discord.js's own limit ends with the headers. */
const REQUEST_MS = 20_000;

export const limited = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(REQUEST_MS) });

export type RestAccess = { readonly token: string; readonly apiUrl: string | null };

/** For messages, threads and commands: never repeats what may have been taken. */
export function postingRest(access: RestAccess): REST {
  const rest = new REST({
    ...commonOptions(access),
    retries: 0,
    timeout: POST_TIMEOUT_MS,
    rejectOnRateLimit: ({ retryAfter, timeToReset }) => Math.max(retryAfter, timeToReset) > WAIT_MAX_MS,
  });
  return withToken(rest, access.token);
}

/** For interactions: quick, since an answer is of no use later. */
export function answeringRest(access: RestAccess): REST {
  return withToken(
    new REST({ ...commonOptions(access), retries: 0, timeout: ANSWER_TIMEOUT_MS }),
    access.token,
  );
}

/** What every client has in common, discord.js's own as well. */
export const commonOptions = ({
  apiUrl,
}: Pick<RestAccess, 'apiUrl'>): Pick<RESTOptions, 'makeRequest'> & { readonly api?: string } => ({
  makeRequest: asBytes,
  ...(apiUrl === null ? {} : { api: apiUrl.replace(/\/$/, '') }),
});

/**
 * A process has one sender of HTTP requests, of whichever undici was loaded first: beside Slack's sockets that is another
 * version than discord.js's, and a form with a file in it fails there. Bytes are the same to all of them.
 */
const asBytes: RESTOptions['makeRequest'] = async (url, init) => {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const form = new Response(init.body);
  const headers = new Headers(init.headers);
  for (const [name, value] of form.headers) headers.set(name, value);
  const body = new Uint8Array(await form.arrayBuffer());
  return DefaultRestOptions.makeRequest(url, { ...init, headers: Object.fromEntries(headers), body });
};

/** After one 401 discord.js forgets its token, and every later request fails without being sent: here it is kept. */
function withToken(rest: REST, token: string): REST {
  const keep = rest.setToken.bind(rest);
  rest.setToken = (given) => keep(given || token);
  return rest.setToken(token);
}
