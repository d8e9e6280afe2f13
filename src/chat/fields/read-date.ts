/**
 * A date or a time as people write it, in the zone where it is read: ISO, day first or year first, with a month's name, in Chinese,
 * Japanese or Korean, or counted from today. Must not know: fields, what the date is for.
 */
import { Temporal } from 'temporal-polyfill';
import { plainSpelling } from '../../vocabulary/spelling.js';
import type { Day, Instant } from '../../vocabulary/values.js';
import type { ReadingPlace } from '../reading-place.js';

/** As given; a local time and a day are placed in the policy's zone by the command. */
export type Moment =
  | { readonly kind: 'instant'; readonly instant: Instant }
  /** `2026-11-20T14:30:00`, without a zone. */
  | { readonly kind: 'local'; readonly local: string }
  | { readonly kind: 'day'; readonly day: Day };

/** What is written without a year is the nearest in the past for what happened, in the future for what shall. */
export type Direction = 'past' | 'future';

/** Null: no date of the calendar. Two days: day and month cannot be told apart. */
export type Found<T> = { readonly value: T } | { readonly either: readonly [Day, Day] } | null;

type When = Pick<ReadingPlace, 'now' | 'zone'>;

/** No record of this desk is older or reaches further. */
const YEARS = { from: 1970, to: 2200 };
/** No way of writing a date is longer. */
const LONGEST = 60;

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
/** Days from today. */
const NAMED: Readonly<Record<string, number>> = {
  today: 0,
  yesterday: -1,
  tomorrow: 1,
  今天: 0,
  今日: 0,
  昨天: -1,
  昨日: -1,
  前天: -2,
  明天: 1,
  明日: 1,
  后天: 2,
  後天: 2,
  오늘: 0,
  어제: -1,
  내일: 1,
};
const NOW = ['now', '现在', '現在', '刚才', '今', '지금'];
const DAYS: Readonly<Record<string, number>> = {
  d: 1,
  day: 1,
  days: 1,
  天: 1,
  日: 1,
  일: 1,
  w: 7,
  wk: 7,
  week: 7,
  weeks: 7,
  周: 7,
};
const HOURS: Readonly<Record<string, number>> = {
  h: 60,
  hr: 60,
  hour: 60,
  hours: 60,
  min: 1,
  mins: 1,
  minute: 1,
  minutes: 1,
};

/** A day; see the forms in the tests. */
export function readDay(text: string, direction: Direction, when: When): Found<Day> {
  const plain = spelled(text);
  if (plain === null) return null;
  return dayIn(plain, direction, when) ?? dayIn(plain.replace(/[.,;。、]+$/u, ''), direction, when);
}

/** An instant with a zone, a local date-time, a day, `now`, or so many hours from now. */
export function readMoment(text: string, direction: Direction, when: When): Found<Moment> {
  const plain = spelled(text);
  if (plain === null) return null;
  if (NOW.includes(plain)) return { value: { kind: 'instant', instant: when.now } };
  const hours = hoursFromNow(plain, direction, when);
  if (hours !== null) return { value: { kind: 'instant', instant: hours } };
  const day = readDay(plain, direction, when);
  if (day !== null) return 'either' in day ? day : { value: { kind: 'day', day: day.value } };
  return timeIn(plain, direction, when);
}

/** `2026-11`. */
export function readMonth(text: string, when: When): string | null {
  const plain = spelled(text);
  if (plain === null) return null;
  const today = todayOf(when);
  if (/^(?:this month|本月|这个月|今月|이번 ?달)$/.test(plain)) return today.toPlainYearMonth().toString();
  if (/^(?:last month|上月|上个月|先月|지난 ?달)$/.test(plain))
    return today.toPlainYearMonth().subtract({ months: 1 }).toString();
  const numbers = /^(\d{4})[-/.](\d{1,2})$/.exec(plain) ?? /^(\d{4})[年년] ?(\d{1,2})[月월]$/.exec(plain);
  if (numbers !== null) return monthOf(numbers[1], numbers[2]);
  const turned = /^(\d{1,2})[/.-](\d{4})$/.exec(plain);
  if (turned !== null) return monthOf(turned[2], turned[1]);
  const [, name = '', year] = /^([a-z]{3,9})\.?(?: (\d{4}))?$/.exec(plain) ?? [];
  const month = monthNamed(name);
  if (month === null) return null;
  if (year !== undefined) return monthOf(year, String(month));
  return monthOf(String(month > today.month ? today.year - 1 : today.year), String(month));
}

