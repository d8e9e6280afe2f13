import type { Card } from '../../chat/card.js';
import type { Pack } from '../../policy/schema.js';
import type { Tx } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';
import type { CaseEffect } from '../tell/effects.js';
import { decisionCard } from './cards/decision.js';
import { type DisclosureView, disclosureCard } from './cards/head.js';
import { disclosureThreadCard } from './cards/told.js';
import { frozenCases, type LoadedDisclosure, loadConsent, loadDisclosure } from './on-disclosure.js';

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
