/**
 * Deciding what a second request of the same type does to the open case (domain.md, "Settled points"): the same case, wider
 * where it brings categories, earlier where it was received earlier. Must not know: storage, surfaces, wording.
 */
import { compareInstants } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import {
  CATEGORIES,
  type Category,
  type Instant,
  type Person,
  type Requester,
} from '../../vocabulary/values.js';
import type { EventOf } from './events.js';
import type { PrivacyRequest } from './request.js';
import { requestDatesOf } from './rules.js';

export type ContactInput = {
  readonly scope: readonly Category[] | 'all';
  readonly via: string;
  readonly receivedAt: Instant;
  readonly ref: string | null;
  readonly note: string | null;
  readonly requester?: Requester;
  readonly mandate?: string | null;
  /** Consents named by a withdrawal; none: all in scope. */
  readonly consents?: readonly string[] | null;
};

/** Categories asked for that the case does not have. */
export function addedBy(request: PrivacyRequest, scope: readonly Category[] | 'all'): readonly Category[] {
  const asked = scope === 'all' ? CATEGORIES : scope;
  return asked.filter((category) => !request.scope.includes(category));
}

/** Of a case about named consents: those it is about from here on; null once the customer withdraws all in scope. */
function namedAfter(
  { named }: PrivacyRequest,
  { consents = null }: ContactInput,
  withdraws: readonly string[],
): Pick<EventOf<'contact_added'>, 'named'> {
  if (named === null) return {};
  if (consents === null) return { named: null };
  return withdraws.length === 0 ? {} : { named: [...named, ...withdraws] };
}

/** What was carried out covers what was asked then: more than that is a case of its own. */
export const isCarriedOut = ({ phase }: PrivacyRequest): boolean =>
  phase.status === 'notifying_recipients' || phase.status === 'closed';

const DECIDED = ['awaiting_decision', 'action_approved', 'decided'];

/**
 * The contact as an event. `withdraws`: consents in the added categories, of a withdrawal; `about`: officers a complaint
 * turns out to be about. A proposal or an unexecuted decision goes back only where there is more to decide.
 */
export function contactOf(
  request: PrivacyRequest,
  input: ContactInput,
  facts: { readonly withdraws: readonly string[]; readonly about: readonly Person[] },
  pack: Pack,
): EventOf<'contact_added'> {
  const { requester = 'self', mandate = null } = input;
  const adds = addedBy(request, input.scope);
  const withdraws = facts.withdraws.filter((ref) => !request.withdraws.includes(ref));
  const about = facts.about.filter((person) => !request.about.includes(person));
  const earlier = compareInstants(input.receivedAt, request.receivedAt) < 0;
  const returns = adds.length > 0 && DECIDED.includes(request.phase.status);
  return {
    type: 'contact_added',
    via: input.via,
    receivedAt: input.receivedAt,
    ...(adds.length > 0 ? { adds: [...adds] } : {}),
    ...(withdraws.length > 0 ? { withdraws } : {}),
    ...namedAfter(request, input, withdraws),
    ...(earlier ? { dates: requestDatesOf({ ...request, receivedAt: input.receivedAt }, pack) } : {}),
    ...(returns ? { returns } : {}),
    ...(about.length > 0 ? { about } : {}),
    ...(requester === 'self' ? {} : { requester }),
    personal: {
      ref: input.ref,
      note: input.note,
      ...(mandate === null ? {} : { mandate }),
    },
  };
}