function spelled(text: string): string | null {
  return text.length > LONGEST ? null : plainSpelling(text).toLowerCase();
}

function todayOf({ now, zone }: When): Temporal.PlainDate {
  return Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate();
}

function dayIn(plain: string, direction: Direction, when: When): Found<Day> {
  const [, weekday, rest = plain] = /^([a-z]{3,9})[.,]? (.+)$/.exec(plain) ?? [];
  const number = weekday === undefined ? 0 : numberOf(weekday, WEEKDAYS);
  if (number === 0) return fromToday(plain, direction, when) ?? calendarDay(plain, direction, when);
  const found = calendarDay(rest, direction, when);
  if (found === null || 'either' in found) return found;
  // A weekday that is another day's is a slip in one of the two.
  return Temporal.PlainDate.from(found.value).dayOfWeek === number ? found : null;
}

function fromToday(plain: string, direction: Direction, when: When): Found<Day> {
  const named = Object.hasOwn(NAMED, plain) ? NAMED[plain] : undefined;
  const days = named ?? daysCounted(plain, direction);
  if (days === null) return null;
  return whenReal(() => dayFound(todayOf(when).add({ days })));
}

/** `-3d`, `+7d`, `2 weeks ago`, `in 3 days`. */
function daysCounted(plain: string, direction: Direction): number | null {
  const [, sign, number, unit = ''] = /^([+-]) ?(\d{1,4}) ?([a-z天日周일]+)$/u.exec(plain) ?? [];
  if (number !== undefined) return scaled(number, DAYS[unit], sign === '-' ? -1 : 1);
  const [, ago, past = ''] = /^(\d{1,4}) ?([a-z天日周일]+) ?(?:ago|前|전)$/u.exec(plain) ?? [];
  if (ago !== undefined) return scaled(ago, DAYS[past], -1);
  const [, ahead, future = ''] = /^in (\d{1,4}) ?([a-z]+)$/.exec(plain) ?? [];
  return ahead === undefined || direction === 'past' ? null : scaled(ahead, DAYS[future], 1);
}

function scaled(number: string, unit: number | undefined, sign: 1 | -1): number | null {
  return unit === undefined ? null : sign * Number(number) * unit;
}

function hoursFromNow(plain: string, direction: Direction, { now }: When): Instant | null {
  const [, sign, signed, unit = ''] = /^([+-]) ?(\d{1,4}) ?([a-z]+)$/.exec(plain) ?? [];
  const [, ago, past = ''] = /^(\d{1,4}) ?([a-z]+) ago$/.exec(plain) ?? [];
  if (sign === '+' && direction === 'past') return null;
  const minutes =
    signed === undefined
      ? scaled(ago ?? '', HOURS[past], -1)
      : scaled(signed, HOURS[unit], sign === '-' ? -1 : 1);
  if (minutes === null) return null;
  // Branded: Temporal has just printed it.
  return Temporal.Instant.from(now).add({ minutes }).toString() as Instant;
}

function calendarDay(plain: string, direction: Direction, when: When): Found<Day> {
  const yearFirst =
    /^(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})$/.exec(plain) ??
    /^(\d{4}) ?([年년]) ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]?$/u.exec(plain);
  if (yearFirst !== null) return dated(yearFirst[1], yearFirst[3], yearFirst[4]);
  const dotted = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/.exec(plain);
  if (dotted !== null) return dated(dotted[3], dotted[2], dotted[1]);
  const slashed = /^(\d{1,2})([-/])(\d{1,2})\2(\d{4})$/.exec(plain);
  if (slashed !== null)
    return eitherOf((month, day) => dated(slashed[4], month, day), slashed[1], slashed[3]);
  const yearless = /^(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]?$/u.exec(plain);
  if (yearless !== null) return nearest(yearless[1], yearless[2], direction, when);
  const dottedShort = /^(\d{1,2})\. ?(\d{1,2})\.$/.exec(plain);
  if (dottedShort !== null) return nearest(dottedShort[2], dottedShort[1], direction, when);
  const slashedShort = /^(\d{1,2})\/(\d{1,2})$/.exec(plain);
  if (slashedShort !== null)
    return eitherOf((month, day) => nearest(month, day, direction, when), slashedShort[1], slashedShort[2]);
  return withMonthName(plain, direction, when);
}

