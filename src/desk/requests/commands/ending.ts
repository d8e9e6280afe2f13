/** `/privacy done notice notified close reopen`: how a case ends. Must not know: any surface. */
import { z } from 'zod';
import type { Card } from '../../../chat/card.js';
import { moment } from '../../../chat/fields/dates.js';
import { choice, reference, text, word } from '../../../chat/fields/kinds.js';
import { caseRef } from '../../../chat/fields/references.js';
import type { OtherCase } from '../../../domain/requests/early.js';
import { decideClose, decideDone, decideNotified, decideReopen } from '../../../domain/requests/ending.js';
import { EARLY_OUTCOMES } from '../../../domain/requests/events.js';
import { decideNotice, noticeDoubt } from '../../../domain/requests/notices.js';
import { isOpen, type PrivacyRequest } from '../../../domain/requests/request.js';
import { PRIVACY } from '../../../language/en/commands/privacy.js';
import { FORGOTTEN_TOLD } from '../../../language/en/forgetting.js';
import { noticeDoubtSays } from '../../../language/en/notices.js';
import { endedWords } from '../../../language/en/requests.js';
import type { Pack } from '../../../policy/schema.js';
import { NOTICE_KINDS, type SubjectId } from '../../../vocabulary/values.js';
import { forgetIfDue } from '../../forgetting/forget.js';
import { defineCommand, type PlanContext } from '../../front/plan.js';
import { placeMoment } from '../../tell/moments.js';
import { loadCase, onCase } from '../on-request.js';
import { recipientsOf } from '../recipients.js';
import { actedCard } from './common.js';

export const done = defineCommand({
  command: 'privacy',
  verb: 'done',
  words: PRIVACY.done,
  permission: 'request.done',
  input: z.strictObject({ case: caseRef(), evidence: reference() }),
  examples: ['/privacy done PR-2026-0001 evidence:CHG-881'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      async ({ request }, circumstances) =>
        decideDone(
          request,
          input.evidence,
          await recipientsOf(context.tx, request, circumstances.today),
          circumstances,
        ),
      async (request, { pack }) => endedCard(context, 'Recorded as done.', request, pack),
    ),
});

export const notice = defineCommand({
  command: 'privacy',
  verb: 'notice',
  words: PRIVACY.notice,
  permission: 'request.notice',
  input: z.strictObject({
    case: caseRef(),
    kind: choice(NOTICE_KINDS, 'notices'),
    via: word().optional(),
    sent: moment().optional(),
    ref: reference(),
  }),
  examples: ['/privacy notice PR-2026-0001 completion ref:MSG-204 via:email'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request, pack }, circumstances) =>
        decideNotice(
          request,
          {
            kind: input.kind,
            via: input.via ?? null,
            sentAt: input.sent === undefined ? context.now : placeMoment(input.sent, pack.zone),
            ref: input.ref,
          },
          circumstances,
        ),
      (request, { pack }) => {
        const officer =
          input.kind === 'refusal' || input.kind === 'extension'
            ? ` It should quote the officer’s contact (/desk officer, clause ${pack.officer.clause}).`
            : '';
        const doubt = noticeDoubt(request, pack.zone);
        return actedCard(
          context,
          `Notice recorded: ${input.kind.replaceAll('_', ' ')}.${officer}${doubt === null ? '' : ` ${noticeDoubtSays(doubt)}`}`,
          request,
          pack,
        );
      },
    ),
});

export const notified = defineCommand({
  command: 'privacy',
  verb: 'notified',
  words: PRIVACY.notified,
  permission: 'request.notified',
  input: z.strictObject({
    case: caseRef(),
    recipient: reference({ suggests: 'case-recipients' }),
    via: word().optional(),
    ref: reference().optional(),
    excuse: text({ max: 500 }).optional(),
  }),
  examples: ['/privacy notified PR-2026-0001 "Swift Courier" ref:MSG-311 via:email'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) =>
        decideNotified(
          request,
          {
            recipient: input.recipient,
            via: input.via ?? null,
            ref: input.ref ?? null,
            excuse: input.excuse ?? null,
          },
          circumstances,
        ),
      (request, { pack }) => actedCard(context, 'Recorded.', request, pack),
    ),
});

export const close = defineCommand({
  command: 'privacy',
  verb: 'close',
  words: PRIVACY.close,
  permission: 'request.close',
  input: z.strictObject({
    case: caseRef(),
    outcome: choice(EARLY_OUTCOMES, 'early-ends').optional(),
    ref: reference().optional(),
    of: caseRef().optional(),
    reason: text({ max: 500 }).optional(),
  }),
  examples: [
    '/privacy close PR-2026-0001',
    '/privacy close PR-2026-0003 outcome:withdrawn_by_subject ref:T-4790',
    '/privacy close PR-2026-0004 outcome:duplicate of:PR-2026-0003',
  ],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      async ({ request }, circumstances) => {
        const { outcome, ref = null, reason = null } = input;
        if (outcome === undefined) return decideClose(request, null, circumstances);
        const of = input.of === undefined ? null : await otherCase(context, input.of);
        return decideClose(request, { outcome, ref, reason, of }, circumstances);
      },
      (request, { pack }) =>
        endedCard(
          context,
          `Closed: ${request.phase.status === 'closed' ? endedWords({ ...request.phase, of: request.phase.early?.of }) : ''}.`,
          request,
          pack,
        ),
    ),
});

/** Closed, or its kept data deleted: where nothing keeps the customer on record any more, they are forgotten at once. */
async function endedCard(
  context: PlanContext,
  says: string,
  request: PrivacyRequest,
  pack: Pack,
): Promise<Card> {
  const closed = request.phase.status === 'closed';
  const why = closed ? await forgetIfDue(context, context.active.pack, request.subjectId) : null;
  if (why === null) return actedCard(context, says, request, pack);
  return actedCard(
    context,
    `${says} ${FORGOTTEN_TOLD[why]}`,
    { ...request, reference: null, forgotten: { at: context.now, why } },
    pack,
  );
}

/** A case named as the one that goes on; of a number that is nobody's, one that is of no customer. */
async function otherCase(context: PlanContext, ref: string): Promise<OtherCase> {
  const loaded = await loadCase(context, ref, { lock: false });
  if (loaded === null)
    return { ref, subjectId: '' as SubjectId, type: 'access', scope: [], open: false, freezing: false };
  const { subjectId, type, scope, freeze } = loaded.request;
  return { ref, subjectId, type, scope, open: isOpen(loaded.request), freezing: freeze === 'active' };
}

export const reopen = defineCommand({
  command: 'privacy',
  verb: 'reopen',
  words: PRIVACY.reopen,
  permission: 'request.reopen',
  input: z.strictObject({ case: caseRef(), reason: text({ max: 500 }) }),
  examples: ['/privacy reopen PR-2026-0001 the archive copy was missed'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) => decideReopen(request, input.reason, circumstances),
      (request, { pack }) =>
        actedCard(context, 'Reopened under its original receipt date.', request, pack, 'warning'),
    ),
});
