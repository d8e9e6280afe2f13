/** A second request of the same type, in English: what it did to the open case. Must not know: rules, surfaces. */

import type { EventOf } from '../../domain/requests/events.js';
import type { PrivacyRequest } from '../../domain/requests/request.js';
import { maskReference } from '../../vocabulary/values.js';
import { dayWords } from './dates.js';
import { keptFrom } from './people.js';
import { aRequest, askedBy, VIA_WORDS } from './requests.js';

type Contact = EventOf<'contact_added'>;

export const CONTACT_LABELS = {
  requester: 'Asked by',
  scope: 'Added to the scope',
  due: 'Due',
  freeze: 'Freeze',
  withdraws: 'Consents withdrawn too',
  owner: 'Owner',
} as const;

/** What the answer to a new case says beside its dates. */
export const LOGGED = {
  wholeScope: 'every category, since none was named; an officer narrows it with amend',
  firstCase: 'first case of this customer',
} as const;

export const CONTACT_OTHERWISE = '→ If it really is another request: add force:"why".';

/** What the contact changed, a sentence each; the dates are always said. */
function effects(contact: Contact): readonly string[] {
  const { adds = [], dates, returns = false } = contact;
  return [
    adds.length === 0 ? '' : `${adds.join(', ')} joined its scope, its checklist and its freeze.`,
    dates === undefined
      ? 'Its dates stay.'
      : `It was received earlier, so it is due ${dayWords(dates.due)} now.`,
    returns ? 'What was proposed or decided covers less, so the case is in progress again.' : '',
    (contact.about ?? []).length === 0 ? '' : `It is ${keptFrom(contact.about ?? [])}.`,
  ].filter((sentence) => sentence !== '');
}

/** To whoever logged it. */
export function contactSays(request: PrivacyRequest, contact: Contact): string {
  const customer = request.reference === null ? 'The customer' : maskReference(request.reference);
  const known = `${customer} already has ${aRequest(request.type).replace(/^an? /, 'an open ')}: ${request.ref}.`;
  return [known, 'This contact was added to it.', ...effects(contact)].join(' ');
}

/** In the thread: who heard it, how, and what it changed; where it is on record is for those who may see evidence. */
export function contactTold(who: string, contact: Contact): string {
  const via = VIA_WORDS[contact.via] ?? 'by another way';
  return [
    `${who} heard the same request again ${via}${contact.requester === undefined ? '' : `, ${askedBy(contact.requester)}`}.`,
    ...effects(contact),
  ].join(' ');
}

/** Each contact in one line of a card. */
export function contactLine(contact: PrivacyRequest['contacts'][number], receivedWords: string): string {
  const by = contact.requester === 'self' ? '' : `, ${askedBy(contact.requester)}`;
  return `${receivedWords} ${VIA_WORDS[contact.via] ?? 'by another way'}${by}`;
}
