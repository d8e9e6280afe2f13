/** `/privacy verify pause resume check snooze note`: the day-to-day of a case. Must not know: any surface. */

import { z } from 'zod';
import type { Card } from '../../../chat/card.js';
import { missing } from '../../../chat/command.js';
import { categoryList, choice, reference, text, wholeNumber } from '../../../chat/fields/kinds.js';
import { caseRef } from '../../../chat/fields/references.js';
import { CHECK_RESULTS } from '../../../domain/requests/events.js';
import {
  decideCheck,
  decideNote,
  decidePause,
  decideResume,
  decideSnooze,
  decideVerify,
} from '../../../domain/requests/handling.js';
import type { PrivacyRequest } from '../../../domain/requests/request.js';
import { decideRevoke } from '../../../domain/requests/taking-back.js';
import { PRIVACY } from '../../../language/en/commands/privacy.js';
import { dayWords } from '../../../language/en/dates.js';
import { CHECKLIST_DONE, overwrittenSays } from '../../../language/en/next-steps.js';
import type { Pack } from '../../../policy/schema.js';
import { IDENTITY_METHODS } from '../../../policy/schema.js';
import { type DeskCommand, defineCommand, type PlanContext, type Planned } from '../../front/plan.js';
import { onCase } from '../on-request.js';
import { actedCard, allOr } from './common.js';

export const verify: DeskCommand = defineCommand({
  command: 'privacy',
  verb: 'verify',
  words: PRIVACY.verify,
  permission: 'request.verify',
  input: z.strictObject({
    case: caseRef(),
    method: choice(IDENTITY_METHODS, 'methods').optional(),
    result: choice(['pass', 'fail', 'revoked']),
    ref: reference().optional(),
    reason: text({ max: 500 }).optional(),
  }),
  positionals: ['case', 'method', 'result', 'ref'],
  examples: [
    '/privacy verify PR-2026-0001 method:callback result:pass ref:call#9',
    '/privacy verify PR-2026-0001 result:revoked reason:"It was the brother who called"',
  ],
  plan: async (context, input) => {
    const { method, result, ref } = input;
    if (result === 'revoked') return revoke(context, input.case, input.reason ?? null);
    if (method === undefined || ref === undefined)
      return {
        kind: 'problems',
        problems: (['method', 'ref'] as const)
          .filter((name) => input[name] === undefined)
          .map((name) => missing(verify, name)),
      };
    return onCase(
      context,
      input.case,
      ({ request }, circumstances) => decideVerify(request, { method, result, ref }, circumstances),
      (request, { pack }) => verifiedCard(context, request, pack),
    );
  },
});

function revoke(context: PlanContext, ref: string, reason: string | null): Promise<Planned> {
  return onCase(
    context,
    ref,
    ({ request }, circumstances) => decideRevoke(request, reason, circumstances),
    (request, { pack }) => {
      const next =
        request.identity.state === 'failed'
          ? 'No attempt is left.'
          : `${pack.identity.attempts - request.identity.attempts} attempts left.`;
      const says = `The identity check does not count any more. ${next}`;
      return actedCard(context, says, request, pack, 'warning');
    },
  );
}

function verifiedCard(context: PlanContext, request: PrivacyRequest, pack: Pack): Card {
  const { identity } = request;
  const left = pack.identity.attempts - identity.attempts;
  const says =
    identity.state === 'verified'
      ? 'Identity verified.'
      : identity.state === 'failed'
        ? `That was the last attempt.${request.freezes ? ' The freeze is lifted.' : ''} An officer can close it.`
        : `Attempt ${identity.attempts} failed; ${left} left.`;
  return actedCard(context, says, request, pack, identity.state === 'verified' ? 'good' : 'warning');
}

export const pause = defineCommand({
  command: 'privacy',
  verb: 'pause',
  words: PRIVACY.pause,
  permission: 'request.pause',
  input: z.strictObject({ case: caseRef(), reason: text({ max: 500 }) }),
  examples: ['/privacy pause PR-2026-0001 waiting for the order number'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) => decidePause(request, input.reason, circumstances),
      (request, { pack }) => {
        const clock =
          (request.pauses.at(-1)?.stops ?? null) !== null
            ? 'The clock stands still until you resume.'
            : `The clock goes on: this policy gives no pause. It stays due ${dayWords(request.dates.due)}.`;
        return actedCard(context, `Paused. ${clock}`, request, pack, 'neutral');
      },
    ),
});

export const resume = defineCommand({
  command: 'privacy',
  verb: 'resume',
  words: PRIVACY.resume,
  permission: 'request.pause',
  input: z.strictObject({ case: caseRef() }),
  examples: ['/privacy resume PR-2026-0001'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) => decideResume(request, circumstances),
      (request, { pack }) => actedCard(context, 'Resumed.', request, pack),
    ),
});

export const check = defineCommand({
  command: 'privacy',
  verb: 'check',
  words: PRIVACY.check,
  permission: 'request.check',
  input: z.strictObject({
    case: caseRef(),
    category: categoryList(),
    result: choice(CHECK_RESULTS),
    ref: reference().optional(),
  }),
  examples: [
    '/privacy check PR-2026-0001 all result:done',
    '/privacy check PR-2026-0001 purchase_log,payment retained ref:finance#12',
  ],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) =>
        decideCheck(
          request,
          { categories: allOr(input.category), result: input.result, ref: input.ref ?? null },
          circumstances,
        ),
      (request, { pack, request: before }) => {
        const open = request.scope.filter((category) => request.checklist[category] === undefined);
        const done = open.length === 0;
        const says = done
          ? CHECKLIST_DONE
          : `${request.scope.length - open.length} of ${request.scope.length} categories checked; open: ${open.join(', ')}.`;
        return actedCard(
          context,
          `${says}${overwrittenSays(before.checklist, input.category, request.scope)}`,
          request,
          pack,
        );
      },
    ),
});

export const snooze = defineCommand({
  command: 'privacy',
  verb: 'snooze',
  words: PRIVACY.snooze,
  permission: 'request.snooze',
  input: z.strictObject({
    case: caseRef(),
    days: wholeNumber(),
    reason: text({ max: 500 }),
  }),
  examples: ['/privacy snooze PR-2026-0001 5 waiting for the archive team'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) => decideSnooze(request, input, circumstances),
      (request, { pack }) =>
        actedCard(
          context,
          `Reminders rest until ${request.snoozedUntil === null ? '' : dayWords(request.snoozedUntil)}. The due day does not move.`,
          request,
          pack,
        ),
    ),
});

export const note = defineCommand({
  command: 'privacy',
  verb: 'note',
  words: PRIVACY.note,
  permission: 'request.note',
  input: z.strictObject({
    case: caseRef(),
    text: text({ multiline: true }),
  }),
  examples: ['/privacy note PR-2026-0001 archive team answers on Friday'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }) => decideNote(request, input.text),
      (request, { pack }) => actedCard(context, 'Noted.', request, pack),
    ),
});
