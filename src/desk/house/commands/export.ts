/**
 * `/desk export`: an evidence file for whoever asked, recorded on the desk's own stream. Must not know: how the file is
 * made or sent.
 */
import { z } from 'zod';
import { day, month } from '../../../chat/fields/dates.js';
import { choice, customer, yes } from '../../../chat/fields/kinds.js';
import { anyRef } from '../../../chat/fields/references.js';
import { type SaidComplaint, saidProblem } from '../../../chat/problem.js';
import { isWithheld } from '../../../domain/disclosures/withheld.js';
import { type ExportEvent, FORMATS } from '../../../domain/house.js';
import { DESK } from '../../../language/en/commands/desk.js';
import { EXPORT } from '../../../language/en/export.js';
import { auditLedger, examineStream } from '../../../record/audit.js';
import { STREAMS } from '../../../record/entry.js';
import { note } from '../../../record/record.js';
import { step } from '../../../vocabulary/step.js';
import type { SubjectId } from '../../../vocabulary/values.js';
import { digestOf, filePost, makeExport } from '../../export/file.js';
import { deskLog } from '../../export/kind.js';
import { defineCommand, type PlanContext, type Planned, type PlanPage } from '../../front/plan.js';
import { lookedUpOf } from '../../lookups/look-up.js';
import { readerOf } from '../../requests/on-request.js';
import { readable } from '../../requests/readable.js';
import { exportCard } from '../cards/export.js';
import { broken, keptRecord } from './audit.js';

const input = z.strictObject({
  case: anyRef().optional(),
  customer: customer().optional(),
  register: yes().optional(),
  month: month().optional(),
  from: day().optional(),
  to: day().optional(),
  audience: choice(['subject']).optional(),
  format: choice(FORMATS).optional(),
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
    '/desk export customer:C-10812',
    '/desk export register:yes from:2026-11-01 to:2026-11-30',
    '/desk export month:2026-11',
  ],
  plan: async (context, given) => {
    const asked = withoutThread(context, given);
    const problem = problemWith(context, asked);
    if (problem !== null) return problem.planned;
    const audience = asked.audience ?? 'desk';
    const { register, month: ofMonth, format = 'html' } = asked;
    if (register === undefined && ofMonth === undefined) {
      if (asked.customer !== undefined)
        return {
          kind: 'reads',
          run: async (page) => {
            const of = await customerOf(page, asked);
            return 'planned' in of ? of.planned : page((last) => record(last, { of, audience, format }));
          },
        };
      const of = await caseOf(context, asked);
      return 'planned' in of ? of.planned : record(context, { of, audience, format });
    }
    const list = await listOf(context, asked);
    if ('planned' in list) return list.planned;
    return {
      kind: 'reads',
      run: async (page) =>
        (await unverified(context, page)) ?? page((last) => record(last, { of: list, audience })),
    };
  },
});

type No = { readonly planned: Planned };
type Of<Kind extends ExportEvent['of']['kind']> = Extract<ExportEvent['of'], { readonly kind: Kind }>;
const no = (field: string, complaint: SaidComplaint): No => ({
  planned: { kind: 'problems', problems: [saidProblem(field, complaint)] },
});

/** The case of the thread it was said in stands back behind what was asked for by name. */
function withoutThread({ invocation }: PlanContext, given: Input): Input {
  const other = given.customer ?? given.register ?? given.month;
  return other !== undefined && given.case === invocation.threadRef ? { ...given, case: undefined } : given;
}

const SUBJECTS = ['case', 'register', 'month', 'customer'] as const;

/** What cannot go together; null: it can. A customer goes alone, or with the register of what of theirs went out. */
function problemWith({ today }: PlanContext, given: Input): No | null {
  const { register, from, to, audience, format } = given;
  const [kind, second] = SUBJECTS.filter((each) => given[each] !== undefined);
  if (kind === undefined) return no('case', { code: 'missing-field', says: EXPORT.missing });
  if (second !== undefined && !(kind === 'register' && second === 'customer'))
    return no(second, { code: 'invalid-value', says: EXPORT.cannotGo(kind) });
  const bound = from === undefined ? 'to' : 'from';
  if (register === undefined && (from ?? to) !== undefined)
    return no(bound, { code: 'invalid-value', says: EXPORT.registerOnly });
  if (from !== undefined && to !== undefined && to < from)
    return no('to', { code: 'invalid-value', says: EXPORT.notBefore(from), read: to });
  if (format !== undefined && (register ?? given.month) !== undefined)
    return no('format', { code: 'invalid-value', says: EXPORT.tablesAreCsv });
  if (audience !== undefined && given.month !== undefined)
    return no('audience', { code: 'invalid-value', says: EXPORT.oneCustomer });
  if (audience !== undefined && register !== undefined && given.customer === undefined)
    return no('customer', { code: 'missing-field', says: EXPORT.whose, next: OF_ONE });
  if (given.month !== undefined && given.month > today.slice(0, 7))
    return no('month', { code: 'future', says: EXPORT.notBegun, read: given.month });
  return null;
}

