/**
 * The guard on free text (clauses 1.1, 5 and 7.1): finds what looks like personal data, a password or a key, what cannot be
 * shown safely, and what would notify a crowd. Must not know: fields, the desk, any surface.
 */
import { withoutNationalIds, withoutPassports } from './guard/identity.js';
import { withoutAccounts, withoutCards } from './guard/money.js';
import { hasPhone } from './guard/phones.js';
import { plainOf, withoutDatesAndReferences, withoutDigests } from './guard/plain.js';
import { withoutEmails, withoutPasswords, withoutTokens } from './guard/secrets.js';

const PERSONAL_DATA_KINDS = [
  'email',
  'phone',
  'bank-card',
  'bank-account',
  'national-id',
  'passport',
  'password',
  'access-token',
] as const;
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number];

/** What must be changed at its source once it was typed here. */
export const isSecret = (kind: PersonalDataKind): boolean => kind === 'password' || kind === 'access-token';

/** In this order: what is found is taken out of the text, so that no number is two things. */
const FINDERS: readonly (readonly [PersonalDataKind | null, (text: string) => string])[] = [
  ['access-token', withoutTokens],
  ['email', withoutEmails],
  ['password', withoutPasswords],
  [null, withoutDigests],
  ['national-id', withoutNationalIds],
  ['passport', withoutPassports],
  ['bank-account', withoutAccounts],
  ['bank-card', (text) => withoutCards(text, withoutDatesAndReferences)],
];

/**
 * Every kind of personal data the text seems to hold. `country` (ISO 3166, the policy's) decides how national phone numbers are
 * read; null: those of no country in particular. Looks through full-width and other scripts' digits and invisible characters, at
 * the first 4,000 characters: no field keeps more.
 */
export function personalDataKinds(text: string, country: string | null): readonly PersonalDataKind[] {
  const kinds: PersonalDataKind[] = [];
  let rest = plainOf(text);
  for (const [kind, taken] of FINDERS) {
    const left = taken(rest);
    if (kind !== null && left !== rest) kinds.push(kind);
    rest = left;
  }
  if (hasPhone(withoutDatesAndReferences(rest), country)) kinds.push('phone');
  return kinds;
}

/** The first kind of personal data the text seems to hold, or null. */
export function findPersonalData(text: string, country: string | null): PersonalDataKind | null {
  return personalDataKinds(text, country)[0] ?? null;
}

export type UnprintableKind = 'line-break' | 'control-character' | 'text-direction' | 'half-character';

/** What of the text cannot be printed safely, or null. Line breaks pass only where `multiline`. */
export function findUnprintable(
  text: string,
  options: { readonly multiline: boolean },
): UnprintableKind | null {
  const rest = options.multiline ? text.replaceAll(/\r\n|[\n\t]/g, '') : text;
  if (/[\n\r\v\f\u0085\u2028\u2029]/u.test(rest)) return 'line-break';
  if (/\p{Cc}/u.test(rest)) return 'control-character';
  if (/[\u061c\u202a-\u202e\u2066-\u2069]/u.test(rest)) return 'text-direction';
  if (/\p{Cs}/u.test(rest)) return 'half-character';
  return null;
}

/** A mention that would notify people on Slack or Discord (`<!channel>`, `@everyone`, `<@U…>`), or null. */
export function findMassMention(text: string): string | null {
  const plain = plainOf(text);
  const found =
    /<!(?:channel|here|everyone|subteam)[^>]{0,200}>|<@[!&]?\w[^>]{0,200}>/iu.exec(plain) ??
    /@(?:everyone|here|channel)(?![\p{L}\p{N}_])/iu.exec(plain);
  return found === null ? null : found[0].slice(0, 40);
}
