/** `/disclosure request amend cancel`: asking to give data to a third party (domain.md section 4). Must not know: any surface. */
import { z } from 'zod';
import { customer } from '../../../chat/fields/kinds.js';
import { disclosureRef } from '../../../chat/fields/references.js';
import {
  type Changes,
  decideAmend,
  decideCancel,
  decideRequest,
} from '../../../domain/disclosures/asking.js';
import { NO_EVIDENCE, type Terms } from '../../../domain/disclosures/disclosure.js';
import { termsRefusal } from '../../../domain/disclosures/terms.js';
import { DISCLOSURE } from '../../../language/en/commands/disclosure.js';
import { ANSWERS } from '../../../language/en/disclosures.js';
import { beginning, nextReference, record } from '../../../record/record.js';
import { defineCommand } from '../../front/plan.js';
import { disclosures } from '../kind.js';
import { factsFor, onDisclosure } from '../on-disclosure.js';
import {
  actedCard,
  basisField,
  dataField,
  evidenceFields,
  evidenceProblem,
  givenEvidence,
  purposeField,
  recipientField,
} from './common.js';

export const request = defineCommand({
  command: 'disclosure',
  verb: 'request',
  words: DISCLOSURE.request,
  permission: 'disclosure.request',
  input: z.strictObject({
    customer: customer(),
    to: recipientField(),
    data: dataField(),
    purpose: purposeField(),
    basis: basisField(),
    ...evidenceFields(),
  }),
  examples: [
    '/disclosure request C-10812 "Swift Courier" name,delivery delivery transaction order:SO-881 template:delivery',
    '/disclosure request C-10812 "Partner Bank" email newsletter consent consent:CO-2026-0001',
    '/disclosure request C-10812 "City Court" name,payment "court order" required_by_law authority:"City Court" law:"Code of Civil Procedure art. 64" instrument:2026-114 evidence:LEGAL-9',
  ],
  plan: async (context, input) => {
    const { tx, active, now, today } = context;
    const evidence = givenEvidence(input);
    const problem = await evidenceProblem(context, evidence, active.pack);
    if (problem !== null) return problem;
    const terms: Terms = {
      recipient: input.to,
      purpose: input.purpose,
      categories: input.data,
      basis: input.basis,
      evidence: { ...NO_EVIDENCE, ...evidence },
      withhold: input.withhold ?? null,
    };
    // Terms that fail use no number and make no customer known; a known one is locked, so nothing moves meanwhile.
    const known = await tx.findSubject(input.customer);
    if (known !== null) await tx.lockSubject(known);
    const refusal = termsRefusal(terms, await factsFor(context, terms, known, active.pack));
    if (refusal !== null) return { kind: 'refused', refusal, about: null };
    const subjectId = await tx.subject(input.customer, now);
    // Anew: somebody else may have made the customer known, and frozen, a moment ago.
    const facts = await factsFor(context, terms, subjectId, active.pack);
    const ref = await nextReference(tx, disclosures, today);
    const pack = { name: active.name, hash: active.hash };
    const decision = decideRequest(terms, { ref, subjectId, customer: input.customer, pack }, facts);
    if (decision.kind === 'refused' && decision.events.length === 0)
      return { kind: 'refused', refusal: decision.refusal, about: null };
    const disclosure = await record(context, disclosures, beginning(ref), decision.events);
    if (decision.kind === 'refused')
      return { kind: 'refused', refusal: decision.refusal, about: { stream: ref, subjectId } };
    const says = ANSWERS.asked(ref, disclosure.phase.status === 'approved');
    return { kind: 'answer', card: await actedCard(context, says, disclosure, active.pack) };
  },
});

export const amend = defineCommand({
  command: 'disclosure',
  verb: 'amend',
  words: DISCLOSURE.amend,
  permission: 'disclosure.amend',
  input: z.strictObject({
    disclosure: disclosureRef(),
    to: recipientField().optional(),
    data: dataField().optional(),
    purpose: purposeField().optional(),
    basis: basisField().optional(),
    ...evidenceFields(),
  }),
  examples: ['/disclosure amend DR-2026-0001 data:name,delivery', '/disclosure amend DR-2026-0001'],
  plan: (context, input) =>
    onDisclosure(
      context,
      input.disclosure,
      async ({ disclosure, pack }, factsOf) => {
        const evidence = givenEvidence(input);
        const problem = await evidenceProblem(context, evidence, pack);
        if (problem !== null) return problem;
        const changes: Changes = {
          ...(input.to === undefined ? {} : { recipient: input.to }),
          ...(input.data === undefined ? {} : { categories: input.data }),
          ...(input.purpose === undefined ? {} : { purpose: input.purpose }),
          ...(input.basis === undefined ? {} : { basis: input.basis }),
          ...(input.withhold === undefined ? {} : { withhold: input.withhold }),
          evidence,
        };
        const relied = { evidence: { ...disclosure.terms.evidence, ...evidence } };
        return decideAmend(disclosure, changes, await factsOf(relied));
      },
      (disclosure, { pack }) => {
        const says = ANSWERS.askedAnew(disclosure.phase.status === 'approved');
        return actedCard(context, says, disclosure, pack);
      },
    ),
});

export const cancel = defineCommand({
  command: 'disclosure',
  verb: 'cancel',
  words: DISCLOSURE.cancel,
  permission: 'disclosure.cancel',
  input: z.strictObject({ disclosure: disclosureRef() }),
  examples: ['/disclosure cancel DR-2026-0001'],
  plan: (context, input) =>
    onDisclosure(
      context,
      input.disclosure,
      async ({ disclosure }) => decideCancel(disclosure),
      (disclosure, { pack }) => actedCard(context, ANSWERS.cancelled, disclosure, pack, 'neutral'),
    ),
});
