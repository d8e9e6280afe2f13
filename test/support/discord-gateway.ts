/**
 * The Discord fake's gateway: HELLO, IDENTIFY, READY, GUILD_CREATE, heartbeats, resume with replay, invalid sessions,
 * drops. Every identified session gets every event, as two processes on one token do. Must not know: the Web API.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Emit } from './discord-routes.js';
import { shownChannel } from './discord-shown.js';
import type { Json, State } from './discord-state.js';

const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  resume: 6,
  reconnect: 7,
  invalid: 9,
  hello: 10,
  ack: 11,
} as const;
const CLOSE = {
  decode: 4002,
  notAuthenticated: 4003,
  authentication: 4004,
  twice: 4005,
  badSeq: 4007,
} as const;
/** Only what needs no approval: servers and their channels and threads. */
const GUILDS_INTENT = 1;

type Session = {
  readonly id: string;
  readonly events: { readonly s: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | null;
};

export type Gateway = {
  readonly emit: Emit;
  /** Cuts every connection without a word. */
  readonly drop: () => void;
  /** Asks every client to reconnect (op 7). */
  readonly reconnect: () => void;
  /** Sessions end: the next resume is answered with an invalid session (op 9). */
  readonly forget: () => void;
  /** From now on nobody gets in, until it is there again. */
  readonly away: (gone: boolean) => void;
  /** Closes every connection with this code. */
  readonly end: (code: number) => void;
  /** Stops answering heartbeats, until the next connection. */
  readonly freeze: () => void;
  readonly counts: {
    identified: number;
    resumed: number;
    invalid: number;
    replayed: number;
    heartbeats: number;
  };
  readonly close: () => void;
};

export function createGateway(
  server: Server,
  state: State,
  options: { readonly token: string; readonly url: () => string; readonly heartbeatMs: number },
): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const counts = { identified: 0, resumed: 0, invalid: 0, replayed: 0, heartbeats: 0 };
  let frozen = false;
  let gone = false;
  let made = 0;

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (gone) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (connected) => welcome(connected));
  });

  function welcome(socket: WebSocket): void {
    let session: Session | null = null;
    frozen = false;
    send(socket, { op: OP.hello, d: { heartbeat_interval: options.heartbeatMs } });
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = null;
    });
    socket.on('message', (data) => {
      const packet = parsed(String(data));
      if (packet === null) return socket.close(CLOSE.decode);
      switch (packet.op) {
        case OP.heartbeat:
          counts.heartbeats += 1;
          if (!frozen) send(socket, { op: OP.ack });
          return;
        case OP.identify:
          if (session !== null) return socket.close(CLOSE.twice);
          session = identify(socket, packet.d as Json);
          return;
        case OP.resume:
          session = resume(socket, packet.d as Json);
          return;
        case OP.presence:
          return;
        default:
          return socket.close(session === null ? CLOSE.notAuthenticated : CLOSE.decode);
      }
    });
  }

  function identify(socket: WebSocket, { token, intents, shard }: Json): Session | null {
    if (token !== options.token) {
      socket.close(CLOSE.authentication);
      return null;
    }
    if (intents !== GUILDS_INTENT) throw new Error(`more intents than needed: ${String(intents)}`);
    counts.identified += 1;
    made += 1;
    const session: Session = { id: `session-${made}`, events: [], socket };
    sessions.set(session.id, session);
    dispatch(session, 'READY', {
      v: 10,
      user: { id: state.bot.id, username: state.bot.username, discriminator: '0', avatar: null, bot: true },
      guilds: [{ id: state.guild, unavailable: true }],
      session_id: session.id,
      resume_gateway_url: options.url(),
      shard,
      application: { id: state.application, flags: 0 },
    });
    dispatch(session, 'GUILD_CREATE', guild(state));
    return session;
  }

  function resume(socket: WebSocket, { token, session_id: id, seq }: Json): Session | null {
    const session = sessions.get(String(id));
    if (token !== options.token) {
      socket.close(CLOSE.authentication);
      return null;
    }
    if (session === undefined) {
      counts.invalid += 1;
      send(socket, { op: OP.invalid, d: false });
      return null;
    }
    if (typeof seq !== 'number' || seq > session.events.length) {
      socket.close(CLOSE.badSeq);
      return null;
    }
    counts.resumed += 1;
    session.socket = socket;
    const missed = session.events.filter(({ s }) => s > seq);
    counts.replayed += missed.length;
    for (const event of missed) send(socket, { op: OP.dispatch, ...event });
    dispatch(session, 'RESUMED', {});
    return session;
  }

  function dispatch(session: Session, t: string, d: unknown): void {
    const event = { s: session.events.length + 1, t, d };
    session.events.push(event);
    if (session.socket !== null) send(session.socket, { op: OP.dispatch, ...event });
  }

  return {
    emit: (event, data) => {
      for (const session of sessions.values()) dispatch(session, event, data);
    },
    drop: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    reconnect: () => {
      for (const socket of sockets.clients) send(socket, { op: OP.reconnect, d: null });
    },
    forget: () => sessions.clear(),
    away: (now) => {
      gone = now;
    },
    end: (code) => {
      for (const socket of sockets.clients) socket.close(code);
    },
    freeze: () => {
      frozen = true;
    },
    counts,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function send(socket: WebSocket, packet: unknown): void {
  socket.send(JSON.stringify(packet));
}

function parsed(data: string): { readonly op: number; readonly d: unknown } | null {
  try {
    return JSON.parse(data) as { op: number; d: unknown };
  } catch {
    return null;
  }
}

function guild(state: State): Json {
  const channels = [...state.channels.values()].filter((each) => each.guild !== null);
  const everyone = 1n << 10n;
  return {
    id: state.guild,
    name: state.guildName,
    owner_id: state.guild,
    unavailable: false,
    member_count: state.users.size,
    roles: [
      {
        id: state.guild,
        name: '@everyone',
        permissions: String(everyone),
        position: 0,
        color: 0,
        colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
        hoist: false,
        managed: false,
        mentionable: false,
        flags: 0,
      },
    ],
    channels: channels.filter(({ parent }) => parent === null).map((each) => shownChannel(state, each)),
    threads: channels
      .filter(({ parent, archived }) => parent !== null && !archived)
      .map((each) => shownChannel(state, each)),
    members: [{ user: { id: state.bot.id, username: state.bot.username, bot: true }, roles: [], flags: 0 }],
    emojis: [],
    stickers: [],
    features: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    preferred_locale: 'en-US',
    premium_tier: 0,
    verification_level: 0,
    nsfw_level: 0,
    system_channel_flags: 0,
  };
}
