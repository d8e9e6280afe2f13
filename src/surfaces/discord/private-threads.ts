/**
 * The private thread of a case in a channel everyone in the server sees: found or made, with the people who may see cases
 * in it. Must not know: what is posted there.
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
import type { MessageRef } from '../../vocabulary/values.js';
import { limited } from './api.js';
import { codeOf, isRefusal } from './failures.js';
import { CODES, THREADS_PAGE_MAX } from './limits.js';

/** Everybody added by hand costs a request: a desk has few handlers. */
const MEMBERS_MAX = 50;

export type ThreadDeps = {
  readonly client: Client<true>;
  readonly rest: REST;
  /** Discord users who may read that case or disclosure, and those of the staff, or once of it, who may not. */
  readonly readers: (
    ref: string,
  ) => Promise<{ readonly may: readonly string[]; readonly mayNot: readonly string[] }>;
  readonly log: Logger;
};

export function seenByEveryone(client: Client<true>, channel: string): boolean {
  const found = client.channels.cache.get(channel);
  if (found === undefined || found.isDMBased()) return false;
  return found.permissionsFor(found.guild.roles.everyone).has(PermissionFlagsBits.ViewChannel);
}

/** Who is in a private thread, as far as this process saw to it. */
export type Members = {
  readonly added: Set<string>;
  readonly removed: Set<string>;
  /** This process has just made the thread: nobody is in it. */
  fresh: boolean;
};

/** The id of the case's private thread; makes it when there is none. Throws what Discord answers. */
export async function openPrivateThread(
  deps: ThreadDeps,
  parent: MessageRef,
  ref: string,
  deleted: ReadonlySet<string>,
): Promise<{ readonly id: string; readonly made: boolean }> {
  const found = await findPrivateThread(deps, parent, ref, deleted);
  if (found !== null) return { id: found, made: false };
  const body = {
    name: ref,
    type: ChannelType.PrivateThread,
    invitable: false,
    auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
  };
  const made = await deps.rest.post(Routes.threads(parent.channel), { body, ...limited() });
  return { id: (made as APIThreadChannel).id, made: true };
}

/** An earlier attempt, or an earlier run of this process, may have opened it. */
async function findPrivateThread(
  { client, rest }: ThreadDeps,
  { channel, id }: MessageRef,
  ref: string,
  deleted: ReadonlySet<string>,
): Promise<string | null> {
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
    const query = new URLSearchParams({
      limit: String(THREADS_PAGE_MAX),
      ...(before === null ? {} : { before }),
    });
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

const threadsIn = (list: APIThreadList): readonly APIThreadChannel[] =>
  list.threads as readonly APIThreadChannel[];

/**
 * Removes who may not read it (any more), which the maker of a private thread may do without any permission, then adds who
 * may and is not in it yet. Either done twice does nothing. Whom Discord refuses is passed over; any other failure is for
 * another attempt.
 */
export async function seeToMembers(
  deps: ThreadDeps,
  { thread, ref }: { readonly thread: string; readonly ref: string },
  members: Members,
): Promise<void> {
  const { added, removed } = members;
  const { may, mayNot } = await deps.readers(ref);
  if (members.fresh) for (const user of mayNot) removed.add(user);
  members.fresh = false;
  const passingOver = (error: unknown): void => {
    if (!isRefusal(error)) throw error;
    deps.log.warn({ thread, code: codeOf(error) }, 'a member of a private thread could not be changed');
  };
  for (const user of mayNot.filter((each) => !removed.has(each))) {
    await changing(deps.rest, thread, () =>
      deps.rest.delete(Routes.threadMembers(thread, user), limited()),
    ).catch(passingOver);
    removed.add(user);
    added.delete(user);
  }
  for (const user of may.slice(0, MEMBERS_MAX).filter((each) => !added.has(each))) {
    await changing(deps.rest, thread, () =>
      deps.rest.put(Routes.threadMembers(thread, user), limited()),
    ).catch(passingOver);
    added.add(user);
    removed.delete(user);
  }
}

/** The members of an archived thread cannot be changed. */
async function changing(rest: REST, thread: string, change: () => Promise<unknown>): Promise<void> {
  await change().catch(async (error: unknown) => {
    if (codeOf(error) !== CODES.threadArchived) throw error;
    await reopenThread(rest, thread);
    await change();
  });
}

export async function reopenThread(rest: REST, thread: string): Promise<void> {
  await rest.patch(Routes.channel(thread), { body: { archived: false }, ...limited() });
}
