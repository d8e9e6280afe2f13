/**
 * The thread of a case: found or opened under its card, reopened when it was archived, and the way back from a thread to
 * its case. In a channel everyone in the server sees, it is a private thread of the people who may see cases.
 * Must not know: what is posted there.
 */
import {
  type APIThreadChannel,
  type APIThreadList,
  ChannelType,
  type Client,
  PermissionFlagsBits,
  type REST,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import type { Logger } from 'pino';
import type { MessageRef } from '../../desk/surface.js';
import { codeOf } from './failures.js';
import { CODES } from './limits.js';

export type Threads = {
  /** The thread's id; opens it when there is none. Throws what Discord answers. */
  readonly open: (parent: MessageRef, ref: string) => Promise<string>;
  /** The private thread of this case, as far as it is known by now; null also where the card itself leads to it. */
  readonly linked: (channel: string, ref: string) => string | null;
  readonly reopen: (thread: string) => Promise<void>;
  /** The case whose thread this is; null when it is another thread. */
  readonly refOf: (thread: ThreadPlace) => Promise<string | null>;
};

export type ThreadPlace = { readonly id: string; readonly name: string | null; readonly parent: string };

/** A thread is named as its case and nothing else, so that it can be found by its name. */
const NAME = /^(?:PR|DR)-\d{4}-\d{4,}$/;
/** Everybody added by hand costs a request: a desk has few handlers (clause 7.2). */
const MEMBERS_MAX = 50;

export function createThreads(deps: {
  readonly client: Client<true>;
  readonly rest: REST;
  /** Discord users who may see cases, for private threads. */
  readonly readers: () => Promise<readonly string[]>;
  /** The case whose head card has this id. */
  readonly refOfThread: (channel: string, id: string) => Promise<string | null>;
  readonly log: Logger;
}): Threads {
  const { client, rest, log } = deps;
  const known = new Map<string, { readonly id: string; readonly hidden: boolean }>();
  const keyOf = (channel: string, ref: string): string => `${channel}:${ref}`;

  function seenByEveryone(channel: string): boolean {
    const found = client.channels.cache.get(channel);
    if (found === undefined || found.isDMBased()) return false;
    return found.permissionsFor(found.guild.roles.everyone).has(PermissionFlagsBits.ViewChannel);
  }

  /** A thread begun from a message has the message's id, whoever began it. */
  async function underCard({ channel, id }: MessageRef, ref: string): Promise<string> {
    if (client.channels.cache.get(id)?.isThread()) return id;
    const body = { name: ref, auto_archive_duration: ThreadAutoArchiveDuration.OneWeek };
    await rest.post(Routes.threads(channel, id), { body }).catch((error: unknown) => {
      if (codeOf(error) !== CODES.threadExistsAlready) throw error;
    });
    return id;
  }

  async function privately(channel: string, ref: string): Promise<string> {
    const found = await findPrivate(channel, ref);
    if (found !== null) return found;
    const body = {
      name: ref,
      type: ChannelType.PrivateThread,
      invitable: false,
      auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
    };
    const made = (await rest.post(Routes.threads(channel), { body })) as APIThreadChannel;
    for (const user of (await deps.readers()).slice(0, MEMBERS_MAX))
      await rest.put(Routes.threadMembers(made.id, user)).catch((error: unknown) => {
        log.warn({ thread: made.id, code: codeOf(error) }, 'somebody could not be added to a private thread');
      });
    return made.id;
  }

  /** An earlier attempt, or an earlier life of this process, may have opened it. */
  async function findPrivate(channel: string, ref: string): Promise<string | null> {
    const ours = (thread: APIThreadChannel): boolean =>
      thread.parent_id === channel && thread.name === ref && thread.owner_id === client.user.id;
    const home = client.channels.cache.get(channel);
    if (home !== undefined && !home.isDMBased()) {
      const active = (await rest.get(Routes.guildActiveThreads(home.guild.id))) as APIThreadList;
      const found = threadsIn(active).find(ours);
      if (found !== undefined) return found.id;
    }
    let before: string | null = null;
    for (;;) {
      const query = new URLSearchParams({ limit: '100', ...(before === null ? {} : { before }) });
      const page = (await rest.get(Routes.channelJoinedArchivedThreads(channel), {
        query,
      })) as APIThreadList & {
        has_more?: boolean;
      };
      const threads = threadsIn(page);
      const found = threads.find(ours);
      if (found !== undefined) return found.id;
      const last = threads.at(-1);
      if (page.has_more !== true || last === undefined) return null;
      before = last.id;
    }
  }

  return {
    open: async (parent, ref) => {
      const key = keyOf(parent.channel, ref);
      const before = known.get(key);
      // A card that was posted anew has its own thread; a private one stays the case's.
      if (before !== undefined && (before.hidden || before.id === parent.id)) return before.id;
      // A thread under the card that is there already stays the case's thread, even if the channel was opened since.
      const hidden = seenByEveryone(parent.channel) && !client.channels.cache.has(parent.id);
      const id = hidden ? await privately(parent.channel, ref) : await underCard(parent, ref);
      known.set(key, { id, hidden });
      return id;
    },
    linked: (channel, ref) => {
      const found = known.get(keyOf(channel, ref));
      if (found !== undefined) return found.hidden ? found.id : null;
      // After a restart: as far as Discord told of it.
      const told = client.channels.cache.find(
        (each) =>
          each.type === ChannelType.PrivateThread &&
          each.parentId === channel &&
          each.name === ref &&
          each.ownerId === client.user.id,
      );
      return told?.id ?? null;
    },
    reopen: async (thread) => {
      await rest.patch(Routes.channel(thread), { body: { archived: false } });
    },
    refOf: async ({ id, name, parent }) => {
      const ref = await deps.refOfThread(parent, id);
      if (ref !== null) return ref;
      // A private thread has no card above it: it is known by its name, which only we and moderators can give it.
      if (name === null || !NAME.test(name)) return null;
      const cached = client.channels.cache.get(id);
      const thread = cached?.isThread()
        ? { owner: cached.ownerId, type: cached.type }
        : await rest.get(Routes.channel(id)).then((found) => {
            const { owner_id: owner, type } = found as APIThreadChannel;
            return { owner, type };
          });
      return thread.owner === client.user.id && thread.type === ChannelType.PrivateThread ? name : null;
    },
  };
}

const threadsIn = (list: APIThreadList): readonly APIThreadChannel[] =>
  list.threads as readonly APIThreadChannel[];
