/**
 * The guard on free text (clauses 1.1, 5 and 7.1): finds what looks like personal data or a password, what cannot be
 * shown safely, and what would notify a crowd. Must not know: fields, the desk, any surface.
 */
import { findPhoneNumbersInText, isSupportedCountry } from 'libphonenumber-js/max';
import validator from 'validator';

/** In the words shown to people. */
const PERSONAL_DATA_KINDS = [
  'an e-mail address',
  'a phone number',
  'a bank card number',
  'a bank account number',
  'a national ID number',
  'a password',
] as const;
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number];

/**
 * The first kind of personal data the text seems to hold, or null. `country` (ISO 3166, the policy's) decides how
 * national phone numbers are read; null: those of no country in particular. Looks through full-width and other scripts' digits and invisible characters.
 */
export function findPersonalData(text: string, country: string | null): PersonalDataKind | null {
  const plain = plainOf(text);
  if (hasEmail(plain)) return 'an e-mail address';
  if (hasPassword(plain)) return 'a password';
  const numbers = withoutDigests(plain);
  if (hasNationalId(numbers)) return 'a national ID number';
  if (hasIban(numbers)) return 'a bank account number';
  const undated = withoutDatesAndReferences(numbers);
  if (hasCard(numbers, undated)) return 'a bank card number';
  if (hasPhone(undated, country)) return 'a phone number';
  return null;
}

/** What of the text cannot be printed safely, in words, or null. Line breaks pass only where `multiline`. */
export function findUnprintable(text: string, options: { readonly multiline: boolean }): string | null {
  const rest = options.multiline ? text.replaceAll(/\r\n|[\n\t]/g, '') : text;
  if (/[\n\r\v\f\u0085\u2028\u2029]/u.test(rest)) return 'a line break';
  if (/\p{Cc}/u.test(rest)) return 'a control character';
  if (/[\u061c\u202a-\u202e\u2066-\u2069]/u.test(rest)) return 'a text-direction override';
  if (/\p{Cs}/u.test(rest)) return 'half of a character';
  return null;
}

/** A mention that would notify people on Slack or Discord (`<!channel>`, `@everyone`, `<@U…>`), or null. */
export function findMassMention(text: string): string | null {
  const plain = plainOf(text);
  const found =
    /<!(?:channel|here|everyone|subteam)[^>]*>|<@[!&]?\w[^>]*>/iu.exec(plain) ??
    /@(?:everyone|here|channel)(?![\p{L}\p{N}_])/iu.exec(plain);
  return found === null ? null : found[0].slice(0, 40);
}

/** NFKC, without format characters and variation selectors, every decimal digit as ASCII. */
function plainOf(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .replaceAll(/\p{Nd}/gu, asciiDigit);
}

