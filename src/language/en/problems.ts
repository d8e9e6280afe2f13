/** Why what was typed cannot be read, in English. Each continues the name of the field, or stands alone for the line. Must not know: fields, surfaces. */
import type { PersonalDataKind, UnprintableKind } from '../../vocabulary/personal-data.js';
import type { ProblemReason, ProblemReasons, ProblemSaid } from '../../vocabulary/problems.js';
import { commas, either, listed } from './lists.js';

const KINDS: Readonly<Record<PersonalDataKind, string>> = {
  email: 'an e-mail address',
  phone: 'a phone number',
  'bank-card': 'a bank card number',
  'bank-account': 'a bank account number',
  'national-id': 'a national ID number',
  passport: 'a passport number',
  password: 'a password',
  'access-token': 'an access token',
};

const UNPRINTABLE: Readonly<Record<UnprintableKind, string>> = {
  'line-break': 'a line break',
  'control-character': 'a control character',
  'text-direction': 'a text-direction override',
  'half-character': 'half of a character',
};

const IN_QUOTES = 'or put the text in quotes';

const lowerFirst = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

const oneOf = (allowed: readonly string[]): string =>
  `${allowed.length > 2 ? 'one of ' : ''}${either(allowed)}`;

const REASONS: { readonly [R in ProblemReason]: (facts: ProblemReasons[R]) => string } = {
  'no-command': ({ commands }) => `Begin with ${either(commands)}, or /help`,
  'no-such-command': ({ commands }) => `There is no such command; there are ${listed(commands)}`,
  'no-verb': ({ command, verbs }) => `Say what to do: /${command} and one of ${either(verbs)}`,
  'no-such-verb': ({ command, verbs }) => `/${command} has no such verb; it has ${listed(verbs)}`,
  'no-such-option': ({ options, quotable }) =>
    `There is no such option here; there are ${commas(options)}${quotable ? `. Name one of them, ${IN_QUOTES}` : ''}`,
  'belongs-to-no-field': ({ options }) =>
    `There is text that belongs to no field: ${
      options.length === 0
        ? 'leave it out'
        : `name its field (${either(options)}) and put text with spaces in "quotes"`
    }`,
  'given-twice': () => 'was given twice: keep one',
  empty: ({ name, required, quotable }) =>
    `is empty: write ${name}:value without a space${quotable ? `, ${IN_QUOTES}: ${name}:"…"` : ''}${required ? '' : ', or leave it out'}`,
  'quote-not-closed': ({ closer }) => `has a quote that is not closed: end it with ${closer}`,
  missing: ({ description, choices }) => {
    const hint = choices === null ? lowerFirst(description) : `one of ${choices.join(', ')}`;
    return `is missing${hint === '' ? '' : `: ${hint.replace(/\.$/, '')}`}`;
  },
  'older-button': () => 'This button is of an older desk. Type the command instead: /desk help',
  'line-too-long': ({ max }) => `That is more than ${max} characters: say one thing at a time`,
  'not-listed': ({ allowed }) => `must be ${oneOf(allowed)}`,
  'only-yes': () => 'must be yes; leave it out for no',
  'not-a-day': () => 'must be a date that exists, like 2026-12-10, 10 Dec or tomorrow',
  'not-a-moment': () =>
    'must be a date or time that exists, like 2026-11-20, 2026-11-20T14:30, 2026-11-20T06:30Z or yesterday 14:30',
  'not-a-dated-reference': () =>
    'must be a date that exists, perhaps with a reference, like 2026-12-10, 2026-12-10/call#9 or today/call#9',
  'not-a-month': () => 'must be a month like 2026-11',
  'reads-two-ways': ({ first, second }) =>
    `can be read as ${first} or as ${second}: write the one that is meant`,
  'not-one-word': () => 'must be one word of letters, digits and - _ . / #',
  'not-a-customer': ({ pattern }) =>
    pattern === null
      ? 'must be one reference of letters, digits, - and _, 3 to 64 characters with at least one digit, like C-10812; never a name'
      : `must be a reference as the policy has them (${pattern}); never a name`,
  'not-a-reference': ({ like }) => `must be a reference like ${either(like)}`,
  'not-a-colleague': () => 'must be one colleague’s name on the staff list, e.g. mei or @mei',
  'not-an-account': ({ like }) => `must be an account like ${like}`,
  'not-a-number': ({ min, max }) => `must be a whole number from ${min} to ${max}`,
  'too-long': ({ max }) => `is too long: at most ${max} characters`,
  unprintable: ({ what }) => `cannot be kept with ${UNPRINTABLE[what]} in it: type it as plain text`,
  'would-notify': () => 'would notify people: write the name without @',
  'personal-data': ({ kinds, instead }) => {
    const found = `seems to hold ${listed(kinds.map((kind) => KINDS[kind]))}`;
    const secret = kinds.includes('password') || kinds.includes('access-token');
    const next = secret
      ? 'passwords are never accepted in chat; ask for it to be changed'
      : 'use a reference from your own system instead';
    return instead === null ? `${found}: ${next}` : `${reasonWords(instead)}; it ${found}: ${next}`;
  },
  said: ({ says }) => says,
};

/** Reason and facts are of one problem, so the facts fit the function that the reason names. */
export const reasonWords = (said: ProblemSaid): string =>
  (REASONS[said.reason] as (facts: ProblemSaid['facts']) => string)(said.facts);

/** What was read, and what was perhaps meant. */
export const readWords = (read: string): string => `I read “${read}”.`;
export const meantWords = (suggestion: string): string => `Did you mean ${suggestion}?`;
/** The line's own quote has no field to name. */
export const unclosedLine = (closer: string): string => `A quote is not closed: end it with ${closer}`;
export const NOTHING_CHANGED = 'Nothing was changed.';
export const PLEASE_CHECK = 'Please check this';
