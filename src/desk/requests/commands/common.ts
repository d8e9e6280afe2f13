import { type Card, card, facts, type Tone, text } from '../../../chat/card.js';
import { missingNotices } from '../../../domain/requests/ending.js';
import { openRecipients } from '../../../domain/requests/recipients.js';
import { isOpen, type PrivacyRequest } from '../../../domain/requests/request.js';
import { dayWords } from '../../../language/en/dates.js';
import { civilDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { Step } from '../../../vocabulary/step.js';
import { CATEGORIES, type Category, type Day } from '../../../vocabulary/values.js';
import type { PlanContext } from '../../front/plan.js';
import { dueWords } from '../../tell/words.js';
import { freezeLine, statusLine, titleOf } from '../cards/head.js';
import { nextBlocks } from '../cards/view.js';
import { circumstancesOf } from '../on-request.js';

export const allOr = (categories: readonly Category[]): readonly Category[] | 'all' =>
  categories.length === CATEGORIES.length ? 'all' : categories;

/** What the person who acted is told: what happened, where the case stands, what comes next. */
export function actedCard(
  context: PlanContext,
  says: string,
  request: PrivacyRequest,
  pack: Pack,
  tone: Tone = 'good',
  /** Where something comes before what brings the case on. */
  first: Step | null = null,
): Card {
  const today = todayOf(context, pack);
  const missing = missingNotices(request, { pack });
  const recipients = openRecipients(request, today, circumstancesOf(context, pack));
  return card(
    titleOf(request),
    tone,
    [
      text(says),
      facts(
        ['Status', statusLine(request, pack)],
        ['Due', isOpen(request) ? dueWords(request.dates.due, today) : dayWords(request.dates.due)],
        ['Freeze', freezeLine(request)],
        ['Notices to record', missing.join(', ') || null],
        ['Recipients to tell', recipients.join(', ') || null],
      ),
      ...(first === null
        ? nextBlocks(request, circumstancesOf(context, pack))
        : [{ kind: 'next' as const, step: first }]),
    ],
    { ref: request.ref },
  );
}

export const todayOf = (context: PlanContext, pack: Pack): Day => civilDay(context.now, pack.zone);
