/** `/disclosure show list may register`: reading; nothing changes. Must not know: any surface. */

import { z } from 'zod';
import { card, facts, text } from '../../../chat/card.js';
import { day } from '../../../chat/fields/dates.js';
import { choice, customer, yes } from '../../../chat/fields/kinds.js';
import { disclosureOrConsentRef } from '../../../chat/fields/references.js';
import { saidProblem } from '../../../chat/problem.js';
import { type Consent, liveCategories } from '../../../domain/disclosures/consent.js';
import { mayDisclose } from '../../../domain/disclosures/may.js';
import { isWithheld, readsWithheld } from '../../../domain/disclosures/withheld.js';
import { freezeFor } from '../../../domain/freeze.js';
import { scopeWords } from '../../../language/en/categories.js';
import { clauseText } from '../../../language/en/clauses.js';
import { DISCLOSURE } from '../../../language/en/commands/disclosure.js';
import { dayWords } from '../../../language/en/dates.js';
import { KEPT, WITH_THE_OFFICER } from '../../../language/en/disclosure-cards.js';
import { basisWords, needsWords, passedWords } from '../../../language/en/disclosures.js';
import { LOOKUP_KEPT } from '../../../language/en/lookups.js';
import { refusalWords } from '../../../language/refusals.js';
import type { DisclosureFilter, DisclosureRow } from '../../../record/rows.js';
import type { Tx } from '../../../record/store.js';
import { maskReference, type SubjectId } from '../../../vocabulary/values.js';
import { lookAlikeRefusal } from '../../front/customers.js';
import { defineCommand, type PlanContext, type Planned } from '../../front/plan.js';
import { lookedUp } from '../../lookups/look-up.js';
import { readerOf } from '../../requests/on-request.js';
import { maskedOrErased } from '../../tell/words.js';
import {
  consentBlocks,
  consentCard,
  type ListLine,
  listCard,
  registerCard,
  standingBlocks,
} from '../cards/lists.js';
import { disclosureView } from '../cards/view.js';
import { loadConsent } from '../consents.js';
import { frozenCases, loadDisclosure, noSuchDisclosure, presserOf } from '../on-disclosure.js';
import { registerLines } from '../register.js';
import { viewOf } from '../render.js';
import { basisField, dataField, recipientField } from './common.js';

const LIST_MAX = 50;
const REGISTER_MAX = 200;

export const show = defineCommand({
  command: 'disclosure',
  verb: 'show',
  words: DISCLOSURE.show,
  permission: 'disclosure.show',
  input: z.strictObject({
    disclosure: disclosureOrConsentRef(),
  }),
  examples: ['/disclosure show DR-2026-0001', '/disclosure show CO-2026-0001'],
  plan: async (context, input) => {
    const consent = await loadConsent(context.tx, input.disclosure);
    if (consent !== null) return showConsent(context, consent);
    const loaded = await loadDisclosure(context, input.disclosure, { lock: false });
    if (loaded === null) return noSuchDisclosure(input.disclosure);
    const sight = readsWithheld(loaded.disclosure.askers, readerOf(context)) ? 'all' : 'thread';
    return {
      kind: 'answer',
      card: disclosureView(await viewOf(context, loaded, sight), loaded.history, presserOf(context)),
    };
  },
});

async function showConsent(context: PlanContext, consent: Consent): Promise<Planned> {
  const cases = await frozenCases(context, consent.subjectId);
  const frozen = freezeFor(cases, liveCategories(consent), 'consent', consent.grantedAt, consent.ref);
  return { kind: 'answer', card: consentCard(consent, frozen, context.active.pack) };
}

const FILTERS = ['undecided', 'approved', 'blocked'] as const;
const STATUSES = { undecided: ['requested'], approved: ['approved'], blocked: ['blocked'] } as const;
const WAITING = ['requested', 'approved', 'blocked'] as const;

