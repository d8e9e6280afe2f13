/**
 * `/privacy list`: cases by filter, customer, type and receipt, the next due first. What is due counts every clock that runs,
 * not only the last day. Must not know: any surface.
 */

import { z } from 'zod';
import { card, text } from '../../../chat/card.js';
import { day } from '../../../chat/fields/dates.js';
import { choice, choices, customer, yes } from '../../../chat/fields/kinds.js';
import { isUnheard, runningClocks } from '../../../domain/requests/reminding.js';
import { fileComes, listSays } from '../../../language/en/case-lists.js';
import { PRIVACY } from '../../../language/en/commands/privacy.js';
import { dayWords } from '../../../language/en/dates.js';
import { clockWords, STATUS_SHORT } from '../../../language/en/requests.js';
import { addDays, daysBetween } from '../../../policy/calendar.js';
import type { RequestRow } from '../../../record/rows.js';
import { type Day, maskReference, REQUEST_TYPES, type RequestType } from '../../../vocabulary/values.js';
import { lookAlikeRefusal } from '../../front/customers.js';
import { defineCommand, type PlanContext, type Planned } from '../../front/plan.js';
import { lookedUp } from '../../lookups/look-up.js';
import { tablePost } from '../../tell/tables.js';
import { dueWords, maskedOrErased, TYPE_TITLES } from '../../tell/words.js';
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
    file: yes().optional(),
    sure: yes().optional(),
  }),
  positionals: ['filter'],
  examples: [
    '/privacy list',
    '/privacy list mine,overdue',
    '/privacy list customer:C-10812',
    '/privacy list open,closed file:yes',
  ],
  plan: async (context, input) => {
    const refusal = await lookAlikeRefusal(context.tx, input.customer, input.sure);
    if (refusal !== null) return { kind: 'refused', refusal, about: null };
    if (input.customer !== undefined) await lookedUp(context, 'list', input.customer);
    const wanted = wantedBy(input.filter ?? [], input.customer !== undefined);
    const narrowing = { type: input.type ?? null, from: input.from ?? null, to: input.to ?? null };
    const found = (await matching(context, wanted, input.customer)).filter((row) => fits(row, narrowing));
    // A customer nobody knows and one of whom this reader sees nothing are answered alike.
    const seen = await readable(context.tx, found, readerOf(context));
    // Otherwise the clocks are only shown, so those of the shown cases are enough.
    const clocks = await clocksOf(context, wanted.when.length > 0 ? seen : seen.slice(0, LIST_MAX));
    const due = seen.filter((row) => isDue(row, clocks, wanted, context.today));
    return listed(
      context,
      due,
      clocks,
      { filters: input.filter ?? [], wanted, customer: input.customer },
      input.file === true,
    );
  },
});

/** What was asked for: any of the owners, in any of the states, due in any of the ways; empty: whichever. */
type Wanted = {
  readonly whose: readonly ('mine' | 'unowned')[];
  readonly states: readonly ('open' | 'closed' | 'awaiting_decision')[];
  readonly when: readonly ('due' | 'overdue')[];
};

/** Open cases where no state was named; of a customer the closed ones too. */
function wantedBy(filters: readonly Filter[], ofCustomer: boolean): Wanted {
  const among = <F extends Filter>(...some: readonly F[]) => some.filter((one) => filters.includes(one));
  const states = among('open', 'closed', 'awaiting_decision');
  return {
    whose: among('mine', 'unowned'),
    states: states.length > 0 || (ofCustomer && filters.length === 0) ? states : ['open'],
    when: among('due', 'overdue'),
  };
}

const fits = (row: RequestRow, { type, from, to }: Narrowing): boolean =>
  (type === null || row.type === type) &&
  (from === null || row.receiptDay >= from) &&
  (to === null || row.receiptDay <= to);

