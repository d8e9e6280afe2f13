/**
 * Civil days and the pack's working days (dates.md). Days are `YYYY-MM-DD` in the policy's time zone, instants
 * UTC. Must not know: the present day, request types, deadlines.
 */
import Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import type { Day, Instant } from '../vocabulary/values.js';
import type { Pack } from './schema.js';

/** A pack's days off and working days. */
export type Calendar = {
  /** A make-up day, or a weekday that is no public holiday. */
  readonly isWorkingDay: (day: Day) => boolean;
  /** A listed day off, weekend days of a listed range included; make-up days are none. */
  readonly isHoliday: (day: Day) => boolean;
  /** The n-th working day after `day` (`day` itself is not counted); `day` when n is 0. RangeError below 0. */
  readonly addWorkingDays: (day: Day, n: number) => Day;
  readonly lastWorkingDayOnOrBefore: (day: Day) => Day;
  readonly firstWorkingDayOnOrAfter: (day: Day) => Day;
  /** The first working day after `day`. */
  readonly nextWorkingDay: (day: Day) => Day;
};

const calendars = new WeakMap<Pack, Calendar>();

/** The pack's calendar; the same one every time for the same pack. */
export function calendarOf(pack: Pack): Calendar {
  const known = calendars.get(pack);
  if (known !== undefined) return known;
  const made = makeCalendar(pack);
  calendars.set(pack, made);
  return made;
}

/** Whether the pack says which days of the year are off; `doctor` warns when it does not (dates.md). */
export function calendarCovers(pack: Pack, year: number): boolean {
  return pack.calendar.years[String(year)] !== undefined;
}

function makeCalendar(pack: Pack): Calendar {
  const { country, weekend, never, years } = pack.calendar;
  const cache = new Map<
    string,
    { readonly off: ReadonlySet<string>; readonly working: ReadonlySet<string> }
  >();

  const yearOf = (day: Day) => {
    const year = day.slice(0, 4);
    const known = cache.get(year);
    if (known !== undefined) return known;
    const lists = years[year];
    const listed = (list: 'add' | 'remove' | 'working') =>
      new Set<string>((lists?.[list] ?? []).flatMap(({ days }) => civilRange(days) ?? []));
    const off = new Set<string>(publicHolidays(country, Number(year)));
    for (const { day: dropped } of never) off.delete(`${year}-${dropped}`);
    const working = listed('working');
    for (const dropped of [...listed('remove'), ...working]) off.delete(dropped);
    for (const added of listed('add')) off.add(added);
    const made = { off, working };
    cache.set(year, made);
    return made;
  };
  const isHoliday = (day: Day) => yearOf(day).off.has(day);
  const isWorkingDay = (day: Day) => {
    const { off, working } = yearOf(day);
    return working.has(day) || !(weekend.includes(plain(day).dayOfWeek) || off.has(day));
  };
  const seek = (day: Day, step: 1 | -1) => {
    let at = day;
    while (!isWorkingDay(at)) at = addDays(at, step);
    return at;
  };
  const nextWorkingDay = (day: Day) => seek(addDays(day, 1), 1);
  return {
    isWorkingDay,
    isHoliday,
    nextWorkingDay,
    addWorkingDays: (day, n) => {
      if (!Number.isInteger(n) || n < 0) throw new RangeError(`not a number of working days: ${n}`);
      let at = day;
      for (let left = n; left > 0; left -= 1) at = nextWorkingDay(at);
      return at;
    },
    lastWorkingDayOnOrBefore: (day) => seek(day, -1),
    firstWorkingDayOnOrAfter: (day) => seek(day, 1),
  };
}

/**
 * The library's public holidays that begin at midnight; it also lists half days (12:00), which are no days off. Remembered:
 * a lunar year takes it tens of milliseconds.
 */
export const publicHolidays = remembered((country: string, year: number): readonly string[] => {
  const library = new Holidays(country, { types: ['public'] });
  return library.getHolidays(year).flatMap(({ date, start, end, type }) => {
    if (type !== 'public' || date.slice(11, 19) !== '00:00:00') return [];
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
    const first = dayOf(date.slice(0, 10));
    return Array.from({ length }, (_, n) => addDays(first, n));
  });
});

