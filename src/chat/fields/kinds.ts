/**
 * The kinds of field a command can have, but for dates (fields/dates.ts): each reads a string or complains, with what is
 * allowed and the nearest match. Must not know: which commands use them, the clock, any surface.
 */

import { accountOf, HERE, parseAccount } from '../../vocabulary/accounts.js';
import { findMassMention, findUnprintable, personalDataKinds } from '../../vocabulary/personal-data.js';
import type { ProblemSaid } from '../../vocabulary/problems.js';
import { plainSpelling, tidied } from '../../vocabulary/spelling.js';
import { type Account, CATEGORIES, type Category } from '../../vocabulary/values.js';
import { nearest } from '../nearest.js';
import { type Complaint, personalDataIn } from '../problem.js';
import type { ReadingPlace } from '../reading-place.js';
import { type Field, field, type Read, type SuggestionKind } from './field.js';

const TEXT_MAX = 2000;
export const REFERENCE_MAX = 200;
const WORD_MAX = 64;
const LIST_MAX = 400;

/** Free text: no personal data, nothing that notifies a crowd, nothing unprintable. Default at most 2000 characters. */
export function text(
  options: { readonly max?: number; readonly multiline?: boolean; readonly suggests?: SuggestionKind } = {},
): Field<string> {
  const { max = TEXT_MAX, multiline = false, suggests = null } = options;
  return field({ kind: 'text', freeText: true, multiline, suggests, maxLength: max }, (raw, place) =>
    guardedText(raw, max, multiline, place),
  );
}

/** What a program wrote, as it was copied from a chat: of any lines, for no record. At most so many characters. */
export function pasted(max: number): Field<string> {
  return field({ kind: 'text', freeText: true, multiline: true, maxLength: max }, (raw) =>
    raw.length > max ? tooLong(max) : { value: raw },
  );
}

/** A pointer into the company's own system, a provision, a name of an organisation: one line, at most 200 characters. */
export function reference(
  options: { readonly max?: number; readonly suggests?: SuggestionKind } = {},
): Field<string> {
  const { max = REFERENCE_MAX, suggests = null } = options;
  return field({ kind: 'reference', freeText: true, suggests, maxLength: max }, (raw, place) =>
    guardedText(raw, max, false, place),
  );
}

/** One word of letters, digits and `- _ . / #`, at most 64, that is no closed list: an order, a template, a pack. */
export function word(suggests: SuggestionKind | null = null): Field<string> {
  return field({ kind: 'word', suggests, maxLength: WORD_MAX }, oneWord);
}

/** The desk's own pattern: letters, digits, dash and underscore, 3 to 64 characters, at least one digit. */
const CUSTOMER = /^(?=.*\p{Nd})[\p{L}\p{M}\p{Nd}_-]{3,64}$/u;

/** The customer as the company's own system knows them: opaque, as the pack's pattern has it, kept in one spelling. */
export function customer(): Field<string> {
  return field({ kind: 'customer', maxLength: WORD_MAX }, (raw, place) => {
    if ([...raw].length > WORD_MAX) return tooLong(WORD_MAX);
    const { country, customerPattern: pattern } = place;
    const wanted: ProblemSaid = { reason: 'not-a-customer', facts: { pattern } };
    const kinds = personalDataKinds(raw, country);
    if (kinds.length > 0) return personalDataIn(kinds, wanted);
    const value = tidied(raw);
    const form = pattern === null ? CUSTOMER : new RegExp(`^(?:${pattern})$`, 'iu');
    return form.test(value) ? { value } : { code: 'invalid-value', ...wanted, read: raw };
  });
}

/** Exactly one of a closed list. */
export function choice<const Value extends string>(
  values: readonly Value[],
  suggests: SuggestionKind | null = null,
): Field<Value> {
  return field({ kind: 'choice', choices: values, suggests }, (raw, place) => {
    const plain = plainSpelling(raw.slice(0, WORD_MAX)).toLowerCase();
    const found = values.find((value) => value === plain);
    return found === undefined ? outsideList(raw, values, place) : { value: found };
  });
}

/** What stands between the items of a list, in any script. */
const BETWEEN_ITEMS = /[,;、+&|/]/u;

/** Several of a closed list, separated by commas; a repeated one counts once. Never empty. */
export function choices<const Value extends string>(values: readonly Value[]): Field<readonly Value[]> {
  const meta = { kind: 'choice', choices: values, many: true } as const;
  return field(meta, (raw, place) => {
    if (raw.length > LIST_MAX) return tooLong(LIST_MAX);
    const items = plainSpelling(raw)
      .split(BETWEEN_ITEMS)
      .map((item) => item.trim().toLowerCase())
      .filter((item) => item !== '');
    const outside = items.filter((item) => !values.some((value) => value === item));
    if (items.length === 0 || outside.length > 0)
      return (outside.length > 0 ? outside : [raw]).map((item) => outsideList(item, values, place));
    return { value: values.filter((value) => items.includes(value)) };
  });
}

