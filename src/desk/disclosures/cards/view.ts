import { type Block, type Card, card, text } from '../../../chat/card.js';
import type { StampedDisclosure } from '../../../domain/disclosures/disclosure.js';
import { nextDisclosureStep } from '../../../domain/disclosures/next.js';
import { minuteWords } from '../../../language/en/dates.js';
import * as words from '../../../language/en/disclosure-cards.js';
import { disclosureStepOf } from '../../../language/en/next-steps.js';
import { personWords } from '../../../language/en/people.js';
import { disclosureActions, type Presser, readerOn } from './buttons.js';
import { type DisclosureView, disclosureMoments, disclosureTitle, factsBlock, nextStep } from './head.js';

/** History lines shown; the ledger has all of them (`/desk audit`). */
const HISTORY_MAX = 30;

export function disclosureView(
  view: DisclosureView,
  history: readonly StampedDisclosure[],
  presser: Presser,
): Card {
  const { disclosure, pack } = view;
  const rows = history
    .slice(-HISTORY_MAX)
    .map(({ seq, at, actor, event }) => [
      String(seq),
      minuteWords(at, pack.zone),
      personWords(actor),
      words.historyWords(event),
    ]);
  return card(
    disclosureTitle(view),
    'neutral',
    [
      factsBlock(view),
      text(nextStep(view)),
      ...nextBlocks(view, presser),
      text(words.HISTORY_TITLE),
      { kind: 'table', columns: words.HISTORY_COLUMNS, rows },
    ],
    {
      actions: disclosureActions(view, presser),
      moments: disclosureMoments(view),
      footer: words.policyFooter(disclosure.pack.name),
      ref: disclosure.ref,
    },
  );
}

/** Of the facts, what whoever acted needs to see. */
const ACTED = [
  'status',
  'recipient',
  'categories',
  'askedFor',
  'basis',
  'frozen',
  'decidedBy',
  'approvedUntil',
  'sent',
] as const;

/** The one command that brings it on, where it is theirs who reads it. */
function nextBlocks(view: DisclosureView, presser: Presser): readonly Block[] {
  const next = nextDisclosureStep(view.disclosure, readerOn(view, presser));
  return next === null ? [] : [{ kind: 'next', step: disclosureStepOf(view.disclosure.ref, next) }];
}

/** What the person who acted is told: what happened, where it stands, what comes next. */
export function disclosureActed(
  says: string,
  view: DisclosureView,
  presser: Presser,
  tone: Card['tone'] = 'good',
): Card {
  const { disclosure } = view;
  return card(
    disclosureTitle(view),
    tone,
    [text(says), factsBlock(view, ACTED), text(nextStep(view)), ...nextBlocks(view, presser)],
    { ref: disclosure.ref, actions: disclosureActions(view, presser) },
  );
}
