/** `/disclosure consent standing`: what is granted in advance, by the customer or by an officer. Must not know: any surface. */

import { z } from 'zod';
import { card, facts, text as words } from '../../../chat/card.js';
import { moment } from '../../../chat/fields/dates.js';
import { customer, reference, wholeNumber, word, yes } from '../../../chat/fields/kinds.js';
import { decideConsent, grantedRefusal } from '../../../domain/disclosures/consent.js';
import { decideStanding } from '../../../domain/disclosures/standing.js';
import { scopeWords } from '../../../language/en/categories.js';
import { DISCLOSURE } from '../../../language/en/commands/disclosure.js';
import { dayWords } from '../../../language/en/dates.js';
import { civilDay } from '../../../policy/calendar.js';
import { loadOnly } from '../../../record/load.js';
import { beginning, nextReference, record } from '../../../record/record.js';
import { lookAlikeRefusal } from '../../front/customers.js';
import { defineCommand } from '../../front/plan.js';
import { placeMoment } from '../../tell/moments.js';
import { recordedConsentCard } from '../cards/lists.js';
import { consents } from '../consents.js';
import { frozenCases } from '../on-disclosure.js';
import { standings } from '../standings.js';
import { dataField, evidenceProblem, purposeField, recipientField } from './common.js';

export const consent = defineCommand({
  command: 'disclosure',
  verb: 'consent',
  words: DISCLOSURE.consent,
  permission: 'disclosure.consent',
  input: z.strictObject({
    customer: customer(),
    purpose: purposeField(),
    recipient: recipientField().optional(),
    data: dataField(),
    granted: moment(),
    evidence: reference(),
    sure: yes().optional(),
  }),
  examples: [
    '/disclosure consent C-10812 newsletter email 2026-11-02 FORM-12 recipient:"Partner Bank"',
    '/disclosure consent customer:C-10812 purpose:"loyalty programme" data:name,email granted:2026-11-02 evidence:FORM-13',
  ],
  plan: async (context, input) => {
    const alike = await lookAlikeRefusal(context.tx, input.customer, input.sure);
    if (alike !== null) return { kind: 'refused', refusal: alike, about: null };
    const { tx, now, active } = context;
    const { pack } = active;
    const grantedAt = placeMoment(input.granted, pack.zone);
    const late = grantedRefusal(grantedAt, now, pack);
    if (late !== null) return { kind: 'refused', refusal: late, about: null };
    const subjectId = await tx.subject(input.customer, now);
    const ref = await nextReference(tx, consents, context.today);
    const { purpose, evidence, data: categories } = input;
    const decision = decideConsent(
      { recipient: input.recipient ?? null, purpose, categories, grantedAt, evidence },
      { ref, subjectId, customer: input.customer, cases: await frozenCases(context, subjectId) },
      { now, pack },
    );
    if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal, about: null };
    const given = await record(context, consents, beginning(ref), decision.events);
    return { kind: 'answer', card: recordedConsentCard(given, pack) };
  },
});

export const standing = defineCommand({
  command: 'disclosure',
  verb: 'standing',
  words: DISCLOSURE.standing,
  permission: 'disclosure.standing',
  input: z.strictObject({
    to: recipientField(),
    purpose: word('templates'),
    data: dataField(),
    days: wholeNumber(),
  }),
  examples: ['/disclosure standing "Swift Courier" delivery name,mobile_phone,delivery 30'],
  plan: async (context, input) => {
    const { tx, now, today, actor, active } = context;
    const { pack } = active;
    const template = input.purpose.toLowerCase();
    const problem = await evidenceProblem(context, { template }, pack, 'purpose');
    if (problem !== null) return problem;
    const before = await loadOnly(tx, standings, { lock: true });
    const decision = decideStanding(
      { recipient: input.to, template, categories: input.data, days: input.days },
      { number: before.state.length + 1, by: actor.person, today: civilDay(now, pack.zone), pack },
    );
    if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal, about: null };
    const [event] = decision.events;
    if (event?.type !== 'standing_given')
      throw new Error('a standing approval was decided and nothing happened');
    await record(context, standings, before, decision.events);
    const title = `Standing approval ${event.number} · ${event.recipient}`;
    return {
      kind: 'answer',
      card: card(title, 'good', [
        words(
          'Requests that match it are approved at once in your name, never your own; each one is registered and meets the freeze.',
        ),
        facts(
          ['Recipient', event.recipient],
          ['Template', event.template],
          ['Categories', scopeWords(event.categories)],
          ['From', dayWords(today)],
          ['Last day', dayWords(event.until)],
          ['Basis', `transaction (clause ${pack.disclosures.templates[template]?.clause ?? ''})`],
        ),
      ]),
    };
  },
});
