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
  /** Discord users who may read that case or disclosure. */
  readonly readers: (ref: string) => Promise<readonly string[]>;
  readonly log: Logger;
};

export function seenByEveryone(client: Client<true>, channel: string): boolean {
  const found = client.channels.cache.get(channel);
  if (found === undefined || found.isDMBased()) return false;
  return found.permissionsFor(found.guild.roles.everyone).has(PermissionFlagsBits.ViewChannel);
}

/** The id of the case's private thread; makes it when there is none. Throws what Discord answers. */
export async function openPrivateThread(
  deps: ThreadDeps,
  parent: MessageRef,
  ref: string,
  deleted: ReadonlySet<string>,
): Promise<string> {
  const found = await findPrivateThread(deps, parent, ref, deleted);
  if (found !== null) return found;
  const body = {
    name: ref,
    type: ChannelType.PrivateThread,
    invitable: false,
    auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
  };
  const made = await deps.rest.post(Routes.threads(parent.channel), { body, ...limited() });
  return (made as APIThreadChannel).id;
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
 * Adds whoever may read it and is not in `added` yet. Adding somebody twice does nothing. Whom Discord refuses is passed
 * over; any other failure is for another attempt.
 */
export async function addReaders(
  deps: ThreadDeps,
  { thread, ref }: { readonly thread: string; readonly ref: string },
  added: Set<string>,
): Promise<void> {
  const users = (await deps.readers(ref)).slice(0, MEMBERS_MAX);
  for (const user of users.filter((each) => !added.has(each))) {
    await addMember(deps.rest, thread, user).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      deps.log.warn({ thread, code: codeOf(error) }, 'somebody could not be added to a private thread');
    });
    added.add(user);
  }
}

/** An archived thread takes nobody in. */
async function addMember(rest: REST, thread: string, user: string): Promise<void> {
  const put = () => rest.put(Routes.threadMembers(thread, user), limited());
  await put().catch(async (error: unknown) => {
    if (codeOf(error) !== CODES.threadArchived) throw error;
    await reopenThread(rest, thread);
    await put();
  });
}

export async function reopenThread(rest: REST, thread: string): Promise<void> {
  await rest.patch(Routes.channel(thread), { body: { archived: false }, ...limited() });
}
