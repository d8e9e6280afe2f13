/**
 * The kinds of field that hold a date or a time. Dates that do not exist are refused; whether one lies in the future is
 * the command's to say. Must not know: the clock, the policy's zone.
 */
import { Temporal } from 'temporal-polyfill';
import { findPersonalData } from '../../vocabulary/personal-data.js';
import type { Day, Instant } from '../../vocabulary/values.js';
import { type Complaint, personalDataIn } from '../problem.js';
import { type Field, field, type ReadingPlace } from './field.js';
import { guardedText, REFERENCE_MAX } from './kinds.js';

/** As given; a local time and a day are placed in the policy's zone by the command. */
export type Moment =
  | { readonly kind: 'instant'; readonly instant: Instant }
  /** `2026-11-20T14:30:00`, without a zone. */
  | { readonly kind: 'local'; readonly local: string }
  | { readonly kind: 'day'; readonly day: Day };

/** A day, and where it is on record: `2026-12-10/call#9`. */
export type DatedReference = { readonly day: Day; readonly ref: string | null };

/** No record of this desk is older or reaches further. */
const YEARS = { from: 1970, to: 2200 };

/** `2026-12-10`. */
export function day(label: string, description: string): Field<Day> {
  return field({ kind: 'day', label }, description, (raw, place) => {
    const found = dayOf(raw.normalize('NFKC'));
    return found === null ? notADate(raw, 'a date that exists, like 2026-12-10', place) : { value: found };
  });
}

/** An instant with a zone, a local date-time, or a date. */
export function moment(label: string, description: string): Field<Moment> {
  return field({ kind: 'moment', label }, description, (raw, place) => {
    const found = momentOf(raw.normalize('NFKC').toUpperCase());
    return found === null
      ? notADate(
          raw,
          'a date or time that exists, like 2026-11-20, 2026-11-20T14:30 or 2026-11-20T06:30Z',
          place,
        )
      : { value: found };
  });
}

/** `2026-12-10` or `2026-12-10/call#9`. */
export function datedReference(label: string, description: string): Field<DatedReference> {
  return field<DatedReference>(
    { kind: 'dated', label, maxLength: REFERENCE_MAX },
    description,
    (raw, place) => {
      const slash = raw.indexOf('/');
      const found = dayOf((slash < 0 ? raw : raw.slice(0, slash)).trim().normalize('NFKC'));
      if (found === null) {
        return notADate(
          raw,
          'a date that exists, perhaps with a reference, like 2026-12-10 or 2026-12-10/call#9',
          place,
        );
      }
      const after = slash < 0 ? '' : raw.slice(slash + 1).trim();
      if (after === '') return { value: { day: found, ref: null } };
      const ref = guardedText(after, REFERENCE_MAX, false, place);
      return 'value' in ref ? { value: { day: found, ref: ref.value } } : ref;
    },
  );
}

/** `2026-11`. */
export function month(label: string, description: string): Field<string> {
  return field({ kind: 'month', label }, description, (raw, place) => {
    const plain = raw.normalize('NFKC');
    return /^\d{4}-\d{2}$/.test(plain) && dayOf(`${plain}-01`) !== null
      ? { value: plain }
      : notADate(raw, 'a month like 2026-11', place);
  });
}

function dayOf(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  return whenReal(() => {
    const date = Temporal.PlainDate.from(text);
    // Branded here: the date exists.
    return inReach(date.year) ? (text as Day) : null;
  });
}

function momentOf(text: string): Moment | null {
  const found = dayOf(text);
  if (found !== null) return { kind: 'day', day: found };
  const parts =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}(?::?\d{2})?)?$/.exec(text);
  if (parts === null) return null;
  const [, date = '', time = '', zone] = parts;
  // A leap second would be read as :59; nobody means it.
  if (dayOf(date) === null || /^\d{2}:\d{2}:60/.test(time)) return null;
  return whenReal(() => {
    const local = Temporal.PlainDateTime.from(`${date}T${time}`);
    if (zone === undefined) return { kind: 'local', local: local.toString() };
    // Branded here: as Temporal prints it.
    return {
      kind: 'instant',
      instant: Temporal.Instant.from(`${date}T${time}${zone}`).toString() as Instant,
    };
  });
}

/** Temporal throws a RangeError for what the calendar does not have; that is an expected no here. */
function whenReal<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function inReach(year: number): boolean {
  return year >= YEARS.from && year <= YEARS.to;
}

function notADate(raw: string, what: string, { country }: ReadingPlace): Complaint {
  const kind = findPersonalData(raw, country);
  return kind === null ? { code: 'invalid-value', says: `must be ${what}`, read: raw } : personalDataIn(kind);
}
