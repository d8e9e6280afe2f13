import { type Card, card, facts, text } from '../../../chat/card.js';
import type { ExportEvent } from '../../../domain/house.js';
import { dayWords } from '../../../language/en/dates.js';
import { commas } from '../../../language/en/lists.js';

export function exportCard({ of, audience, name, sha256 }: Omit<ExportEvent, 'type'>): Card {
  const ref = of.kind === 'case' ? of.ref : null;
  return card(
    `${name} is on its way`,
    'good',
    [
      text('The evidence file is on its way to you privately. The export is on the record.'),
      facts(
        ['File', name],
        ['Of', whatOf(of)],
        ['For', audience === 'subject' ? 'the customer: what is withheld is left out' : null],
        ['SHA-256', sha256],
      ),
    ],
    { ref },
  );
}

function whatOf(of: ExportEvent['of']): string {
  switch (of.kind) {
    case 'case':
      return `${of.ref}, entries 1 to ${of.entries}`;
    case 'register': {
      const parts = [
        of.from === null ? null : `from ${dayWords(of.from)}`,
        of.to === null ? null : `to ${dayWords(of.to)}`,
      ].filter((part) => part !== null);
      const whose = of.customer === undefined ? '' : ' of one customer';
      return `the disclosure register${whose}${parts.length === 0 ? '' : ` ${parts.join(' ')}`}`;
    }
    case 'customer':
      return `one customer: ${commas(of.records.map(({ ref }) => ref))}`;
    case 'month':
      return `the cases received in ${of.month}`;
    default:
      return of satisfies never;
  }
}
