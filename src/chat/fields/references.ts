/**
 * The kinds of field that name something the desk has numbered, `PR-2026-0001`, in whatever way people write it. Must not know:
 * whether it exists.
 */
import { Temporal } from 'temporal-polyfill';
import { personalDataKinds } from '../../vocabulary/personal-data.js';
import type { ProblemSaid } from '../../vocabulary/problems.js';
import { prefixesOf, referenceOf } from '../../vocabulary/references.js';
import { tidied } from '../../vocabulary/spelling.js';
import type { CaseRef, ConsentRef, DisclosureRef } from '../../vocabulary/values.js';
import { type Complaint, personalDataIn } from '../problem.js';
import type { ReadingPlace } from '../reading-place.js';
import { type Field, type FieldKind, field } from './field.js';
import { tooLong } from './kinds.js';

/** Some hundred and forty cases at once, in full. */
const CASES_MAX = 2000;

/** `PR-2026-0001`, or `PR-1`, `1`, `#1`, `2026-0001` for the case of this year. */
export function caseRef(): Field<CaseRef> {
  return numbered<CaseRef>('case', prefixesOf('case'));
}

/** One case or several, with commas; a repeated one counts once. */
export function caseRefs(): Field<readonly CaseRef[]> {
  const prefixes = prefixesOf('case');
  return field({ kind: 'case', suggests: 'cases', numbered: prefixes }, (raw, place) => {
    if (raw.length > CASES_MAX) return tooLong(CASES_MAX);
    const found = new Set<CaseRef>();
    for (const item of raw.normalize('NFKC').split(/[,、;]/)) {
      if (item.trim() === '') continue;
      const ref = inFull(item.trim(), prefixes, place);
      if (ref === null) return notAReference(item.trim(), prefixes, place);
      // Branded here: this is the form such a reference has.
      found.add(ref as CaseRef);
    }
    return found.size === 0 ? notAReference(raw, prefixes, place) : { value: [...found] };
  });
}

/** `DR-2026-0001`, in the same ways. */
export function disclosureRef(): Field<DisclosureRef> {
  return numbered<DisclosureRef>('disclosure', prefixesOf('disclosure'));
}

/** A case, a disclosure or a recorded consent; a bare number is a case's. */
export function anyRef(): Field<CaseRef | DisclosureRef | ConsentRef> {
  const prefixes = ['case', 'disclosure', 'consent'].flatMap(prefixesOf);
  return numbered<CaseRef | DisclosureRef | ConsentRef>('case', prefixes);
}

/** A disclosure or a recorded consent; a bare number is a disclosure's. */
export function disclosureOrConsentRef(): Field<DisclosureRef | ConsentRef> {
  const prefixes = ['disclosure', 'consent'].flatMap(prefixesOf);
  return numbered<DisclosureRef | ConsentRef>('disclosure', prefixes);
}

/** `CO-2026-0001`, in the same ways. */
export function consentRef(): Field<ConsentRef> {
  return numbered<ConsentRef>('consent', prefixesOf('consent'));
}

/** One recorded consent or several, with commas; a repeated one counts once. */
export function consentRefs(): Field<readonly ConsentRef[]> {
  const prefixes = prefixesOf('consent');
  const meta = {
    kind: 'consent',
    suggests: SUGGESTED.consent,
    numbered: prefixes,
  } as const;
  return field(meta, (raw, place) => {
    const items = raw
      .normalize('NFKC')
      .split(/[,、;]/u)
      .map((item) => item.trim())
      .filter((item) => item !== '');
    const found = items.map((item) => inFull(item, prefixes, place));
    const wrong = items.find((_, index) => found[index] === null);
    if (items.length === 0 || wrong !== undefined) return notAReference(wrong ?? raw, prefixes, place);
    // Branded here: this is the form such a reference has.
    return { value: [...new Set(found)] as ConsentRef[] };
  });
}

/** The form of a reference of the desk with its letters, as a first word may have it. */
export function referenceLike(kind: FieldKind, raw: string): boolean {
  const plain = tidied(raw.slice(0, LONGEST)).toUpperCase();
  return prefixesOf(kind).some((prefix) => plain.startsWith(`${prefix}-`));
}

/** A reference in full, as it is shown, whatever way it was typed in; null: it is none of these. */
export function inFull(raw: string, prefixes: readonly string[], place: ReadingPlace): string | null {
  if (raw.length > LONGEST) return null;
  const plain = tidied(raw.replaceAll(/["“”„«»「」]/gu, '')).toUpperCase();
  const [, letters, year, digits = ''] =
    inOnePiece(plain) ?? /^(?:([A-Z]{2})[- ]?)?#?(?:(\d{4})[- /])?(\d{1,9})$/.exec(plain) ?? [];
  const prefix = letters ?? prefixes[0] ?? '';
  if (digits === '' || !prefixes.includes(prefix)) return null;
  // A bare year is a reference cut short; a bare row of digits is somebody's number.
  if (year === undefined && (digits.length > 6 || /^(?:19|20)\d\d$/.test(digits))) return null;
  const number = Number(digits);
  return number === 0 ? null : referenceOf(`${prefix}-${year ?? yearOf(place)}`, number);
}

const LONGEST = 64;

/** `PR20260001`: letters, year and number in one piece. */
const inOnePiece = (plain: string): readonly (string | undefined)[] | null =>
  /^([A-Z]{2})-?(20\d{2})(\d{4,5})$/.exec(plain);

function yearOf({ now, zone }: ReadingPlace): number {
  return Temporal.Instant.from(now).toZonedDateTimeISO(zone).year;
}

const SUGGESTED = { case: 'cases', disclosure: 'disclosures', consent: 'consents' } as const;

function numbered<Ref extends string>(
  kind: 'case' | 'disclosure' | 'consent',
  prefixes: readonly string[],
): Field<Ref> {
  return field({ kind, suggests: SUGGESTED[kind], numbered: prefixes }, (raw, place) => {
    const found = inFull(raw, prefixes, place);
    // Branded here: this is the form such a reference has.
    if (found !== null) return { value: found as Ref };
    return notAReference(raw, prefixes, place);
  });
}

function notAReference(raw: string, prefixes: readonly string[], place: ReadingPlace): Complaint {
  const like = prefixes.map((prefix) => referenceOf(`${prefix}-${yearOf(place)}`, 1));
  const wanted: ProblemSaid = { reason: 'not-a-reference', facts: { like } };
  const kinds = raw.length > LONGEST ? [] : personalDataKinds(raw, place.country);
  if (kinds.length > 0) return personalDataIn(kinds, wanted);
  return { code: 'invalid-value', ...wanted, read: raw };
}
