/**
 * What the `/privacy` verbs share: placing moments in the policy's zone, lists that mean "all", and the short answer.
 * Must not know: any one verb.
 */
import { Temporal } from 'temporal-polyfill';
import { missingNotices } from '../../../domain/request/ending.js';
import { isOpen, type PrivacyRequest } from '../../../domain/request/request.js';
import { CATEGORIES, type Category, type Day, type Instant } from '../../../domain/values.js';
import { civilDay, formatDay, startOfDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import { freezeLine, statusLine, titleOf } from '../../cards/case-card.js';
import { card, dueWords, facts, text } from '../../cards/words.js';
import type { Moment } from '../../fields/dates.js';
import type { PlanContext } from '../../plan.js';
import type { Card, Tone } from '../../surface.js';

/** A day means its beginning, a local time is in the policy's zone (commands.md, `received`). */
export function placeMoment(moment: Moment, zone: string): Instant {
  switch (moment.kind) {
    case 'instant':
      return moment.instant;
    case 'day':
      return startOfDay(moment.day, zone);
    case 'local':
      // Branded: Temporal has just printed it.
      return Temporal.PlainDateTime.from(moment.local)
        .toZonedDateTime(zone)
        .toInstant()
        .toString() as Instant;
    default:
      return moment satisfies never;
  }
}

export const allOr = (categories: readonly Category[]): readonly Category[] | 'all' =>
  categories.length === CATEGORIES.length ? 'all' : categories;

/** What the person who acted is told: what happened, where the case stands, what comes next. */
export function actedCard(
  says: string,
  request: PrivacyRequest,
  pack: Pack,
  today: Day,
  tone: Tone = 'good',
): Card {
  const missing = missingNotices(request, { pack });
  const recipients = request.recipients.filter((task) => task.state === 'open').map((task) => task.recipient);
  return card(
    titleOf(request),
    tone,
    [
      text(says),
      facts(
        ['Status', statusLine(request, pack)],
        ['Due', isOpen(request) ? dueWords(request.dates.due, today) : formatDay(request.dates.due)],
        ['Freeze', freezeLine(request)],
        ['Notices to record', missing.join(', ') || null],
        ['Recipients to tell', recipients.join(', ') || null],
      ),
    ],
    { ref: request.ref },
  );
}

export const todayOf = (context: PlanContext, pack: Pack): Day => civilDay(context.now, pack.zone);
