/**
 * The reading side of cases. Must not know: how a row follows from its stream.
 */

import type { RequestFilter, RequestRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { RequestType, Status, SubjectId } from '../../vocabulary/values.js';
import { type Category, type Day, type Instant, type Person, STATUSES } from '../../vocabulary/values.js';
import type { Db } from '../engine/dialect.js';
import type { Prisma, Request as Row } from '../generated/sqlite/client.js';
import { dateOf, instantOf, listOf, listText } from '../text.js';

type RequestTx = Pick<Tx, 'putRequest' | 'request' | 'requests' | 'dueRequests' | 'earliestDue'>;

const DEFAULT_LIMIT = 1000;
const PAGE = 200;
const OPEN: readonly Status[] = STATUSES.filter((status) => status !== 'closed');

export function requestTx(db: Db): RequestTx {
  return {
    putRequest: async (request) => {
      const row = rowOf(request);
      await db.request.upsert({ where: { ref: row.ref }, create: row, update: row });
    },

    request: async (ref) => {
      const row = await db.request.findUnique({ where: { ref } });
      return row === null ? null : requestOf(row);
    },

    // By pages: the event loop stands still while a page's rows are made, and turns between two of them.
    requests: async (filter) => {
      const limit = filter.limit ?? DEFAULT_LIMIT;
      if (filter.after !== undefined) {
        const where = { AND: [whereOf(filter), { ref: { gt: filter.after } }] };
        return (await db.request.findMany({ where, orderBy: { ref: 'asc' }, take: limit })).map(requestOf);
      }
      const order = filter.latestFirst === true ? 'desc' : 'asc';
      const found: RequestRow[] = [];
      for (;;) {
        const take = Math.min(PAGE, limit - found.length);
        const rows = await db.request.findMany({
          where: { AND: [whereOf(filter), behind(found.at(-1), order)] },
          orderBy: [{ due: order }, { ref: order }],
          take,
        });
        found.push(...rows.map(requestOf));
        if (rows.length < take || found.length >= limit) return found;
      }
    },

    // A bare comparison, ordered by the index it reads: otherwise SQLite reads the whole table.
    dueRequests: async (now, take) => {
      const rows = await db.request.findMany({
        where: { nextDueAt: { lte: dateOf(now) } },
        orderBy: [{ nextDueAt: 'asc' }, { ref: 'asc' }],
        take,
      });
      return rows.map(requestOf);
    },

    earliestDue: async () => {
      const row = await db.request.findFirst({
        where: { nextDueAt: { not: null } },
        orderBy: [{ nextDueAt: 'asc' }, { ref: 'asc' }],
        select: { nextDueAt: true },
      });
      return row?.nextDueAt ? instantOf(row.nextDueAt) : null;
    },
  };
}

/** What comes after a row in the order of `requests`. */
function behind(last: RequestRow | undefined, order: 'asc' | 'desc'): Prisma.RequestWhereInput {
  if (last === undefined) return {};
  const { due, ref } = last;
  const [laterDue, laterRef] = order === 'asc' ? [{ gt: due }, { gt: ref }] : [{ lt: due }, { lt: ref }];
  return { OR: [{ due: laterDue }, { due, ref: laterRef }] };
}

function whereOf(filter: RequestFilter): Prisma.RequestWhereInput {
  const { open, owner, subjectId, status, dueBy, retainedUntilBy } = filter;
  const conditions: Prisma.RequestWhereInput[] = [];
  if (open !== undefined) conditions.push({ status: open ? { in: [...OPEN] } : 'closed' });
  if (owner !== undefined) conditions.push({ owner });
  if (subjectId !== undefined) conditions.push({ subjectId });
  if (status !== undefined) conditions.push({ status });
  if (dueBy !== undefined) conditions.push({ due: { lte: dueBy } });
  if (retainedUntilBy !== undefined) conditions.push({ retainedUntil: { lte: retainedUntilBy } });
  return { AND: conditions };
}

function rowOf(request: RequestRow): Row {
  return {
    ...request,
    scope: listText(request.scope),
    nextDueAt: request.nextDueAt === null ? null : dateOf(request.nextDueAt),
  };
}

/** The brands and closed words are those the row was written with. */
function requestOf(row: Row): RequestRow {
  return {
    ...row,
    subjectId: row.subjectId as SubjectId,
    type: row.type as RequestType,
    status: row.status as Status,
    owner: row.owner as Person | null,
    scope: listOf<Category>(row.scope),
    loggedAt: row.loggedAt as Instant,
    receivedAt: row.receivedAt as Instant,
    receiptDay: row.receiptDay as Day,
    due: row.due as Day,
    target: row.target as Day,
    ackDue: row.ackDue as Day,
    nextDueAt: row.nextDueAt === null ? null : instantOf(row.nextDueAt),
    retainedUntil: row.retainedUntil as Day | null,
    closedAt: row.closedAt as Instant | null,
  };
}
