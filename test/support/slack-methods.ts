/**
 * The Web API's methods the desk uses, as strict as Slack: scopes, known arguments, membership, limits.
 * Must not know: HTTP; faults.
 */
import { checkBlocks, checkMetadata, checkText, type Json, Refused, string } from './slack-rules.js';
import { BOT_ID, BOT_USER, type Message, type SlackState, TEAM } from './slack-state.js';

type Method = {
  /** What the token must have been given; null: none. */
  readonly scope: (args: Json, state: SlackState) => string | null;
  readonly args: readonly string[];
  readonly run: (args: Json, state: SlackState, base: string) => Json;
};

const scoped = (scope: string | null) => () => scope;

/** Reading needs the scope of the kind of place it is. */
const historyScope = (args: Json, state: SlackState): string => {
  const id = String(args.channel);
  if (id.startsWith('D')) return 'im:history';
  return state.channels.get(id)?.isPrivate === true ? 'groups:history' : 'channels:history';
};

const MESSAGE = [
  'channel',
  'text',
  'blocks',
  'thread_ts',
  'parse',
  'link_names',
  'metadata',
  'unfurl_links',
  'unfurl_media',
];

function outgoing(args: Json): { text: string; blocks: readonly Json[] } {
  checkText(args.text);
  checkBlocks(args.blocks ?? [], 'message');
  return { text: String(args.text), blocks: (args.blocks ?? []) as Json[] };
}

function page(messages: readonly Message[], args: Json): Json {
  const limit = Number(args.limit ?? 100);
  const from = args.cursor === undefined ? 0 : Number(args.cursor);
  const shown = messages.slice(from, from + limit);
  const more = from + limit < messages.length;
  return {
    messages: shown.map(({ ts, thread, user, text, blocks, metadata, files }) => ({
      type: 'message',
      ts,
      user,
      bot_id: BOT_ID,
      text,
      blocks,
      ...(thread === null ? {} : { thread_ts: thread }),
      ...(files === undefined ? {} : { files }),
      ...(args.include_all_metadata === true && metadata !== null ? { metadata } : {}),
    })),
    has_more: more,
    response_metadata: { next_cursor: more ? String(from + limit) : '' },
  };
}

