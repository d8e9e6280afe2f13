/**
 * What a case's freeze does to the customer's disclosures and consents, in the transaction that changed it: approved ones
 * are void, asked ones blocked, consents withdrawn; and the other way round when it lifts (domain.md section 4).
 * Must not know: which command changed the freeze, wording.
 */
import type { Consent, ConsentEvent } from '../../domain/disclosures/consent.js';
import { applyConsent } from '../../domain/disclosures/consent.js';
import { LIVE_STATUSES } from '../../domain/disclosures/disclosure.js';
import { decideReassess, decideWithdrawal, freezeMoved } from '../../domain/disclosures/passing.js';
import type { RequestEvent } from '../../domain/requests/events.js';
import type { PrivacyRequest } from '../../domain/requests/request.js';
import { toEntry } from '../../record/entry.js';
import type { Recorder } from '../../record/recorder.js';
import type { Tx } from '../../record/store.js';
import type { Category, SubjectId } from '../../vocabulary/values.js';
import { consentOf, consentRowOf } from './kind.js';
import { frozenCases, loadConsent, loadDisclosure, recordDisclosure } from './on-disclosure.js';
import { cardPosts } from './posts.js';

/** The consents a withdrawal of this scope is about, withdrawn already or not: each case counts for itself. */
export async function consentsWithdrawn(
  tx: Tx,
  subjectId: SubjectId,
  scope: readonly Category[],
): Promise<readonly string[]> {
  const rows = await tx.consents(subjectId);
  return rows.filter(({ categories }) => categories.some((one) => scope.includes(one))).map(({ ref }) => ref);
}

/** Called with every commit about a case, its customer locked; does nothing unless the freeze moved. */
export async function settleFreeze(
  recorder: Recorder,
  before: PrivacyRequest | null,
  after: PrivacyRequest,
  events: readonly RequestEvent[],
): Promise<void> {
  if (!freezeMoved(before, after, events)) return;
  await settleConsents(recorder, before, after);
  await settleDisclosures(recorder, after);
}

async function settleConsents(
  recorder: Recorder,
  before: PrivacyRequest | null,
  after: PrivacyRequest,
): Promise<void> {
  for (const ref of after.withdraws) {
    const consent = await loadConsent(recorder.tx, ref);
    if (consent === null) continue;
    for (const event of decideWithdrawal(consent, before, after))
      await recordConsent(recorder, consent, event);
  }
}

async function recordConsent(
  { tx, now, actor }: Pick<Recorder, 'tx' | 'now' | 'actor'>,
  consent: Consent,
  event: ConsentEvent,
): Promise<void> {
  const [entry] = await tx.append(
    consent.ref,
    consent.version,
    [toEntry(event, now, actor)],
    consent.subjectId,
  );
  const seq = entry?.seq ?? consent.version + 1;
  await tx.putConsent(consentRowOf(applyConsent(consent, { seq, at: now, actor, event })));
}

/** A consent's first entry. */
export async function openConsent(
  { tx, now, actor }: Pick<Recorder, 'tx' | 'now' | 'actor'>,
  ref: string,
  subjectId: SubjectId,
  event: ConsentEvent,
): Promise<Consent> {
  await tx.append(ref, 0, [toEntry(event, now, actor)], subjectId);
  const consent = consentOf(await tx.entries(ref, { lock: false }));
  await tx.putConsent(consentRowOf(consent));
  return consent;
}

async function settleDisclosures(recorder: Recorder, request: PrivacyRequest): Promise<void> {
  const { tx, now, packOf, channels } = recorder;
  const { subjectId } = request;
  const rows = await tx.disclosures({ subjectId, statuses: LIVE_STATUSES });
  if (rows.length === 0) return;
  const cases = await frozenCases({ tx, packOf }, subjectId);
  for (const { ref } of rows) {
    const loaded = await loadDisclosure({ tx, packOf }, ref);
    if (loaded === null) continue;
    const { disclosure, pack } = loaded;
    const named = disclosure.terms.evidence.consent;
    const consent = named === null ? null : await loadConsent(tx, named);
    const events = decideReassess(disclosure, { now, pack, cases, consent });
    if (events.length > 0) await recordDisclosure(recorder, { disclosure, ref, subjectId, pack }, events);
    // What the freeze says stands on the card, whatever it changes.
    else
      for (const post of cardPosts(disclosure, `${request.ref}-${request.version}`, channels).flat())
        await tx.enqueue(post, now);
  }
}
