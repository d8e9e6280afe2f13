/**
 * The thread of a case: found or opened under its card, reopened when it was archived, and the way back from a thread to
 * its case. In a channel everyone in the server sees, it is a private thread (private-threads.ts).
 * Must not know: what is posted there.
 */
import { type APIThreadChannel, ChannelType, Routes, ThreadAutoArchiveDuration } from 'discord.js';
import { hasThread } from '../../vocabulary/references.js';
import type { MessageRef } from '../../vocabulary/values.js';
import { limited } from './api.js';
import { codeOf, isRefusal } from './failures.js';
import { CODES } from './limits.js';
import {
  type Members,
  openPrivateThread,
  reopenThread,
  seenByEveryone,
  seeToMembers,
  type ThreadDeps,
} from './private-threads.js';

export type Threads = {
  /** The thread's id; opens it when there is none. The channel's, where none can be had. Throws what Discord answers. */
  readonly open: (parent: MessageRef, ref: string) => Promise<string>;
  /** Somebody deleted this thread, or locked it: the next `open` gives the case another one. */
  readonly forget: (thread: string) => void;
  /** The private thread of this case, as far as it is known by now; null also where the card itself leads to it. */
  readonly linked: (channel: string, ref: string) => string | null;
  readonly reopen: (thread: string) => Promise<void>;
  /** The case whose thread this is; null when it is another thread. */
  readonly refOf: (thread: ThreadPlace) => Promise<string | null>;
};

export type ThreadPlace = { readonly id: string; readonly name: string | null; readonly parent: string };

type Deps = ThreadDeps & {
  /** The case whose head card has this id. */
  readonly refOfThread: (channel: string, id: string) => Promise<string | null>;
};

/** `hidden`: a private thread; it is not under the card. A thread is named as its case and nothing else, so that it is found by that. */
type Known = { readonly id: string; readonly hidden: boolean; readonly made: boolean };

export function createThreads(deps: Deps): Threads {
  const known = new Map<string, Known>();
  const deleted = new Set<string>();
  const members = new Map<string, Members>();
  const keyOf = (channel: string, ref: string): string => `${channel}:${ref}`;
  return {
    open: async (parent, ref) => {
      const key = keyOf(parent.channel, ref);
      const before = known.get(key);
      // A card that was posted anew has its own thread; a private one stays the case's.
      const stays = before !== undefined && (before.hidden || before.id === parent.id);
      const thread = stays ? before : await begin(deps, parent, ref, deleted);
      known.set(key, thread);
      if (thread.hidden) {
        const inside = members.get(thread.id) ?? { added: new Set(), removed: new Set(), fresh: thread.made };
        members.set(thread.id, inside);
        await seeToMembers(deps, { thread: thread.id, ref }, inside);
      }
      return thread.id;
    },
    forget: (thread) => {
      deleted.add(thread);
      members.delete(thread);
      for (const [key, { id }] of known) if (id === thread) known.delete(key);
    },
    linked: (channel, ref) => {
      const found = known.get(keyOf(channel, ref));
      if (found !== undefined) return found.hidden ? found.id : null;
      return cachedPrivateThread(deps, channel, ref, deleted);
    },
    reopen: (thread) => reopenThread(deps.rest, thread),
    refOf: (thread) => refOf(deps, thread),
  };
}

/** A thread under the card that is there already stays the case's thread, even if the channel was opened since. */
async function begin(deps: Deps, parent: MessageRef, ref: string, deleted: Set<string>): Promise<Known> {
  const hidden = seenByEveryone(deps.client, parent.channel);
  const isThere = deps.client.channels.cache.has(parent.id) && !deleted.has(parent.id);
  if (isThere || (!hidden && (await openUnderCard(deps, parent, ref, deleted))))
    return { id: parent.id, hidden: false, made: false };
  try {
    return { ...(await openPrivateThread(deps, parent, ref, deleted)), hidden: true };
  } catch (error) {
    // Among those who see this channel nothing of the case is secret.
    if (hidden || !isRefusal(error)) throw error;
    deps.log.warn({ ref, code: codeOf(error) }, 'a case gets no second thread; its channel is used');
    return { id: parent.channel, hidden: false, made: false };
  }
}

/** A thread begun from a message has the message's id, whoever began it. False: it had one, which was deleted. */
async function openUnderCard(
  { rest }: Deps,
  { channel, id }: MessageRef,
  ref: string,
  deleted: Set<string>,
): Promise<boolean> {
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

/** After a restart: as far as Discord told of it. */
function cachedPrivateThread(
  { client }: Deps,
  channel: string,
  ref: string,
  deleted: ReadonlySet<string>,
): string | null {
  const found = client.channels.cache.find(
    (each) =>
      each.type === ChannelType.PrivateThread &&
      each.parentId === channel &&
      each.name === ref &&
      each.ownerId === client.user.id &&
      !deleted.has(each.id),
  );
  return found?.id ?? null;
}

async function refOf(
  { client, rest, refOfThread }: Deps,
  { id, name, parent }: ThreadPlace,
): Promise<string | null> {
  const ref = await refOfThread(parent, id);
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
}
