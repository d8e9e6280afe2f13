/**
 * A Slack that listens: the Web API over HTTP and Socket Mode over WebSocket, for unmodified Bolt, on loopback. It refuses
 * what Slack refuses, and fails on demand as Slack fails. Must not know: the desk.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse as parseQuery } from 'node:querystring';
import { type WebSocket, WebSocketServer } from 'ws';
import { parse as parseYaml } from 'yaml';
import { METHODS } from './slack-methods.js';
import { checkBlocks, checkText, type Json, Refused } from './slack-rules.js';
import { SlackState } from './slack-state.js';

export const BOT_TOKEN = 'xoxb-fake-bot';
export const APP_TOKEN = 'xapp-fake-app';
export const SIGNING_SECRET = 'fake-signing-secret';

/** What the manifest asks for is what the token has. */
const SCOPES: readonly string[] = parseYaml(readFileSync('manifests/slack.yaml', 'utf8')).oauth_config.scopes
  .bot;

export type Fault =
  | { readonly kind: 'rate-limited'; readonly seconds: number }
  | { readonly kind: 'http'; readonly status: number }
  | { readonly kind: 'error'; readonly code: string }
  /** Done, and then no answer. */
  | { readonly kind: 'done-but-dropped' }
  /** Not done, and no answer. */
  | { readonly kind: 'dropped' }
  /** Answered only when it is released. */
  | { readonly kind: 'held'; readonly until: Promise<void> };

export type Call = { readonly method: string; readonly args: Json; readonly answer: Json | null };

export class SlackFake {
  readonly state = new SlackState();
  /** Every call of the Web API and of a response address, in order, with what was answered. */
  readonly calls: Call[] = [];
  /** What had to be refused: a test ends with none it did not expect. */
  readonly refusals: string[] = [];
  /** Methods called, as they arrive. */
  readonly arrived: string[] = [];
  private readonly faults: { readonly method: string; readonly fault: Fault }[] = [];
  private readonly server: Server;
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly acks = new Map<string, (payload: Json | null) => void>();
  private turn = 0;

