/**
 * Forgetting a customer whom nothing holds back any more: their cases and disclosures say so, the key is destroyed and the
 * erasure is on record, in one transaction. Must not know: commands, wording, any one kind's events but the one that says it.
 */
import type { ForgottenWhy } from '../../domain/erasure.js';
import { civilDay, compareInstants, localTime } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { forget } from '../../record/erasures.js';
import type { Recorder } from '../../record/kind.js';
import { load } from '../../record/load.js';
import { record } from '../../record/record.js';
import type { SubjectId } from '../../vocabulary/values.js';
import { forgettingOf } from './customer.js';

/** Why the customer was forgotten; null: they were not. Their row is locked first, so that nothing begins meanwhile. */
export async function forgetIfDue(
  recorder: Recorder,
  active: Pack,
  subjectId: SubjectId,
): Promise<ForgottenWhy | null> {
  const { tx } = recorder;
  await tx.lockSubject(subjectId);
  const found = await forgettingOf({ ...recorder, active }, subjectId);
  if (found === null || found.held.length > 0) return null;
  if ((await tx.reference(subjectId)) === null) return null;
  const requests = await tx.requests({ subjectId, limit: ALL });
  const disclosures = await tx.disclosures({ subjectId, limit: ALL });
  for (const { ref } of [...requests, ...disclosures]) await tell(recorder, ref, found.why);
  await forget(recorder, subjectId, { case: found.case, why: found.why });
  return found.why;
}

const ALL = 100_000;

/** The stream says that what is sealed in it is gone; its cards are shown anew. */
async function tell(recorder: Recorder, ref: string, why: string): Promise<void> {
  const kind = recorder.kinds.of(ref);
  const loaded = kind === null ? null : await load(recorder.tx, kind, ref, { lock: true });
  if (kind === null || loaded === null) throw new Error(`${ref} has a row and no stream`);
  await record(recorder, kind, loaded, [{ type: 'customer_forgotten', why } as { readonly type: string }]);
}

/** Runs one transaction of the clock's. */
export type InClock = <T>(work: (recorder: Recorder) => Promise<T>) => Promise<T>;

/** The last day on which everybody was looked at. */
const LOOKED = 'forgotten-on';
const PAGE = 50;

/** Once a day, from the digest's hour on: everybody whose time has come. A customer who cannot be read holds up nobody else. */
async function forgetDue(
  run: InClock,
  active: Pack,
  now: Recorder['now'],
  failed: (error: unknown) => void,
): Promise<void> {
  const day = civilDay(now, active.zone);
  if (compareInstants(localTime(day, active.digest.at, active.zone), now) > 0) return;
  if ((await run(({ tx }) => tx.setting(LOOKED))) === day) return;
  for (let after = ''; ; ) {
    const from = after;
    const page = await run(({ tx }) => tx.rememberedSubjects(from, PAGE));
    const due = await run((recorder) => dueAmong(recorder, active, page, failed));
    for (const subjectId of due)
      await run((recorder) => forgetIfDue(recorder, active, subjectId)).catch(failed);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last;
  }
  await run(({ tx }) => tx.putSetting(LOOKED, day));
}

export const forgettingUnder =
  (active: Pack) =>
  (run: InClock, now: Recorder['now'], failed: (error: unknown) => void): Promise<void> =>
    forgetDue(run, active, now, failed);

async function dueAmong(
  recorder: Recorder,
  active: Pack,
  page: readonly SubjectId[],
  failed: (error: unknown) => void,
): Promise<readonly SubjectId[]> {
  const due: SubjectId[] = [];
  for (const subjectId of page)
    try {
      if ((await forgettingOf({ ...recorder, active }, subjectId))?.held.length === 0) due.push(subjectId);
    } catch (error) {
      failed(error);
    }
  return due;
}
