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