function withMonthName(plain: string, direction: Direction, when: When): Found<Day> {
  const [, day, name = '', year] =
    /^(\d{1,2})(?:st|nd|rd|th)?\.?[ -]?(?:of )?([a-z]{3,9})\.?,?(?:[ -](\d{4}))?$/.exec(plain) ??
    turned(/^([a-z]{3,9})\.?[ -](\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(plain)) ??
    yearAtFront(/^(\d{4})[ -]([a-z]{3,9})\.?[ -](\d{1,2})$/.exec(plain)) ??
    [];
  const month = monthNamed(name);
  if (month === null) return null;
  return year === undefined ? nearest(String(month), day, direction, when) : dated(year, String(month), day);
}

type Parts = readonly (string | undefined)[];
const turned = (parts: Parts | null): Parts | null =>
  parts === null ? null : [parts[0], parts[2], parts[1], parts[3]];
const yearAtFront = (parts: Parts | null): Parts | null =>
  parts === null ? null : [parts[0], parts[3], parts[2], parts[1]];

/** Day and month in an order that only their size tells. */
function eitherOf(
  read: (month: string | undefined, day: string | undefined) => Found<Day>,
  first: string | undefined,
  second: string | undefined,
): Found<Day> {
  const dayFirst = read(second, first);
  const monthFirst = read(first, second);
  if (dayFirst === null || monthFirst === null) return dayFirst ?? monthFirst;
  if ('either' in dayFirst || 'either' in monthFirst) return null;
  if (dayFirst.value === monthFirst.value) return dayFirst;
  return { either: [dayFirst.value, monthFirst.value] };
}

function dated(year: string | undefined, month: string | undefined, day: string | undefined): Found<Day> {
  return whenReal(() =>
    dayFound(
      Temporal.PlainDate.from(
        { year: Number(year), month: Number(month), day: Number(day) },
        { overflow: 'reject' },
      ),
    ),
  );
}

/** The nearest of that name that exists (29 February is years away), today included. */
function nearest(
  month: string | undefined,
  day: string | undefined,
  direction: Direction,
  when: When,
): Found<Day> {
  const today = todayOf(when);
  const step = direction === 'past' ? -1 : 1;
  for (let away = 0; away <= 8; away += 1) {
    const found = dated(String(today.year + step * away), month, day);
    if (found === null || 'either' in found) continue;
    const order = Temporal.PlainDate.compare(found.value, today);
    if (order === 0 || order === step) return found;
  }
  return null;
}

function dayFound(date: Temporal.PlainDate): Found<Day> {
  // Branded here: the date exists.
  return date.year >= YEARS.from && date.year <= YEARS.to ? { value: date.toString() as Day } : null;
}

function timeIn(plain: string, direction: Direction, when: When): Found<Moment> {
  const parts =
    /^(.*?)(?:t|,? at |,? |^)(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?( ?[ap]m)?(z|[+-]\d{2}(?::?\d{2})?)?$/.exec(
      plain,
    );
  if (parts === null) return null;
  const [, date = '', hour = '', minute = '', second = '00', fraction = '', half, zone] = parts;
  const day = date === '' ? dayFound(todayOf(when)) : readDay(date, direction, when);
  if (day === null || 'either' in day) return day;
  const clock = half === undefined ? Number(hour) : twelveHours(Number(hour), half.trim());
  // A leap second would be read as :59; nobody means it.
  if (clock === null || Number(second) > 59) return null;
  const text = `${day.value}T${String(clock).padStart(2, '0')}:${minute}:${second}${fraction}`;
  return whenReal((): Found<Moment> => {
    const local = Temporal.PlainDateTime.from(text).toString();
    if (zone === undefined) return { value: { kind: 'local', local } };
    const instant = Temporal.Instant.from(`${text}${zone.toUpperCase()}`).toString();
    // Branded here: as Temporal prints it.
    return { value: { kind: 'instant', instant: instant as Instant } };
  });
}

function twelveHours(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

function monthOf(year: string | undefined, month: string | undefined): string | null {
  const found = dated(year, month, '1');
  return found === null || 'either' in found ? null : found.value.slice(0, 7);
}

function monthNamed(name: string): number | null {
  const number = numberOf(name === 'sept' ? 'sep' : name, MONTHS);
  return number === 0 ? null : number;
}

/** Its place in the list, from 1, by three letters or more; 0: none of it. */
function numberOf(name: string, names: readonly string[]): number {
  return name.length < 3 ? 0 : names.findIndex((one) => one.startsWith(name)) + 1;
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
