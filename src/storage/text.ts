/**
 * How the port's values become columns and come back: lists as JSON text, compared instants as dates.
 * Must not know: tables.
 */
import type { Instant } from '../vocabulary/values.js';

/** For comparing and ordering. Finer than a millisecond is cut off. */
export function dateOf(instant: Instant): Date {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) throw new RangeError(`not an instant: ${instant}`);
  return date;
}

/** As Temporal.Instant prints it: no fraction when whole, no trailing zeros. */
export function instantOf(date: Date): Instant {
  return date.toISOString().replace(/\.?0+Z$/, 'Z') as Instant;
}

export function listText(list: readonly string[]): string {
  return JSON.stringify(list);
}

/** The type is what `listText` was given when the row was written; the columns hold nothing else. */
export function listOf<T extends string>(text: string): readonly T[] {
  return JSON.parse(text) as readonly T[];
}