export const list = defineCommand({
  command: 'disclosure',
  verb: 'list',
  words: DISCLOSURE.list,
  permission: 'disclosure.list',
  input: z.strictObject({
    filter: choice(FILTERS).optional(),
    customer: customer().optional(),
    sure: yes().optional(),
  }),
  positionals: ['filter'],
  examples: ['/disclosure list', '/disclosure list undecided', '/disclosure list customer:C-10812'],
  plan: async (context, input) => {
    const refusal = await lookAlikeRefusal(context.tx, input.customer, input.sure);
    if (refusal !== null) return { kind: 'refused', refusal, about: null };
    const { tx, today, active } = context;
    if (input.customer !== undefined) await lookedUp(context, 'disclosures', input.customer);
    const whose = input.customer === undefined ? undefined : await tx.findSubject(input.customer);
    const what = [input.filter, input.customer === undefined ? undefined : maskReference(input.customer)];
    const title = `Disclosures: ${what.filter((part) => part !== undefined).join(', ') || 'waiting'}`;
    if (whose === null) return { kind: 'answer', card: card(title, 'neutral', [text('None.')]) };
    const statuses =
      input.filter !== undefined ? STATUSES[input.filter] : whose === undefined ? WAITING : undefined;
    const filter: DisclosureFilter = {
      ...(whose === undefined ? {} : { subjectId: whose }),
      ...(statuses === undefined ? {} : { statuses }),
    };
    const rows = await tx.disclosures(filter);
    const lines: ListLine[] = [];
    for (const row of rows.slice(0, LIST_MAX))
      lines.push({
        ...row,
        recipient: recipientSeen(context, row),
        customer: maskedOrErased(await tx.reference(row.subjectId)),
      });
    const extra =
      whose === undefined
        ? input.filter === undefined
          ? standingBlocks(await tx.standings(today))
          : []
        : consentBlocks(await consentsOf(tx, whose), active.pack);
    const titled = `${title} (${rows.length})`;
    return {
      kind: 'answer',
      card: listCard(titled, lines, rows.length - lines.length, extra, active.pack),
    };
  },
});

/** Who gets it, as far as whoever asks may know now. */
function recipientSeen(
  context: PlanContext,
  { recipient, withhold, requestedBy }: Pick<DisclosureRow, 'recipient' | 'withhold' | 'requestedBy'>,
): string {
  const hidden = isWithheld(withhold, context.today) && !readsWithheld([requestedBy], readerOf(context));
  return hidden ? WITH_THE_OFFICER : recipient;
}

async function consentsOf(tx: Tx, subjectId: SubjectId): Promise<readonly Consent[]> {
  const found: Consent[] = [];
  for (const { ref } of await tx.consents(subjectId)) {
    const one = await loadConsent(tx, ref);
    if (one !== null) found.push(one);
  }
  return found;
}

export const may = defineCommand({
  command: 'disclosure',
  verb: 'may',
  words: DISCLOSURE.may,
  permission: 'disclosure.may',
  input: z.strictObject({
    customer: customer(),
    to: recipientField(),
    data: dataField(),
    basis: basisField(),
    sure: yes().optional(),
  }),
  examples: ['/disclosure may C-10812 "Swift Courier" name,mobile_phone transaction'],
  plan: async (context, input) => {
    const refusal = await lookAlikeRefusal(context.tx, input.customer, input.sure);
    if (refusal !== null) return { kind: 'refused', refusal, about: null };
    const { tx, now, active } = context;
    await lookedUp(context, 'may', input.customer);
    const subjectId = await tx.findSubject(input.customer);
    const cases = await frozenCases(context, subjectId);
    const consents = subjectId === null ? [] : await consentsOf(tx, subjectId);
    const { to: recipient, data: categories, basis } = input;
    const answer = mayDisclose({ recipient, categories, basis }, { cases, consents, now }, active.pack);
    const why = answer.reasons.map((refusal) => text(cited(refusalWords(refusal).says, refusal.clause)));
    const [first] = answer.reasons;
    return {
      kind: 'answer',
      card: card(
        answer.allowed ? 'It could be asked' : 'It would not be allowed',
        answer.allowed ? 'good' : 'warning',
        [
          facts(
            ['Allowed', answer.allowed ? 'yes, with an officer’s decision' : 'no'],
            ['Customer', maskReference(input.customer)],
            ['Recipient', recipient],
            ['Categories', scopeWords(categories)],
            ['Basis', `${basisWords(basis)} (clause ${answer.clause})`],
            ['Why not', answer.reasons.map(({ code }) => code).join(', ') || null],
            ['Clause', first?.clause ?? null],
            ['Needs', needsWords(answer.needs)],
          ),
          ...why,
          ...answer.passable.map((hold) => text(`Note: ${passedWords(hold)}.`)),
          ...(first?.clause ? [text(capital(clauseText(active.pack, first.clause)))] : []),
        ],
        { footer: `Nothing was changed. ${LOOKUP_KEPT}` },
      ),
    };
  },
});

