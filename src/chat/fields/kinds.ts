/**
 * The kinds of field a command can have, but for dates (fields/dates.ts): each reads a string or complains, with what is
 * allowed and the nearest match. Must not know: which commands use them, the clock, any surface.
 */

import { parseAccount } from '../../vocabulary/accounts.js';
import { findMassMention, findPersonalData, findUnprintable } from '../../vocabulary/personal-data.js';
import { prefixesOf } from '../../vocabulary/references.js';
import {
  type Account,
  CATEGORIES,
  type CaseRef,
  type Category,
  type ConsentRef,
  type DisclosureRef,
} from '../../vocabulary/values.js';
import { type Complaint, listed, nearest, personalDataIn } from '../problem.js';
import {
  type Field,
  type FieldKind,
  field,
  type Read,
  type ReadingPlace,
  type SuggestionKind,
} from './field.js';

const TEXT_MAX = 2000;
export const REFERENCE_MAX = 200;
const WORD_MAX = 64;

/** Free text: no personal data, nothing that notifies a crowd, nothing unprintable. Default at most 2000 characters. */
export function text(
  label: string,
  description: string,
  options: { readonly max?: number; readonly multiline?: boolean } = {},
): Field<string> {
  const { max = TEXT_MAX, multiline = false } = options;
  return field(
    { kind: 'text', label, freeText: true, multiline, maxLength: max },
    description,
    (raw, place) => guardedText(raw, max, multiline, place),
  );
}

/** A pointer into the company's own system, a provision, a name of an organisation: one line, at most 200 characters. */
export function reference(
  label: string,
  description: string,
  options: { readonly max?: number; readonly suggests?: SuggestionKind } = {},
): Field<string> {
  const { max = REFERENCE_MAX, suggests = null } = options;
  return field(
    { kind: 'reference', label, freeText: true, suggests, maxLength: max },
    description,
    (raw, place) => guardedText(raw, max, false, place),
  );
}

/** One word of letters, digits and `- _ . / #`, at most 64, that is no closed list: an order, a template, a pack. */
export function word(
  label: string,
  description: string,
  suggests: SuggestionKind | null = null,
): Field<string> {
  return field({ kind: 'word', label, suggests, maxLength: WORD_MAX }, description, (raw, place) =>
    opaqueWord(raw, 'must be one word of letters, digits and - _ . / #', place),
  );
}

/** The customer as the company's own system knows them: opaque, 1 to 64 characters, kept as written. */
export function customer(
  description = 'The customer’s reference in your own system, never a name or number of theirs',
): Field<string> {
  return field({ kind: 'customer', label: 'Customer', maxLength: WORD_MAX }, description, (raw, place) =>
    opaqueWord(raw, 'must be one reference of letters, digits and - _ . / #, without spaces', place),
  );
}

/** Exactly one of a closed list. */
export function choice<const Value extends string>(
  label: string,
  description: string,
  values: readonly Value[],
): Field<Value> {
  return field({ kind: 'choice', label, choices: values }, description, (raw) => {
    const found = values.find((value) => value === raw.toLowerCase());
    return found === undefined ? outsideList(raw, values) : { value: found };
  });
}

/** Categories separated by commas, or `all`; a repeated one counts once. Never empty. */
export function categoryList(label: string, description: string): Field<readonly Category[]> {
  const allowed = [...CATEGORIES, 'all'] as const;
  return field(
    { kind: 'categories', label, choices: allowed, many: true, suggests: 'categories' },
    description,
    (raw) => {
      const items = raw
        .normalize('NFKC')
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
      if (items.length === 0) return outsideList(raw, allowed);
      const known = new Set<Category>();
      const complaints: Complaint[] = [];
      for (const item of items) {
        const found = allowed.find((one) => one === item);
        if (found === undefined) complaints.push(outsideList(item, allowed));
        else for (const category of found === 'all' ? CATEGORIES : [found]) known.add(category);
      }
      return complaints.length > 0 ? complaints : { value: [...known] };
    },
  );
}

/** `PR-2026-0001`, in any case. */
export function caseRef(description = 'The case, e.g. PR-2026-0001'): Field<CaseRef> {
  return numbered<CaseRef>('case', 'Case', prefixesOf('case'), description);
}

/** `DR-2026-0001`, in any case. */
export function disclosureRef(description = 'The disclosure, e.g. DR-2026-0001'): Field<DisclosureRef> {
  return numbered<DisclosureRef>('disclosure', 'Disclosure', prefixesOf('disclosure'), description);
}

/** A case or a disclosure, `PR-2026-0001` or `DR-2026-0001`, in any case. */
export function recordRef(description: string): Field<CaseRef | DisclosureRef> {
  return numbered<CaseRef | DisclosureRef>(
    'case',
    'Case',
    [...prefixesOf('case'), ...prefixesOf('disclosure')],
    description,
  );
}

/** `CO-2026-0001`, in any case. */
export function consentRef(description = 'The recorded consent, e.g. CO-2026-0001'): Field<ConsentRef> {
  return numbered<ConsentRef>('consent', 'Consent', prefixesOf('consent'), description);
}

