/**
 * The Discord fake's Web API: channels, messages, threads and command registration, refusing what Discord refuses.
 * Must not know: how a request arrived; interactions (discord-interactions.ts).
 */
import { checkCommands, registered } from './discord-command-rules.js';
import type { Answering, Call } from './discord-http.js';
import { checkMessage, invalid, only, Refused, text } from './discord-rules.js';
import { newMessage, shown, shownChannel } from './discord-shown.js';
import {
  botMay,
  type Channel,
  type Json,
  type Message,
  maySee,
  type PermissionName,
  type State,
} from './discord-state.js';

/** "The past few minutes" of the documentation. */
const NONCE_MS = 5 * 60_000;
const FILE_MAX = 10 * 1024 * 1024;

export type Emit = (event: string, data: Json) => void;

const unknownChannel = (): Refused => new Refused(404, 10003, 'Unknown Channel');
const unknownMessage = (): Refused => new Refused(404, 10008, 'Unknown Message');

type Route = readonly [method: string, path: RegExp, answer: (call: Call, ids: readonly string[]) => unknown];

export function createRoutes(state: State, gateway: () => string, emit: Emit): Answering {
  const channelOf = (id: string | undefined, ...needs: readonly PermissionName[]): Channel => {
    const channel = state.channels.get(id ?? '');
    if (channel === undefined) throw unknownChannel();
    if (!botMay(state, channel, 'viewChannel')) throw new Refused(403, 50001, 'Missing Access');
    for (const need of needs)
      if (!botMay(state, channel, need)) throw new Refused(403, 50013, 'Missing Permissions');
    return channel;
  };
  const messageOf = (channel: string | undefined, id: string | undefined): Message => {
    const found = state.messages.find((each) => each.channel === channel && each.id === id);
    if (found === undefined) throw unknownMessage();
    return found;
  };
  const isThread = ({ type }: Channel): boolean => type === 11 || type === 12;

  function create({ body, files }: Call, ids: readonly string[]): Json {
    const channel = channelOf(ids[0]);
    const sending = isThread(channel) ? 'sendInThreads' : 'sendMessages';
    channelOf(ids[0], sending, ...(files.length > 0 ? (['attachFiles'] as const) : []));
    if (isThread(channel) && channel.archived) throw new Refused(400, 50083, 'Thread is archived');
    if (channel.locked && !state.botPermissions.has('manageThreads'))
      throw new Refused(403, 160005, 'This thread is locked');
    if (channel.type === 1 && [...channel.members].some((each) => state.dmClosed.has(each)))
      throw new Refused(403, 50007, 'Cannot send messages to this user');
    for (const { bytes } of files)
      if (bytes.length > FILE_MAX) throw new Refused(413, 40005, 'Request entity too large');
    const given = checkMessage(body, 'create', files.length);
    if (given.embeds !== undefined) channelOf(ids[0], 'embedLinks');
    const nonce = typeof given.nonce === 'string' ? given.nonce : null;
    const twin = state.messages.find(
      (each) => each.channel === channel.id && each.nonce === nonce && state.now() - each.at < NONCE_MS,
    );
    if (nonce !== null && given.enforce_nonce === true && twin !== undefined) return shown(state, twin, true);
    const message = newMessage(state, channel, given, nonce, files);
    state.messages.push(message);
    // Whoever is mentioned in a private thread joins it, if they may see its channel.
    const home = state.channels.get(channel.parent ?? '');
    if (channel.type === 12 && home !== undefined)
      for (const id of message.pinged) if (maySee(state, home, id)) channel.members.add(id);
    return shown(state, message, true);
  }

  function edit({ body }: Call, ids: readonly string[]): Json {
    const channel = channelOf(ids[0]);
    const message = messageOf(ids[0], ids[1]);
    if (message.author.id !== state.bot.id)
      throw new Refused(403, 50005, 'Cannot edit a message authored by another');
    if (isThread(channel) && channel.archived) throw new Refused(400, 50083, 'Thread is archived');
    const given = checkMessage(body, 'edit', 0, message.flags);
    change(message, given);
    return shown(state, message, false);
  }

  function page({ query }: Call, ids: readonly string[]): readonly Json[] {
    const channel = channelOf(ids[0]);
    // Without the history permission Discord shows nothing.
    if (!botMay(state, channel, 'readHistory')) return [];
    const limit = Number(query.get('limit') ?? 50);
    if (!(limit >= 1 && limit <= 100)) throw invalid('limit', 'must be from 1 to 100');
    const before = query.get('before');
    return state.messages
      .filter((each) => each.channel === channel.id && (before === null || BigInt(each.id) < BigInt(before)))
      .sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? 1 : -1))
      .slice(0, limit)
      .map((each) => shown(state, each, false));
  }

  function startFromMessage({ body }: Call, ids: readonly string[]): Json {
    const parent = channelOf(ids[0], 'createPublicThreads', 'readHistory');
    const message = messageOf(ids[0], ids[1]);
    const had = state.channels.has(message.id) || (state.deleted.has(message.id) && !state.secondThreads);
    if (had) throw new Refused(400, 160004, 'A thread has already been created for this message');
    const given = only('thread', body, ['name', 'auto_archive_duration', 'rate_limit_per_user']);
    return open(thread(message.id, 11, text('name', given.name, 1, 100), parent));
  }

  function start({ body }: Call, ids: readonly string[]): Json {
    const given = only('thread', body, [
      'name',
      'auto_archive_duration',
      'type',
      'invitable',
      'rate_limit_per_user',
    ]);
    const type = given.type ?? 12;
    if (type !== 11 && type !== 12) throw invalid('type', 'must be a thread');
    const parent = channelOf(ids[0], type === 12 ? 'createPrivateThreads' : 'createPublicThreads');
    return open(thread(state.snowflake(), type, text('name', given.name, 1, 100), parent));
  }

  const thread = (id: string, type: number, name: string, parent: Channel): Channel => ({
    id,
    type,
    name,
    guild: parent.guild,
    parent: parent.id,
    owner: state.bot.id,
    members: new Set([state.bot.id]),
    open: false,
    archived: false,
    locked: false,
  });

  function open(channel: Channel): Json {
    state.channels.set(channel.id, channel);
    const payload = shownChannel(state, channel);
    emit('THREAD_CREATE', { ...payload, newly_created: true });
    return payload;
  }

  function change(message: Message, given: Json): void {
    if (typeof given.content === 'string') message.content = given.content;
    if (Array.isArray(given.embeds)) message.embeds = given.embeds as Json[];
    message.stale.push(...message.components);
    if (Array.isArray(given.components)) message.components = given.components as Json[];
    message.edits += 1;
  }

  function alter({ body }: Call, ids: readonly string[]): Json {
    const channel = channelOf(ids[0]);
    if (!isThread(channel)) throw new Refused(403, 50013, 'Missing Permissions');
    const given = only('channel', body, ['archived', 'locked', 'name']);
    if (channel.locked && !state.botPermissions.has('manageThreads'))
      throw new Refused(403, 50013, 'Missing Permissions');
    if (typeof given.archived === 'boolean') channel.archived = given.archived;
    const payload = shownChannel(state, channel);
    emit('THREAD_UPDATE', payload);
    return payload;
  }

  function join(_call: Call, ids: readonly string[]): null {
    const channel = channelOf(ids[0], 'sendInThreads');
    const home = state.channels.get(channel.parent ?? '');
    if (home === undefined || !isThread(channel)) throw unknownChannel();
    if (channel.archived) throw new Refused(400, 50083, 'Thread is archived');
    if (!state.users.has(ids[1] ?? '')) throw new Refused(404, 10013, 'Unknown User');
    if (!maySee(state, home, ids[1] ?? '')) throw new Refused(403, 50001, 'Missing Access');
    channel.members.add(ids[1] ?? '');
    return null;
  }

  /** "Requires Manage Threads, or the creator of the thread if it is a private thread." */
  function remove(_call: Call, ids: readonly string[]): null {
    const channel = channelOf(ids[0]);
    if (channel.archived) throw new Refused(400, 50083, 'Thread is archived');
    if (channel.type !== 12 || channel.owner !== state.bot.id)
      throw new Refused(403, 50013, 'Missing Permissions');
    channel.members.delete(ids[1] ?? '');
    return null;
  }

  const threadsShown = (found: readonly Channel[], more: Json): Json => ({
    threads: found.map((each) => shownChannel(state, each)),
    members: [],
    ...more,
  });
  const threads = (matches: (channel: Channel) => boolean): Channel[] =>
    [...state.channels.values()].filter((each) => isThread(each) && matches(each));

  /** By id, the newest first. */
  function archive({ query }: Call, ids: readonly string[]): Json {
    const { id: home } = channelOf(ids[0], 'readHistory');
    const limit = Number(query.get('limit') ?? 50);
    if (!(limit >= 1 && limit <= 100)) throw invalid('limit', 'must be from 1 to 100');
    const before = query.get('before');
    const found = threads(
      ({ archived, type, parent, members, id }) =>
        archived &&
        type === 12 &&
        parent === home &&
        members.has(state.bot.id) &&
        (before === null || BigInt(id) < BigInt(before)),
    ).sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? 1 : -1));
    return threadsShown(found.slice(0, limit), { has_more: found.length > limit });
  }

  function converse({ body }: Call): Json {
    const { recipient_id: user } = only('dm', body, ['recipient_id']);
    if (typeof user !== 'string' || !state.users.has(user))
      throw new Refused(400, 50033, 'Invalid Recipient(s)');
    const known = [...state.channels.values()].find((each) => each.type === 1 && each.members.has(user));
    if (known !== undefined) return shownChannel(state, known);
    const channel = { ...thread(state.snowflake(), 1, '', { id: '', guild: null } as Channel), parent: null };
    channel.members.add(user);
    state.channels.set(channel.id, channel);
    return shownChannel(state, channel);
  }

  function write({ body }: Call, ids: readonly string[]): readonly Json[] {
    mine(ids);
    const given = checkCommands(body);
    state.commandWrites += 1;
    const { application, guild } = state;
    state.commands = given.map((each) =>
      registered(each, { id: state.snowflake(), version: state.snowflake(), application, guild }),
    );
    return state.commands;
  }
  const mine = ([application, guild]: readonly string[]): void => {
    if (application !== state.application) throw new Refused(404, 10002, 'Unknown Application');
    if (guild !== state.guild) throw new Refused(403, 50001, 'Missing Access');
  };

  const id = '(\\d{17,20})';
  const routes: readonly Route[] = [
    ['GET', /^\/gateway\/bot$/, () => ({ url: gateway(), shards: 1, session_start_limit: STARTS })],
    [
      'GET',
      at(`/applications/${id}/guilds/${id}/commands`),
      (_call, ids) => {
        mine(ids);
        return state.commands;
      },
    ],
    ['PUT', at(`/applications/${id}/guilds/${id}/commands`), write],
    ['POST', at(`/channels/${id}/messages`), create],
    ['GET', at(`/channels/${id}/messages`), page],
    ['PATCH', at(`/channels/${id}/messages/${id}`), edit],
    ['POST', at(`/channels/${id}/messages/${id}/threads`), startFromMessage],
    ['POST', at(`/channels/${id}/threads`), start],
    ['GET', at(`/channels/${id}`), (_call, ids) => shownChannel(state, channelOf(ids[0]))],
    ['PATCH', at(`/channels/${id}`), alter],
    ['PUT', at(`/channels/${id}/thread-members/${id}`), join],
    ['DELETE', at(`/channels/${id}/thread-members/${id}`), remove],
    [
      'GET',
      at(`/guilds/${id}/threads/active`),
      () =>
        threadsShown(
          threads((each) => !each.archived && botMay(state, each, 'viewChannel')),
          {},
        ),
    ],
    ['GET', at(`/channels/${id}/users/@me/threads/archived/private`), archive],
    ['POST', /^\/users\/@me\/channels$/, converse],
  ];

  return (call) => {
    for (const [method, path, answer] of routes) {
      const match = call.method === method ? path.exec(call.path) : null;
      if (match === null) continue;
      const body = answer(call, match.slice(1));
      return body === null ? { status: 204, body } : { status: 200, body };
    }
    throw new Refused(404, 0, `404: Not Found: ${call.method} ${call.path}`);
  };
}

const STARTS = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
const at = (path: string): RegExp => new RegExp(`^${path}$`);
