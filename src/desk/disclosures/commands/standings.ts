/** `/disclosure standings revoke`: what is approved in advance, and taking it back. Must not know: any surface. */
import { z } from 'zod';
import { button, card, text as words } from '../../../chat/card.js';
import { text, wholeNumber } from '../../../chat/fields/kinds.js';
import { saidProblem } from '../../../chat/problem.js';
import { decideRevoke, type KnownStanding, lastDayOf } from '../../../domain/disclosures/standing.js';
import { DISCLOSURE } from '../../../language/en/commands/disclosure.js';
import { STANDINGS } from '../../../language/en/disclosure-lists.js';
import { loadOnly } from '../../../record/load.js';
import { record } from '../../../record/record.js';
import { sameWords } from '../../../vocabulary/spelling.js';
import { defineCommand, type PlanContext } from '../../front/plan.js';
import { standingsTable } from '../cards/lists.js';
import { loadDisclosure } from '../on-disclosure.js';
import { standings as kind, usedFor } from '../standings.js';
import { recipientField } from './common.js';

export const standings = defineCommand({
  command: 'disclosure',
  verb: 'standings',
  words: DISCLOSURE.standings,
  permission: 'disclosure.list',
  input: z.strictObject({ to: recipientField().optional() }),
  positionals: ['to'],
  examples: ['/disclosure standings', '/disclosure standings "Swift Courier"'],
  plan: async (context, { to }) => {
    const { tx, today, may } = context;
    const { state } = await loadOnly(tx, kind, { lock: false });
    const shown = state.filter(({ recipient }) => to === undefined || sameWords(recipient, to));
    const title = `${STANDINGS.title} (${shown.length})`;
    if (shown.length === 0) return { kind: 'answer', card: card(title, 'neutral', [words(STANDINGS.none)]) };
    const uses: number[] = [];
    for (const one of shown) uses.push(await usesOf(context, one));
    const live = shown.filter((one) => one.revoked === null && lastDayOf(one) >= today);
    const actions = may('disclosure.standing') ? live.map(({ number }) => revokeButton(number)) : [];
    return {
      kind: 'answer',
      card: card(title, 'neutral', [standingsTable(shown, uses, today)], { actions }),
    };
  },
});

const revokeButton = (number: number) =>
  button(
    STANDINGS.revoke(number),
    'danger',
    { command: 'disclosure', verb: 'revoke', fields: { number: String(number) } },
    ['reason!'],
  );

/** How many disclosures it approved, whatever became of them. */
async function usesOf(context: PlanContext, standing: KnownStanding): Promise<number> {
  let count = 0;
  for (const ref of await usedFor(context, standing)) {
    const history = (await loadDisclosure(context, ref, { lock: false }))?.history ?? [];
    count += history.filter(
      ({ event }) => event.type === 'disclosure_approved' && event.standing === standing.number,
    ).length;
  }
  return count;
}

export const revoke = defineCommand({
  command: 'disclosure',
  verb: 'revoke',
  words: DISCLOSURE.revoke,
  permission: 'disclosure.standing',
  input: z.strictObject({
    number: wholeNumber({ max: 1_000_000 }),
    reason: text({ max: 500 }),
  }),
  examples: ['/disclosure revoke 1 "the contract ended"'],
  plan: async (context, { number, reason }) => {
    const { tx, today, actor } = context;
    const before = await loadOnly(tx, kind, { lock: true });
    const standing = before.state.find((one) => one.number === number);
    if (standing === undefined)
      return {
        kind: 'problems',
        problems: [saidProblem('number', { code: 'not-found', says: STANDINGS.unknown(number), read: null })],
      };
    const decision = decideRevoke(standing, reason, { by: actor.person, today });
    if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal, about: null };
    await record(context, kind, before, decision.events);
    return {
      kind: 'answer',
      card: card(STANDINGS.revoked(number, standing.recipient), 'neutral', [words(STANDINGS.voids)]),
    };
  },
});
