/**
 * From an effect about a disclosure to its card, made from the state at sending time.
 * Must not know: any platform; when it is sent; how a thread is found (it is told).
 */
import type { Instant } from '../domain/values.js';
import type { Pack } from '../policy/schema.js';
import { type DisclosureView, disclosureCard } from './cards/disclosure-card.js';
import { decisionCard } from './cards/disclosure-decision-card.js';
import { disclosureThreadCard } from './cards/disclosure-thread-card.js';
import { frozenCases, type LoadedDisclosure, loadConsent, loadDisclosure } from './disclosurework.js';
import type { CaseEffect } from './effects.js';
import type { Tx } from './store.js';
import type { Card } from './surface.js';

type Reading = {
  readonly tx: Tx;
  readonly packOf: (hash: string) => Promise<Pack>;
  readonly now: Instant;
};

/** A disclosure with what its cards show beside it. */
export async function viewOf(
  { tx, packOf, now }: Reading,
  { disclosure, pack }: LoadedDisclosure,
): Promise<DisclosureView> {
  const named = disclosure.terms.evidence.consent;
  return {
    disclosure,
    pack,
    now,
    cases: await frozenCases({ tx, packOf }, disclosure.subjectId),
    consent: named === null ? null : await loadConsent(tx, named),
  };
}

/** The card and the slot it is remembered under (null: never edited); null: there is nothing to say. */
export async function renderDisclosure(
  reading: Reading,
  effect: CaseEffect,
): Promise<{ readonly card: Card; readonly slot: string | null } | null> {
  const loaded = await loadDisclosure(reading, effect.ref, { lock: false });
  if (loaded === null) return null;
  const { tx } = reading;
  switch (effect.kind) {
    case 'card':
      return { card: disclosureCard(await viewOf(reading, loaded)), slot: `card:${effect.ref}` };
    case 'proposal': {
      const made = decisionCard(await viewOf(reading, loaded), effect.number, await tx.staff());
      return made && { card: made, slot: `proposal:${effect.ref}:${effect.number}` };
    }
    case 'thread':
    case 'officer':
    case 'private': {
      const made = disclosureThreadCard(loaded.history, effect.seq, loaded.pack, await tx.staff());
      return made && { card: made, slot: null };
    }
    default:
      return effect satisfies never;
  }
}
