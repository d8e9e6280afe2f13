/**
 * How the Discord fake shows what it has: messages and channels as the API and the gateway give them.
 * Must not know: who asks, or whether they may.
 */
import type { Channel, Json, Message, State } from './discord-state.js';

export function newMessage(
  state: State,
  channel: Channel,
  given: Json,
  nonce: string | null,
  files: Message['files'],
): Message {
  const content = typeof given.content === 'string' ? given.content : '';
  const allowed = (given.allowed_mentions as { users?: string[]; parse?: string[] } | undefined) ?? null;
  const said = [content, ...textsIn((given.components as Json[]) ?? [])].join('\n');
  const named = [...said.matchAll(/<@!?(\d+)>/g)].flatMap((match) => match[1] ?? []);
  const everyone =
    /@(everyone|here)/.test(said) && (allowed === null || allowed.parse?.includes('everyone') === true);
  const pinged = named.filter(
    (each) =>
      allowed === null || allowed.users?.includes(each) === true || allowed.parse?.includes('users') === true,
  );
  return {
    id: state.snowflake(),
    channel: channel.id,
    author: state.bot,
    nonce,
    at: state.now(),
    content,
    embeds: (given.embeds as Json[]) ?? [],
    components: (given.components as Json[]) ?? [],
    flags: typeof given.flags === 'number' ? given.flags : 0,
    pinged: [...new Set([...pinged, ...(everyone ? ['everyone'] : [])])],
    files,
    edits: 0,
    stale: [],
  };
}

/** A message as Discord gives it: the nonce only in the answer to its own creation. */
export function shown(state: State, message: Message, fresh: boolean): Json {
  const { id, channel, author, content, embeds, components, flags, nonce } = message;
  const user = (each: { id: string; username: string; bot: boolean }) => ({
    id: each.id,
    username: each.username,
    discriminator: '0',
    global_name: null,
    avatar: null,
    bot: each.bot,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  });
  return {
    id,
    channel_id: channel,
    author: user(author),
    type: 0,
    content,
    timestamp: new Date(message.at).toISOString(),
    edited_timestamp: message.edits === 0 ? null : new Date(state.now()).toISOString(),
    tts: false,
    mention_everyone: message.pinged.includes('everyone'),
    mentions: message.pinged.flatMap((each) => state.users.get(each) ?? []).map(user),
    mention_roles: [],
    attachments: message.files.map(({ name, type, bytes }) => ({
      id: state.snowflake(),
      filename: name,
      content_type: type,
      size: bytes.length,
      url: `https://cdn.invalid/${name}`,
      proxy_url: `https://cdn.invalid/${name}`,
    })),
    embeds: embeds.map((each) => ({ type: 'rich', ...each })),
    components: numbered(components),
    pinned: false,
    flags,
    ...(fresh && nonce !== null ? { nonce } : {}),
  };
}

/** What the text displays say, at any depth. */
export const textsIn = (components: readonly Json[]): readonly string[] =>
  components.flatMap((each) => [
    ...(typeof each.content === 'string' ? [each.content] : []),
    ...textsIn((each.components as Json[] | undefined) ?? []),
  ]);

/** Discord gives every component an id of its own. */
function numbered(rows: readonly Json[]): readonly Json[] {
  let id = 0;
  const one = (given: Json): Json => {
    id += 1;
    const own = id;
    const inner = given.components as Json[] | undefined;
    const side = given.accessory as Json | undefined;
    return {
      id: own,
      ...given,
      ...(inner === undefined ? {} : { components: inner.map(one) }),
      ...(side === undefined ? {} : { accessory: one(side) }),
    };
  };
  return rows.map(one);
}

export function shownChannel(state: State, channel: Channel): Json {
  const { id, type, name, guild, parent, owner } = channel;
  if (guild === null)
    return {
      id,
      type,
      flags: 0,
      last_message_id: null,
      recipients: [...channel.members].filter((each) => each !== state.bot.id).map((each) => ({ id: each })),
    };
  const base = { id, type, name, guild_id: guild, flags: 0, last_message_id: null, rate_limit_per_user: 0 };
  if (parent === null)
    return {
      ...base,
      position: 0,
      topic: null,
      nsfw: false,
      parent_id: null,
      permission_overwrites: channel.open
        ? []
        : [{ id: guild, type: 0, allow: '0', deny: String(1n << 10n) }],
    };
  return {
    ...base,
    parent_id: parent,
    owner_id: owner,
    message_count: 0,
    member_count: channel.members.size,
    total_message_sent: 0,
    thread_metadata: {
      archived: channel.archived,
      locked: channel.locked,
      auto_archive_duration: 10080,
      archive_timestamp: new Date(state.now()).toISOString(),
      create_timestamp: new Date(state.now()).toISOString(),
      ...(type === 12 ? { invitable: false } : {}),
    },
  };
}
