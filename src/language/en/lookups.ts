/** Look-ups and the access review, in English. Must not know: rules, surfaces. */
import { underClause } from './lists.js';

/** Appended where an answer was about one customer. */
export const LOOKUP_KEPT = 'The look-up is on the ledger.';

export const manyLookedUp = (who: string, count: number, clause: string | null) => ({
  title: 'Many look-ups',
  lines: [
    `${who} looked up ${count} different customers within an hour${underClause(clause)}.`,
    'Ask what for. → Next: /desk staff action:review',
  ],
});

export const REVIEW = {
  title: (people: number) => `Access review · ${people} ${people === 1 ? 'person' : 'people'}`,
  columns: ['Person', 'Roles', 'Trained until', 'Last active', 'Customers looked up'],
  never: 'never',
  left: 'removed',
  footer: (days: number, clause: string | null) =>
    `Different customers within the last ${days} days, by search, may, register, reveal and export${underClause(clause)}.`,
} as const;
