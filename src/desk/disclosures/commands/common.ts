/** What the `/disclosure` verbs share: the evidence fields, templates, and the short answer. Must not know: any one verb. */

import type { Card } from '../../../chat/card.js';
import { day } from '../../../chat/fields/dates.js';
import { categoryList, choice, reference, text, word } from '../../../chat/fields/kinds.js';
import { consentRef } from '../../../chat/fields/references.js';
import { nearest } from '../../../chat/nearest.js';
import { saidProblem } from '../../../chat/problem.js';
import type { Disclosure, EvidenceField } from '../../../domain/disclosures/disclosure.js';
import type { Pack } from '../../../policy/schema.js';
import { CATEGORIES, LEGAL_BASES } from '../../../vocabulary/values.js';
import type { PlanContext, Planned } from '../../front/plan.js';
import { disclosureActed } from '../cards/view.js';
import { presserOf } from '../on-disclosure.js';
import { viewOf } from '../render.js';

export const recipientField = () => reference({ max: 100, suggests: 'known-recipients' });
/** Sensitive data is given only where it is named (P-1.6). */
const ALL_BUT_SENSITIVE = CATEGORIES.filter((category) => category !== 'sensitive');
export const dataField = () =>
  categoryList({
    all: ALL_BUT_SENSITIVE,
  });
export const purposeField = () => text({ max: 200 });
export const basisField = () => choice(LEGAL_BASES);

/** Each basis has its own; which of them it needs is the policy's to say. */
export const evidenceFields = () => ({
  consent: consentRef().optional(),
  order: word().optional(),
  template: word('templates').optional(),
  authority: reference().optional(),
  law: reference().optional(),
  instrument: reference().optional(),
  evidence: reference().optional(),
  withhold: day('future').optional(),
});

type EvidenceInput = { readonly [field in EvidenceField]?: string | undefined };

/** Only what was given. */
export function givenEvidence(input: EvidenceInput): Partial<Readonly<Record<EvidenceField, string>>> {
  const { consent, order, template, authority, law, instrument, evidence } = input;
  const all = { consent, order, template: template?.toLowerCase(), authority, law, instrument, evidence };
  return Object.fromEntries(
    Object.entries(all).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])),
  );
}

/** A template or consent that does not exist is a slip of the pen, not a refusal. */
export async function evidenceProblem(
  context: Pick<PlanContext, 'tx'>,
  { template, consent }: { readonly template?: string; readonly consent?: string },
  pack: Pack,
  field = 'template',
): Promise<Extract<Planned, { kind: 'problems' }> | null> {
  const names = Object.keys(pack.disclosures.templates);
  if (template !== undefined && !names.includes(template))
    return problem(
      saidProblem(field, {
        code: 'invalid-value',
        says: `must be a template of the policy: ${names.join(', ')}`,
        read: template,
        allowed: names,
        suggestion: nearest(template, names),
        clause: pack.disclosures.bases.transaction.clause,
      }),
    );
  if (consent !== undefined && (await context.tx.consent(consent)) === null)
    return problem(
      saidProblem('consent', {
        code: 'not-found',
        says: `names no consent of this desk: ${consent}`,
        read: null,
        clause: pack.disclosures.bases.consent.clause,
      }),
    );
  return null;
}

const problem = (one: ReturnType<typeof saidProblem>): Extract<Planned, { kind: 'problems' }> => ({
  kind: 'problems',
  problems: [one],
});

/** What whoever acted is told. */
export async function actedCard(
  context: PlanContext,
  says: string,
  disclosure: Disclosure,
  pack: Pack,
  tone: Card['tone'] = 'good',
): Promise<Card> {
  return disclosureActed(
    says,
    await viewOf(context, { disclosure, pack }, 'thread'),
    presserOf(context),
    tone,
  );
}
