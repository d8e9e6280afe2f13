/**
 * `/desk audit`: verifies the ledger or one case and names the first bad entry (domain.md rule 5), or says whether a checkpoint
 * that was kept in the chat is of this history.
 * Must not know: how verifying works.
 */
import { z } from 'zod';
import { pasted } from '../../../chat/fields/kinds.js';
import { anyRef } from '../../../chat/fields/references.js';
import { saidProblem } from '../../../chat/problem.js';
import type { LedgerFault } from '../../../domain/ledger.js';
import { PASTED_MAX, pastedNote } from '../../../domain/log/pasted.js';
import { no, type Refusal } from '../../../domain/refusal.js';
import { NO_NOTE, NOT_OUR_NOTE, NOTE_ALONE } from '../../../language/en/checkpoints.js';
import { DESK } from '../../../language/en/commands/desk.js';
import { type Audit, type AuditMeans, auditLedger, auditStream } from '../../../record/audit.js';
import { rawStream } from '../../../record/audit-checkpoints.js';
import { STREAMS } from '../../../record/entry.js';
import { verdictOn } from '../../../record/log/history.js';
import { defineCommand, type PlanContext, type Planned } from '../../front/plan.js';
import { keptFromYou, loadCase, noSuchCase, readerOf } from '../../requests/on-request.js';
import { isKeptFrom } from '../../requests/readable.js';
import {
  brokenRefusal,
  caseWholeCard,
  driftedRefusal,
  foreignRefusal,
  ledgerWholeCard,
  noteCard,
  otherHistory,
} from '../cards/audit.js';

export const audit = defineCommand({
  command: 'desk',
  verb: 'audit',
  words: DESK.audit,
  permission: 'desk.audit',
  input: z.strictObject({
    case: anyRef().optional(),
    note: pasted(PASTED_MAX).optional(),
  }),
  positionals: ['case'],
  examples: ['/desk audit', '/desk audit PR-2026-0001', '/desk audit CO-2026-0001'],
  plan: async ({ kinds, outside }, { case: ref, note }) => ({
    kind: 'reads',
    run: async (page) => {
      const means = { page, kinds, signing: outside.signing };
      if (note !== undefined) return ref === undefined ? noteIn(means, note) : problem(NOTE_ALONE);
      if (ref === undefined) {
        const found = await auditLedger(means);
        return found.kind === 'whole' ? { kind: 'answer', card: ledgerWholeCard(found) } : broken(found);
      }
      const kept = await page(async (context) => keptRecord(context, ref));
      if (kept !== null) return kept;
      const found = await auditStream(means, ref);
      if (found === null) return noSuchCase(ref);
      return found.kind === 'whole' ? page((context) => wholeCase(context, ref, found)) : broken(found);
    },
  }),
});

const problem = (says: string): Planned => ({
  kind: 'problems',
  problems: [saidProblem('note', { code: 'invalid-value', says })],
});

async function noteIn({ page, signing }: AuditMeans, text: string): Promise<Planned> {
  const note = pastedNote(text);
  if (note === null) return problem(NO_NOTE);
  const verdict = await verdictOn(page, note, signing.log.publicKeys);
  switch (verdict.kind) {
    case 'of-this-history':
      return { kind: 'answer', card: noteCard(verdict) };
    case 'of-another-history':
      return refusedBeside(otherHistory(verdict), []);
    case 'not-signed':
      return problem(NOT_OUR_NOTE);
    default:
      return verdict satisfies never;
  }
}

/** A refusal where the case is kept from whoever asks; null: it is not, or there is none. */
export async function keptRecord(context: PlanContext, ref: string): Promise<Planned | null> {
  if (!(await isKeptFrom(context.tx, ref, readerOf(context)))) return null;
  const loaded = await loadCase(context, ref);
  return loaded === null ? null : keptFromYou(loaded.request, loaded.pack);
}

async function wholeCase(
  { tx, may, active }: PlanContext,
  ref: string,
  found: Extract<Audit, { kind: 'whole' }>,
): Promise<Planned> {
  const entries = may('request.show') ? await rawStream(tx, ref) : null;
  return { kind: 'answer', card: caseWholeCard(ref, found, entries, active.pack) };
}

/** What does not verify is named, and nothing is made of it. */
export function broken(found: Exclude<Audit, { kind: 'whole' }>): Planned {
  switch (found.kind) {
    case 'broken':
      return refusedBeside(brokenRefusal(found.faults), found.faults);
    case 'drifted':
      return refusedBeside(driftedRefusal(found.differences), []);
    case 'foreign':
      return refusedBeside(foreignRefusal(found.rows), []);
    case 'damaged':
      return refusedBeside(no('ledger-broken', 'database-damaged', null, { damage: found.damage }), []);
    default:
      return found satisfies never;
  }
}

/** A broken stream takes no more entries, so the attempt is kept in the desk's own, or beside it when that is the broken one. */
function refusedBeside(refusal: Refusal, faults: readonly LedgerFault[]): Planned {
  const hit = faults.some(({ stream }) => stream === STREAMS.desk);
  return {
    kind: 'refused',
    refusal,
    about: { stream: hit ? STREAMS.audits : STREAMS.desk, subjectId: null },
  };
}
