import type { Post, PostStatus } from '../../record/rows.js';
import type { Store, Tx } from '../../record/store.js';
import type { Instant, Json, MessageRef } from '../../vocabulary/values.js';
import type { Db, Dialect } from '../engine/dialect.js';
import type { Post as Row } from '../generated/sqlite/client.js';
import { dateOf, instantOf } from '../text.js';

type OutboxTx = Pick<Tx, 'enqueue' | 'hasPost' | 'message' | 'slotAt' | 'putMessage'>;

const UNSENT: readonly PostStatus[] = ['pending', 'claimed', 'uncertain'];

export function outboxTx(db: Db): OutboxTx {
  return {
    enqueue: async ({ key, surface, effect, lane }, at) => {
      const made = await db.$executeRaw`
        INSERT INTO "post" ("key", "surface", "effect", "lane", "status", "attempt", "notBefore", "createdAt")
        VALUES (${key}, ${surface}, ${JSON.stringify(effect)}, ${lane}, 'pending', 0, ${dateOf(at)}, ${at})
        ON CONFLICT ("key") DO NOTHING`;
      return made === 1;
    },

    hasPost: async (key) => (await db.post.count({ where: { key } })) > 0,

    message: async (slot) => {
      const row = await db.message.findUnique({ where: { slot } });
      return row === null ? null : { channel: row.channel, id: row.messageId };
    },

    slotAt: async ({ channel, id }) => {
      const row = await db.message.findFirst({ where: { channel, messageId: id } });
      return row?.slot ?? null;
    },

    putMessage: (slot, ref) => putMessage(db, slot, ref),
  };
}

async function putMessage(db: Db, slot: string, ref: MessageRef): Promise<void> {
  const fields = { channel: ref.channel, messageId: ref.id };
  await db.message.upsert({ where: { slot }, create: { slot, ...fields }, update: fields });
}

/**
 * Takes the first unsent post of each lane that has none on its way. Two instances may choose the same row;
 * `attempt` has moved for the second, which goes without.
 */
export async function claimPosts(
  db: Db,
  dialect: Dialect,
  ...[surfaces, now, leaseSeconds, take]: Parameters<Store['claimPosts']>
): Promise<readonly Post[]> {
  const lanes = await db.post.groupBy({
    by: ['lane'],
    where: { surface: { in: [...surfaces] }, status: { in: [...UNSENT] } },
    _min: { id: true },
  });
  if (lanes.length === 0) return [];

  const clock = await dialect.leaseClock(db);
  const onTheirWay = await db.post.findMany({
    where: { status: 'claimed', leaseUntil: { gt: clock } },
    select: { lane: true },
  });
  const busy = new Set(onTheirWay.map(({ lane }) => lane));
  const first = lanes.flatMap(({ lane, _min }) => (busy.has(lane) || _min.id === null ? [] : [_min.id]));
  const ready = await db.post.findMany({
    where: {
      id: { in: first },
      notBefore: { lte: dateOf(now) },
      // Asked again: another instance may have taken it since the lanes were read.
      OR: [{ status: { in: ['pending', 'uncertain'] } }, { status: 'claimed', leaseUntil: { lte: clock } }],
    },
    orderBy: { id: 'asc' },
    take,
  });
  if (ready.length === 0) return [];

  const claimed = await db.post.updateManyAndReturn({
    where: { OR: ready.map(({ id, attempt }) => ({ id, attempt })) },
    data: {
      status: 'claimed',
      attempt: { increment: 1 },
      leaseUntil: new Date(clock.getTime() + leaseSeconds * 1000),
    },
  });
  const before = new Map(ready.map((row) => [row.id, row.status]));
  return claimed
    .sort((one, other) => one.id - other.id)
    .map((row) => ({
      ...postOf(row),
      status: before.get(row.id) === 'pending' ? ('claimed' as const) : ('uncertain' as const),
    }));
}

export async function markSent(
  db: Db,
  ...[post, slot, ref]: Parameters<Store['markSent']>
): Promise<boolean> {
  const { count } = await db.post.updateMany({
    where: mine(post),
    data: { status: 'sent', leaseUntil: null, lastError: null },
  });
  if (count === 0) return false;
  if (slot !== null && ref !== null) await putMessage(db, slot, ref);
  return true;
}

export async function markUnsent(
  db: Db,
  ...[post, status, notBefore, error]: Parameters<Store['markUnsent']>
): Promise<boolean> {
  const { count } = await db.post.updateMany({
    where: mine(post),
    data: { status, leaseUntil: null, notBefore: dateOf(notBefore), lastError: error },
  });
  return count > 0;
}

function mine({ id, attempt }: Post) {
  return { id, attempt, status: 'claimed' };
}

export async function stuckPosts(db: Db, take: number): Promise<readonly Post[]> {
  const rows = await db.post.findMany({
    where: { status: { in: [...UNSENT, 'dead'] } },
    orderBy: { id: 'asc' },
    take,
  });
  return rows.map(postOf);
}

/** What a process that is gone was sending is uncertain now. Only where no other process can be sending. */
export async function endLeases(db: Db): Promise<void> {
  await db.post.updateMany({
    where: { status: 'claimed' },
    data: { status: 'uncertain', leaseUntil: null },
  });
}

/** The effect and status are those the row was written with. */
function postOf(row: Row): Post {
  return {
    id: row.id,
    key: row.key,
    surface: row.surface,
    effect: JSON.parse(row.effect) as Json,
    lane: row.lane,
    status: row.status as PostStatus,
    attempt: row.attempt,
    notBefore: instantOf(row.notBefore) as Instant,
    lastError: row.lastError,
  };
}
