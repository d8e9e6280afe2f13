/** `/desk report`: a month in figures, for who asked. Must not know: how they are counted or drawn. */
import { z } from 'zod';
import { month } from '../../chat/fields/dates.js';
import { saidProblem } from '../../chat/problem.js';
import { DESK } from '../../language/en/commands/desk.js';
import { STREAMS } from '../../record/entry.js';
import { note } from '../../record/record.js';
import { defineCommand } from '../front/plan.js';
import { reportCard } from './card.js';
import { reports } from './kind.js';
import { privateParts } from './posts.js';
import { readReport } from './read.js';

export const report = defineCommand({
  command: 'desk',
  verb: 'report',
  words: DESK.report,
  permission: 'desk.report',
  input: z.strictObject({
    month: month().optional(),
  }),
  positionals: ['month'],
  examples: ['/desk report', '/desk report 2026-11', '/desk report month:2026-11'],
  plan: async ({ tx, now, today, actor, active, invocation }, given) => {
    const present = today.slice(0, 7);
    const asked = given.month ?? present;
    if (asked > present) {
      const complaint = { code: 'future', says: 'has not begun yet', read: asked } as const;
      return { kind: 'problems', problems: [saidProblem('month', complaint)] };
    }
    const figures = await readReport((work) => work(tx), { month: asked, zone: active.pack.zone, now });
    const seq = await note({ tx, now, actor }, reports, STREAMS.reports, {
      type: 'report_made',
      report: figures,
    });
    for (const post of privateParts(seq, invocation.surface, actor.person)) await tx.enqueue(post, now);
    return { kind: 'answer', card: reportCard(figures) };
  },
});
