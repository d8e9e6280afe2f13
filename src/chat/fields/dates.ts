/**
 * The kinds of field that hold a date or a time. Dates that do not exist, or read two ways, are refused; whether one lies in the
 * future is the command's to say. Must not know: which commands use them.
 */
import { personalDataKinds } from '../../vocabulary/personal-data.js';
import type { ProblemSaid } from '../../vocabulary/problems.js';
import type { Day } from '../../vocabulary/values.js';
import { type Complaint, personalDataIn } from '../problem.js';
import type { ReadingPlace } from '../reading-place.js';
import { type Field, type FieldMeta, field, type Read } from './field.js';
import { guardedText, REFERENCE_MAX, tooLong } from './kinds.js';
import { type Direction, type Found, type Moment, readDay, readMoment, readMonth } from './read-date.js';

/** A day, and where it is on record: `2026-12-10/call#9`. */
export type DatedReference = { readonly day: Day; readonly ref: string | null };

const NOT_A_DAY: ProblemSaid = { reason: 'not-a-day', facts: {} };
const NOT_A_MOMENT: ProblemSaid = { reason: 'not-a-moment', facts: {} };
const NOT_DATED: ProblemSaid = { reason: 'not-a-dated-reference', facts: {} };
const NOT_A_MONTH: ProblemSaid = { reason: 'not-a-month', facts: {} };

/** `2026-12-10`, or as people say it; `direction` of one without a year: did it happen, or shall it? */
export function day(direction: Direction = 'past'): Field<Day> {
  return field({ kind: 'day', direction }, (raw, place) =>
    foundOr(readDay(raw, direction, place), raw, NOT_A_DAY, place),
  );
}

/** An instant with a zone, a local date-time, or a date: of what happened. */
export function moment(): Field<Moment> {
  return field({ kind: 'moment' }, (raw, place) =>
    foundOr(readMoment(raw, 'past', place), raw, NOT_A_MOMENT, place),
  );
}

/** `2026-12-10` or `2026-12-10/call#9`, of what happened. */
export function datedReference(): Field<DatedReference> {
  return field<DatedReference>({ kind: 'dated', maxLength: REFERENCE_MAX }, (raw, place) => {
    if (raw.length > REFERENCE_MAX) return tooLong(REFERENCE_MAX);
    const { found, after } = dateBeforeSlash(raw, place);
    if (found === null || 'either' in found) return foundOr<DatedReference>(found, raw, NOT_DATED, place);
    if (after === '') return { value: { day: found.value, ref: null } };
    const ref = guardedText(after, REFERENCE_MAX, false, place);
    return 'value' in ref ? { value: { day: found.value, ref: ref.value } } : ref;
  });
}

/** `2026-11`. */
export function month(): Field<string> {
  return field({ kind: 'month' }, (raw, place) => {
    const found = readMonth(raw, place);
    return foundOr(found === null ? null : { value: found }, raw, NOT_A_MONTH, place);
  });
}

/** Whether this text alone would be a date for a field of this kind; never for one that holds no date. */
export function isDate({ kind, direction }: FieldMeta, text: string, place: ReadingPlace): boolean {
  switch (kind) {
    case 'day':
      return readDay(text, direction, place) !== null;
    case 'moment':
      return readMoment(text, direction, place) !== null;
    case 'dated':
      return dateBeforeSlash(text, place).found !== null;
    case 'month':
      return readMonth(text, place) !== null;
    default:
      return false;
  }
}

/** The longest part that is a date: a slash may be the date's own (`2026/11/20/call#9`), and a full-width one is a slash. */
function dateBeforeSlash(
  raw: string,
  place: ReadingPlace,
): { readonly found: Found<Day>; readonly after: string } {
  const pieces = raw.split(/[/／]/u);
  for (let count = Math.min(pieces.length, 3); count > 0; count -= 1) {
    const found = readDay(pieces.slice(0, count).join('/'), 'past', place);
    if (found !== null) return { found, after: pieces.slice(count).join('/').trim() };
  }
  return { found: null, after: '' };
}

function foundOr<T>(found: Found<T>, raw: string, wanted: ProblemSaid, place: ReadingPlace): Read<T> {
  if (found === null) return notRead(raw, wanted, place);
  if ('value' in found) return found;
  const [first, second] = found.either;
  return {
    code: 'invalid-value',
    reason: 'reads-two-ways',
    facts: { first, second },
    read: raw,
    allowed: [first, second],
  };
}

/** Length comes first: what is longer than any date is not looked at. */
function notRead(raw: string, wanted: ProblemSaid, { country }: ReadingPlace): Complaint {
  if (raw.length > REFERENCE_MAX) return { code: 'invalid-value', ...wanted };
  const kinds = personalDataKinds(raw, country);
  return kinds.length > 0 ? personalDataIn(kinds, wanted) : { code: 'invalid-value', ...wanted, read: raw };
}
