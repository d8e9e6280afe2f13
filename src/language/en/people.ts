/** Who, and of whom, in English. Must not know: roles, accounts. */
import type { Actor, Person } from '../../vocabulary/values.js';

export const personWords = (actor: Actor): string => (actor.person === null ? THE_DESK : `@${actor.person}`);

/** A person who may not be known any more. */
export const someoneWords = (person: Person | null): string => `@${person ?? 'somebody'}`;

const THE_DESK = 'the desk';
/** In place of a customer's reference once the key is destroyed. */
export const ERASED = 'erased';
