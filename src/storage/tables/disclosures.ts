/**
 * The reading side of disclosures, consents and standing approvals. Must not know: how a row follows from its stream.
 */

import type { DisclosureStatus } from '../../domain/disclosures/disclosure.js';
import type { ConsentRow, DisclosureFilter, DisclosureRow, StandingRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { Category, Day, Instant, LegalBasis, Person, SubjectId } from '../../vocabulary/values.js';
import type { Db } from '../engine/dialect.js';
import { among, listOf as joined, literal, type Part, part, replacing, type Sql } from '../engine/sql.js';
import type {
  Consent as ConsentRecord,
  Disclosure as Row,
  Standing as StandingRecord,
} from '../generated/sqlite/client.js';
import { dateOf, instantOf, listOf, listText } from '../text.js';
import { DISCLOSURE } from './columns.js';

type DisclosureTx = Pick<
  Tx,
  | 'putDisclosure'
  | 'disclosure'
  | 'disclosures'
  | 'dueDisclosures'
  | 'earliestDisclosureDue'
  | 'putConsent'
  | 'consent'
  | 'consents'
  | 'putStanding'
  | 'standings'
>;

const DEFAULT_LIMIT = 1000;

const REPLACING = replacing(DISCLOSURE, 'ref');

export function disclosureTx(db: Db, sql: Sql): DisclosureTx {
  return {
    putDisclosure: async (disclosure) => {
      await sql.insert(DISCLOSURE, [rowOf(disclosure)], REPLACING);
    },

    disclosure: async (ref) => {
      const [row] = await sql.from(DISCLOSURE)`WHERE "ref" = ${ref}`;
      return row === undefined ? null : disclosureOf(row);
    },

    disclosures: async (filter) => {
      const order = literal(filter.latestFirst === true ? 'DESC' : 'ASC');
      const where = joined([literal('1 = 1'), ...conditionsOf(filter)], ' AND ');
      const rows = await sql.from(DISCLOSURE)`
        WHERE ${where} ORDER BY "ref" ${order} LIMIT ${filter.limit ?? DEFAULT_LIMIT}`;
      return rows.map(disclosureOf);
    },

    // A bare comparison, ordered by the index it reads: otherwise SQLite reads the whole table.
    dueDisclosures: async (now, take) => {
      const rows = await sql.from(DISCLOSURE)`
        WHERE "nextDueAt" <= ${dateOf(now)} ORDER BY "nextDueAt", "ref" LIMIT ${take}`;
      return rows.map(disclosureOf);
    },

    earliestDisclosureDue: async () => {
      const [row] = await sql.from(DISCLOSURE)`
        WHERE "nextDueAt" IS NOT NULL ORDER BY "nextDueAt", "ref" LIMIT 1`;
      return row?.nextDueAt ? instantOf(row.nextDueAt) : null;
    },

    putConsent: async ({ categories, live, ...same }) => {
      const row = { ...same, categories: listText(categories), live: listText(live) };
      await db.consent.upsert({ where: { ref: row.ref }, create: row, update: row });
    },

    consent: async (ref) => {
      const row = await db.consent.findUnique({ where: { ref } });
      return row === null ? null : consentOf(row);
    },

    consents: async (subjectId) => {
      const where = subjectId === null ? {} : { subjectId };
      const rows = await db.consent.findMany({ where, orderBy: { ref: 'asc' } });
      return rows.map(consentOf);
    },

    putStanding: async ({ number, recipient, template, categories, from, until, by }) => {
      const row = {
        number,
        recipient,
        template,
        categories: listText(categories),
        fromDay: from,
        untilDay: until,
        givenBy: by,
      };
      await db.standing.upsert({ where: { number }, create: row, update: row });
    },

    standings: async (day) => {
      const where = day === null ? {} : { fromDay: { lte: day }, untilDay: { gte: day } };
      const rows = await db.standing.findMany({ where, orderBy: { number: 'asc' } });
      return rows.map(standingOf);
    },
  };
}

function conditionsOf(filter: DisclosureFilter): readonly Part[] {
  const { subjectId, statuses, offered, sentFrom, sentTo, withheldUntil, after, latestFirst } = filter;
  const conditions: Part[] = [];
  if (subjectId !== undefined) conditions.push(part`"subjectId" = ${subjectId}`);
  if (statuses !== undefined)
    conditions.push(statuses.length === 0 ? literal('1 = 0') : part`"status" IN ${among(statuses)}`);
  if (offered !== undefined) conditions.push(part`"offered" = ${offered}`);
  if (sentFrom !== undefined) conditions.push(part`"sentDay" >= ${sentFrom}`);
  if (sentTo !== undefined) conditions.push(part`"sentDay" <= ${sentTo}`);
  if (withheldUntil !== undefined) conditions.push(part`"withhold" = ${withheldUntil}`);
  if (after !== undefined)
    conditions.push(latestFirst === true ? part`"ref" < ${after}` : part`"ref" > ${after}`);
  return conditions;
}

function rowOf(disclosure: DisclosureRow): Row {
  return {
    ...disclosure,
    categories: listText(disclosure.categories),
    nextDueAt: disclosure.nextDueAt === null ? null : dateOf(disclosure.nextDueAt),
  };
}

/** The brands and closed words are those the row was written with. */
function disclosureOf(row: Row): DisclosureRow {
  return {
    ...row,
    subjectId: row.subjectId as SubjectId,
    status: row.status as DisclosureStatus,
    basis: row.basis as LegalBasis,
    categories: listOf<Category>(row.categories),
    requestedBy: row.requestedBy as Person | null,
    requestedAt: row.requestedAt as Instant,
    askedAt: row.askedAt as Instant,
    decidedBy: row.decidedBy as Person | null,
    decidedAt: row.decidedAt as Instant | null,
    sentAt: row.sentAt as Instant | null,
    sentDay: row.sentDay as Day | null,
    withhold: row.withhold as Day | null,
    nextDueAt: row.nextDueAt === null ? null : instantOf(row.nextDueAt),
  };
}

function consentOf(row: ConsentRecord): ConsentRow {
  return {
    ...row,
    subjectId: row.subjectId as SubjectId,
    categories: listOf<Category>(row.categories),
    live: listOf<Category>(row.live),
    grantedAt: row.grantedAt as Instant,
    recordedAt: row.recordedAt as Instant,
  };
}

function standingOf(row: StandingRecord): StandingRow {
  return {
    number: row.number,
    recipient: row.recipient,
    template: row.template,
    categories: listOf<Category>(row.categories),
    from: row.fromDay as Day,
    until: row.untilDay as Day,
    by: row.givenBy as Person,
  };
}
