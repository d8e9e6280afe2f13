/** Days and moments in English. Must not know: which day is today. */
import { Temporal } from 'temporal-polyfill';
import type { Day, Instant } from '../../vocabulary/values.js';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** `Mon 2026-03-02`. */
export function dayWords(day: Day): string {
  return `${WEEKDAYS[Temporal.PlainDate.from(day).dayOfWeek - 1]} ${day}`;
}

/** `Mon 2026-03-02 09:40`, as a clock on the wall in that time zone shows it. */
export function minuteWords(at: Instant, zone: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  // Branded: Temporal has just printed it.
  const day = local.toPlainDate().toString() as Day;
  return `${dayWords(day)} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}