export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': {
    scope: scoped(null),
    args: [],
    run: () => ({
      url: 'https://acme.slack.com/',
      team: 'Acme',
      user: 'ombud',
      team_id: TEAM,
      user_id: BOT_USER,
      bot_id: BOT_ID,
    }),
  },
  'chat.postMessage': {
    scope: scoped('chat:write'),
    args: MESSAGE,
    run: (args, state) => {
      const channel = state.channel(args.channel);
      const { text, blocks } = outgoing(args);
      // Under a message that is gone Slack starts no thread and refuses nothing: it stands in the channel.
      const thread = channel.messages.find(({ ts }) => ts === args.thread_ts)?.ts ?? null;
      const metadata = args.metadata === undefined ? null : checkMetadata(args.metadata);
      const message: Message = {
        ts: state.nextTs(),
        thread,
        user: BOT_USER,
        text,
        blocks,
        metadata,
        versions: [blocks],
      };
      channel.messages.push(message);
      state.wake();
      const threaded = thread === null ? {} : { thread_ts: thread };
      return { channel: channel.id, ts: message.ts, message: { text, ...threaded } };
    },
  },
  'chat.update': {
    scope: scoped('chat:write'),
    args: ['channel', 'ts', 'text', 'blocks', 'parse', 'link_names', 'metadata'],
    run: (args, state) => {
      const channel = state.channel(args.channel);
      const message = state.message(channel, args.ts);
      const { text, blocks } = outgoing(args);
      message.text = text;
      message.blocks = blocks;
      message.versions.push(blocks);
      state.wake();
      return { channel: channel.id, ts: message.ts, text };
    },
  },
  'chat.postEphemeral': {
    scope: scoped('chat:write'),
    args: ['channel', 'user', 'text', 'blocks', 'thread_ts', 'parse', 'link_names'],
    run: (args, state) => {
      const channel = state.channel(args.channel);
      const { text, blocks } = outgoing(args);
      if (!channel.members.has(String(args.user)))
        throw new Refused('user_not_in_channel', String(args.user));
      const thread = args.thread_ts === undefined ? null : String(args.thread_ts);
      state.whisper(String(args.user), channel.id, thread, text, blocks);
      return { message_ts: state.nextTs() };
    },
  },
  'conversations.open': {
    scope: scoped('im:write'),
    args: ['users', 'return_im'],
    run: (args, state) => {
      const user = String(args.users);
      if (!state.people.has(user)) throw new Refused('user_not_found', user);
      const id = `D${user.slice(1)}`;
      if (!state.channels.has(id)) state.addChannel(id, [user], true);
      return { channel: { id } };
    },
  },
  'conversations.history': {
    scope: historyScope,
    args: ['channel', 'limit', 'cursor', 'include_all_metadata', 'oldest', 'latest', 'inclusive'],
    run: (args, state) =>
      page(
        state
          .channel(args.channel)
          .messages.filter(({ thread }) => thread === null)
          .toReversed(),
        args,
      ),
  },
  'conversations.replies': {
    scope: historyScope,
    args: ['channel', 'ts', 'limit', 'cursor', 'include_all_metadata', 'oldest', 'latest', 'inclusive'],
    run: (args, state) => {
      const channel = state.channel(args.channel);
      const parent = channel.messages.find(({ ts }) => ts === args.ts);
      if (parent === undefined) throw new Refused('thread_not_found', String(args.ts));
      return page(
        channel.messages.filter(({ ts, thread }) => ts === args.ts || thread === args.ts),
        args,
      );
    },
  },
  'users.info': {
    scope: scoped('users:read'),
    args: ['user', 'include_locale'],
    run: (args, state) => {
      const person = state.people.get(String(args.user));
      if (person === undefined) throw new Refused('user_not_found', String(args.user));
      return { user: { id: person.id, name: person.name, team_id: person.team, ...person.flags } };
    },
  },
  'views.open': {
    scope: scoped(null),
    args: ['trigger_id', 'view'],
    run: ({ trigger_id: trigger, view }, state) =>
      viewOf(state.open(state.takeTrigger(trigger), view, 'open')),
  },
  'views.push': {
    scope: scoped(null),
    args: ['trigger_id', 'view'],
    run: ({ trigger_id: trigger, view }, state) =>
      viewOf(state.open(state.takeTrigger(trigger), view, 'push')),
  },
  'views.update': {
    scope: scoped(null),
    args: ['view_id', 'view', 'hash'],
    run: ({ view_id: id, view }, state) => viewOf(state.update(id, view)),
  },
  'views.publish': {
    scope: scoped(null),
    args: ['user_id', 'view'],
    run: ({ user_id: user, view }, state) => {
      if ((view as Json).type !== 'home') throw new Refused('invalid_arguments', 'a home view is published');
      checkBlocks((view as Json).blocks, 'home');
      state.show(String(user), { kind: 'home', blocks: (view as Json).blocks as Json[] });
      return { view: { id: state.next('H') } };
    },
  },
  'files.getUploadURLExternal': {
    scope: scoped('files:write'),
    args: ['filename', 'length', 'alt_text', 'snippet_type'],
    run: (args, state, base) => {
      const id = state.next('F');
      const length = Number(args.length);
      if (!(length > 0)) throw new Refused('invalid_arguments', 'length');
      state.uploads.set(id, {
        id,
        name: string('filename', args.filename, 1, 255),
        length,
        bytes: null,
        channel: null,
        thread: null,
      });
      return { upload_url: `${base}/upload/${id}`, file_id: id };
    },
  },
  'files.completeUploadExternal': {
    scope: scoped('files:write'),
    args: ['files', 'channel_id', 'thread_ts', 'initial_comment'],
    run: (args, state) => {
      const channel = state.channel(args.channel_id);
      for (const { id } of args.files as { id: string }[]) {
        const upload = state.uploads.get(id);
        if (upload?.bytes === undefined || upload.bytes === null) throw new Refused('file_not_found', id);
        upload.channel = channel.id;
        upload.thread = args.thread_ts === undefined ? null : String(args.thread_ts);
      }
      // A file is shared by a message of its own.
      channel.messages.push({
        ts: state.nextTs(),
        thread: args.thread_ts === undefined ? null : String(args.thread_ts),
        user: BOT_USER,
        text: '',
        blocks: [],
        files: (args.files as Json[]).map(({ id, title }) => ({ id, title })),
        metadata: null,
        versions: [[]],
      });
      state.wake();
      return { files: (args.files as { id: string }[]).map(({ id }) => ({ id })) };
    },
  },
};

const viewOf = ({ id, hash }: { readonly id: string; readonly hash: string }): Json => ({
  view: { id, hash },
});
