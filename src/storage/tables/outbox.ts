/**
 * The outbox's tables: posts queued once, claimed with a lease and a fencing number, marked by whoever holds the claim.
 * Must not know: how a post is sent.
 */
import type { Post, PostStatus } from '../../record/rows.js';
import type { Store, Tx } from '../../record/store.js';
import type { Instant, Json, MessageRef } from '../../vocabulary/values.js';
import type { Dialect } from '../engine/dialect.js';
import { among, columnsOf, listOf, literal, type Part, part, replacing, type Sql } from '../engine/sql.js';
import type { Post as Row } from '../generated/sqlite/client.js';
import type { Seals } from '../seals.js';
import { dateOf, instantOf } from '../text.js';
import { MESSAGE, POST } from './columns.js';

type OutboxTx = Pick<Tx, 'enqueue' | 'enqueueAll' | 'hasPost' | 'message' | 'slotAt' | 'putMessage'>;

/** Of these there are only those on their way, or whose outcome is not known: few. Those that wait may be many. */
const HANDED_OUT: readonly PostStatus[] = ['claimed', 'uncertain'];
const UNSENT: readonly PostStatus[] = ['pending', ...HANDED_OUT];
const ONCE = literal('ON CONFLICT ("key") DO NOTHING');

export function outboxTx(sql: Sql, seals: Seals): OutboxTx {
  const enqueueAll: Tx['enqueueAll'] = async (posts, at) => {
    const rows = posts.map(({ key, surface, effect, lane }) => {
      const fixed = { key, surface, effect: JSON.stringify(effect), lane };
      return {
        ...fixed,
        status: 'pending',
        attempt: 0,
        notBefore: dateOf(at),
        createdAt: at,
        mac: seals.of('post', fixedFields(fixed)),
      };
    });
    const made = await sql.insert(POST, rows, ONCE);
    return made === rows.length ? made : made + (await takeOver(sql, seals, rows));
  };
  return {
    enqueueAll,

    enqueue: async (post, at) => (await enqueueAll([post], at)) === 1,

    hasPost: async (key) => (await sql.from(POST)`WHERE "key" = ${key}`).length > 0,

    message: async (slot) => {
      const [row] = await sql.from(MESSAGE)`WHERE "slot" = ${slot}`;
      return row === undefined || !isMessageSealed(seals, row)
        ? null
        : { channel: row.channel, id: row.messageId };
    },

    slotAt: async ({ channel, id }) => {
      const [row] = await sql.from(MESSAGE)`WHERE "channel" = ${channel} AND "messageId" = ${id} LIMIT 1`;
      return row === undefined || !isMessageSealed(seals, row) ? null : row.slot;
    },

    putMessage: (slot, ref) => putMessage(sql, seals, slot, ref),
  };
}

type Fixed = Pick<Row, 'key' | 'surface' | 'effect' | 'lane'>;
const fixedFields = ({ key, surface, effect, lane }: Fixed): readonly string[] => [
  key,
  surface,
  effect,
  lane,
];

/** What is posted where, as the desk queued it. */
export const postSeal = (seals: Seals, row: Fixed): string => seals.of('post', fixedFields(row));
/** How it ended, as the desk saw it. */
export const outcomeSeal = (seals: Seals, key: string, status: 'sent' | 'dead'): string =>
  seals.of('outcome', [key, status]);

export type PostFlaw = 'changed' | 'ended-elsewhere';

/** What somebody without the key did to a post; null: nothing. */
export function postFlaw(seals: Seals, row: Row): PostFlaw | null {
  if (!seals.fits(row.mac, 'post', fixedFields(row))) return 'changed';
  const ended = row.status === 'sent' || row.status === 'dead' ? row.status : null;
  if (ended === null) return row.outcome === null ? null : 'ended-elsewhere';
  return seals.fits(row.outcome, 'outcome', [row.key, ended]) ? null : 'ended-elsewhere';
}

type MessageRow = { slot: string; channel: string; messageId: string; mac: string | null };
const messageFields = ({ slot, channel, messageId }: Omit<MessageRow, 'mac'>) => [slot, channel, messageId];
export const messageSeal = (seals: Seals, row: Omit<MessageRow, 'mac'>): string =>
  seals.of('message', messageFields(row));