  private constructor() {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        this.refusals.push(String(error));
        response.destroy();
      });
    });
    this.server.on('upgrade', (request, socket, head) => {
      this.sockets.handleUpgrade(request, socket, head, (link) => this.welcome(link));
    });
  }

  static async start(): Promise<SlackFake> {
    const fake = new SlackFake();
    await new Promise<void>((settle) => {
      fake.server.listen(0, '127.0.0.1', settle);
    });
    return fake;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get apiUrl(): string {
    return `${this.base}/api/`;
  }

  /** The next call of this method goes wrong so. */
  failNext(method: string, fault: Fault): void {
    this.faults.push({ method, fault });
  }

  openSockets(): number {
    return [...this.sockets.clients].filter((link) => link.readyState === link.OPEN).length;
  }

  /** Cuts every connection, without a word. */
  cutSockets(): void {
    for (const link of this.sockets.clients) link.terminate();
  }

  /** Slack's own refresh of one connection. */
  refreshOne(): void {
    const [link] = this.sockets.clients;
    link?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
  }

  /**
   * Sends an envelope down one of the connections. Resolves to the acknowledgement's payload, or null when none came before
   * the connection was cut or three seconds passed.
   */
  async envelope(type: string, payload: Json, id = this.state.next('envelope')): Promise<Json | null> {
    await this.state.until(() => this.openSockets() > 0, 'a socket');
    const links = [...this.sockets.clients].filter((link) => link.readyState === link.OPEN);
    const link = links[this.turn % links.length];
    this.turn += 1;
    if (link === undefined) return null;
    return new Promise((resolve) => {
      const done = (given: Json | null): void => {
        clearTimeout(timer);
        link.off('close', gone);
        this.acks.delete(id);
        resolve(given);
      };
      const gone = (): void => done(null);
      const timer = setTimeout(() => {
        this.refusals.push(`${type}: not acknowledged within 3 s`);
        done(null);
      }, 3_000);
      link.once('close', gone);
      this.acks.set(id, done);
      link.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: true }));
    });
  }

  async stop(): Promise<void> {
    this.cutSockets();
    this.sockets.close();
    this.server.closeAllConnections();
    await new Promise((settle) => {
      this.server.close(settle);
    });
  }

  private welcome(link: WebSocket): void {
    link.setMaxListeners(0);
    link.on('message', (data) => {
      const { envelope_id: id, payload } = JSON.parse(String(data)) as {
        envelope_id: string;
        payload?: Json;
      };
      this.acks.get(id)?.(payload ?? {});
    });
    link.on('close', () => this.state.wake());
    link.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.openSockets(),
        connection_info: { app_id: 'A0' },
      }),
    );
    this.state.wake();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.base);
    const body = await bytesOf(request);
    if (url.pathname.startsWith('/api/')) return this.method(url.pathname.slice(5), request, body, response);
    if (url.pathname.startsWith('/upload/')) return this.take(url.pathname.slice(8), request, body, response);
    if (url.pathname.startsWith('/response/')) return this.respond(url.pathname.slice(10), body, response);
    response.writeHead(404).end();
  }

  private async method(
    name: string,
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const args = argumentsOf(body);
    this.arrived.push(name);
    this.state.wake();
    const at = this.faults.findIndex((each) => each.method === name);
    const fault = at === -1 ? null : (this.faults.splice(at, 1)[0]?.fault ?? null);
    if (fault?.kind === 'held') await fault.until;
    if (fault?.kind === 'dropped') return void response.destroy();
    if (fault?.kind === 'rate-limited')
      return void response.writeHead(429, { 'retry-after': String(fault.seconds) }).end();
    if (fault?.kind === 'http') return void response.writeHead(fault.status).end('upstream');
    const answer =
      fault?.kind === 'error' ? { ok: false, error: fault.code } : this.answer(name, request, args);
    this.calls.push({ method: name, args, answer });
    if (fault?.kind === 'done-but-dropped') return void response.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private answer(name: string, request: IncomingMessage, args: Json): Json {
    const token = request.headers.authorization?.replace(/^Bearer /, '');
    if (name === 'apps.connections.open') {
      if (token !== APP_TOKEN) return { ok: false, error: 'invalid_auth' };
      return { ok: true, url: `${this.base.replace('http', 'ws')}/link` };
    }
    if (token !== BOT_TOKEN) return { ok: false, error: 'invalid_auth' };
    const method = METHODS[name];
    try {
      if (method === undefined) throw new Refused('unknown_method', name);
      const scope = method.scope(args, this.state);
      if (scope !== null && !SCOPES.includes(scope)) throw new Refused('missing_scope', scope);
      const unknown = Object.keys(args).filter((key) => !method.args.includes(key));
      if (unknown.length > 0) throw new Refused('invalid_arguments', `${name}: ${unknown.join(', ')}`);
      return { ok: true, ...method.run(args, this.state, this.base) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refusals.push(`${name}: ${error.message}`);
      return { ok: false, error: error.code };
    }
  }

  private async take(
    id: string,
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const upload = this.state.uploads.get(id);
    const type = request.headers['content-type'] ?? '';
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const file = [...form.values()].find((value) => typeof value !== 'string');
    const bytes =
      file === undefined || typeof file === 'string' ? null : Buffer.from(await file.arrayBuffer());
    if (upload === undefined || bytes?.length !== upload.length) return void response.writeHead(400).end();
    upload.bytes = bytes;
    response.writeHead(200).end('OK');
  }

  private respond(id: string, body: Buffer, response: ServerResponse): void {
    const said = JSON.parse(body.toString()) as Json;
    try {
      const { user, channel } = this.state.takeResponse(id);
      this.whisper(user, channel, said);
      this.calls.push({ method: 'response_url', args: { ...said, channel }, answer: { ok: true } });
      response.writeHead(200).end('ok');
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refusals.push(`response_url: ${error.message}`);
      response.writeHead(404).end(error.code);
    }
  }

  /** An answer for one person, by acknowledgement or response address: it must say that it is for them alone. */
  whisper(user: string, channel: string, said: Json): void {
    if (said.response_type !== 'ephemeral')
      throw new Refused('invalid_arguments', 'response_type is not said');
    if (said.replace_original !== false)
      throw new Refused('invalid_arguments', 'replace_original is not said');
    checkText(said.text);
    checkBlocks(said.blocks ?? [], 'message');
    const thread = said.thread_ts === undefined ? null : String(said.thread_ts);
    this.state.whisper(user, channel, thread, String(said.text), said.blocks);
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Objects and lists travel as JSON inside a form, true and false as words. */
function argumentsOf(body: Buffer): Json {
  const fields = Object.entries(parseQuery(body.toString())).map(([name, value]) => {
    const text = String(value);
    if (/^[[{]/.test(text) && name !== 'text') return [name, JSON.parse(text) as unknown] as const;
    return [name, text === 'true' ? true : text === 'false' ? false : text] as const;
  });
  return Object.fromEntries(fields);
}
