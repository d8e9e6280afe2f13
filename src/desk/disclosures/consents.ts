/** Consents as a kind of stream, and reading one. Must not know: commands, wording. */
import {
  applyConsent,
  type Consent,
  type ConsentEvent,
  consentEvent,
  consentFrom,
  liveCategories,
} from '../../domain/disclosures/consent.js';
import { eventsOf } from '../../record/entry.js';
import type { Kind, Numbered } from '../../record/kind.js';
import { load } from '../../record/load.js';
import type { ConsentRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';

type Consents = Kind<Consent, ConsentEvent, ConsentRow> & {
  readonly streams: Numbered<Consent, ConsentEvent>;
};

export const consents: Consents = {
  name: 'consent',
  streams: { prefix: 'CO', begin: (first) => consentFrom([first]) },
  events: eventsOf(consentEvent),
  apply: applyConsent,
  table: {
    keyOf: ({ ref }) => ref,
    rowsOf: async (consent) => [consentRowOf(consent)],
    put: (tx, row) => tx.putConsent(row),
    stored: (tx, ref) => tx.consent(ref),
    some: async (tx, limit) => (await tx.consents(null)).slice(0, limit),
    subjectOf: ({ subjectId }) => subjectId,
  },
  posts: () => [],
  clock: null,
};

function consentRowOf(consent: Consent): ConsentRow {
  return {
    ref: consent.ref,
    subjectId: consent.subjectId,
    recipient: consent.recipient,
    categories: consent.categories,
    live: liveCategories(consent),
    grantedAt: consent.grantedAt,
    recordedAt: consent.recordedAt,
    version: consent.version,
  };
}

export async function loadConsent(tx: Tx, ref: string): Promise<Consent | null> {
  return (await load(tx, consents, ref, { lock: false }))?.state ?? null;
}
