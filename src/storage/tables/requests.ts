/**
 * The reading side of cases. Must not know: how a row follows from its stream.
 */

import type { RequestFilter, RequestRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { RequestType, Status, SubjectId } from '../../vocabulary/values.js';
import { type Category, type Day, type Instant, type Person, STATUSES } from '../../vocabulary/values.js';
import { among, listOf as joined, literal, type Part, part, replacing, type Sql } from '../engine/sql.js';
import type { Request as Row } from '../generated/sqlite/client.js';
import { dateOf, instantOf, listOf, listText } from '../text.js';
import { REQUEST } from './columns.js';

type RequestTx = Pick<Tx, 'putRequest' | 'request' | 'requests' | 'dueRequests' | 'earliestDue'>;

const DEFAULT_LIMIT = 1000;
const PAGE = 200;
const OPEN: readonly Status[] = STATUSES.filter((status) => status !== 'closed');
const REPLACING = replacing(REQUEST, 'ref');

export function requestTx(sql: Sql): RequestTx {
  return {
    putRequest: async (request) => {
      await sql.insert(REQUEST, [rowOf(request)], REPLACING);
    },

    request: async (ref) => {
      const [row] = await sql.from(REQUEST)`WHERE "ref" = ${ref}`;
      return row === undefined ? null : requestOf(row);
    },

    // By pages: the event loop stands still while a page's rows are made, and turns between two of them.
    requests: async (filter) => {
      const limit = filter.limit ?? DEFAULT_LIMIT;
      if (filter.after !== undefined) {
        const where = joined([part`"ref" > ${filter.after}`, ...conditionsOf(filter)], ' AND ');
        return (await sql.from(REQUEST)`WHERE ${where} ORDER BY "ref" LIMIT ${limit}`).map(requestOf);
      }
      const order = literal(filter.latestFirst === true ? 'DESC' : 'ASC');
      const beyond = literal(filter.latestFirst === true ? '<' : '>');
      const found: RequestRow[] = [];
      for (;;) {
        const take = Math.min(PAGE, limit - found.length);
        const last = found.at(-1);
        // Compared as a pair, which is one step in the index.
        const paged = last === undefined ? [] : [part`("due", "ref") ${beyond} (${last.due}, ${last.ref})`];
        const where = joined([literal('1 = 1'), ...conditionsOf(filter), ...paged], ' AND ');
        const rows = await sql.from(REQUEST)`
          WHERE ${where} ORDER BY "due" ${order}, "ref" ${order} LIMIT ${take}`;
        found.push(...rows.map(requestOf));
        if (rows.length < take || found.length >= limit) return found;
      }
    },

    // A bare comparison, ordered by the index it reads: otherwise SQLite reads the whole table.
    dueRequests: async (now, take) => {
      const rows = await sql.from(REQUEST)`
        WHERE "nextDueAt" <= ${dateOf(now)} ORDER BY "nextDueAt", "ref" LIMIT ${take}`;
      return rows.map(requestOf);
    },

    earliestDue: async () => {
      const [row] = await sql.from(REQUEST)`
        WHERE "nextDueAt" IS NOT NULL ORDER BY "nextDueAt", "ref" LIMIT 1`;
      return row?.nextDueAt ? instantOf(row.nextDueAt) : null;
    },
  };
}

function conditionsOf(filter: RequestFilter): readonly Part[] {
  const { open, owner, subjectId, status, dueBy, retainedUntilBy, closedFrom } = filter;
  const conditions: Part[] = [];
  if (open !== undefined)
    conditions.push(open ? part`"status" IN ${among(OPEN)}` : part`"status" = ${'closed'}`);
  if (owner !== undefined)
    conditions.push(owner === null ? literal('"owner" IS NULL') : part`"owner" = ${owner}`);
  if (subjectId !== undefined) conditions.push(part`"subjectId" = ${subjectId}`);
  if (status !== undefined) conditions.push(part`"status" = ${status}`);
  if (dueBy !== undefined) conditions.push(part`"due" <= ${dueBy}`);
  if (retainedUntilBy !== undefined) conditions.push(part`"retainedUntil" <= ${retainedUntilBy}`);
  if (closedFrom !== undefined) conditions.push(part`"closedAt" >= ${closedFrom}`);
  return conditions;
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
