import { type Card, card, facts, text } from '../../../chat/card.js';
import { clauseText } from '../../../language/en/clauses.js';
import type { Pack } from '../../../policy/schema.js';

const CHANNEL_LABELS: Readonly<Record<string, string>> = { email: 'E-mail', phone: 'Phone', web: 'Web' };
const labelOf = (kind: string): string =>
  CHANNEL_LABELS[kind] ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1).replaceAll('_', ' ')}`;

export function officerCard(pack: Pack): Card {
  const { name, title, department, channels, person, deputy, clause } = pack.officer;
  return card(
    'The privacy officer',
    'neutral',
    [
      facts(
        ['Name', name],
        ['Title', title],
        ['Department', department],
        ...channels.map(({ kind, address }) => [labelOf(kind), address] as const),
        ['Here', `@${person}`],
        ['Deputy', `@${deputy}`],
      ),
      text(
        `A complaint about @${person} goes to @${deputy} (clause ${pack.requests.complaint.clause}): /privacy log type:complaint about_officer:yes`,
      ),
    ],
    { footer: clauseText(pack, clause) },
  );
}
