/**
 * A Discord for tests, on the loopback: Web API and gateway for unmodified discord.js, and the people in front of it.
 * It refuses what Discord refuses. Must not know: the desk.
 */
import type { AddressInfo } from 'node:net';
import { createGateway, type Gateway } from './discord-gateway.js';
import { createHttp, type Faults, type Http } from './discord-http.js';
import { createInteractions } from './discord-interactions.js';
import { type Human, person } from './discord-people.js';
import { createRoutes } from './discord-routes.js';
import { shownChannel } from './discord-shown.js';
import { type Channel, createState, type Message, type State } from './discord-state.js';

export const TOKEN = 'fake.discord.token';

export type FakeDiscord = {
  readonly apiUrl: string;
  readonly state: State;
  readonly faults: Faults;
  readonly gateway: Gateway;
  readonly calls: Http['calls'];
  readonly human: (name: string) => Human;
  /** A channel everyone sees (`open`), or only the people named. */
  readonly channel: (name: string, seen: 'open' | readonly string[]) => Channel;
  readonly messagesIn: (channel: string) => readonly Message[];
  /** A moderator deletes a thread with everything in it. */
  readonly deletes: (thread: Channel) => void;
  readonly stop: () => Promise<void>;
};

export async function startDiscord(options: { readonly heartbeatMs?: number } = {}): Promise<FakeDiscord> {
  const state = createState(Date.now());
  const address: { port: number } = { port: 0 };
  const gatewayUrl = (): string => `ws://127.0.0.1:${address.port}/gateway`;
  const relay: { emit: Gateway['emit'] } = { emit: () => undefined };
  const routes = createRoutes(state, gatewayUrl, (event, data) => relay.emit(event, data));
  const interactions = createInteractions(state);
  const http = createHttp(TOKEN, (call) =>
    /^\/(?:interactions|webhooks)\//.test(call.path) ? interactions(call) : routes(call),
  );
  const gateway = createGateway(http.server, state, {
    token: TOKEN,
    url: gatewayUrl,
    heartbeatMs: options.heartbeatMs ?? 41_250,
  });
  relay.emit = gateway.emit;
  await new Promise<void>((resolve) => http.server.listen(0, '127.0.0.1', resolve));
  address.port = (http.server.address() as AddressInfo).port;
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api`,
    state,
    faults: http.faults,
    gateway,
    calls: http.calls,
    human: (name) => person(state, gateway.emit, name),
    channel: (name, seen) => {
      const channel: Channel = {
        id: state.snowflake(),
        type: 0,
        name,
        guild: state.guild,
        parent: null,
        owner: null,
        members: new Set(seen === 'open' ? [] : seen),
        open: seen === 'open',
        archived: false,
        locked: false,
      };
      state.channels.set(channel.id, channel);
      gateway.emit('CHANNEL_CREATE', shownChannel(state, channel));
      return channel;
    },
    messagesIn: (channel) => state.messages.filter((each) => each.channel === channel),
    deletes: ({ id, type, guild, parent }) => {
      state.channels.delete(id);
      state.deleted.add(id);
      state.messages.splice(0, Infinity, ...state.messages.filter((each) => each.channel !== id));
      gateway.emit('THREAD_DELETE', { id, guild_id: guild, parent_id: parent, type });
    },
    stop: async () => {
      gateway.close();
      http.server.closeAllConnections();
      await new Promise((resolve) => http.server.close(resolve));
    },
  };
}