/** Categories separated by commas, or `all`, which is each of them where `all` is left out; a repeated one counts once. Never empty. */
export function categoryList(
  options: { readonly all?: readonly Category[] } = {},
): Field<readonly Category[]> {
  const allowed = [...CATEGORIES, 'all'] as const;
  const known = (word: string) => allowed.find((one) => one === word.toLowerCase());
  return field({ kind: 'categories', choices: allowed, many: true, suggests: 'categories' }, (raw, place) => {
    if (raw.length > LIST_MAX) return tooLong(LIST_MAX);
    const items = plainSpelling(raw)
      .split(BETWEEN_ITEMS)
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .flatMap((item) => {
        const words = item.split(' ');
        return words.every((word) => known(word) !== undefined) ? words : [item];
      });
    if (items.length === 0) return outsideList(raw, allowed, place);
    const found = new Set<Category>();
    const complaints: Complaint[] = [];
    for (const item of items) {
      const category = known(item);
      if (category === undefined) complaints.push(outsideList(item, allowed, place));
      else for (const each of category === 'all' ? (options.all ?? CATEGORIES) : [category]) found.add(each);
    }
    return complaints.length > 0 ? complaints : { value: [...found] };
  });
}

/** A staff member as written (`mei`, `@mei`, `<@U123>`): the desk finds out later who that is. At most 64 characters. */
export function person(suggests: SuggestionKind = 'people'): Field<string> {
  return field({ kind: 'person', suggests, maxLength: WORD_MAX }, (raw, { country }) => {
    if (raw.length > WORD_MAX) return tooLong(WORD_MAX);
    if (/^<@!?\w+(?:\|[^<>|\s]*)?>$/.test(raw)) return { value: raw };
    const kinds = personalDataKinds(raw, country);
    if (kinds.length > 0) return personalDataIn(kinds, NOT_A_COLLEAGUE);
    const plain = plainSpelling(raw);
    if (/^@?[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(plain)) return { value: plain };
    return { code: 'invalid-value', ...NOT_A_COLLEAGUE, read: raw };
  });
}

const NOT_A_COLLEAGUE: ProblemSaid = { reason: 'not-a-colleague', facts: {} };

/** An account on a platform; `like` shows what one looks like. Which platforms there are is the desk's to say. */
export function account(like: string): Field<Account> {
  return field({ kind: 'account', maxLength: WORD_MAX }, (raw) => {
    if (raw.length > WORD_MAX) return tooLong(WORD_MAX);
    // A mention or a bare id is an account of the platform it is typed on, which the desk knows.
    const id =
      /^<@!?(\w+)(?:\|[^<>|\s]*)?>$/.exec(raw)?.[1] ?? /^(?:\d{5,20}|[UW][A-Z0-9]{6,})$/.exec(raw)?.[0];
    if (id !== undefined) return { value: accountOf(HERE, id) };
    const found = parseAccount(raw);
    if (found !== null) return { value: found };
    return { code: 'invalid-value', reason: 'not-an-account', facts: { like }, read: raw };
  });
}

/** `yes`, and nothing else: leave it out for no. */
export function yes(): Field<true> {
  return field({ kind: 'yes', choices: ['yes'] }, (raw, place) =>
    /^(?:yes|true)$/i.test(plainSpelling(raw.slice(0, WORD_MAX)))
      ? { value: true }
      : { ...outsideList(raw, ['yes'], place), reason: 'only-yes', facts: {} },
  );
}

/** A whole number, by default of days from 1 to 366. */
export function wholeNumber(options: { readonly min?: number; readonly max?: number } = {}): Field<number> {
  const { min = 1, max = 366 } = options;
  return field({ kind: 'number' }, (raw) => {
    const digits = plainSpelling(raw.slice(0, WORD_MAX)).replace(/ ?(?:days?|d|天)$/u, '');
    const number = /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
    if (number >= min && number <= max) return { value: number };
    return { code: 'invalid-value', reason: 'not-a-number', facts: { min, max }, read: raw };
  });
}

/** The text if it may be kept and shown. The reason it may not be is found without repeating it. */
export function guardedText(
  raw: string,
  max: number,
  multiline: boolean,
  { country }: ReadingPlace,
): Read<string> {
  const value = multiline ? raw.replaceAll('\r\n', '\n') : raw;
  if ([...value].length > max) return tooLong(max);
  const kinds = personalDataKinds(value, country);
  if (kinds.length > 0) return personalDataIn(kinds);
  const what = findUnprintable(value, { multiline });
  if (what !== null) return { code: 'invalid-value', reason: 'unprintable', facts: { what } };
  const mention = findMassMention(value);
  if (mention !== null) return { code: 'invalid-value', reason: 'would-notify', facts: {}, read: mention };
  return { value };
}

export function tooLong(max: number): Complaint {
  return { code: 'too-long', reason: 'too-long', facts: { max } };
}

function oneWord(raw: string, { country }: ReadingPlace): Read<string> {
  if ([...raw].length > WORD_MAX) return tooLong(WORD_MAX);
  const kinds = personalDataKinds(raw, country);
  if (kinds.length > 0) return personalDataIn(kinds);
  const value = tidied(raw);
  if (/^[\p{L}\p{M}\p{N}_./#-]+$/u.test(value)) return { value };
  return { code: 'invalid-value', reason: 'not-one-word', facts: {}, read: raw };
}

function outsideList(raw: string, allowed: readonly string[], { said }: ReadingPlace): Complaint {
  const suggestion = nearest(raw, allowed, said.values);
  return { code: 'invalid-value', reason: 'not-listed', facts: { allowed }, read: raw, allowed, suggestion };
}