/** A slot that somebody else pointed elsewhere stands nowhere: what belongs there is posted anew. */
export const isMessageSealed = (seals: Seals, row: MessageRow): boolean =>
  seals.fits(row.mac, 'message', messageFields(row));

/** A row under one of these keys that the desk did not queue, or did not end, gives way: it hides nothing. */
async function takeOver(sql: Sql, seals: Seals, rows: readonly (Partial<Row> & Fixed)[]): Promise<number> {
  const there = await sql.from(POST)`WHERE "key" IN ${among(rows.map(({ key }) => key))}`;
  const forged = there.filter((row) => postFlaw(seals, row) !== null);
  if (forged.length === 0) return 0;
  await sql.run`DELETE FROM "post" WHERE "id" IN ${among(forged.map(({ id }) => id))}`;
  const keys = new Set(forged.map(({ key }) => key));
  return sql.insert(
    POST,
    rows.filter(({ key }) => keys.has(key)),
    ONCE,
  );
}

const REPLACING = replacing(MESSAGE, 'slot');

async function putMessage(sql: Sql, seals: Seals, slot: string, { channel, id }: MessageRef): Promise<void> {
  const row = { slot, channel, messageId: id };
  await sql.insert(MESSAGE, [{ ...row, mac: messageSeal(seals, row) }], REPLACING);
}

/**
 * Takes the first unsent post of each lane that has none on its way, and what waits behind it. Two instances may choose
 * the same row; `attempt` has moved for the second, which goes without.
 */
export async function claimPosts(
  sql: Sql,
  dialect: Dialect,
  seals: Seals,
  ...[surfaces, now, leaseSeconds, take, more]: Parameters<Store['claimPosts']>
): Promise<readonly Post[]> {
  const first = await firstOfLanes(sql);
  if (first.length === 0) return [];
  const clock = await dialect.leaseClock(sql);
  const onItsWay = ({ status, leaseUntil }: Row): boolean =>
    status === 'claimed' && leaseUntil !== null && leaseUntil > clock;
  const busy = new Set(first.filter(onItsWay).map(({ lane }) => lane));
  const chosen = new Map<string, Row>();
  for (const row of first)
    if (!busy.has(row.lane) && row.id < (chosen.get(row.lane)?.id ?? Number.POSITIVE_INFINITY))
      chosen.set(row.lane, row);
  const heads = [...chosen.values()]
    .filter(({ lane }) => more?.except.has(lane) !== true)
    .filter(({ surface, notBefore }) => surfaces.includes(surface) && notBefore <= dateOf(now))
    .sort((one, other) => one.id - other.id)
    .slice(0, take);
  if (heads.length === 0) return [];
  const ready: Row[] = [];
  for (const head of heads)
    ready.push(head, ...(await behindIt(sql, head, dateOf(now), (more?.run ?? 1) - 1)));

  const before = new Map(ready.map((row) => [row.id, row.status]));
  const mine = listOf(
    ready.map(({ id, attempt }) => part`("id" = ${id} AND "attempt" = ${attempt})`),
    ' OR ',
  );
  const claimed = await sql.all(
    POST,
    part`UPDATE "post" SET "status" = 'claimed', "attempt" = "attempt" + 1,
        "leaseUntil" = ${new Date(clock.getTime() + leaseSeconds * 1000)}
      WHERE ${mine} RETURNING ${columnsOf(POST)}`,
  );
  return claimed
    .sort((one, other) => one.id - other.id)
    .map((row) => ({
      ...postOf(row),
      status: before.get(row.id) === 'pending' ? ('claimed' as const) : ('uncertain' as const),
      flaw: postFlaw(seals, { ...row, status: before.get(row.id) ?? row.status }),
    }));
}

/** Up to `count` that wait in the lane behind its first, in a row; none behind what failed or may have been sent. */
async function behindIt(sql: Sql, head: Row, now: Date, count: number): Promise<readonly Row[]> {
  if (count < 1 || head.status !== 'pending' || head.attempt > 0) return [];
  const rows = await sql.from(POST)`
    WHERE "status" = 'pending' AND "lane" = ${head.lane} AND "id" > ${head.id} ORDER BY "id" LIMIT ${count}`;
  const early = rows.findIndex(({ notBefore, attempt }) => notBefore > now || attempt > 0);
  return early === -1 ? rows : rows.slice(0, early);
}

