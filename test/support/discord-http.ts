/**
 * The Discord fake's HTTP side: the token, bodies, rate limits, and what a network does to answers.
 * Must not know: what a route does.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Refused } from './discord-rules.js';

export type Call = {
  readonly method: string;
  /** Without the version prefix: `/channels/1/messages`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[];
};

/** What becomes of one request. `lost`: done, and nobody hears of it. */
export type Fault =
  | { readonly kind: '429'; readonly retryAfter: number }
  | { readonly kind: '500' | 'done-500' | 'dropped' | 'lost' }
  | { readonly kind: 'refused'; readonly status: number; readonly code: number }
  /** Answered only when it is released. */
  | { readonly kind: 'held'; readonly until: Promise<void> };

export type Faults = {
  /** The next request that matches meets the fault. */
  readonly next: (method: string, path: RegExp, fault: Fault) => void;
  readonly pending: () => number;
};

export type Answering = (call: Call) => { readonly status: number; readonly body: unknown };

export type Http = {
  readonly server: Server;
  readonly faults: Faults;
  /** Every request, in order, with the status it got; null: no answer was given. */
  readonly calls: readonly { readonly call: Call; readonly status: number | null }[];
};

const PREFIX = /^\/api\/v10(?=\/)/;
/** Without the bot's token: the interaction's own is in the path. */
const TOKENLESS = /^\/(?:interactions|webhooks)\//;

export function createHttp(token: string, answering: Answering): Http {
  const calls: { call: Call; status: number | null }[] = [];
  const waiting: { method: string; path: RegExp; fault: Fault }[] = [];

  const faultFor = (method: string, path: string): Fault | null => {
    const at = waiting.findIndex((each) => each.method === method && each.path.test(path));
    return at < 0 ? null : (waiting.splice(at, 1)[0]?.fault ?? null);
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const method = request.method ?? 'GET';
    const path = decodeURIComponent(url.pathname.replace(PREFIX, ''));
    const call: Call = { method, path, query: url.searchParams, ...(await bodyOf(request)) };
    const entry: { call: Call; status: number | null } = { call, status: null };
    calls.push(entry);
    const fault = faultFor(method, path);
    const say = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      entry.status = status;
      // A 204 with a JSON content type breaks discord.js's parser.
      const type = status === 204 ? {} : { 'Content-Type': 'application/json' };
      response.writeHead(status, { ...type, ...headers });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    };
    if (!PREFIX.test(url.pathname)) return say(404, { code: 0, message: '404: Not Found' });
    if (!TOKENLESS.test(path) && request.headers.authorization !== `Bot ${token}`)
      return say(401, { code: 0, message: '401: Unauthorized' });
    if (fault?.kind === 'held') await fault.until;
    if (fault?.kind === 'dropped') return void request.socket.destroy();
    if (fault?.kind === '500') return say(500, { code: 0, message: '500: Internal Server Error' });
    if (fault?.kind === 'refused') return say(fault.status, { code: fault.code, message: 'refused' });
    if (fault?.kind === '429')
      return say(
        429,
        { message: 'You are being rate limited.', retry_after: fault.retryAfter, global: false },
        { 'Retry-After': String(fault.retryAfter), 'X-RateLimit-Scope': 'user' },
      );
    const answer = answered(call);
    if (fault?.kind === 'lost') return void request.socket.destroy();
    if (fault?.kind === 'done-500') return say(500, { code: 0, message: '500: Internal Server Error' });
    return say(answer.status, answer.body);
  }

  function answered(call: Call): ReturnType<Answering> {
    try {
      return answering(call);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { status: error.status, body: { code: error.code, message: error.message } };
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  return {
    server,
    calls,
    faults: {
      next: (method, path, fault) => waiting.push({ method, path, fault }),
      pending: () => waiting.length,
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Pick<Call, 'body' | 'files'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: null, files: [] };
  if (!type.startsWith('multipart/form-data')) return { body: JSON.parse(bytes.toString('utf8')), files: [] };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const files = [];
  for (const [key, value] of form.entries())
    if (typeof value !== 'string' && /^files\[\d+\]$/.test(key))
      files.push({ name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
  const json = form.get('payload_json');
  return { body: typeof json === 'string' ? JSON.parse(json) : {}, files };
}
