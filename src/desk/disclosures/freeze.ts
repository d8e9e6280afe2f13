/**
 * The reaction of a customer's disclosures and consents to a freeze that moved: what it looks at, and whose cards are shown
 * anew (domain.md section 4). Must not know: which command moved the freeze, wording.
 */

import type { Consent } from '../../domain/disclosures/consent.js';
import { freezeConsequences } from '../../domain/disclosures/consequences.js';
import { LIVE_STATUSES } from '../../domain/disclosures/disclosure.js';
import { freezeMoved } from '../../domain/disclosures/passing.js';
import type { RequestEvent } from '../../domain/requests/events.js';
import type { PrivacyRequest } from '../../domain/requests/request.js';
import type { Consequence, Reaction, Recorder } from '../../record/kind.js';
import { load } from '../../record/load.js';
import type { Tx } from '../../record/store.js';
import { consents } from './consents.js';
import { disclosures } from './kind.js';
import { frozenCases, type LoadedDisclosure, loadDisclosure } from './on-disclosure.js';
import { cardPosts } from './posts.js';

/** Looked at with every commit about a case, its customer locked. */
export const onFreezeMoved: Reaction<PrivacyRequest, RequestEvent> = {
  to: 'request',
  consequences: async (recorder, { before, after, stamped }) => {
    const events = stamped.map(({ event }) => event);
    if (!freezeMoved(before, after, events)) return [];
    const { now, actor, channels } = recorder;
    const live = await liveDisclosures(recorder, after);
    const customer = {
      consents: await consentsOf(recorder.tx, after, live),
      disclosures: live,
      cases: live.length === 0 ? [] : await frozenCases(recorder, after.subjectId),
    };
    const found = freezeConsequences({ after, now, actor }, customer);
    return [
      ...found.consents.map(({ consent, events: more }): Consequence => {
        const on = { stream: consent.ref, state: consent, version: consent.version, history: [] };
        return { kind: consents, on, events: more, posts: [] };
      }),
      ...found.disclosures.map(({ disclosure, events: more }): Consequence => {
        const on = { stream: disclosure.ref, state: disclosure, version: disclosure.version, history: [] };
        // What the freeze says stands on the card, whatever it changes.
        const posts = cardPosts(disclosure, `${after.ref}-${after.version}`, channels).flat();
        return { kind: disclosures, on, events: more, posts };
      }),
    ];
  },
};

async function liveDisclosures(
  recorder: Recorder,
  { subjectId }: PrivacyRequest,
): Promise<readonly LoadedDisclosure[]> {
  const found: LoadedDisclosure[] = [];
  for (const { ref } of await recorder.tx.disclosures({ subjectId, statuses: LIVE_STATUSES })) {
    const loaded = await loadDisclosure(recorder, ref);
    if (loaded !== null) found.push(loaded);
  }
  return found;
}

/** Those the case withdraws, those it withdrew (one recorded later, too), and those the disclosures rely on. */
async function consentsOf(
  tx: Tx,
  { type, subjectId, withdraws }: PrivacyRequest,
  live: readonly LoadedDisclosure[],
): Promise<ReadonlyMap<string, Consent>> {
  const named = live.map(({ disclosure }) => disclosure.terms.evidence.consent);
  const rows = type === 'consent_withdrawal' ? await tx.consents(subjectId) : [];
  const withdrawn = rows.filter((row) => row.live.length < row.categories.length).map(({ ref }) => ref);
  const found = new Map<string, Consent>();
  for (const ref of new Set([...withdraws, ...withdrawn, ...named.filter((one) => one !== null)])) {
    const loaded = await load(tx, consents, ref, { lock: false });
    if (loaded !== null) found.set(ref, loaded.state);
  }
  return found;
}
