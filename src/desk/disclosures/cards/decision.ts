import { type Block, button, type Card, card, text } from '../../../chat/card.js';
import type { Disclosure } from '../../../domain/disclosures/disclosure.js';
import { freezeOn } from '../../../domain/disclosures/terms.js';
import { BUTTONS, DECISION, decidedWords, whoWhen } from '../../../language/en/disclosure-cards.js';
import { NOBODY_DECIDES, personWords } from '../../../language/en/people.js';
import type { Pack } from '../../../policy/schema.js';
import type { People } from '../../../record/people.js';
import { decidersFor } from '../../front/roles.js';
import {
  basisOf,
  type DisclosureView,
  factsBlock,
  isHidden,
  masked,
  maskedSubject,
  nextStep,
} from './head.js';

/** The card of that round; null when there never was one. `staff`: whom to ask. */
export function decisionCard(view: DisclosureView, round: number, people: People): Card | null {
  const { disclosure } = view;
  if (round > disclosure.round || round < 1) return null;
  if (round < disclosure.round) return olderCard(disclosure, round, view.pack);
  const { phase, ref } = disclosure;
  const { zone } = view.pack;
  // Refused before anybody was asked: its head card says all there is.
  const body = factsBlock(view);
  const basis = basisOf(disclosure, view.pack);
  const end = (state: Parameters<typeof DECISION.title>[1], tone: Card['tone'], says: string): Card =>
    card(DECISION.title(ref, state), tone, [body, text(says)], { ref });
  switch (phase.status) {
    case 'requested':
      return isHidden(view) ? end('asked', 'warning', DECISION.kept) : asking(view, body, people);
    case 'approved':
    case 'executed':
      return end('approved', 'good', DECISION.approved(decidedWords(phase.decision, zone), basis));
    case 'expired':
      return end('expired', 'warning', DECISION.approved(decidedWords(phase.decision, zone), basis));
    case 'voided':
      return end('voided', 'bad', DECISION.voided(decidedWords(phase.decision, zone), nextStep(view)));
    case 'denied': {
      const who = whoWhen(phase.by, phase.at, zone);
      return end(
        'denied',
        'bad',
        DECISION.denied(who, basis, isHidden(view) ? null : masked(disclosure, phase.reason)),
      );
    }
    case 'blocked':
      return end('blocked', 'bad', nextStep(view));
    case 'cancelled':
      return end('cancelled', 'neutral', nextStep(view));
    default:
      return phase satisfies never;
  }
}

function asking(view: DisclosureView, body: Block, around: People): Card {
  const { disclosure } = view;
  const { ref, round, askers, terms, asked } = disclosure;
  const people = decidersFor(around, [], askers).map(({ person, accounts }) => ({ person, accounts }));
  const says: Block = {
    kind: 'ping',
    people,
    text: DECISION.asks(
      personWords(asked.by),
      terms.categories,
      maskedSubject(disclosure),
      masked(disclosure, terms.recipient),
    ),
  };
  const decide = (verdict: string) => ({
    command: 'disclosure',
    verb: 'decide',
    fields: { disclosure: ref, verdict },
    shown: round,
  });
  const nobody = people.length === 0;
  return card(
    DECISION.title(ref, 'asked'),
    'warning',
    [says, ...(nobody ? [text(NOBODY_DECIDES.disclosure)] : []), body],
    {
      actions: nobody
        ? []
        : [
            button(BUTTONS.approve, 'primary', decide('approve')),
            ...(terms.categories.length > 1
              ? [button(BUTTONS.fewer, 'plain', decide('approve'), ['data!'])]
              : []),
            button(BUTTONS.deny, 'danger', decide('deny'), ['reason!']),
          ],
      footer: DECISION.footer(ref, view.pack.disclosures.approvalDays, freezeOn(terms, view).officer),
      ref,
    },
  );
}

/** A round that was asked anew: what was decided then, if anything, and that it no longer counts. */
function olderCard({ ref, rulings, round: present }: Disclosure, round: number, pack: Pack): Card {
  const ruling = rulings.find((one) => one.round === round) ?? null;
  return card(DECISION.title(ref, 'anew'), 'neutral', [text(DECISION.outdated(present, ruling, pack.zone))], {
    ref,
  });
}
