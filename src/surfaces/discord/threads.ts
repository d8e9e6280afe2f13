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
import { hasThread } from '../../vocabulary/references.js';
import type { MessageRef } from '../../vocabulary/values.js';
import { limited } from './api.js';
import { codeOf, isRefusal } from './failures.js';
import { CODES } from './limits.js';

export type Threads = {
  /** The thread's id; opens it when there is none. The channel's, where none can be had. Throws what Discord answers. */
  readonly open: (parent: MessageRef, ref: string) => Promise<string>;
  /** Somebody deleted this thread: the next `open` gives the case another one. */
  readonly forget: (thread: string) => void;
  /** The private thread of this case, as far as it is known by now; null also where the card itself leads to it. */
  readonly linked: (channel: string, ref: string) => string | null;
  readonly reopen: (thread: string) => Promise<void>;
  /** The case whose thread this is; null when it is another thread. */
  readonly refOf: (thread: ThreadPlace) => Promise<string | null>;
};

export type ThreadPlace = { readonly id: string; readonly name: string | null; readonly parent: string };

/** `hidden`: a private thread; it is not under the card. */
type Known = { readonly id: string; readonly hidden: boolean };

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
  const known = new Map<string, Known>();
  const deleted = new Set<string>();
  /** Who was added to which private thread by this process. */
  const added = new Map<string, Set<string>>();
  const keyOf = (channel: string, ref: string): string => `${channel}:${ref}`;

  function seenByEveryone(channel: string): boolean {
    const found = client.channels.cache.get(channel);
    if (found === undefined || found.isDMBased()) return false;
    return found.permissionsFor(found.guild.roles.everyone).has(PermissionFlagsBits.ViewChannel);
  }

  /** A thread begun from a message has the message's id, whoever began it. False: it had one, which was deleted. */
  async function underCard({ channel, id }: MessageRef, ref: string): Promise<boolean> {
    if (isThere(id)) return true;
    const body = { name: ref, auto_archive_duration: ThreadAutoArchiveDuration.OneWeek };
    try {
      await rest.post(Routes.threads(channel, id), { body, ...limited() });
      deleted.delete(id);
      return true;
    } catch (error) {
      if (codeOf(error) !== CODES.threadExistsAlready) throw error;
      return !deleted.has(id);
    }
  }

  const isThere = (id: string): boolean => client.channels.cache.has(id) && !deleted.has(id);

  async function privately(parent: MessageRef, ref: string): Promise<Known> {
    const found = await findPrivate(parent, ref);
    if (found !== null) return { id: found, hidden: true };
    const body = {
      name: ref,
      type: ChannelType.PrivateThread,
      invitable: false,
      auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
    };
    const made = await rest.post(Routes.threads(parent.channel), { body, ...limited() });
    return { id: (made as APIThreadChannel).id, hidden: true };
  }

  /** A thread under the card that is there already stays the case's thread, even if the channel was opened since. */
  async function begin(parent: MessageRef, ref: string): Promise<Known> {
    const hidden = seenByEveryone(parent.channel);
    const under = (!hidden || isThere(parent.id)) && (await underCard(parent, ref));
    if (under) return { id: parent.id, hidden: false };
    try {
      return await privately(parent, ref);
    } catch (error) {
      // Among those who see this channel nothing of the case is secret.
      if (hidden || !isRefusal(error)) throw error;
      log.warn({ ref, code: codeOf(error) }, 'a case gets no second thread; its channel is used');
      return { id: parent.channel, hidden: false };
    }
  }

  /** Adding somebody twice does nothing. Whom Discord refuses is passed over; any other failure is for another attempt. */
  async function admit(thread: string): Promise<void> {
    const done = added.get(thread) ?? new Set();
    added.set(thread, done);
    const users = (await deps.readers()).slice(0, MEMBERS_MAX);
    for (const user of users.filter((each) => !done.has(each))) {
      await add(thread, user).catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
        log.warn({ thread, code: codeOf(error) }, 'somebody could not be added to a private thread');
      });
      done.add(user);
    }
  }

  /** An archived thread takes nobody in. */
  async function add(thread: string, user: string): Promise<void> {
    const put = () => rest.put(Routes.threadMembers(thread, user), limited());
    await put().catch(async (error: unknown) => {
      if (codeOf(error) !== CODES.threadArchived) throw error;
      await reopen(thread);
      await put();
    });
  }

  async function reopen(thread: string): Promise<void> {
    await rest.patch(Routes.channel(thread), { body: { archived: false }, ...limited() });
  }

  /** An earlier attempt, or an earlier life of this process, may have opened it. */
  async function findPrivate({ channel, id }: MessageRef, ref: string): Promise<string | null> {
    const ours = (thread: APIThreadChannel): boolean =>
      thread.parent_id === channel &&
      thread.name === ref &&
      thread.owner_id === client.user.id &&
      thread.type === ChannelType.PrivateThread &&
      !deleted.has(thread.id);
    const home = client.channels.cache.get(channel);
    if (home !== undefined && !home.isDMBased()) {
      const active = await rest.get(Routes.guildActiveThreads(home.guild.id), limited());
      const found = threadsIn(active as APIThreadList).find(ours);
      if (found !== undefined) return found.id;
    }
    let before: string | null = null;
    for (;;) {
      const query = new URLSearchParams({ limit: '100', ...(before === null ? {} : { before }) });
      const page = (await rest.get(Routes.channelJoinedArchivedThreads(channel), {
        query,
        ...limited(),
      })) as APIThreadList & { has_more?: boolean };
      const threads = threadsIn(page);
      const found = threads.find(ours);
      if (found !== undefined) return found.id;
      const last = threads.at(-1);
      if (page.has_more !== true || last === undefined) return null;
      // The newest come first, and a case's thread is younger than its card. Only where the card was posted anew may an
      // old thread be missed so; the case then has a second one.
      if (BigInt(last.id) < BigInt(id)) return null;
      before = last.id;
    }
  }

  return {
    open: async (parent, ref) => {
      const key = keyOf(parent.channel, ref);
      const before = known.get(key);
      // A card that was posted anew has its own thread; a private one stays the case's.
      const stays = before !== undefined && (before.hidden || before.id === parent.id);
      const thread = stays ? before : await begin(parent, ref);
      known.set(key, thread);
      if (thread.hidden) await admit(thread.id);
      return thread.id;
    },
    forget: (thread) => {
      deleted.add(thread);
      added.delete(thread);
      for (const [key, { id }] of known) if (id === thread) known.delete(key);
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
          each.ownerId === client.user.id &&
          !deleted.has(each.id),
      );
      return told?.id ?? null;
    },
    reopen,
    refOf: async ({ id, name, parent }) => {
      const ref = await deps.refOfThread(parent, id);
      if (ref !== null) return ref;
      // A private thread has no card above it: it is known by its name, which only we and moderators can give it.
      if (name === null || !hasThread(name)) return null;
      const cached = client.channels.cache.get(id);
      const thread = cached?.isThread()
        ? { owner: cached.ownerId, type: cached.type }
        : await rest.get(Routes.channel(id), limited()).then((found) => {
            const { owner_id: owner, type } = found as APIThreadChannel;
            return { owner, type };
          });
      return thread.owner === client.user.id && thread.type === ChannelType.PrivateThread ? name : null;
    },
  };
}

const threadsIn = (list: APIThreadList): readonly APIThreadChannel[] =>
  list.threads as readonly APIThreadChannel[];
