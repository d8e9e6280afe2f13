import { type Block, button, type Card, card, facts, text } from '../../../chat/card.js';
import type { Disclosure } from '../../../domain/disclosures/disclosure.js';
import { freezeOn } from '../../../domain/disclosures/terms.js';
import type { Pack } from '../../../policy/schema.js';
import type { StaffRow } from '../../../record/rows.js';
import { decidersFor } from '../../front/roles.js';
import { momentWords, personWords, scopeWords } from '../../tell/words.js';
import {
  basisLine,
  type DisclosureView,
  decidedWords,
  disclosureFacts,
  masked,
  maskedSubject,
  nextStep,
} from './head.js';

/** The card of that round; null when there never was one. `staff`: whom to ask. */
export function decisionCard(view: DisclosureView, round: number, staff: readonly StaffRow[]): Card | null {
  const { disclosure } = view;
  if (round > disclosure.round || round < 1) return null;
  if (round < disclosure.round) return olderCard(disclosure, round, view.pack);
  const { phase } = disclosure;
  // Refused before anybody was asked: its head card says all there is.
  const body = facts(...disclosureFacts(view));
  const title = (word: string) => `${disclosure.ref} · Disclosure: ${word}`;
  const end = (word: string, tone: Card['tone'], says: string): Card =>
    card(title(word), tone, [body, text(says)], { ref: disclosure.ref });
  switch (phase.status) {
    case 'requested':
      return asking(view, body, title('decision asked'), staff);
    case 'approved':
    case 'executed':
    case 'expired':
      return end(
        phase.status === 'expired' ? 'approved, then expired' : 'approved',
        phase.status === 'expired' ? 'warning' : 'good',
        `Approved by ${decidedWords(phase.decision, view.pack)}, on ${basisLine(disclosure, view.pack)}.`,
      );
    case 'voided':
      return end(
        'approval void',
        'bad',
        `Approved by ${decidedWords(phase.decision, view.pack)}. ${nextStep(view)}`,
      );
    case 'denied': {
      const reason = `Reason: ${masked(disclosure, phase.reason)}`;
      const who = `${personWords(phase.by)}, ${momentWords(phase.at, view.pack.zone)}`;
      return end('denied', 'bad', `Denied by ${who}, on ${basisLine(disclosure, view.pack)}. ${reason}`);
    }
    case 'blocked':
      return end('blocked', 'bad', nextStep(view));
    case 'cancelled':
      return end('cancelled', 'neutral', nextStep(view));
    default:
      return phase satisfies never;
  }
}

function asking(view: DisclosureView, body: Block, title: string, staff: readonly StaffRow[]): Card {
  const { disclosure } = view;
  const { ref, round, askers, terms, asked } = disclosure;
  const free = staff.filter((member) => !askers.some((asker) => asker === member.person));
  const people = decidersFor(free, [], null).map(({ person, accounts }) => ({ person, accounts }));
  const says: Block = {
    kind: 'ping',
    people,
    text: `${personWords(asked.by)} asks to give ${scopeWords(terms.categories)} of ${maskedSubject(disclosure)} to ${masked(disclosure, terms.recipient)}. Please decide.`,
  };
  const decide = (verdict: string) => ({
    command: 'disclosure',
    verb: 'decide',
    fields: { disclosure: ref, verdict },
    shown: round,
  });
  const notes = freezeOn(terms, view).officer.map(({ note, clause }) => note ?? `clause ${clause}`);
  const passing =
    notes.length === 0
      ? ''
      : ` Your approval passes a freeze, with the note “${[...new Set(notes)].join('”, “')}”.`;
  const { approvalDays } = view.pack.disclosures;
  return card(title, 'warning', [says, body], {
    actions: [
      button('Approve', 'primary', decide('approve')),
      button('Deny', 'danger', decide('deny'), ['reason!']),
    ],
    footer: `Approve: it may be sent for ${approvalDays} days; freeze and consent are checked again then.${passing} Fewer categories: /disclosure decide ${ref} approve data:… Deny: nothing goes out; it asks for a reason.`,
    ref,
  });
}

/** A round that was asked anew: what was decided then, if anything, and that it no longer counts. */
function olderCard({ ref, rulings, round: present }: Disclosure, round: number, pack: Pack): Card {
  const ruling = rulings.find((one) => one.round === round);
  const decided =
    ruling === undefined
      ? 'It was not decided.'
      : `It was ${ruling.verdict === 'approve' ? 'approved' : 'denied'} by @${ruling.by ?? 'somebody'}, ${momentWords(ruling.at, pack.zone)}; that no longer counts.`;
  return card(
    `${ref} · Disclosure: asked anew`,
    'neutral',
    [text(`This card is out of date: the disclosure was asked anew (${present}. time). ${decided}`)],
    { ref },
  );
}
