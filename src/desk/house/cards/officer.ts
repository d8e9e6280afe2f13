import { type Card, card, facts, text } from '../../../chat/card.js';
import { clauseText } from '../../../language/en/clauses.js';
import { OFFICERS, presentWords } from '../../../language/en/officers.js';
import type { Pack } from '../../../policy/schema.js';
import type { People } from '../../../record/people.js';
import type { Person, Role } from '../../../vocabulary/values.js';
import { officersFor } from '../../front/roles.js';

const CHANNEL_LABELS: Readonly<Record<string, string>> = { email: 'E-mail', phone: 'Phone', web: 'Web' };
const labelOf = (kind: string): string =>
  CHANNEL_LABELS[kind] ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1).replaceAll('_', ' ')}`;

/** The contact is the policy's; who holds the roles here is the staff list's, with who stands in for whom. */
export function officerCard(pack: Pack, people: People): Card {
  const { name, title, department, channels, person, clause } = pack.officer;
  const holding = (role: Role) => people.staff.filter(({ active, roles }) => active && roles.includes(role));
  const officers = holding('officer');
  const about = officers.length === 0 ? [person as Person] : officers.map((each) => each.person);
  const instead = officersFor(people, about).map((each) => each.person);
  return card(
    'The privacy officer',
    'neutral',
    [
      facts(
        ['Name', name],
        ['Title', title],
        ['Department', department],
        ...channels.map(({ kind, address }) => [labelOf(kind), address] as const),
        ['Here', officers.map(presentWords).join(', ') || OFFICERS.nobody('officer')],
        ['Deputy', holding('deputy').map(presentWords).join(', ') || OFFICERS.nobody('deputy')],
      ),
      text(OFFICERS.complaint(about, instead, pack.requests.complaint.clause)),
    ],
    { footer: clauseText(pack, clause) },
  );
}
