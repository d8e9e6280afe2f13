import { type Card, card, text } from '../../../chat/card.js';
import { clauseText } from '../../../language/en/clauses.js';
import { dayWords } from '../../../language/en/dates.js';
import { daysBetween } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { StaffRow } from '../../../record/rows.js';
import type { Day } from '../../../vocabulary/values.js';

/** Days before the end of an attestation from which the list points at it. */
const REVIEW_DAYS = 30;

export type TrainingState = 'never ends' | 'valid' | 'ending' | 'ended';

export function trainingState({ trainedUntil }: StaffRow, today: Day): TrainingState {
  if (trainedUntil === null) return 'never ends';
  const left = daysBetween(today, trainedUntil);
  if (left < 0) return 'ended';
  return left <= REVIEW_DAYS ? 'ending' : 'valid';
}

export function trainingWords(row: StaffRow, today: Day): string {
  const { trainedUntil } = row;
  if (trainedUntil === null) return 'never ends';
  const left = daysBetween(today, trainedUntil);
  const days = `${Math.abs(left)} day${Math.abs(left) === 1 ? '' : 's'}`;
  switch (trainingState(row, today)) {
    case 'ended':
      return `${dayWords(trainedUntil)}: ended ${days} ago`;
    case 'ending':
      return `${dayWords(trainedUntil)}: ${left === 0 ? 'ends today' : `ends in ${days}`}`;
    default:
      return dayWords(trainedUntil);
  }
}

export function staffCard(rows: readonly StaffRow[], pack: Pack, today: Day): Card {
  const active = rows.filter((row) => row.active);
  const left = rows.filter((row) => !row.active);
  const inState = (state: TrainingState) =>
    active.filter((row) => trainingState(row, today) === state).map((row) => `@${row.person}`);
  const ended = inState('ended');
  const ending = inState('ending');
  const review = [
    ...(ended.length > 0
      ? [text(`Training has ended for ${ended.join(', ')}: they can do nothing until it is renewed.`)]
      : []),
    ...(ending.length > 0
      ? [text(`Training ends within ${REVIEW_DAYS} days for ${ending.join(', ')}.`)]
      : []),
    ...(ended.length + ending.length > 0 ? [text('→ /desk staff action:train person:… until:…')] : []),
  ];
  return card(
    `Staff · ${active.length}`,
    ended.length > 0 ? 'bad' : ending.length > 0 ? 'warning' : 'neutral',
    [
      {
        kind: 'table',
        columns: ['Person', 'Roles', 'Accounts', 'Trained until'],
        rows: active.map((row) => [
          `@${row.person}`,
          row.roles.join(', '),
          row.accounts.join(', '),
          trainingWords(row, today),
        ]),
      },
      ...review,
      ...(left.length > 0 ? [text(`Removed: ${left.map((row) => row.person).join(', ')}`)] : []),
    ],
    { footer: clauseText(pack, pack.training.clause) },
  );
}

/** What became of one member; `notes` are whole sentences. */
export function staffChangeCard(title: string, row: StaffRow, today: Day, notes: readonly string[]): Card {
  return card(title, 'good', [
    {
      kind: 'facts',
      facts: [
        ['Person', `@${row.person}`],
        ['Roles', row.active ? row.roles.join(', ') : 'none: removed from the list'],
        ['Accounts', row.accounts.join(', ')],
        ['Trained until', trainingWords(row, today)],
      ],
    },
    ...notes.map(text),
  ]);
}
