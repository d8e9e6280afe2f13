/** `/disclosure decide sent`: a second pair of eyes, and what went out (domain.md section 4). Must not know: any surface. */
import { z } from 'zod';
import { moment } from '../../../chat/fields/dates.js';
import { choice, reference, text } from '../../../chat/fields/kinds.js';
import { disclosureRef } from '../../../chat/fields/references.js';
import { decideDisclosure, decideSent } from '../../../domain/disclosures/deciding.js';
import { DISCLOSURE } from '../../../language/en/commands/disclosure.js';
import { ANSWERS } from '../../../language/en/disclosures.js';
import { defineCommand } from '../../front/plan.js';
import { placeMoment } from '../../tell/moments.js';
import { onDisclosure } from '../on-disclosure.js';
import { actedCard, dataField } from './common.js';

export const decide = defineCommand({
  command: 'disclosure',
  verb: 'decide',
  words: DISCLOSURE.decide,
  permission: 'disclosure.decide',
  input: z.strictObject({
    disclosure: disclosureRef(),
    verdict: choice(['approve', 'deny']),
    reason: text({ max: 1000 }).optional(),
    data: dataField().optional(),
  }),
  examples: [
    '/disclosure decide DR-2026-0001 approve',
    '/disclosure decide DR-2026-0001 approve data:name,delivery',
    '/disclosure decide DR-2026-0001 deny reason:"The order is cancelled"',
  ],
  plan: (context, input) =>
    onDisclosure(
      context,
      input.disclosure,
      async ({ disclosure }, factsOf) =>
        decideDisclosure(
          disclosure,
          {
            verdict: input.verdict,
            reason: input.reason ?? null,
            categories: input.data ?? null,
            shown: context.shown,
          },
          await factsOf(disclosure.terms),
        ),
      (disclosure, { pack }) =>
        input.verdict === 'approve'
          ? actedCard(context, ANSWERS.approved, disclosure, pack)
          : actedCard(context, ANSWERS.denied, disclosure, pack, 'neutral'),
    ),
});

export const sent = defineCommand({
  command: 'disclosure',
  verb: 'sent',
  words: DISCLOSURE.sent,
  permission: 'disclosure.sent',
  input: z.strictObject({
    disclosure: disclosureRef(),
    method: text({ max: 100 }),
    at: moment().optional(),
    ref: reference().optional(),
  }),
  examples: ['/disclosure sent DR-2026-0001 method:"courier portal" ref:EXP-77'],
  plan: (context, input) =>
    onDisclosure(
      context,
      input.disclosure,
      async ({ disclosure, pack }, factsOf) =>
        decideSent(
          disclosure,
          {
            method: input.method,
            at: input.at === undefined ? context.now : placeMoment(input.at, pack.zone),
            ref: input.ref ?? null,
          },
          await factsOf(disclosure.terms),
        ),
      (disclosure, { pack }) => actedCard(context, ANSWERS.sent, disclosure, pack),
    ),
});
