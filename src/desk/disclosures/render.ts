import { civilDay } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { peopleOf } from '../../record/people.js';
import type { Tx } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';
import type { Render } from '../tell/kinds.js';
import { decisionCard } from './cards/decision.js';
import { type DisclosureView, disclosureCard, isHidden, type Sight } from './cards/head.js';
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
  { disclosure, pack }: Pick<LoadedDisclosure, 'disclosure' | 'pack'>,
  sight: Sight,
): Promise<DisclosureView> {
  const named = disclosure.terms.evidence.consent;
  return {
    disclosure,
    pack,
    now,
    sight,
    cases: await frozenCases({ tx, packOf }, disclosure.subjectId),
    consent: named === null ? null : await loadConsent(tx, named),
  };
}

/** A disclosure's messages, made from its state at sending time. */
export const renderDisclosure: Render = async (means, effect) => {
  if (!('ref' in effect)) return null;
  if (effect.kind === 'file' || effect.kind === 'report' || effect.kind === 'table') return null;
  const loaded = await loadDisclosure(means, effect.ref, { lock: false });
  if (loaded === null) return null;
  const people = await peopleOf(means.tx, civilDay(means.now, loaded.pack.zone));
  switch (effect.kind) {
    case 'card':
      return { card: disclosureCard(await viewOf(means, loaded, 'card')) };
    case 'proposal': {
      const view = await viewOf(means, loaded, effect.officer === true ? 'all' : 'thread');
      const card = decisionCard(view, effect.number, people);
      // Nobody was asked to decide: no card of a decision is needed.
      const isAsked = card !== null && (card.actions.length > 0 || isHidden(view));
      return card && { card, onlyAnew: !isAsked };
    }
    case 'thread':
    case 'officer':
    case 'private': {
      const card = disclosureThreadCard(
        await viewOf(means, loaded, effect.kind === 'officer' ? 'all' : 'thread'),
        loaded.history,
        effect.seq,
        people,
      );
      return card && { card };
    }
    default:
      return effect satisfies never;
  }
};
