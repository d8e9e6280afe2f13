/**
 * The terminal's three extra words: `/as`, `/clock`, `/press` (commands.md, "The terminal").
 * Must not know: what is pressed or who speaks; it only reads the line.
 */

import { Temporal } from 'temporal-polyfill';
import { tokensOf } from '../../chat/grammar/tokens.js';
import { hasThread } from '../../vocabulary/references.js';
import type { Instant } from '../../vocabulary/values.js';

export type ClockMove =
  | { readonly kind: 'show' }
  /** Goes there, either way, and runs one tick there. */
  | { readonly kind: 'to'; readonly instant: Instant }
  /** Moves on and runs every due moment on the way. */
  | { readonly kind: 'on'; readonly to: Instant };

export type Speaker = {
  readonly name: string;
  /** `discord` in `lyon@discord`; null when not said. */
  readonly surface: string | null;
};

/** `lyon`, `lyon@discord`; null when it is neither. */
export function readSpeaker(text: string): Speaker | null {
  const found = /^@?([\p{L}\p{N}][\p{L}\p{N}._-]{0,63})(?:@([a-z]+))?$/u.exec(text.trim());
  return found?.[1] === undefined ? null : { name: found[1].toLowerCase(), surface: found[2] ?? null };
}

const STEP = /^\+\s*(\d{1,6})\s*([wdhm])$/;
const UNITS = { w: 'weeks', d: 'days', h: 'hours', m: 'minutes' } as const;

/** Null when it is no time that exists. Local times and dates are in `zone`. */
export function readClock(text: string, now: Instant, zone: string): ClockMove | null {
  const asked = text.trim();
  if (asked === '') return { kind: 'show' };
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  const step = STEP.exec(asked);
  if (step !== null) {
    const unit = UNITS[step[2] as keyof typeof UNITS];
    return { kind: 'on', to: printed(here.add({ [unit]: Number(step[1]) }).toInstant()) };
  }
  try {
    return {
      kind: 'to',
      instant: printed(instantIn(asked.replace(/^(\d{4}-\d{2}-\d{2}) (\d)/, '$1T$2'), zone)),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function instantIn(text: string, zone: string): Temporal.Instant {
  if (/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) && text.includes('T')) return Temporal.Instant.from(text);
  if (!/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?$/.test(text)) throw new RangeError('not a time');
  const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
  if (local.year < 1970 || local.year > 2200) throw new RangeError('out of reach');
  return local.toZonedDateTime(zone).toInstant();
}

// Branded: Temporal has just printed it.
const printed = (instant: Temporal.Instant): Instant => instant.round('second').toString() as Instant;

export type Press = {
  /** A button's number on its card, from 1, or its label. */
  readonly button: number | string;
  readonly ref: string | null;
  /** What the button's form would ask: `reason:"…"`. */
  readonly fields: Readonly<Record<string, string>>;
};

/** `2`, `Approve`, `Approve DR-2026-0001`, `Return PR-2026-0001 reason:"…"`, `PR-2026-0001`; null when there is nothing to press. */
export function readPress(text: string): Press | null {
  const words: string[] = [];
  const fields: Record<string, string> = {};
  let ref: string | null = null;
  for (const token of tokensOf(text)) {
    const { option } = token;
    if (hasThread(token.text.toUpperCase())) ref = token.text.toUpperCase();
    else if (option !== null && words.length > 0) fields[option.word.toLowerCase()] = option.value;
    else words.push(token.text);
  }
  // A digest's buttons are labelled with the references they open.
  if (words.length === 0) return ref === null ? null : { button: ref, ref: null, fields };
  const label = words.join(' ');
  return { button: /^\d+$/.test(label) ? Number(label) : label, ref, fields };
}
