/**
 * Disclosures as a kind of stream: their events, the row of the reading side, what is posted, what time does to them.
 * Must not know: commands, wording.
 */
import { categoriesOf, type Disclosure, decisionOf } from '../../domain/disclosures/disclosure.js';
import { type DisclosureEvent, disclosureEvent } from '../../domain/disclosures/events.js';
import { decideTick, nextTickAt } from '../../domain/disclosures/passing.js';
import { applyDisclosure, disclosureFrom } from '../../domain/disclosures/replay.js';
import type { Pack } from '../../policy/schema.js';
import { eventsOf } from '../../record/entry.js';
import type { Kind, Numbered } from '../../record/kind.js';
import type { DisclosureRow } from '../../record/rows.js';
import { disclosurePosts } from './posts.js';

type Disclosures = Kind<Disclosure, DisclosureEvent, DisclosureRow> & {
  readonly streams: Numbered<Disclosure, DisclosureEvent>;
};

export const disclosures: Disclosures = {
  name: 'disclosure',
  streams: { prefix: 'DR', begin: (first) => disclosureFrom([first]) },
  events: eventsOf(disclosureEvent),
  apply: applyDisclosure,
  table: {
    keyOf: ({ ref }) => ref,
    rowsOf: async (disclosure, packOf) => [disclosureRowOf(disclosure, await packOf(disclosure.pack.hash))],
    put: (tx, row) => tx.putDisclosure(row),
    stored: (tx, ref) => tx.disclosure(ref),
    some: (tx, limit) => tx.disclosures({ limit }),
    subjectOf: ({ subjectId }) => subjectId,
  },
  posts: disclosurePosts,
  clock: {
    due: async (tx, now, take) => (await tx.dueDisclosures(now, take)).map(({ ref }) => ref),
    earliest: (tx) => tx.earliestDisclosureDue(),
    live: async (tx, after, limit) =>
      (await tx.disclosures({ statuses: ['requested'], after, limit })).map(({ ref }) => ref),
    tick: async (disclosure, now, packOf) => decideTick(disclosure, await packOf(disclosure.pack.hash), now),
  },
};

function disclosureRowOf(disclosure: Disclosure, pack: Pack): DisclosureRow {
  const { phase, terms, asked } = disclosure;
  const decision = decisionOf(disclosure);
  const sent = phase.status === 'executed' ? phase.sent : null;
  return {
    ref: disclosure.ref,
    subjectId: disclosure.subjectId,
    status: phase.status,
    offered: phase.status === 'blocked' && phase.offered,
    basis: terms.basis,
    recipient: terms.recipient,
    categories: categoriesOf(disclosure),
    consent: terms.evidence.consent,
    template: terms.evidence.template,
    requestedBy: disclosure.askers[0] ?? null,
    requestedAt: disclosure.requestedAt,
    askedAt: asked.at,
    decidedBy: decision?.by ?? (phase.status === 'denied' ? phase.by.person : null),
    decidedAt: decision?.at ?? (phase.status === 'denied' ? phase.at : null),
    sentAt: sent?.at ?? null,
    sentDay: sent?.day ?? null,
    withhold: terms.withhold,
    nextDueAt: nextTickAt(disclosure, pack),
    pack: disclosure.pack.name,
    packHash: disclosure.pack.hash,
    version: disclosure.version,
  };
}