/** By what the rows say; `due` and `overdue` look at the clocks too, afterwards. */
async function matching(
  { tx, actor }: PlanContext,
  { whose, states }: Wanted,
  reference: string | undefined,
): Promise<readonly RequestRow[]> {
  const subjectId = reference === undefined ? undefined : await tx.findSubject(reference);
  if (subjectId === null) return [];
  const customer = subjectId === undefined ? {} : { subjectId };
  const owners = whose.map((one) => ({ owner: one === 'mine' ? actor.person : null }));
  const statuses = states.map((one) =>
    one === 'awaiting_decision' ? { status: 'awaiting_decision' as const } : { open: one === 'open' },
  );
  const found = new Map<string, RequestRow>();
  for (const owner of owners.length === 0 ? [{}] : owners)
    for (const status of statuses.length === 0 ? [{}] : statuses)
      for (const row of await tx.requests({ ...customer, ...owner, ...status })) found.set(row.ref, row);
  return [...found.values()].sort((one, other) => compareRows(one, other));
}

/** The next due first. */
const compareRows = (one: RequestRow, other: RequestRow): number =>
  one.due === other.due ? (one.ref < other.ref ? -1 : 1) : one.due < other.due ? -1 : 1;

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

function isDue(row: RequestRow, clocks: Clocks, { when }: Wanted, today: Day): boolean {
  if (when.length === 0) return true;
  const days = [row.due, ...(clocks.get(row.ref) ?? []).map(({ due }) => due)];
  const soon = addDays(today, DUE_WITHIN_DAYS);
  return when.some((one) =>
    one === 'overdue' ? days.some((day) => day < today) : days.some((day) => day >= today && day <= soon),
  );
}

/** `2 days late with …` for each clock that has run out. */
const lateClocks = (row: RequestRow, clocks: Clocks, today: Day): readonly string[] =>
  (clocks.get(row.ref) ?? [])
    .filter(({ due }) => due < today)
    .map(({ clock, due }) => clockWords(clock, daysBetween(today, due)));

const COLUMNS = ['Case', 'Type', 'Customer', 'Owner', 'Status', 'Due'] as const;

async function rowOf(context: PlanContext, row: RequestRow, clocks: Clocks): Promise<readonly string[]> {
  return [
    row.ref,
    TYPE_TITLES[row.type],
    maskedOrErased(await context.tx.reference(row.subjectId)),
    row.owner === null ? 'nobody yet' : `@${row.owner}`,
    row.status === 'closed' ? `closed: ${row.outcome?.replaceAll('_', ' ') ?? ''}` : STATUS_SHORT[row.status],
    row.status === 'closed'
      ? dayWords(row.due)
      : [dueWords(row.due, context.today), ...lateClocks(row, clocks, context.today)].join('; '),
  ];
}

async function listed(
  context: PlanContext,
  rows: readonly RequestRow[],
  clocks: Clocks,
  asked: {
    readonly filters: readonly Filter[];
    readonly wanted: Wanted;
    readonly customer: string | undefined;
  },
  asFile: boolean,
): Promise<Planned> {
  const { filters, wanted, customer } = asked;
  const named = filters.length > 0 ? filters : customer === undefined ? wanted.states : [];
  const what = [
    named.join(', ').replaceAll('_', ' '),
    customer === undefined ? null : maskReference(customer),
  ]
    .filter((part) => part)
    .join(', ');
  const title = `Cases: ${what} (${rows.length})`;
  const says = listSays(wanted, DUE_WITHIN_DAYS);
  const meant = says === null ? [] : [text(says)];
  if (rows.length === 0) return { kind: 'answer', card: card(title, 'good', [...meant, text('None.')]) };
  const lines: (readonly string[])[] = [];
  for (const row of asFile ? rows : rows.slice(0, LIST_MAX)) lines.push(await rowOf(context, row, clocks));
  if (asFile) {
    const post = tablePost(context, { name: 'cases.csv', columns: COLUMNS, rows: lines });
    await context.tx.enqueue(post, context.now);
    return { kind: 'answer', card: card(title, 'neutral', [...meant, text(fileComes('cases.csv'))]) };
  }
  const more =
    rows.length > lines.length
      ? [text(`and ${rows.length - lines.length} more; narrow it with filter: or customer:, or add file:yes`)]
      : [];
  return {
    kind: 'answer',
    card: card(title, 'neutral', [...meant, { kind: 'table', columns: COLUMNS, rows: lines }, ...more]),
  };
}
