import { type Card, card, facts, text } from '../../../chat/card.js';
import type { StampedDisclosure } from '../../../domain/disclosures/disclosure.js';
import { momentWords, personWords } from '../../tell/words.js';
import {
  type DisclosureView,
  disclosureActions,
  disclosureFacts,
  disclosureMoments,
  disclosureTitle,
  nextStep,
} from './head.js';

/** History lines shown; the ledger has all of them (`/desk audit`). */
const HISTORY_MAX = 30;

export function disclosureView(view: DisclosureView, history: readonly StampedDisclosure[]): Card {
  const { disclosure, pack } = view;
  const rows = history
    .slice(-HISTORY_MAX)
    .map(({ seq, at, actor, event }) => [
      String(seq),
      momentWords(at, pack.zone),
      personWords(actor),
      event.type === 'command_refused'
        ? `refused ${event.command}: ${event.code}${event.clause === null ? '' : ` (clause ${event.clause})`}`
        : event.type.replace('disclosure_', '').replaceAll('_', ' '),
    ]);
  return card(
    disclosureTitle(disclosure),
    'neutral',
    [
      facts(...disclosureFacts(view)),
      text(nextStep(view)),
      text('History'),
      { kind: 'table', columns: ['#', 'When', 'Who', 'What'], rows },
    ],
    {
      actions: disclosureActions(disclosure),
      moments: disclosureMoments(view),
      footer: `Policy ${disclosure.pack.name}`,
      ref: disclosure.ref,
    },
  );
}

/** What the person who acted is told: what happened, where it stands, what comes next. */
export function disclosureActed(says: string, view: DisclosureView, tone: Card['tone'] = 'good'): Card {
  const { disclosure } = view;
  const wanted = new Set([
    'Status',
    'Recipient',
    'Categories',
    'Asked for',
    'Basis',
    'Frozen',
    'Decided by',
    'Approved until',
    'Sent',
  ]);
  return card(
    disclosureTitle(disclosure),
    tone,
    [
      text(says),
      facts(...disclosureFacts(view).filter(([label]) => wanted.has(label))),
      text(`→ ${nextStep(view)}`),
    ],
    { ref: disclosure.ref, actions: disclosureActions(disclosure) },
  );
}
