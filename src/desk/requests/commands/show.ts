/** `/privacy show list why`: reading cases. Nothing changes, but a reveal, which is on the ledger. Must not know: any surface. */

import { z } from 'zod';
import { card, facts } from '../../../chat/card.js';
import { yes } from '../../../chat/fields/kinds.js';
import { caseRef } from '../../../chat/fields/references.js';
import { formerReceipts } from '../../../domain/requests/amend.js';
import { decideReveal } from '../../../domain/requests/handling.js';
import { mayRead } from '../../../domain/requests/reading.js';
import { datesWithSteps } from '../../../domain/requests/rules.js';
import { formerReceiptSays } from '../../../language/en/amendments.js';
import { PRIVACY } from '../../../language/en/commands/privacy.js';
import { dateStepWords } from '../../../language/en/date-steps.js';
import { dayWords } from '../../../language/en/dates.js';
import { personWords } from '../../../language/en/people.js';
import { civilDay } from '../../../policy/calendar.js';
import { behind, record } from '../../../record/record.js';
import { forgettingOn } from '../../forgetting/customer.js';
import { defineCommand } from '../../front/plan.js';
import { lookedUpOf } from '../../lookups/look-up.js';
import { caseView } from '../cards/view.js';
import { requests } from '../kind.js';
import { circumstancesOf, keptFromYou, loadCase, noSuchCase, readerOf } from '../on-request.js';

export const show = defineCommand({
  command: 'privacy',
  verb: 'show',
  words: PRIVACY.show,
  permission: 'request.show',
  input: z.strictObject({
    case: caseRef(),
    reveal: yes().optional(),
  }),
  examples: ['/privacy show PR-2026-0001', '/privacy show PR-2026-0001 reveal:yes'],
  plan: async (context, input) => {
    const loaded = await loadCase(context, input.case, { lock: input.reveal === true });
    if (loaded === null) return noSuchCase(input.case);
    const { request, pack } = loaded;
    if (!mayRead(request, readerOf(context))) return keptFromYou(request, pack);
    const forgetting = await forgettingOn({ ...context, active: context.active.pack }, request);
    const view = caseView(loaded, circumstancesOf(context, pack), forgetting);
    if (input.reveal !== true) return { kind: 'answer', card: view };
    const about = { stream: request.ref, subjectId: request.subjectId };
    const decision = decideReveal(request, circumstancesOf(context, pack));
    if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal, about };
    await record(context, requests, behind(request), decision.events);
    await lookedUpOf(context, 'reveal', request.ref);
    const full = facts(['Full reference', request.reference ?? 'erased with the customer’s key']);
    return {
      kind: 'answer',
      card: { ...view, blocks: [full, ...view.blocks], footer: 'The reveal is on the ledger.' },
    };
  },
});

export const why = defineCommand({
  command: 'privacy',
  verb: 'why',
  words: PRIVACY.why,
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
      dayWords(step.day),
      dateStepWords(step).what,
      step.clause === null ? '' : `clause ${step.clause}`,
    ]);
    return {
      kind: 'answer',
      card: card(
        `Why ${request.ref} is due ${dayWords(request.dates.due)}`,
        'neutral',
        [
          { kind: 'table', columns: ['Day', 'Step', 'Clause'], rows },
          facts(
            ['Policy', `${request.pack.name}, ${request.pack.hash.slice(0, 12)}`],
            ['Zone', pack.zone],
            [
              'Received',
              `${request.receivedAt} (${dayWords(civilDay(request.receivedAt, pack.zone))} there)`,
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