/**
 * The first waiting post of every lane, and all that are handed out. From lane to lane by the index, since a lane may
 * hold thousands of waiting ones.
 */
async function firstOfLanes(sql: Sql): Promise<readonly Row[]> {
  const waiting = await sql.all(
    POST,
    part`WITH RECURSIVE "lanes" ("lane") AS (
        SELECT min("lane") FROM "post" WHERE "status" = 'pending'
        UNION ALL
        SELECT (SELECT min("lane") FROM "post" WHERE "status" = 'pending' AND "lane" > "lanes"."lane")
        FROM "lanes" WHERE "lanes"."lane" IS NOT NULL)
      SELECT ${columnsOf(POST)} FROM "post" WHERE "id" IN (
        SELECT (SELECT min("id") FROM "post" WHERE "status" = 'pending' AND "lane" = "lanes"."lane") FROM "lanes")`,
  );
  return [...waiting, ...(await sql.from(POST)`WHERE "status" IN ${among(HANDED_OUT)}`)];
}

export async function markSent(
  sql: Sql,
  seals: Seals,
  ...[post, slot, ref]: Parameters<Store['markSent']>
): Promise<boolean> {
  const count = await sql.run`
    UPDATE "post" SET "status" = 'sent', "leaseUntil" = NULL, "lastError" = NULL,
      "outcome" = ${outcomeSeal(seals, post.key, 'sent')} WHERE ${mine(post)}`;
  if (count === 0) return false;
  if (slot !== null && ref !== null) await putMessage(sql, seals, slot, ref);
  return true;
}

export async function markUnsent(
  sql: Sql,
  seals: Seals,
  ...[post, status, notBefore, error]: Parameters<Store['markUnsent']>
): Promise<boolean> {
  const count = await sql.run`
    UPDATE "post" SET "status" = ${status}, "leaseUntil" = NULL, "notBefore" = ${dateOf(notBefore)},
      "lastError" = ${error}, "outcome" = ${status === 'dead' ? outcomeSeal(seals, post.key, 'dead') : null}
    WHERE ${mine(post)}`;
  return count > 0;
}

function mine({ id, attempt }: Post): Part {
  return part`"id" = ${id} AND "attempt" = ${attempt} AND "status" = 'claimed'`;
}

export async function stuckPosts(sql: Sql, take: number): Promise<readonly Post[]> {
  const rows = await sql.from(POST)`
    WHERE "status" IN ${among([...UNSENT, 'dead'])} ORDER BY "id" LIMIT ${take}`;
  return rows.map(postOf);
}

export async function failedPosts(sql: Sql, take: number): Promise<readonly Post[]> {
  const rows = await sql.from(POST)`
    WHERE "status" = 'dead' OR ("status" IN ${among(UNSENT)} AND "lastError" IS NOT NULL)
    ORDER BY "id" LIMIT ${take}`;
  return rows.map(postOf);
}

export function reviveDead(sql: Sql, at: Instant): Promise<number> {
  return sql.run`
    UPDATE "post" SET "status" = 'uncertain', "leaseUntil" = NULL, "notBefore" = ${dateOf(at)}, "lastError" = NULL,
      "outcome" = NULL
    WHERE "status" = 'dead'`;
}

/** What a process that is gone was sending is uncertain now. Only where no other process can be sending. */
export async function endLeases(sql: Sql): Promise<void> {
  await sql.run`UPDATE "post" SET "status" = 'uncertain', "leaseUntil" = NULL WHERE "status" = 'claimed'`;
}

/** What is no JSON nobody queued: it is told apart by its seal, and renders as nothing. */
function effectOf({ effect }: Row): Json {
  try {
    return JSON.parse(effect) as Json;
  } catch {
    return null;
  }
}

/** The status is the one the row was written with. */
function postOf(row: Row): Post {
  return {
    id: row.id,
    key: row.key,
    surface: row.surface,
    effect: effectOf(row),
    lane: row.lane,
    status: row.status as PostStatus,
    attempt: row.attempt,
    notBefore: instantOf(row.notBefore) as Instant,
    lastError: row.lastError,
    flaw: null,
  };
}
