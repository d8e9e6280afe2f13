/** Who, and of whom, in English. Must not know: roles, which accounts there are. */
import type { Actor, Person } from '../../vocabulary/values.js';

/** The person; the account of somebody who is not on the staff list; or the desk itself. */
export function personWords({ person, account }: Actor): string {
  if (person !== null) return `@${person}`;
  return account.startsWith(DESK_ACCOUNTS) ? THE_DESK : account;
}

/** A person who may not be known any more. */
export const someoneWords = (person: Person | null): string => `@${person ?? 'somebody'}`;

/** What the desk does by itself it does from an account of its own. */
const DESK_ACCOUNTS = 'desk:';
const THE_DESK = 'the desk';
/** In place of a customer's reference once the key is destroyed. */
export const ERASED = 'erased';

/** Whom a complaint is about, and so who does nothing in it. */
export const keptFrom = (people: readonly Person[]): string =>
  `about ${people.map((person) => `@${person}`).join(' and ')}, who reads nothing of it`;

/** Where everybody who may decide has asked, proposed or recorded a part of it, or is complained about. */
export const NOBODY_DECIDES = {
  request:
    'Nobody on the staff list may decide this: whoever could has a part in it. Whoever proposed it takes it back and a colleague proposes it, or an administrator adds an officer.',
  disclosure:
    'Nobody on the staff list may decide this: whoever could has asked for it. A colleague asks for it as a disclosure of its own, or an administrator adds an officer.',
} as const;
