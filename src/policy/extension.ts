/**
 * Whether the pack lets a due day be moved, and what the customer must have been told and agreed to (dates.md; clause 4.2 in
 * the default pack). Must not know: cases, the clock, wording.
 */
import type { Day, RequestType } from '../vocabulary/values.js';
import { calendarOf } from './calendar.js';
import { addPeriod } from './dates.js';
import type { Pack } from './schema.js';

export type ToldField = 'explained' | 'consent';
/** The days the customer was told why, and agreed; null when that is not recorded. */
export type ToldDays = Readonly<Record<ToldField, Day | null>>;

export type ToldObstacle =
  | { readonly what: 'missing'; readonly missing: readonly ToldField[] }
  | { readonly what: 'future'; readonly field: ToldField; readonly day: Day }
  | { readonly what: 'order'; readonly explained: Day; readonly consent: Day };

/** The first thing wrong with what the customer was told; what the pack does not require may be left out. */
export function toldObstacle(
  requires: readonly ToldField[],
  told: ToldDays,
  today: Day,
): ToldObstacle | null {
  const missing = requires.filter((field) => told[field] === null);
  if (missing.length > 0) return { what: 'missing', missing };
  const { explained, consent } = told;
  if (explained !== null && explained > today) return { what: 'future', field: 'explained', day: explained };
  if (consent !== null && consent > today) return { what: 'future', field: 'consent', day: consent };
  if (explained !== null && consent !== null && consent < explained)
    return { what: 'order', explained, consent };
  return null;
}

/** `startDay` and `due` are the dates in force, `baseDue` the due day before any extension. */
export type ExtensionAsked = ToldDays & {
  readonly startDay: Day;
  readonly due: Day;
  readonly baseDue: Day;
  readonly today: Day;
  readonly until: Day;
  readonly reason: string;
};

export type ExtensionObstacle =
  | { readonly what: 'none' }
  | { readonly what: 'reason'; readonly reasons: readonly string[] }
  | { readonly what: 'not-later'; readonly until: Day; readonly due: Day }
  | ToldObstacle
  | { readonly what: 'limit'; readonly latest: Day }
  | {
      readonly what: 'window';
      /** What lies outside it. */
      readonly of: 'recording' | ToldField;
      readonly day: Day;
      readonly opens: Day;
      readonly closes: Day;
    };

/** null when the pack allows the extension, else the first thing in its way. */
export function extensionObstacle(
  pack: Pack,
  type: RequestType,
  asked: ExtensionAsked,
): ExtensionObstacle | null {
  const { extension } = pack.requests[type].due;
  if (extension === 'none') return { what: 'none' };
  const { startDay, due, baseDue, today, until, reason } = asked;
  if (!extension.reasons.includes(reason)) return { what: 'reason', reasons: extension.reasons };
  if (until <= due) return { what: 'not-later', until, due };
  const told = toldObstacle(extension.requires, asked, today);
  if (told !== null) return told;
  const calendar = calendarOf(pack);
  if (extension.add !== undefined) {
    const latest = addPeriod(calendar, baseDue, extension.add);
    if (until > latest) return { what: 'limit', latest };
  }
  const { from, to } = extension.window;
  const opens = from === undefined ? startDay : addPeriod(calendar, startDay, from);
  const closes = to === 'due' ? due : addPeriod(calendar, startDay, to);
  for (const { of, day } of placedInWindow(extension.window.of, asked))
    if (day < opens || day > closes) return { what: 'window', of, day, opens, closes };
  return null;
}

/** An agreement that the pack does not ask for and nobody recorded cannot be in time: the recording is. */
function placedInWindow(
  of: 'recording' | 'agreement',
  { explained, consent, today }: ExtensionAsked,
): readonly { readonly of: 'recording' | ToldField; readonly day: Day }[] {
  const agreement = [
    ...(explained === null ? [] : [{ of: 'explained', day: explained } as const]),
    ...(consent === null ? [] : [{ of: 'consent', day: consent } as const]),
  ];
  return of === 'agreement' && agreement.length > 0 ? agreement : [{ of: 'recording', day: today }];
}
