/** What happened to the staff list, in English. Must not know: who is told. */
import type { StaffEvent } from '../../domain/staff-events.js';
import type { Actor } from '../../vocabulary/values.js';
import { dayWords } from './dates.js';

/** The person, or the account where the desk itself acted. */
export const actorWords = ({ person, account }: Actor): string => (person === null ? account : `@${person}`);

export function staffToldWords(event: StaffEvent): string {
  switch (event.type) {
    case 'staff_added':
      return `@${event.person} is ${event.role} now.`;
    case 'staff_removed':
      return event.role === null
        ? `@${event.person} is off the staff list.`
        : `@${event.person} is ${event.role} no more.`;
    case 'account_linked':
      return `${event.account} speaks for @${event.person} now.`;
    case 'grant_asked':
      return event.role === null
        ? `@${event.person} is to speak from ${event.accounts.join(', ')} too.`
        : `@${event.person} is to be ${event.role}.`;
    case 'removal_asked':
      return event.role === null
        ? `@${event.person} is to leave the staff list.`
        : `@${event.person} is to be ${event.role} no more.`;
    case 'staff_renamed':
      return `@${event.person} is called @${event.name} now.`;
    case 'staff_away':
      return `@${event.person} is away until ${dayWords(event.until)}.`;
    case 'staff_back':
      return `@${event.person} is back.`;
    case 'staff_trained':
      return `@${event.person} is trained until ${dayWords(event.until)}.`;
    default:
      return event satisfies never;
  }
}
