/** `/privacy propose decide retain extend`: what becomes of a case, and who says so. Must not know: any surface. */

import { z } from 'zod';
import { datedReference, day } from '../../../chat/fields/dates.js';
import { categoryList, choice, reference, text, word } from '../../../chat/fields/kinds.js';
import { caseRef } from '../../../chat/fields/references.js';
import { decideExtend } from '../../../domain/requests/ending.js';
import { PROPOSABLE } from '../../../domain/requests/events.js';
import { decideDecide, decidePropose, decideRetain } from '../../../domain/requests/outcome.js';
import { statusOf } from '../../../domain/requests/request.js';
import { decideRetract } from '../../../domain/requests/taking-back.js';
import { PRIVACY } from '../../../language/en/commands/privacy.js';
import { dayWords } from '../../../language/en/dates.js';
import { outcomeWords } from '../../../language/en/requests.js';
import { step } from '../../../vocabulary/step.js';
import { defineCommand } from '../../front/plan.js';
import { onCase } from '../on-request.js';
import { actedCard, allOr } from './common.js';

const law = () => reference();
const ground = () => word('grounds');
const explained = () => datedReference();
const consent = () => datedReference();

export const propose = defineCommand({
  command: 'privacy',
  verb: 'propose',
  words: PRIVACY.propose,
  permission: 'request.propose',
  input: z.strictObject({
    case: caseRef(),
    outcome: choice(PROPOSABLE, 'outcomes'),
    ground: ground().optional(),
    law: law().optional(),
    until: day('future').optional(),
    facts: text().optional(),
    evidence: reference().optional(),
    name_evidence: reference().optional(),
  }),
  examples: [
    '/privacy propose PR-2026-0001 fulfilled',
    '/privacy propose PR-2026-0002 partially_fulfilled ground:LAW_REQUIRES_RETENTION law:"Accounting Act art. 12" until:2031-12-31',
  ],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) =>
        decidePropose(
          request,
          {
            outcome: input.outcome,
            ground: input.ground?.toUpperCase() ?? null,
            law: input.law ?? null,
            until: input.until ?? null,
            facts: input.facts ?? null,
            evidence: input.evidence ?? null,
            nameEvidence: input.name_evidence ?? null,
          },
          circumstances,
        ),
      (request, { pack }) => {
        const next =
          statusOf(request) === 'awaiting_decision'
            ? 'The officer was asked in the thread.'
            : 'This needs no officer: carry it out.';
        return actedCard(context, `Proposed: ${outcomeWords(input.outcome)}. ${next}`, request, pack);
      },
    ),
});

export const retract = defineCommand({
  command: 'privacy',
  verb: 'retract',
  words: PRIVACY.retract,
  permission: 'request.propose',
  input: z.strictObject({ case: caseRef() }),
  examples: ['/privacy retract PR-2026-0001'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) => decideRetract(request, circumstances),
      (request, { pack }) => actedCard(context, 'Taken back: the case is in progress again.', request, pack),
    ),
});

export const decide = defineCommand({
  command: 'privacy',
  verb: 'decide',
  words: PRIVACY.decide,
  permission: 'request.decide',
  input: z.strictObject({
    case: caseRef(),
    verdict: choice(['approve', 'return', 'refuse']),
    reason: text({ max: 1000 }).optional(),
    ground: ground().optional(),
    law: law().optional(),
  }),
  examples: [
    '/privacy decide PR-2026-0001 approve',
    '/privacy decide PR-2026-0001 return reason:"Payment was not checked"',
  ],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) =>
        decideDecide(
          request,
          {
            verdict: input.verdict,
            reason: input.reason ?? null,
            ground: input.ground?.toUpperCase() ?? null,
            law: input.law ?? null,
            shown: context.shown,
          },
          circumstances,
        ),
      (request, { pack }) => {
        const says = { approve: 'Approved.', return: 'Returned to the agent.', refuse: 'Refused.' }[
          input.verdict
        ];
        return actedCard(context, says, request, pack);
      },
    ),
});

export const retain = defineCommand({
  command: 'privacy',
  verb: 'retain',
  words: PRIVACY.retain,
  permission: 'request.retain',
  input: z.strictObject({
    case: caseRef(),
    categories: categoryList(),
    law: reference(),
    until: day('future'),
    explained: explained().optional(),
    consent: consent().optional(),
  }),
  examples: [
    '/privacy retain PR-2026-0002 payment law:"Accounting Act art. 12" until:2031-12-31 explained:2026-12-10/call#9 consent:2026-12-10/call#9',
  ],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) =>
        decideRetain(
          request,
          {
            categories: allOr(input.categories),
            law: input.law,
            until: input.until,
            explained: input.explained ?? null,
            consent: input.consent ?? null,
          },
          circumstances,
        ),
      (request, { pack }) =>
        actedCard(
          context,
          `Retention recorded until ${dayWords(input.until)}; the digest asks for deletion then.`,
          request,
          pack,
        ),
    ),
});

export const extend = defineCommand({
  command: 'privacy',
  verb: 'extend',
  words: PRIVACY.extend,
  permission: 'request.extend',
  input: z.strictObject({
    case: caseRef(),
    until: day('future'),
    reason: text({ max: 500, suggests: 'extension-reasons' }),
    explained: explained().optional(),
    consent: consent().optional(),
  }),
  examples: [
    '/privacy extend PR-2026-0001 2027-01-15 other_significant explained:2026-12-10/call#9 consent:2026-12-11/call#9',
  ],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) =>
        decideExtend(
          request,
          {
            until: input.until,
            reason: input.reason,
            explained: input.explained ?? null,
            consent: input.consent ?? null,
          },
          circumstances,
        ),
      (request, { pack }) =>
        actedCard(
          context,
          `Extended. Tell the customer, with the officer’s contact (/desk officer, clause ${pack.officer.clause}), and record it.`,
          request,
          pack,
          'good',
          step('privacy', 'notice', { case: request.ref, kind: 'extension', ref: '…' }),
        ),
    ),
});
