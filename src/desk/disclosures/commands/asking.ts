/** `/disclosure request amend cancel`: asking to give data to a third party (domain.md section 4). Must not know: any surface. */
import { z } from 'zod';
import { customer, yes } from '../../../chat/fields/kinds.js';
import { disclosureRef } from '../../../chat/fields/references.js';
import {
  type Changes,
  decideAmend,
  decideCancel,
  decideRequest,
} from '../../../domain/disclosures/asking.js';
import { coverRefusal } from '../../../domain/disclosures/consent.js';
import { NO_EVIDENCE, type Terms } from '../../../domain/disclosures/disclosure.js';
import { termsRefusal } from '../../../domain/disclosures/terms.js';
import type { Refusal } from '../../../domain/refusal.js';
import { DISCLOSURE } from '../../../language/en/commands/disclosure.js';
import { ANSWERS } from '../../../language/en/disclosures.js';
import type { Pack } from '../../../policy/schema.js';
import { beginning, nextReference, record } from '../../../record/record.js';
import type { SubjectId } from '../../../vocabulary/values.js';
import { lookAlikeRefusal } from '../../front/customers.js';
import { defineCommand, type PlanContext } from '../../front/plan.js';
import { loadConsent } from '../consents.js';
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
    sure: yes().optional(),
  }),
  examples: [
    '/disclosure request C-10812 "Swift Courier" name,delivery delivery transaction order:SO-881 template:delivery',
    '/disclosure request C-10812 "Partner Bank" email newsletter consent consent:CO-2026-0001',
    '/disclosure request C-10812 "City Court" name,payment "court order" required_by_law authority:"City Court" law:"Code of Civil Procedure art. 64" instrument:2026-114 evidence:LEGAL-9',
  ],
  plan: async (context, input) => {
    const alike = await lookAlikeRefusal(context.tx, input.customer, input.sure);
    if (alike !== null) return { kind: 'refused', refusal: alike, about: null };
    const { tx, active, now, today } = context;
    const evidence = { ...templateAsPurpose(input, active.pack), ...givenEvidence(input) };
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
    if (refusal !== null)
      return { kind: 'refused', refusal: await namingConsent(context, refusal, terms, known), about: null };
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

/** Where a consent is missing and exactly one on record would do, it is named. */
async function namingConsent(
  { tx, now, active }: PlanContext,
  refusal: Refusal,
  terms: Terms,
  subjectId: SubjectId | null,
): Promise<Refusal> {
  if (refusal.reason !== 'basis-evidence-missing' || terms.basis !== 'consent' || subjectId === null)
    return refusal;
  const { recipient, purpose, categories } = terms;
  const fits: string[] = [];
  for (const { ref } of await tx.consents(subjectId)) {
    const consent = await loadConsent(tx, ref);
    const about = { subjectId, recipient, purpose, categories, now };
    if (consent !== null && coverRefusal(consent, about, active.pack, []) === null) fits.push(ref);
  }
  return fits.length === 1 ? { ...refusal, facts: { ...refusal.facts, fits } } : refusal;
}

/** A transaction whose purpose is the name of a template is asked under it (P-2.2). */
function templateAsPurpose(
  { basis, purpose }: { readonly basis: string; readonly purpose: string },
  { disclosures: { templates } }: Pack,
): { readonly template?: string } {
  const name = purpose.trim().toLowerCase();
  return basis === 'transaction' && Object.hasOwn(templates, name) ? { template: name } : {};
}

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
