/** Why a contact or an amendment of a request says no, in English. Must not know: rules, surfaces. */
import type { AmendedField, RequestReasons } from '../../../domain/requests/reasons.js';
import type { WordsOf } from '../../words.js';
import { areOf, commas, either, listed, spoken } from '../lists.js';
import { aRequest } from '../requests.js';

const AMENDED: Readonly<Record<AmendedField, string>> = {
  scope: 'the scope',
  received: 'the receipt date',
  via: 'the way it came',
  ref: 'the reference',
  about_officer: 'whether it is about the officer',
};

export const contactReasons = {
  'amend-by-agent': ({ what, proposed }) => ({
    says: proposed
      ? `An outcome was proposed, so only an officer changes ${listed(what.map((field) => AMENDED[field]))}.`
      : `Only an officer ${what.includes('scope') ? 'narrows' : 'changes'} ${listed(what.map((field) => AMENDED[field]))}.`,
    hint: 'Ask the officer.',
  }),
  'amends-nothing': ({ ref }) => ({
    says: `That changes nothing of ${ref}.`,
    hint: 'Name what is to change: scope, received, via, ref or about_officer.',
  }),
  'scope-carried-out': (facts) => ({
    says: `${facts.ref} is carried out, so its scope stands.`,
    hint: 'What is asked beside it is a case of its own.',
  }),
  'received-long-ago': ({ days, most }) => ({
    says: `received: that is ${days} days ago, more than ${most}.`,
    hint: 'If it is right, add sure:yes.',
  }),
  'looks-like-another': () => ({
    says: 'customer: this reference only looks like that of a customer on record: some of its letters are of another script.',
    hint: 'Type it again in Latin letters; if it really is another customer, add sure:yes.',
  }),
  'mandate-missing': ({ requester }) => ({
    says: `A request by ${requester === 'heir' ? 'an heir' : `a ${requester}`} needs their mandate on record.`,
    hint: 'Add mandate:… (a pointer into your own system).',
  }),
  'needs-representative': ({ ref, method, allowed }) => ({
    says: `${ref} was asked by somebody in the customer's place, whom ${spoken(method)} does not verify.`,
    hint:
      allowed.length === 0 ? 'The policy has no method for it.' : `Verify who asks by ${either(allowed)}.`,
    step: 'onward',
  }),
  'consents-of-no-withdrawal': ({ type }) => ({
    says: `consent: only a withdrawal names consents; this is ${aRequest(type)}.`,
  }),
  'consent-not-of-customer': ({ consents }) => ({
    says: `consent: ${commas(consents)} ${areOf(consents)} no consent of this customer that can be withdrawn.`,
  }),
} satisfies Partial<WordsOf<RequestReasons>>;