/** A staff member as written (`mei`, `@mei`, `<@U123>`): the desk finds out later who that is. At most 64 characters. */
export function person(label: string, description: string): Field<string> {
  return field(
    { kind: 'person', label, suggests: 'people', maxLength: WORD_MAX },
    description,
    (raw, { country }) => {
      if (raw.length > WORD_MAX) return tooLong(WORD_MAX);
      if (/^<@!?\w+(?:\|[^<>|\s]*)?>$/.test(raw)) return { value: raw };
      const kind = findPersonalData(raw, country);
      if (kind !== null)
        return { ...personalDataIn(kind), says: 'must be a colleague’s name on the staff list, e.g. mei' };
      if (/^@?[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(raw)) return { value: raw };
      return {
        code: 'invalid-value',
        says: 'must be one name on the staff list, e.g. mei or @mei',
        read: raw,
      };
    },
  );
}

/** An account on a platform; `like` shows what one looks like. Which platforms there are is the desk's to say. */
export function account(label: string, description: string, like: string): Field<Account> {
  return field({ kind: 'account', label, maxLength: WORD_MAX }, description, (raw) => {
    if (raw.length > WORD_MAX) return tooLong(WORD_MAX);
    const found = parseAccount(raw);
    if (found !== null) return { value: found };
    return { code: 'invalid-value', says: `must be an account like ${like}`, read: raw };
  });
}

/** `yes`, and nothing else: leave it out for no. */
export function yes(label: string, description: string): Field<true> {
  return field({ kind: 'yes', label, choices: ['yes'] }, description, (raw) =>
    /^(?:yes|true)$/i.test(raw)
      ? { value: true }
      : { ...outsideList(raw, ['yes']), says: 'must be yes; leave it out for no' },
  );
}

/** A whole number, by default of days from 1 to 366. */
export function wholeNumber(
  label: string,
  description: string,
  options: { readonly min?: number; readonly max?: number } = {},
): Field<number> {
  const { min = 1, max = 366 } = options;
  return field({ kind: 'number', label }, description, (raw) => {
    const digits = raw.normalize('NFKC');
    const number = /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
    if (number >= min && number <= max) return { value: number };
    return { code: 'invalid-value', says: `must be a whole number from ${min} to ${max}`, read: raw };
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
  const kind = findPersonalData(value, country);
  if (kind !== null) return personalDataIn(kind);
  const unprintable = findUnprintable(value, { multiline });
  if (unprintable !== null) {
    return { code: 'invalid-value', says: `cannot be kept with ${unprintable} in it: type it as plain text` };
  }
  const mention = findMassMention(value);
  if (mention !== null) {
    return { code: 'invalid-value', says: 'would notify people: write the name without @', read: mention };
  }
  return { value };
}

function tooLong(max: number): Complaint {
  return { code: 'too-long', says: `is too long: at most ${max} characters` };
}

function opaqueWord(raw: string, says: string, { country }: ReadingPlace): Read<string> {
  if ([...raw].length > WORD_MAX) return tooLong(WORD_MAX);
  const kind = findPersonalData(raw, country);
  if (kind !== null) return personalDataIn(kind);
  if (/^[\p{L}\p{N}_./#-]+$/u.test(raw)) return { value: raw };
  return { code: 'invalid-value', says, read: raw };
}

function outsideList(raw: string, allowed: readonly string[]): Complaint {
  return {
    code: 'invalid-value',
    says: `must be ${allowed.length > 2 ? 'one of ' : ''}${listed(allowed)}`,
    read: raw,
    allowed,
    suggestion: nearest(raw, allowed),
  };
}

/** The form of a reference of the desk; the number has at least four digits. */
export function referenceLike(kind: FieldKind, raw: string): boolean {
  const plain = raw.normalize('NFKC').toUpperCase();
  return prefixesOf(kind).some((prefix) => plain.startsWith(`${prefix}-`));
}

const SUGGESTED = { case: 'cases', disclosure: 'disclosures', consent: 'consents' } as const;

function numbered<Ref extends string>(
  kind: 'case' | 'disclosure' | 'consent',
  label: string,
  prefixes: readonly string[],
  description: string,
): Field<Ref> {
  return field({ kind, label, suggests: SUGGESTED[kind] }, description, (raw) => {
    const plain = raw.normalize('NFKC').toUpperCase();
    const parts = /^([A-Z]{2})[- ]?(\d{4})[- ]?(\d{1,9})$/.exec(plain);
    const number = (parts?.[3] ?? '').replace(/^0+/, '').padStart(4, '0');
    const prefix = parts?.[1] ?? '';
    const known = prefixes.includes(prefix);
    const proper = parts === null || !known ? null : `${prefix}-${parts[2]}-${number}`;
    // Branded here: this is the form such a reference has.
    if (proper !== null && proper === plain) return { value: plain as Ref };
    return {
      code: 'invalid-value',
      says: `must be a reference like ${prefixes.map((one) => `${one}-2026-0001`).join(' or ')}`,
      read: raw,
      suggestion: Number(number) > 0 ? proper : null,
    };
  });
}