/** Monday 1 to Sunday 7. */
export const isoWeekday = (day: Day): number => Temporal.PlainDate.from(day).dayOfWeek;

/** The days of `2026-10-01/2026-10-07` or of one date; null when it is no range of at most 366 days. */
export function civilRange(text: string): readonly Day[] | null {
  const [first, last] = text.split('/');
  try {
    const from = Temporal.PlainDate.from(first ?? '');
    const length = from.until(Temporal.PlainDate.from(last ?? first ?? '')).days + 1;
    if (length < 1 || length > 366) return null;
    return Array.from({ length }, (_, n) => branded(from.add({ days: n })));
  } catch {
    return null;
  }
}

/** A text as a civil day. RangeError unless it is a real `YYYY-MM-DD`. */
export function dayOf(text: string): Day {
  const day = branded(Temporal.PlainDate.from(text));
  if (day !== text) throw new RangeError(`not a civil day: ${text}`);
  return day;
}

export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** The civil day of an instant in a time zone. */
export const civilDay = remembered(
  (instant: Instant, zone: string): Day =>
    branded(Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate()),
);

export const addDays = remembered((day: Day, n: number): Day => branded(plain(day).add({ days: n })));

/** Keeps the day number, or takes the month's last day (dates.md). */
export function addMonths(day: Day, n: number): Day {
  return branded(plain(day).add({ months: n }, { overflow: 'constrain' }));
}

/** Civil days from one day to another; negative when `to` is earlier. */
export const daysBetween = remembered(
  (from: Day, to: Day): number => plain(from).until(plain(to), { largestUnit: 'days' }).days,
);

/** The first instant of a day in a time zone. */
export function startOfDay(day: Day, zone: string): Instant {
  return brandedInstant(plain(day).toZonedDateTime({ timeZone: zone }).toInstant());
}

/**
 * A day's local time (`09:00`) as an instant. A time that does not exist is the next valid instant, one that
 * occurs twice is the first (dates.md).
 */
export const localTime = remembered((day: Day, time: string, zone: string): Instant => {
  const wanted = plain(day).toPlainDateTime(Temporal.PlainTime.from(time));
  const first = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(wanted)) return brandedInstant(first.toInstant());
  const after = first.getTimeZoneTransition('next') ?? wanted.toZonedDateTime(zone);
  return brandedInstant(after.toInstant());
});

/** Negative, 0 or positive, as the first instant is before, at or after the second. */
export function compareInstants(one: Instant, other: Instant): number {
  if (one === other) return 0;
  // With as many digits each, the texts are in the order of the instants.
  if (one.length === other.length && PLAIN_INSTANT.test(one) && PLAIN_INSTANT.test(other))
    return one < other ? -1 : 1;
  return Temporal.Instant.compare(one, other);
}

/** Of a text that was kept somewhere; null: damaged. */
export const keptInstant = (text: string | null): Instant | null =>
  text !== null && PLAIN_INSTANT.test(text) && !Number.isNaN(Date.parse(text)) ? (text as Instant) : null;

const PLAIN_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** The instant so many seconds later, to the millisecond. */
export function afterSeconds(instant: Instant, seconds: number): Instant {
  return brandedInstant(Temporal.Instant.from(instant).add({ milliseconds: Math.round(seconds * 1000) }));
}

const REMEMBERED_MAX = 1000;

/** The same answer for the same texts, worked out once: a morning's cases share their days. No text holds a line feed. */
function remembered<Given extends readonly (string | number)[], Result>(
  work: (...given: Given) => Result,
): (...given: Given) => Result {
  const known = new Map<string, Result>();
  return (...given) => {
    const key = given.join('\n');
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = work(...given);
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(key, result);
    return result;
  };
}

const plainDay = remembered((day: Day): Temporal.PlainDate => Temporal.PlainDate.from(day));
function plain(day: Day): Temporal.PlainDate {
  return plainDay(day);
}

// The two places where a text becomes a branded value: Temporal has just printed it.
function branded(date: Temporal.PlainDate): Day {
  return date.toString() as Day;
}
function brandedInstant(instant: Temporal.Instant): Instant {
  return instant.toString() as Instant;
}
