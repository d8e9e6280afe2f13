/**
 * Erasures as a stream: a customer is forgotten and that it was done is recorded, in one transaction. Must not know: when a
 * customer may be forgotten, how keys are kept.
 */
import { type ErasureEvent, erasureEvent } from '../domain/erasure.js';
import type { Instant, SubjectId } from '../vocabulary/values.js';
import { eventsOf, fromEntry, STREAMS } from './entry.js';
import { type Kind, NO_STATE, type NoState, type Recorder } from './kind.js';
import { note } from './record.js';
import type { Tx } from './store.js';

export const erasures: Kind<NoState, ErasureEvent, never> = {
  name: 'erasure',
  streams: { only: STREAMS.erasures, empty: NO_STATE },
  events: eventsOf(erasureEvent),
  apply: () => NO_STATE,
  table: null,
  posts: () => [],
  clock: null,
};

/** Destroys the customer's data key. False: it was destroyed before, and nothing is recorded twice. */
export async function forget(
  recorder: Pick<Recorder, 'tx' | 'now' | 'actor'>,
  subjectId: SubjectId,
  because: Pick<ErasureEvent, 'case' | 'why'>,
): Promise<boolean> {
  const keyId = await recorder.tx.forgetSubject(subjectId);
  if (keyId === null) return false;
  const event: ErasureEvent = { type: 'customer_forgotten', subjectId, keyId, ...because };
  await note(recorder, erasures, STREAMS.erasures, event);
  return true;
}

export type Erasure = Pick<ErasureEvent, 'subjectId' | 'case' | 'why'> & { readonly at: Instant };

/** The erasures on record by the id of the destroyed key: a missing key that is not among them is damage. */
export async function erasedKeys(tx: Tx): Promise<ReadonlyMap<string, Erasure>> {
  const found = new Map<string, Erasure>();
  for (const entry of await tx.entries(STREAMS.erasures, { lock: false })) {
    const { keyId, subjectId, case: of, why } = fromEntry(erasures.events, entry);
    found.set(keyId, { subjectId, case: of, why, at: entry.at });
  }
  return found;
}