const OF_ONE = step('desk', 'export', { register: 'yes', customer: '…', audience: 'subject' });

async function listOf({ tx }: PlanContext, given: Input): Promise<Of<'register' | 'month'> | No> {
  if (given.month !== undefined) return { kind: 'month', month: given.month };
  const period = { kind: 'register', from: given.from ?? null, to: given.to ?? null } as const;
  if (given.customer === undefined) return period;
  const whose = await tx.findSubject(given.customer);
  return whose === null ? nobody() : { ...period, customer: whose };
}

const nobody = (): No => no('customer', { code: 'not-found', says: EXPORT.noCustomer });

/** Only a stream that verifies is evidence; a broken one is answered as an audit answers it. */
async function caseOf(context: PlanContext, given: Input): Promise<Of<'case'> | No> {
  const { tx, today } = context;
  const ref = given.case ?? '';
  const kept = await keptRecord(context, ref);
  if (kept !== null) return { planned: kept };
  const found = await verifiedRecord(context, ref);
  if (found === null) return no('case', { code: 'not-found', says: EXPORT.noRecord(ref) });
  if ('planned' in found) return found;
  const withhold = given.audience === undefined ? null : ((await tx.disclosure(ref))?.withhold ?? null);
  if (withhold !== null && isWithheld(withhold, today))
    return no('audience', { code: 'invalid-value', says: EXPORT.withheld(ref, withhold) });
  return { kind: 'case', ref, ...found };
}

type Extent = { readonly entries: number; readonly checkpoints: number };

/** Null: there is none of that number. */
async function verifiedRecord({ tx, kinds, outside }: PlanContext, ref: string): Promise<Extent | No | null> {
  const found = await examineStream({ tx, kinds, signing: outside.signing }, ref);
  if (found === null) return null;
  if (found.fault !== null) return { planned: broken({ kind: 'broken', faults: [found.fault] }) };
  return { entries: found.entries.length, checkpoints: found.checkpoints };
}

/**
 * Every record of the customer that its reader may see, a page each: in a copy for the customer, without the disclosures that
 * are withheld from them, of which not even the number is told.
 */
async function customerOf(page: PlanPage, given: Input): Promise<Of<'customer'> | No> {
  const whose = await page(({ tx }) => tx.findSubject(given.customer ?? ''));
  if (whose === null) return nobody();
  const refs = await page((context) => recordsOf(context, whose, given.audience === 'subject'));
  const records: { ref: string; entries: number }[] = [];
  let checkpoints = 0;
  for (const ref of refs) {
    const found = await page((context) => verifiedRecord(context, ref));
    if (found !== null && 'planned' in found) return found;
    if (found === null) continue;
    records.push({ ref, entries: found.entries });
    checkpoints = Math.max(checkpoints, found.checkpoints);
  }
  return records.length === 0 ? nobody() : { kind: 'customer', customer: whose, records, checkpoints };
}

async function recordsOf(
  context: PlanContext,
  whose: SubjectId,
  forThem: boolean,
): Promise<readonly string[]> {
  const { tx, today } = context;
  const cases = await readable(tx, await tx.requests({ subjectId: whose }), readerOf(context));
  const disclosures = (await tx.disclosures({ subjectId: whose })).filter(
    ({ withhold }) => !(forThem && isWithheld(withhold, today)),
  );
  const consents = await tx.consents(whose);
  return [cases, disclosures, consents].flatMap((rows) => rows.map(({ ref }) => ref).sort());
}

/** A list is made from every stream and every table, so all of them must say the same; null: they do. */
async function unverified({ kinds, outside }: PlanContext, page: PlanPage): Promise<Planned | null> {
  const found = await auditLedger({ page, kinds, signing: outside.signing });
  return found.kind === 'whole' ? null : broken(found);
}

/** Committed with its hash first; the outbox makes it once more when it sends it. */
async function record(
  context: PlanContext,
  what: Pick<ExportEvent, 'of' | 'audience' | 'format'>,
): Promise<Planned> {
  const { tx, now, actor, active, packOf, kinds, outside, invocation } = context;
  const { signing, pageScript } = outside;
  const means = { tx, packOf, pack: active.pack, kinds, signing, pageScript };
  const file = await makeExport(means, { ...what, at: now, by: actor.person });
  const made = { ...what, name: file.name, sha256: digestOf(file) };
  if (what.of.kind === 'case') await lookedUpOf(context, 'export', what.of.ref);
  const seq = await note({ tx, now, actor }, deskLog, STREAMS.desk, { type: 'export_made', ...made });
  await tx.enqueue(filePost(seq, invocation.surface, actor.person), now);
  return { kind: 'answer', card: exportCard(made) };
}
