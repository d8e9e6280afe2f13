import { type Card, card } from '../../../chat/card.js';
import { minuteWords } from '../../../language/en/dates.js';
import { REVIEW } from '../../../language/en/lookups.js';
import type { Pack } from '../../../policy/schema.js';
import type { StaffRow } from '../../../record/rows.js';
import type { Day, Instant } from '../../../vocabulary/values.js';
import { trainingWords } from './staff.js';

export type Reviewed = {
  readonly member: StaffRow;
  readonly lastActive: Instant | null;
  /** Different ones. */
  readonly customers: number;
};

/** Whoever looked at most comes first: that is what a reviewer asks. */
export function reviewCard(rows: readonly Reviewed[], pack: Pack, today: Day, days: number): Card {
  const shown = [...rows].sort(
    (one, other) => other.customers - one.customers || (one.member.person < other.member.person ? -1 : 1),
  );
  return card(
    REVIEW.title(rows.length),
    'neutral',
    [
      {
        kind: 'table',
        columns: REVIEW.columns,
        rows: shown.map(({ member, lastActive, customers }) => [
          `@${member.person}`,
          member.active ? member.roles.join(', ') : REVIEW.left,
          trainingWords(member, today),
          lastActive === null ? REVIEW.never : minuteWords(lastActive, pack.zone),
          String(customers),
        ]),
      },
    ],
    { footer: REVIEW.footer(days, pack.desk?.lookups?.clause ?? null) },
  );
}
