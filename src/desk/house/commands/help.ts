/**
 * `/desk help`, `/desk officer` and `/desk digest`: what anybody on the staff list may read.
 * Must not know: how the cards are made.
 */
import { z } from 'zod';
import { word } from '../../../chat/fields/kinds.js';
import { DESK } from '../../../language/en/commands/desk.js';
import { peopleSay } from '../../../language/en/people-say.js';
import { defineCommand } from '../../front/plan.js';
import { digestFacts } from '../../post/digest.js';
import { digestCard } from '../../post/digest-card.js';
import { readerOf, rowMeansOf } from '../../requests/on-request.js';
import { helpCard, helpProblem } from '../cards/help.js';
import { officerCard } from '../cards/officer.js';

export const help = defineCommand({
  command: 'desk',
  verb: 'help',
  words: DESK.help,
  permission: 'desk.help',
  input: z.strictObject({
    command: word().optional(),
    verb: word().optional(),
  }),
  positionals: ['command', 'verb'],
  examples: ['/desk help', '/desk help privacy log', '/desk help verify'],
  plan: async ({ registry, may }, wanted) => {
    const problem = helpProblem(registry, wanted, peopleSay);
    if (problem !== null) return { kind: 'problems', problems: [problem] };
    return { kind: 'answer', card: helpCard(registry, wanted, may) };
  },
});

export const officer = defineCommand({
  command: 'desk',
  verb: 'officer',
  words: DESK.officer,
  permission: 'desk.officer',
  input: z.strictObject({}),
  examples: ['/desk officer'],
  plan: async (context) => ({ kind: 'answer', card: officerCard(context.active.pack, context) }),
});

export const digest = defineCommand({
  command: 'desk',
  verb: 'digest',
  words: DESK.digest,
  permission: 'desk.digest',
  input: z.strictObject({}),
  examples: ['/desk digest'],
  plan: async (context) => {
    const { active, today, may } = context;
    const of = { day: today, officer: may('desk.audit'), reader: readerOf(context) };
    return {
      kind: 'answer',
      card: digestCard(await digestFacts(rowMeansOf(context), active.pack, of)),
    };
  },
});
