/**
 * Putting a look-up on record, in the transaction that answers it. Must not know: what is answered, wording.
 */
import { type LookedUpBy, type Lookup, lookup } from '../../domain/lookups.js';
import { lookupsAnHour } from '../../policy/retention.js';
import { STREAMS } from '../../record/entry.js';
import { NO_STATE } from '../../record/kind.js';
import { stampedOf } from '../../record/load.js';
import { record } from '../../record/record.js';
import type { Tx } from '../../record/store.js';
import type { PlanContext } from '../front/plan.js';
import { lookups } from './kind.js';

/** Entries looked through for those of the last hour: more than a desk's people look up in one. */
const LAST = 2000;

/** By reference: of one that is nobody's too, since the answer "nobody" tells as much. */
export async function lookedUp(context: PlanContext, by: LookedUpBy, reference: string): Promise<void> {
  const { tx, today, actor } = context;
  const known = await tx.findSubject(reference);
  const customer = known ?? (await tx.markOf(reference, `${actor.person}|${today}`));
  await put(context, { by, customer, known: known !== null });
}

/** By what is on record of the customer: a case, a disclosure, a consent. */
export async function lookedUpOf(context: PlanContext, by: LookedUpBy, ref: string): Promise<void> {
  const table = context.kinds.of(ref)?.table;
  const row = (await table?.stored(context.tx, ref)) ?? null;
  const customer = row === null ? null : (table?.subjectOf(row) ?? null);
  if (customer !== null) await put(context, { by, customer, known: true });
}

async function put(context: PlanContext, asked: Parameters<typeof lookup>[3]): Promise<void> {
  const { tx, now, actor, active } = context;
  const version = await tx.headSeq(STREAMS.lookups, { lock: true });
  const event = lookup(await lastOf(tx, version), now, actor.person, asked, lookupsAnHour(active.pack));
  if (event === null) return;
  await record(context, lookups, { stream: STREAMS.lookups, state: NO_STATE, version }, [event]);
}

async function lastOf(tx: Tx, version: number): Promise<readonly Lookup[]> {
  const after = { stream: STREAMS.lookups, seq: Math.max(0, version - LAST) };
  const entries = await tx.rawEntries({ after, take: Math.min(LAST, version) });
  return entries
    .filter(({ stream }) => stream === STREAMS.lookups)
    .map((entry) => {
      const { at, actor, event } = stampedOf(lookups, { ...entry, personal: null });
      return { at, person: actor.person, event };
    });
}
