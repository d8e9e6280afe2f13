import { civilDay } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { peopleOf } from '../../record/people.js';
import type { Tx } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';
import type { Render } from '../tell/kinds.js';
import { decisionCard } from './cards/decision.js';
import { type DisclosureView, disclosureCard } from './cards/head.js';
import { disclosureThreadCard } from './cards/told.js';
import { loadConsent } from './consents.js';
import { frozenCases, type LoadedDisclosure, loadDisclosure } from './on-disclosure.js';

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

/** A disclosure's messages, made from its state at sending time. */
export const renderDisclosure: Render = async (means, effect) => {
  if (effect.kind === 'digest' || effect.kind === 'file' || effect.kind === 'report') return null;
  const loaded = await loadDisclosure(means, effect.ref, { lock: false });
  if (loaded === null) return null;
  const people = await peopleOf(means.tx, civilDay(means.now, loaded.pack.zone));
  switch (effect.kind) {
    case 'card':
      return { card: disclosureCard(await viewOf(means, loaded)) };
    case 'proposal': {
      const card = decisionCard(await viewOf(means, loaded), effect.number, people);
      // Nobody was asked to decide: no card of a decision is needed.
      return card && { card, onlyAnew: card.actions.length === 0 };
    }
    case 'thread':
    case 'officer':
    case 'private': {
      const card = disclosureThreadCard(loaded.history, effect.seq, loaded.pack, people);
      return card && { card };
    }
    default:
      return effect satisfies never;
  }
};
