/**
 * `/desk export`: an evidence file for whoever asked, recorded on the desk's own stream. Must not know: how the file is
 * made or sent.
 */
import { z } from 'zod';
import { day, month } from '../../../chat/fields/dates.js';
import { choice, yes } from '../../../chat/fields/kinds.js';
import { recordRef } from '../../../chat/fields/references.js';
import { type SaidComplaint, saidProblem } from '../../../chat/problem.js';
import { isWithheld } from '../../../domain/disclosures/withheld.js';
import type { ExportEvent } from '../../../domain/house.js';
import { DESK } from '../../../language/en/commands/desk.js';
import { auditLedger, examineStream } from '../../../record/audit.js';
import { STREAMS } from '../../../record/entry.js';
import { note } from '../../../record/record.js';
import { digestOf, filePost, makeExport } from '../../export/file.js';
import { deskLog } from '../../export/kind.js';
import { defineCommand, type PlanContext, type Planned, type PlanPage } from '../../front/plan.js';
import { exportCard } from '../cards/export.js';
import { broken, keptRecord } from './audit.js';

const input = z.strictObject({
  case: recordRef().optional(),
  register: yes().optional(),
  month: month().optional(),
  from: day().optional(),
  to: day().optional(),
  audience: choice(['subject']).optional(),
});
type Input = z.output<typeof input>;

export const exportFile = defineCommand({
  command: 'desk',
  verb: 'export',
  words: DESK.export,
  permission: 'desk.export',
  input,
  positionals: ['case'],
  examples: [
    '/desk export PR-2026-0001',
    '/desk export DR-2026-0001',
    '/desk export PR-2026-0001 audience:subject',
    '/desk export register:yes from:2026-11-01 to:2026-11-30',
    '/desk export month:2026-11',
  ],
  plan: async (context, given) => {
    const asked = withoutThread(context, given);
    const list = askedFor(context, asked);
    const audience = asked.audience ?? 'desk';
    if (list === null) {
      const of = await caseOf(context, asked);
      return 'planned' in of ? of.planned : record(context, { of, audience });
    }
    if ('planned' in list) return list.planned;
    return {
      kind: 'reads',
      run: async (page) =>
        (await unverified(context, page)) ?? page((last) => record(last, { of: list, audience })),
    };
  },
});

type No = { readonly planned: Planned };
const no = (field: string, complaint: SaidComplaint): No => ({
  planned: { kind: 'problems', problems: [saidProblem(field, complaint)] },
});

/** The case of the thread it was said in stands back behind what was asked for by name. */
function withoutThread({ invocation }: PlanContext, given: Input): Input {
  const other = given.register !== undefined || given.month !== undefined;
  return other && given.case === invocation.threadRef ? { ...given, case: undefined } : given;
}

const ONE_OF = 'give one of case, register:yes and month';

/** Null: a case or disclosure, which has to be looked up. */
function askedFor({ today }: PlanContext, given: Input): ExportEvent['of'] | No | null {
  const { register, from, to } = given;
  const [kind, second] = (['case', 'register', 'month'] as const).filter((each) => given[each] !== undefined);
  if (kind === undefined) return no('case', { code: 'missing-field', says: `is missing: ${ONE_OF}` });
  if (second !== undefined)
    return no(second, { code: 'invalid-value', says: `cannot go with ${kind}: ${ONE_OF}` });
  const bound = from === undefined ? 'to' : 'from';
  if (register === undefined && (from ?? to) !== undefined)
    return no(bound, { code: 'invalid-value', says: 'goes with register:yes only' });
  if (from !== undefined && to !== undefined && to < from)
    return no('to', { code: 'invalid-value', says: `must not be before ${from}`, read: to });
  if (register !== undefined) return { kind: 'register', from: from ?? null, to: to ?? null };
  if (given.month === undefined) return null;
  if (given.audience !== undefined)
    return no('audience', { code: 'invalid-value', says: 'goes with a case or register:yes only' });
  if (given.month > today.slice(0, 7))
    return no('month', { code: 'future', says: 'has not begun yet', read: given.month });
  return { kind: 'month', month: given.month };
}

/** Only a stream that verifies is evidence; a broken one is answered as an audit answers it. */
async function caseOf(context: PlanContext, given: Input): Promise<ExportEvent['of'] | No> {
  const { tx, kinds, outside, today } = context;
  const ref = given.case ?? '';
  const kept = await keptRecord(context, ref);
  if (kept !== null) return { planned: kept };
  const found = await examineStream({ tx, kinds, verify: outside.signing.verify }, ref);
  if (found === null)
    return no('case', { code: 'not-found', says: `names no case or disclosure of this desk: ${ref}` });
  if (found.fault !== null) return { planned: broken({ kind: 'broken', faults: [found.fault] }) };
  const withhold = given.audience === undefined ? null : ((await tx.disclosure(ref))?.withhold ?? null);
  if (isWithheld(withhold, today))
    return no('audience', {
      code: 'invalid-value',
      says: `cannot be the customer: ${ref} is withheld from them until ${withhold}`,
    });
  const checkpoints = found.points.at(-1)?.number ?? 0;
  return { kind: 'case', ref, entries: found.entries.length, checkpoints };
}

/** A list is made from every stream and every table, so all of them must say the same; null: they do. */
async function unverified({ kinds, outside }: PlanContext, page: PlanPage): Promise<Planned | null> {
  const found = await auditLedger({ page, kinds, verify: outside.signing.verify });
  return found.kind === 'whole' ? null : broken(found);
}

/** Committed with its hash first; the outbox makes it once more when it sends it. */
async function record(
  { tx, now, actor, active, packOf, kinds, outside, invocation }: PlanContext,
  what: Pick<ExportEvent, 'of' | 'audience'>,
): Promise<Planned> {
  const means = { tx, packOf, pack: active.pack, kinds, publicKey: outside.signing.publicKey };
  const file = await makeExport(means, { ...what, at: now, by: actor.person });
  const made = { ...what, name: file.name, sha256: digestOf(file) };
  const seq = await note({ tx, now, actor }, deskLog, STREAMS.desk, { type: 'export_made', ...made });
  await tx.enqueue(filePost(seq, invocation.surface, actor.person), now);
  return { kind: 'answer', card: exportCard(made) };
}
