/**
 * The small words cards are made of: dates with weekday and days left, people, masked customers, buttons.
 * Must not know: any platform's limits or markup.
 */
import type { PrivacyRequest } from '../../domain/request/request.js';
import {
  type Actor,
  CATEGORIES,
  type Category,
  type Day,
  type Instant,
  maskReference,
  type RequestType,
} from '../../domain/values.js';
import { addDays, daysBetween, formatDay, localMinute, startOfDay } from '../../policy/calendar.js';
import { encodeAction } from '../grammar/action.js';
import type { Action, Block, Card, Moment, Tone } from '../surface.js';

export const TYPE_TITLES: Readonly<Record<RequestType, string>> = {
  access: 'Access',
  correction: 'Correction',
  deletion: 'Deletion',
  stop_handling: 'Stop handling',
  consent_withdrawal: 'Consent withdrawal',
  complaint: 'Complaint',
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `30 days left`, `due today`, `overdue by 2 days`. */
export function leftWords(due: Day, today: Day): string {
  const left = daysBetween(today, due);
  if (left === 0) return 'due today';
  return left > 0 ? `${plural(left, 'day')} left` : `overdue by ${plural(-left, 'day')}`;
}

/** `Mon 2026-03-02 (30 days left)`. */
export const dueWords = (due: Day, today: Day): string => `${formatDay(due)} (${leftWords(due, today)})`;

/** `Mon 2026-11-23 10:00` in the pack's zone. */
export { localMinute as momentWords } from '../../policy/calendar.js';

export const personWords = (actor: Actor): string =>
  actor.person === null ? 'the desk' : `@${actor.person}`;

/** `all 14 categories`, or their names. */
export function scopeWords(scope: readonly Category[]): string {
  return scope.length === CATEGORIES.length ? `all ${CATEGORIES.length} categories` : scope.join(', ');
}

export const maskedCustomer = (request: PrivacyRequest): string =>
  request.reference === null ? 'erased' : maskReference(request.reference);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The reference however it is punctuated, where it is long enough not to be an ordinary word. */
function referencePattern(reference: string): RegExp {
  const letters = [...reference].filter((char) => /[\p{L}\p{N}]/u.test(char));
  const loose = letters.length >= 5 ? letters.map(escaped).join('[^\\p{L}\\p{N}]?') : escaped(reference);
  return new RegExp(loose, 'giu');
}

/** Free text as others may see it: the customer's full reference is masked wherever it stands (commands.md, "References"). */
export function maskedText(text: string | null, reference: string | null): string {
  if (text === null) return '[erased with the customer’s key]';
  if (reference === null) return text;
  return text.replace(referencePattern(reference), maskReference(reference));
}

/** A moment as the policy's zone tells it. */
export const moment = (label: string, at: Instant, zone: string): Moment => ({
  label,
  at,
  words: localMinute(at, zone),
});

/** A due day is over when the next one begins in the policy's zone, wherever its reader is. */
export const dueMoment = (due: Day, zone: string): Moment =>
  moment('due before', startOfDay(addDays(due, 1), zone), zone);

/** A button that runs a command; `asks` names what a form must ask for first. */
export function button(
  label: string,
  style: Action['style'],
  words: {
    readonly command: string;
    readonly verb: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly shown?: number | null;
  },
  asks: readonly string[] = [],
): Action {
  const { command, verb, fields, shown = null } = words;
  return { label, style, code: encodeAction({ command, verb, fields, shown }), asks };
}

export const text = (content: string): Block => ({ kind: 'text', text: content });
export const facts = (...rows: readonly (readonly [string, string | null])[]): Block => ({
  kind: 'facts',
  facts: rows.flatMap(([label, value]) => (value === null || value === '' ? [] : [[label, value] as const])),
});

/** A card without the parts most cards don't have. */
export function card(
  title: string,
  tone: Tone,
  blocks: readonly Block[],
  rest: Partial<Pick<Card, 'actions' | 'moments' | 'footer' | 'ref'>> = {},
): Card {
  return {
    title,
    tone,
    blocks,
    actions: rest.actions ?? [],
    moments: rest.moments ?? [],
    footer: rest.footer ?? null,
    ref: rest.ref ?? null,
  };
}
