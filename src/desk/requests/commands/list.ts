/**
 * `/privacy list`: cases by filter, customer, type and receipt, the next due first. What is due counts every clock that runs,
 * not only the last day. Must not know: any surface.
 */

import { z } from 'zod';
import { card, text } from '../../../chat/card.js';
import { day } from '../../../chat/fields/dates.js';
import { choice, choices, customer } from '../../../chat/fields/kinds.js';
import { isUnheard, runningClocks } from '../../../domain/requests/reminding.js';
import { PRIVACY } from '../../../language/en/commands/privacy.js';
import { dayWords } from '../../../language/en/dates.js';
import { clockWords, STATUS_SHORT } from '../../../language/en/requests.js';
import { addDays, daysBetween } from '../../../policy/calendar.js';
import type { RequestRow } from '../../../record/rows.js';
import { type Day, maskReference, REQUEST_TYPES, type RequestType } from '../../../vocabulary/values.js';
import { defineCommand, type PlanContext, type Planned } from '../../front/plan.js';
import { dueWords, TYPE_TITLES } from '../../tell/words.js';
import { loadCase, readerOf } from '../on-request.js';
import { readable } from '../readable.js';

const FILTERS = ['mine', 'open', 'due', 'overdue', 'unowned', 'awaiting_decision', 'closed'] as const;
type Filter = (typeof FILTERS)[number];
/** `due`: within a week, today included. */
const DUE_WITHIN_DAYS = 7;
const LIST_MAX = 50;

type Narrowing = { readonly type: RequestType | null; readonly from: Day | null; readonly to: Day | null };
/** The clocks that run beside the due date, by case. */
type Clocks = ReadonlyMap<string, ReturnType<typeof runningClocks>>;

export const list = defineCommand({
  command: 'privacy',
  verb: 'list',
  words: PRIVACY.list,
  permission: 'request.list',
  input: z.strictObject({
    filter: choices(FILTERS).optional(),
    customer: customer().optional(),
    type: choice(REQUEST_TYPES).optional(),
    from: day().optional(),
    to: day().optional(),
  }),
  positionals: ['filter'],
  examples: ['/privacy list', '/privacy list mine,overdue', '/privacy list customer:C-10812'],
  plan: async (context, input) => {
    const filters = input.filter ?? (input.customer === undefined ? (['open'] as const) : []);
    const narrowing = { type: input.type ?? null, from: input.from ?? null, to: input.to ?? null };
    const found = (await matching(context, filters, input.customer)).filter((row) => fits(row, narrowing));
    // A customer nobody knows and one of whom this reader sees nothing are answered alike.
    const seen = await readable(context.tx, found, readerOf(context));
    const byClock = filters.includes('due') || filters.includes('overdue');
    // Otherwise the clocks are only shown, so those of the shown cases are enough.
    const clocks = await clocksOf(context, byClock ? seen : seen.slice(0, LIST_MAX));
    const due = seen.filter((row) => isDue(row, clocks, filters, context.today));
    return listed(context, due, clocks, filters, input.customer);
  },
});

const fits = (row: RequestRow, { type, from, to }: Narrowing): boolean =>
  (type === null || row.type === type) &&
  (from === null || row.receiptDay >= from) &&
  (to === null || row.receiptDay <= to);

/** By what the rows say; `due` and `overdue` look at the clocks too, afterwards. */
async function matching(
  { tx, actor }: PlanContext,
  filters: readonly Filter[],
  reference: string | undefined,
): Promise<readonly RequestRow[]> {
  const subjectId = reference === undefined ? undefined : await tx.findSubject(reference);
  if (subjectId === null) return [];
  const whose = subjectId === undefined ? {} : { subjectId };
  const closed = filters.includes('closed');
  const wanted = filters.length === 0 ? {} : { open: !closed };
  const owner = filters.includes('mine')
    ? { owner: actor.person }
    : filters.includes('unowned')
      ? { owner: null }
      : {};
  const status = filters.includes('awaiting_decision') ? { status: 'awaiting_decision' as const } : {};
  return tx.requests({ ...whose, ...wanted, ...owner, ...status });
}

/** The clock of the acknowledgement is in the row; a day to act by and recipients to tell are in the stream alone. */
async function clocksOf(context: PlanContext, rows: readonly RequestRow[]): Promise<Clocks> {
  const { requests } = context.active.pack;
  const found = new Map<string, ReturnType<typeof runningClocks>>();
  for (const row of rows) {
    if (row.status === 'closed') continue;
    if (requests[row.type].act === null && row.openRecipients === 0) {
      const clock = { clock: 'acknowledge' as const, due: row.ackDue, since: row.loggedAt };
      found.set(row.ref, isUnheard(row) ? [clock] : []);
      continue;
    }
    const loaded = await loadCase(context, row.ref, { lock: false });
    if (loaded !== null) found.set(row.ref, runningClocks(loaded.request));
  }
  return found;
}

function isDue(row: RequestRow, clocks: Clocks, filters: readonly Filter[], today: Day): boolean {
  const days = [row.due, ...(clocks.get(row.ref) ?? []).map(({ due }) => due)];
  if (filters.includes('overdue') && !days.some((one) => one < today)) return false;
  const soon = addDays(today, DUE_WITHIN_DAYS);
  return !filters.includes('due') || days.some((one) => one >= today && one <= soon);
}

/** `2 days late with …` for each clock that has run out. */
const lateClocks = (row: RequestRow, clocks: Clocks, today: Day): readonly string[] =>
  (clocks.get(row.ref) ?? [])
    .filter(({ due }) => due < today)
    .map(({ clock, due }) => clockWords(clock, daysBetween(today, due)));

async function listed(
  context: PlanContext,
  rows: readonly RequestRow[],
  clocks: Clocks,
  filters: readonly string[],
  reference: string | undefined,
): Promise<Planned> {
  const shown = rows.slice(0, LIST_MAX);
  const lines: string[][] = [];
  for (const row of shown) {
    const customerOf = (await context.tx.reference(row.subjectId)) ?? '';
    lines.push([
      row.ref,
      TYPE_TITLES[row.type],
      maskReference(customerOf),
      row.owner === null ? 'nobody yet' : `@${row.owner}`,
      row.status === 'closed'
        ? `closed: ${row.outcome?.replaceAll('_', ' ') ?? ''}`
        : STATUS_SHORT[row.status],
      row.status === 'closed'
        ? dayWords(row.due)
        : [dueWords(row.due, context.today), ...lateClocks(row, clocks, context.today)].join('; '),
    ]);
  }
  const what = [
    filters.join(', ').replaceAll('_', ' '),
    reference === undefined ? null : maskReference(reference),
  ]
    .filter((part) => part)
    .join(', ');
  const title = `Cases: ${what} (${rows.length})`;
  if (lines.length === 0) return { kind: 'answer', card: card(title, 'good', [text('None.')]) };
  const more =
    rows.length > shown.length
      ? [text(`and ${rows.length - shown.length} more; narrow it with filter: or customer:`)]
      : [];
  return {
    kind: 'answer',
    card: card(title, 'neutral', [
      { kind: 'table', columns: ['Case', 'Type', 'Customer', 'Owner', 'Status', 'Due'], rows: lines },
      ...more,
    ]),
  };
}