const cited = (says: string, clause: string | null): string =>
  clause === null ? says : `${says} (clause ${clause})`;

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

export const register = defineCommand({
  command: 'disclosure',
  verb: 'register',
  words: DISCLOSURE.register,
  permission: 'disclosure.register',
  input: z.strictObject({
    customer: customer().optional(),
    from: day().optional(),
    to: day().optional(),
    sure: yes().optional(),
  }),
  positionals: ['customer'],
  examples: ['/disclosure register C-10812', '/disclosure register from:2026-11-01 to:2026-11-30'],
  plan: async (context, input) => {
    const refusal = await lookAlikeRefusal(context.tx, input.customer, input.sure);
    if (refusal !== null) return { kind: 'refused', refusal, about: null };
    const { tx, active } = context;
    const { from, to } = input;
    if (from !== undefined && to !== undefined && to < from)
      return {
        kind: 'problems',
        problems: [
          saidProblem('to', { code: 'invalid-value', says: `must not be before ${from}`, read: to }),
        ],
      };
    if (input.customer !== undefined) await lookedUp(context, 'register', input.customer);
    const whose = input.customer === undefined ? undefined : await tx.findSubject(input.customer);
    const title = registerTitle(input);
    if (whose === null) return { kind: 'answer', card: registerCard(title, [], false, [], active.pack) };
    const lines = await linesOf(context, whose, from, to);
    const extra = whose === undefined ? [] : consentBlocks(await consentsOf(tx, whose), active.pack);
    const shown = lines.slice(0, REGISTER_MAX).map((line) => {
      const recipient = recipientSeen(context, { ...line, requestedBy: line.askedBy });
      return recipient === line.recipient ? line : { ...line, recipient, purpose: KEPT, withhold: null };
    });
    return {
      kind: 'answer',
      card: registerCard(
        `${title} (${lines.length > shown.length ? `more than ${shown.length}` : lines.length})`,
        shown,
        lines.length > shown.length,
        extra,
        active.pack,
      ),
    };
  },
});

const linesOf = (
  context: PlanContext,
  whose: SubjectId | undefined,
  from: DisclosureFilter['sentFrom'],
  to: DisclosureFilter['sentTo'],
) =>
  registerLines(context, {
    ...(whose === undefined ? {} : { subjectId: whose }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    limit: REGISTER_MAX + 1,
  });

function registerTitle(input: {
  readonly customer?: string | undefined;
  readonly from?: DisclosureFilter['sentFrom'] | undefined;
  readonly to?: DisclosureFilter['sentTo'] | undefined;
}): string {
  const parts = [
    input.customer === undefined ? null : maskReference(input.customer),
    input.from === undefined ? null : `from ${dayWords(input.from)}`,
    input.to === undefined ? null : `to ${dayWords(input.to)}`,
  ].filter((part) => part !== null);
  return `Disclosure register${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}
