/**
 * What the desk has on record of a customer, as far as it decides when they may be forgotten. From the rows alone, but for when
 * an erasure was carried out. Must not know: commands, wording.
 */
import {
  type CustomerRecord,
  erasesAll,
  type Forgetting,
  forgetting,
  type KeptCase,
} from '../../domain/forgetting.js';
import type { FreezeState } from '../../domain/requests/events.js';
import type { PrivacyRequest } from '../../domain/requests/request.js';
import { civilDay } from '../../policy/calendar.js';
import { disclosureEnds, erasureEnds, recordEnds } from '../../policy/retention.js';
import type { Pack } from '../../policy/schema.js';
import { rawStream } from '../../record/audit-checkpoints.js';
import type { Recorder } from '../../record/kind.js';
import type { DisclosureRow, RequestRow } from '../../record/rows.js';
import type { SubjectId } from '../../vocabulary/values.js';

/** `active`: the pack in force, for what pins none. */
export type Looking = Pick<Recorder, 'tx' | 'now' | 'packOf'> & { readonly active: Pack };

/** Null: nothing is on record of this customer. */
export async function forgettingOf(looking: Looking, subjectId: SubjectId): Promise<Forgetting | null> {
  const { now, active } = looking;
  return forgetting(await customerRecord(looking, subjectId), civilDay(now, active.zone));
}

/** What a case's card says of it; null while it is open, or after the customer was forgotten: then nothing is asked. */
export async function forgettingOn(
  looking: Looking,
  request: Pick<PrivacyRequest, 'subjectId' | 'phase' | 'forgotten'>,
): Promise<Forgetting | null> {
  const asks = request.phase.status === 'closed' && request.forgotten === null;
  return asks ? forgettingOf(looking, request.subjectId) : null;
}

const ALL = 100_000;

async function customerRecord(looking: Looking, subjectId: SubjectId): Promise<CustomerRecord> {
  const { tx, packOf, active } = looking;
  const requests = await tx.requests({ subjectId, limit: ALL });
  const disclosures = await tx.disclosures({ subjectId, limit: ALL });
  const consents = await tx.consents(subjectId);
  const cases: KeptCase[] = [];
  for (const row of requests) cases.push(await keptCase(looking, row, consents.length > 0));
  const kept: CustomerRecord['disclosures'][number][] = [];
  for (const row of disclosures) kept.push(keptDisclosure(row, await packOf(row.packHash)));
  return {
    cases,
    disclosures: kept,
    consents: consents.map(({ ref, live, grantedAt, recordedAt }) => ({
      ref,
      live: live.length > 0,
      grantedAt,
      recordEnds: recordEnds(active, civilDay(recordedAt, active.zone)),
    })),
  };
}

async function keptCase({ tx, packOf }: Looking, row: RequestRow, dated: boolean): Promise<KeptCase> {
  const pack = await packOf(row.packHash);
  const { ref, loggedAt, retainedUntil, closedAt } = row;
  const closed = closedAt === null ? null : closing(row, closedAt, pack);
  const completed =
    dated && closed?.erased === true
      ? (await rawStream(tx, ref)).findLast(({ type }) => type === 'completed')
      : undefined;
  return {
    ref,
    loggedAt,
    closed,
    completedAt: completed?.at ?? null,
    // The column holds what a request's freeze can be.
    freeze: row.freeze as FreezeState,
    retainedUntil,
  };
}

function closing(row: RequestRow, at: NonNullable<RequestRow['closedAt']>, pack: Pack): KeptCase['closed'] {
  const day = civilDay(at, pack.zone);
  // A withdrawal too, where the pack says that it erases.
  const erases = pack.requests[row.type].freeze.after === 'erased' && erasesAll(row.scope);
  const nothingLeft = row.freeze === 'erased' || row.outcome === 'no_data_held';
  return {
    at,
    erased: erases && nothingLeft,
    erasureEnds: erasureEnds(pack, day),
    recordEnds: recordEnds(pack, day),
  };
}

function keptDisclosure(row: DisclosureRow, pack: Pack): CustomerRecord['disclosures'][number] {
  const { ref, status, offered, basis, sentDay, askedAt, withhold } = row;
  return {
    ref,
    live: status === 'requested' || status === 'approved' || (status === 'blocked' && offered),
    byLaw: basis === 'required_by_law',
    sent: sentDay !== null,
    recordEnds: disclosureEnds(pack, basis, sentDay ?? civilDay(askedAt, pack.zone)),
    withhold,
  };
}
