/** `/privacy show list why`: reading cases. Nothing changes, but a reveal, which is on the ledger. Must not know: any surface. */
import { z } from 'zod';
import { card, facts, text } from '../../../chat/card.js';
import { choice, customer, yes } from '../../../chat/fields/kinds.js';
import { caseRef } from '../../../chat/fields/references.js';
import { formerReceipts } from '../../../domain/requests/amend.js';
import { decideReveal } from '../../../domain/requests/handling.js';
import { mayRead } from '../../../domain/requests/reading.js';
import { datesWithSteps } from '../../../domain/requests/rules.js';
import { formerReceiptSays } from '../../../language/en/amendments.js';
import { dateStepWords } from '../../../language/en/date-steps.js';
import { STATUS_SHORT } from '../../../language/en/requests.js';
import { addDays, civilDay, formatDay } from '../../../policy/calendar.js';
import { behind, record } from '../../../record/record.js';
import type { RequestRow } from '../../../record/rows.js';
import { maskReference } from '../../../vocabulary/values.js';
import { defineCommand, type PlanContext, type Planned } from '../../front/plan.js';
import { dueWords, personWords, TYPE_TITLES } from '../../tell/words.js';
import { caseView } from '../cards/view.js';
import { requests } from '../kind.js';
import { circumstancesOf, keptFromYou, loadCase, noSuchCase, readerOf } from '../on-request.js';
import { readable } from '../readable.js';

export const show = defineCommand({
  command: 'privacy',
  verb: 'show',
  summary: 'Show a case: where it stands, its checklist, notices and history',
  permission: 'request.show',
  input: z.strictObject({
    case: caseRef(),
    reveal: yes(
      'Reveal',
      'Show the full customer reference: owner and officer only, on the ledger',
    ).optional(),
  }),
  examples: ['/privacy show PR-2026-0001', '/privacy show PR-2026-0001 reveal:yes'],
  plan: async (context, input) => {
    const loaded = await loadCase(context, input.case, { lock: input.reveal === true });
    if (loaded === null) return noSuchCase(input.case);
    const { request, pack } = loaded;
    if (!mayRead(request, readerOf(context))) return keptFromYou(request, pack);
    const view = caseView(loaded, circumstancesOf(context, pack));
    if (input.reveal !== true) return { kind: 'answer', card: view };
    const about = { stream: request.ref, subjectId: request.subjectId };
    const decision = decideReveal(request, circumstancesOf(context, pack));
    if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal, about };
    await record(context, requests, behind(request), decision.events);
    const full = facts(['Full reference', request.reference ?? 'erased with the customer’s key']);
    return {
      kind: 'answer',
      card: { ...view, blocks: [full, ...view.blocks], footer: 'The reveal is on the ledger.' },
    };
  },
});

const FILTERS = ['mine', 'open', 'due', 'overdue', 'unowned', 'awaiting_decision'] as const;
/** `due`: within a week, today included. */
const DUE_WITHIN_DAYS = 7;
const LIST_MAX = 50;

export const list = defineCommand({
  command: 'privacy',
  verb: 'list',
  summary: 'List cases, the next due first',
  permission: 'request.list',
  input: z.strictObject({
    filter: choice('Filter', 'Which cases; open when left out', FILTERS).optional(),
    customer: customer('Only this customer’s cases, closed ones too').optional(),
  }),
  positionals: ['filter'],
  examples: ['/privacy list', '/privacy list mine', '/privacy list customer:C-10812'],
  plan: async (context, input) => {
    const filter = input.filter ?? (input.customer === undefined ? 'open' : null);
    const rows = await matching(context, filter, input.customer);
    // A customer nobody knows and one of whom this reader sees nothing are answered alike.
    const seen = await readable(context.tx, rows ?? [], readerOf(context));
    return listed(context, seen, filter, input.customer);
  },
});

async function matching(
  context: PlanContext,
  filter: (typeof FILTERS)[number] | null,
  reference: string | undefined,
): Promise<readonly RequestRow[] | null> {
  const { tx, actor, today } = context;
  const subjectId = reference === undefined ? undefined : await tx.findSubject(reference);
  if (subjectId === null) return null;
  const whose = subjectId === undefined ? {} : { subjectId };
  switch (filter) {
    case null:
      return tx.requests(whose);
    case 'open':
      return tx.requests({ ...whose, open: true });
    case 'mine':
      return tx.requests({ ...whose, open: true, owner: actor.person });
    case 'unowned':
      return tx.requests({ ...whose, open: true, owner: null });
    case 'awaiting_decision':
      return tx.requests({ ...whose, open: true, status: 'awaiting_decision' });
    case 'overdue':
      return tx.requests({ ...whose, open: true, dueBy: addDays(today, -1) });
    case 'due': {
      const soon = await tx.requests({ ...whose, open: true, dueBy: addDays(today, DUE_WITHIN_DAYS) });
      return soon.filter((row) => row.due >= today);
    }
    default:
      return filter satisfies never;
  }
}

async function listed(
  context: PlanContext,
  rows: readonly RequestRow[],
  filter: string | null,
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
      row.status === 'closed' ? formatDay(row.due) : dueWords(row.due, context.today),
    ]);
  }
  const what = [filter?.replaceAll('_', ' '), reference === undefined ? null : maskReference(reference)]
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

export const why = defineCommand({
  command: 'privacy',
  verb: 'why',
  summary: 'How the dates of a case were computed, step by step, with the clause',
  permission: 'request.why',
  input: z.strictObject({ case: caseRef() }),
  examples: ['/privacy why PR-2026-0001'],
  plan: async (context, input) => {
    const loaded = await loadCase(context, input.case, { lock: false });
    if (loaded === null) return noSuchCase(input.case);
    const { request, pack } = loaded;
    if (!mayRead(request, readerOf(context))) return keptFromYou(request, pack);
    const { steps } = datesWithSteps(request, pack);
    const rows = steps.map((step) => [
      formatDay(step.day),
      dateStepWords(step).what,
      step.clause === null ? '' : `clause ${step.clause}`,
    ]);
    return {
      kind: 'answer',
      card: card(
        `Why ${request.ref} is due ${formatDay(request.dates.due)}`,
        'neutral',
        [
          { kind: 'table', columns: ['Day', 'Step', 'Clause'], rows },
          facts(
            ['Policy', `${request.pack.name}, ${request.pack.hash.slice(0, 12)}`],
            ['Zone', pack.zone],
            [
              'Received',
              `${request.receivedAt} (${formatDay(civilDay(request.receivedAt, pack.zone))} there)`,
            ],
            [
              'Received, before',
              formerReceipts(request)
                .map((one) => formerReceiptSays(one, personWords(one.by), pack.zone))
                .join('; ') || null,
            ],
          ),
        ],
        { ref: request.ref },
      ),
    };
  },
});
