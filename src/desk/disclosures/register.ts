/**
 * The register of what went out, per customer or period (P-2.1, P-3.1e): gathered from rows and streams, for cards and
 * exports. Must not know: wording, who asks.
 */
import { type Disclosure, decisionOf } from '../../domain/disclosures/disclosure.js';
import { clauseOf } from '../../domain/disclosures/terms.js';
import type { RecipientTask } from '../../domain/requests/request.js';
import { compareInstants } from '../../policy/calendar.js';
import { replay } from '../../record/load.js';
import type { DisclosureRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import {
  type Day,
  type Instant,
  maskReference,
  type Person,
  type SubjectId,
} from '../../vocabulary/values.js';
import type { PlanContext } from '../front/plan.js';
import { requests } from '../requests/kind.js';
import { disclosureFrom } from './on-disclosure.js';

export type RegisterLine = {
  readonly ref: string;
  readonly subjectId: SubjectId;
  readonly customer: string;
  readonly sentDay: Day;
  readonly sentAt: Instant;
  readonly recipient: string;
  readonly categories: readonly string[];
  /** Null once the customer's key is destroyed. May hold the customer's reference: mask it. */
  readonly purpose: string | null;
  readonly basis: Disclosure['terms']['basis'];
  readonly clause: string;
  /** Who asked first. */
  readonly askedBy: Person | null;
  readonly decidedBy: string;
  readonly standing: number | null;
  readonly method: string | null;
  /** Subject-facing exports leave the line out until then. */
  readonly withhold: Day | null;
  /** The notices of results it led to: `PR-2026-0001: notified`. */
  readonly notices: readonly string[];
  readonly reference: string | null;
};

export type RegisterFilter = {
  readonly subjectId?: SubjectId;
  readonly from?: Day;
  readonly to?: Day;
  readonly limit?: number;
  /** As it was then; left out: as it is. */
  readonly asOf?: Instant;
};

/** Executed disclosures by day of sending, then number. */
export async function registerLines(
  context: Pick<PlanContext, 'tx' | 'packOf'>,
  filter: RegisterFilter,
): Promise<readonly RegisterLine[]> {
  const { subjectId, from, to, limit, asOf = null } = filter;
  const rows = await context.tx.disclosures({
    statuses: ['executed'],
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(from === undefined ? {} : { sentFrom: from }),
    ...(to === undefined ? {} : { sentTo: to }),
    ...(limit === undefined ? {} : { limit }),
  });
  const notices = new Map<SubjectId, readonly Notified[]>();
  const lines: RegisterLine[] = [];
  for (const row of rows) {
    const told = notices.get(row.subjectId) ?? (await notifiedIn(context.tx, row.subjectId, asOf));
    notices.set(row.subjectId, told);
    const line = await lineOf(context, row, told, asOf);
    if (line !== null) lines.push(line);
  }
  return lines.sort((one, other) => (one.sentDay < other.sentDay ? -1 : one.sentDay > other.sentDay ? 1 : 0));
}

type Notified = { readonly case: string; readonly task: RecipientTask };

async function notifiedIn(tx: Tx, subjectId: SubjectId, asOf: Instant | null): Promise<readonly Notified[]> {
  const found: Notified[] = [];
  for (const { ref } of await tx.requests({ subjectId })) {
    const loaded = replay(requests, ref, upTo(asOf, await tx.entries(ref, { lock: false })));
    const tasks = loaded?.state.recipients ?? [];
    found.push(...tasks.map((task) => ({ case: ref, task })));
  }
  return found;
}

/** What had happened by then. */
export function upTo<E extends { readonly at: Instant }>(
  asOf: Instant | null,
  entries: readonly E[],
): readonly E[] {
  return asOf === null ? entries : entries.filter(({ at }) => compareInstants(at, asOf) <= 0);
}

async function lineOf(
  context: Pick<PlanContext, 'tx' | 'packOf'>,
  row: DisclosureRow,
  told: readonly Notified[],
  asOf: Instant | null,
): Promise<RegisterLine | null> {
  const entries = upTo(asOf, await context.tx.entries(row.ref, { lock: false }));
  if (entries.length === 0) return null;
  const { disclosure, pack } = await disclosureFrom(context.packOf, entries);
  const decision = decisionOf(disclosure);
  if (decision === null || disclosure.phase.status !== 'executed') return null;
  const { terms } = disclosure;
  const { sent } = disclosure.phase;
  return {
    ref: row.ref,
    subjectId: row.subjectId,
    customer: disclosure.reference === null ? 'erased' : maskReference(disclosure.reference),
    sentDay: sent.day,
    sentAt: sent.at,
    recipient: terms.recipient,
    categories: decision.categories,
    purpose: terms.purpose,
    basis: terms.basis,
    clause: clauseOf(terms, pack),
    askedBy: disclosure.askers[0] ?? null,
    decidedBy: decision.by,
    standing: decision.standing,
    method: sent.method,
    withhold: terms.withhold,
    notices: told
      .filter(({ task }) => task.disclosures.includes(row.ref))
      .map((one) => `${one.case}: ${one.task.state}`),
    reference: disclosure.reference,
  };
}