/** Unicode keeps each script's digits as ten neighbours from zero up, so a digit's value is its place in the run. */
function asciiDigit(char: string): string {
  const code = char.codePointAt(0) ?? 0x30;
  if (code <= 0x39) return char;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

function hasEmail(text: string): boolean {
  const ascii = text.matchAll(/[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g);
  const anyScript = text.matchAll(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu);
  return [...ascii, ...anyScript].some(([found]) => {
    const [local = '', domain = ''] = found.split('@');
    const name = local.slice(local.search(/[^.'/=&?|]*$/)) || local;
    return validator.isEmail(`${name}@${domain}`, { allow_utf8_local_part: true });
  });
}

const NOT_A_PASSWORD =
  /^(?:a|an|the|not|no|never|being|to|in|on|at|of|and|was|reset|lost|forgotten|wrong|incorrect|expired|required|unknown|changed|unchanged|stored|kept|encrypted|hashed|secret|protected|safe|fine|needed|asked|what|his|her|their)\b/i;
const ASSIGNED = /(?:pass(?:word|wd|code|phrase)|\bpwd|密码|密碼|口令|비밀번호|パスワード)\s*[:=]\s*\S/iu;
const TOLD = /(?:pass(?:word|wd|code|phrase)|\bpwd)\s+(?:is|was)\s+["']?(\S+)/giu;
const TOLD_CHINESE = /(?:密码|密碼|口令)\s*[是为為]\s*[\x21-\x7e]/u;

function hasPassword(text: string): boolean {
  if (ASSIGNED.test(text) || TOLD_CHINESE.test(text)) return true;
  if ([...text.matchAll(TOLD)].some(([, told = '']) => !NOT_A_PASSWORD.test(told))) return true;
  return text.split(/\s+/u).some(looksLikePassword);
}

/** At least 8 characters with a lower-case and an upper-case letter, a digit and a mark; links are not. */
function looksLikePassword(token: string): boolean {
  if (token.length < 8 || /^\W?[a-z][a-z0-9+.-]*:\/\//i.test(token)) return false;
  return [/[a-z]/, /[A-Z]/, /\d/, /[!@$%^&*]/].every((needed) => needed.test(token));
}

/**
 * UUIDs, hex digests and the links of Slack messages are identifiers of things: their digits say nothing about a person.
 * A link's digits are microseconds, from 2017 to 2033; no bank card begins with a 1.
 */
function withoutDigests(text: string): string {
  return text
    .replaceAll(
      /\/archives\/[CDG][A-Z0-9]{2,20}\/p1[5-9]\d{14}(?!\d)(?:\?thread_ts=1[5-9]\d{8}\.\d{6}(?!\d))?/g,
      '|',
    )
    .replaceAll(/(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi, '|')
    .replaceAll(/(?<![0-9a-z])(?=[0-9]*[a-f])[0-9a-f]{32,128}(?![0-9a-z])/gi, '|');
}

/** Dates, times and the desk's own kinds of reference would otherwise read as groups of a card or a phone number. */
function withoutDatesAndReferences(text: string): string {
  return text
    .replaceAll(/(?<![\d-])(?:19[7-9]|20\d|21\d)\d-(?:0\d|1[0-2])-[0-3]\d(?!\d)/g, '|')
    .replaceAll(/(?<!\d)[0-3]?\d[./][01]?\d[./](?:19|20)\d\d(?!\d)/g, '|')
    .replaceAll(/(?<!\d)[0-2]?\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?!\d)/g, '|')
    .replaceAll(/(?<![A-Za-z])[A-Za-z]{2,8}-\d{4}(?:-?\d{2}){0,2}-\d{3,6}(?!\d)/g, '|');
}

const SSN = /(?<![\p{L}\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/u;

function hasNationalId(text: string): boolean {
  for (const [found] of text.matchAll(/(?<!\d)[1-8](?:[ -]?\d){16}[ -]?[\dXx](?!\d)/g)) {
    if (validator.isIdentityCard(found.replaceAll(/[ -]/g, '').toUpperCase(), 'zh-CN')) return true;
  }
  for (const [found] of text.matchAll(/(?<!\d)\d{6}[ -]?[1-8]\d{6}(?!\d)/g)) {
    if (isKoreanId(found.replaceAll(/\D/g, ''))) return true;
  }
  for (const [found] of text.matchAll(
    /(?<![A-Za-z\d])[A-Z]{1,2}\d{6}\([\dA]\)|(?<![A-Za-z\d])[A-Z][12]\d{8}(?!\d)/g,
  )) {
    const locale = found.includes('(') ? 'zh-HK' : 'zh-TW';
    if (validator.isIdentityCard(found, locale)) return true;
  }
  return SSN.test(text);
}

/** Resident registration number: YYMMDD, sex and century, then a check digit (weights 2…9, 2…5, modulo 11). */
function isKoreanId(digits: string): boolean {
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const sum = [...digits.slice(0, 12)].reduce(
    (total, digit, at) => total + Number(digit) * (2 + (at % 8)),
    0,
  );
  return (11 - (sum % 11)) % 10 === Number(digits[12]);
}

/** An IBAN has a fixed length per country, so every prefix of the candidate that could be one is checked. */
function hasIban(text: string): boolean {
  for (const match of text.matchAll(/(?<![A-Za-z\d])[A-Za-z]{2}\d{2}(?=(?:[ -]?[A-Za-z\d]){11})/g)) {
    const letters = text.slice(match.index, match.index + 60).replaceAll(/[ -]/g, '');
    for (let length = 15; length <= Math.min(34, letters.length); length += 1) {
      if (validator.isIBAN(letters.slice(0, length))) return true;
    }
  }
  return false;
}

/** First digits of cards whose number is not 16 long; without them too many order numbers pass Luhn's test. */
const CARD_STARTS: Readonly<Record<number, RegExp>> = {
  13: /^4/,
  14: /^3[0689]/,
  15: /^(?:3[47]|2131|1800)/,
  16: /^/,
  17: /^(?:5[06-8]|6)/,
  18: /^(?:5[06-8]|6)/,
  19: /^(?:4|5[06-8]|6|9)/,
};

/** Whole words as written, and runs of digit groups, however spaced, where dates and references have been set aside. */
function hasCard(text: string, undated: string): boolean {
  const words = text.matchAll(/\d[\d\p{Pd}]*\d/gu);
  const runs = undated.matchAll(/\d(?:[\s\p{Pd}.·_/]*\d)*/gu);
  return [...words, ...runs].some(([run]) => holdsCard(run));
}

function holdsCard(run: string): boolean {
  const groups = run.split(/\D+/).filter((group) => group !== '');
  return groups.some((_, first) => {
    let digits = '';
    for (let last = first; last < groups.length && digits.length < 19; last += 1) {
      digits += groups[last];
      if (CARD_STARTS[digits.length]?.test(digits) === true && validator.isLuhnNumber(digits)) return true;
    }
    return false;
  });
}

/** Written as people write numbers to call; a bare row of digits is a number of something else. */
const PHONE_FORMS: readonly RegExp[] = [
  // A mainland mobile number, with or without spacing and country code.
  /(?<!\d)(?:(?:\+|00)?86[ .-]?)?1[3-9]\d(?:[ .-]?\d{4}){2}(?!\d)/,
  /(?<![\d-])1[3-9]\d(?:[ .-]?\d){8}(?![\d-])/,
  // International: a plus sign and 8 to 15 digits.
  /\+[ ]?[1-9](?:[ .()-]{0,2}\d){7,14}(?!\d)/,
  // National with the trunk zero, 9 to 12 digits in all.
  /(?<![\p{L}\d#/.-])\(?0[1-9](?:[ .()-]{0,2}\d){7,10}(?![\d-])/u,
  // North America: area code, exchange, line.
  /(?<!\d)(?:\([2-9]\d{2}\)[ .-]?|[2-9]\d{2}[ .-])[1-9]\d{2}[ .-]\d{4}(?![\d-])/,
];

/** No country's numbers are shorter with their country code (Niue: +683 and four digits); most texts hold fewer digits. */
const PHONE_DIGITS = 7;

function hasPhone(text: string, country: string | null): boolean {
  if (text.replaceAll(/\D/g, '').length < PHONE_DIGITS) return false;
  if (PHONE_FORMS.some((form) => form.test(text))) return true;
  const read = country !== null && isSupportedCountry(country) ? { defaultCountry: country } : {};
  return findPhoneNumbersInText(text, read).some(({ number, startsAt }) => {
    if (!number.isValid()) return false;
    const kind = number.getType();
    // Without a plus, a bracket or a trunk zero a fixed-line number cannot be told from an order number.
    return /[+(0]/.test(text[startsAt] ?? '') || kind === 'MOBILE' || kind === 'FIXED_LINE_OR_MOBILE';
  });
}
