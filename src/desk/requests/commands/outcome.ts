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
import { dayWords } from '../../../language/en/dates.js';
import { outcomeWords } from '../../../language/en/requests.js';
import { defineCommand } from '../../front/plan.js';
import { onCase } from '../on-request.js';
import { actedCard, allOr, todayOf } from './common.js';

const law = () => reference('Law', 'The provision, or the terms');
const ground = () => word('Ground', 'The policy’s ground, e.g. LAW_REQUIRES_RETENTION', 'grounds');
const explained = () => datedReference('Explained', 'When the customer was told why: 2026-12-10/call#9');
const consent = () => datedReference('Consent', 'When the customer agreed: 2026-12-11/call#9');

export const propose = defineCommand({
  command: 'privacy',
  verb: 'propose',
  summary: 'Propose the outcome; the officer decides in the thread',
  permission: 'request.propose',
  input: z.strictObject({
    case: caseRef(),
    outcome: choice('Outcome', 'What should become of it', PROPOSABLE),
    ground: ground().optional(),
    law: law().optional(),
    until: day('Until', 'How long the law keeps it', 'future').optional(),
    facts: text('Facts', 'The facts behind the ground, without personal data').optional(),
    evidence: reference('Evidence', 'Where the evidence is on record').optional(),
    name_evidence: reference('Name change', 'Where the legal change of name is on record').optional(),
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
            : `This needs no officer. Next: carry it out, then /privacy done ${request.ref} evidence:…`;
        return actedCard(
          `Proposed: ${outcomeWords(input.outcome)}. ${next}`,
          request,
          pack,
          todayOf(context, pack),
        );
      },
    ),
});

export const retract = defineCommand({
  command: 'privacy',
  verb: 'retract',
  summary: 'Take back your proposal, while nobody has decided it',
  permission: 'request.propose',
  input: z.strictObject({ case: caseRef() }),
  examples: ['/privacy retract PR-2026-0001'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) => decideRetract(request, circumstances),
      (request, { pack }) =>
        actedCard('Taken back: the case is in progress again.', request, pack, todayOf(context, pack)),
    ),
});

export const decide = defineCommand({
  command: 'privacy',
  verb: 'decide',
  summary: 'Approve, return or refuse a proposal: an officer, never the proposer',
  permission: 'request.decide',
  input: z.strictObject({
    case: caseRef(),
    verdict: choice('Verdict', 'approve, return or refuse', ['approve', 'return', 'refuse']),
    reason: text('Reason', 'Why; needed to return', { max: 1000 }).optional(),
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
        return actedCard(says, request, pack, todayOf(context, pack));
      },
    ),
});

export const retain = defineCommand({
  command: 'privacy',
  verb: 'retain',
  summary: 'Record what must be kept, explained to and agreed by the customer',
  permission: 'request.retain',
  input: z.strictObject({
    case: caseRef(),
    categories: categoryList('Categories', 'What is kept'),
    law: reference('Law', 'The provision, or the terms, that ask for it'),
    until: day('Until', 'The day it may be deleted', 'future'),
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
          `Retention recorded until ${dayWords(input.until)}; the digest asks for deletion then. Next: propose partially_fulfilled.`,
          request,
          pack,
          todayOf(context, pack),
        ),
    ),
});

export const extend = defineCommand({
  command: 'privacy',
  verb: 'extend',
  summary: 'Move the due date, explained to and agreed by the customer in time',
  permission: 'request.extend',
  input: z.strictObject({
    case: caseRef(),
    until: day('Until', 'The new due date', 'future'),
    reason: text('Reason', 'legal_retention or other_significant, then your words', { max: 500 }),
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
          `Extended. Tell the customer, with the officer’s contact (/desk officer, clause ${pack.officer.clause}), then: /privacy notice ${request.ref} kind:extension ref:…`,
          request,
          pack,
          todayOf(context, pack),
        ),
    ),
});
