/** `/privacy assign verify pause resume check snooze note`: the day-to-day of a case. Must not know: any surface. */
import { z } from 'zod';
import { categoryList, choice, person, reference, text, wholeNumber } from '../../../chat/fields/kinds.js';
import { caseRef } from '../../../chat/fields/references.js';
import { saidProblem } from '../../../chat/problem.js';
import { CHECK_RESULTS } from '../../../domain/requests/events.js';
import {
  decideAssign,
  decideCheck,
  decideNote,
  decidePause,
  decideResume,
  decideSnooze,
  decideVerify,
} from '../../../domain/requests/handling.js';
import { formatDay } from '../../../policy/calendar.js';
import { mayDo } from '../../../policy/permissions.js';
import { IDENTITY_METHODS } from '../../../policy/schema.js';
import { resolvePerson } from '../../front/people.js';
import { defineCommand } from '../../front/plan.js';
import { onCase } from '../on-request.js';
import { actedCard, allOr, todayOf } from './common.js';

export const assign = defineCommand({
  command: 'privacy',
  verb: 'assign',
  summary: 'Give a case an owner: yourself, or a colleague',
  permission: 'request.assign',
  input: z.strictObject({
    case: caseRef(),
    to: person('To', 'The new owner; you when left out').optional(),
  }),
  examples: ['/privacy assign PR-2026-0001', '/privacy assign PR-2026-0001 to:dan'],
  plan: async (context, input) => {
    const found = resolvePerson(context, 'to', input.to ?? context.actor.person);
    if ('problem' in found) return { kind: 'problems', problems: [found.problem] };
    const { person: owner, roles } = found.member;
    if (!mayDo(context.active.pack, roles, 'request.assign'))
      return {
        kind: 'problems',
        problems: [
          saidProblem('to', {
            code: 'invalid-value',
            says: `must be an agent or officer; ${owner} handles no cases`,
          }),
        ],
      };
    return onCase(
      context,
      input.case,
      ({ request }, circumstances) => decideAssign(request, owner, circumstances),
      (request, { pack }) =>
        actedCard(`@${owner} owns ${request.ref} now.`, request, pack, todayOf(context, pack)),
    );
  },
});

export const verify = defineCommand({
  command: 'privacy',
  verb: 'verify',
  summary: 'Record an identity check, passed or failed',
  permission: 'request.verify',
  input: z.strictObject({
    case: caseRef(),
    method: choice('Method', 'How the identity was checked', IDENTITY_METHODS),
    result: choice('Result', 'pass or fail', ['pass', 'fail']),
    ref: reference('Evidence', 'Where the check is on record'),
  }),
  examples: ['/privacy verify PR-2026-0001 method:callback result:pass ref:call#9'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) => decideVerify(request, input, circumstances),
      (request, { pack }) => {
        const { identity } = request;
        const left = pack.identity.attempts - identity.attempts;
        const says =
          identity.state === 'verified'
            ? `Identity verified. Next: /privacy check ${request.ref} all result:done`
            : identity.state === 'failed'
              ? `That was the last attempt.${request.freezes ? ' The freeze is lifted.' : ''} An officer can close it: /privacy close ${request.ref} outcome:identity_not_verified`
              : `Attempt ${identity.attempts} failed; ${left} left.`;
        return actedCard(
          says,
          request,
          pack,
          todayOf(context, pack),
          identity.state === 'verified' ? 'good' : 'warning',
        );
      },
    ),
});

export const pause = defineCommand({
  command: 'privacy',
  verb: 'pause',
  summary: 'Wait for the customer; the clock goes on unless the policy says otherwise',
  permission: 'request.pause',
  input: z.strictObject({ case: caseRef(), reason: text('Reason', 'What you wait for', { max: 500 }) }),
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
            : `The clock goes on: this policy gives no pause. It stays due ${formatDay(request.dates.due)}.`;
        return actedCard(`Paused. ${clock}`, request, pack, todayOf(context, pack), 'neutral');
      },
    ),
});

export const resume = defineCommand({
  command: 'privacy',
  verb: 'resume',
  summary: 'Go on with a paused case',
  permission: 'request.pause',
  input: z.strictObject({ case: caseRef() }),
  examples: ['/privacy resume PR-2026-0001'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) => decideResume(request, circumstances),
      (request, { pack }) => actedCard('Resumed.', request, pack, todayOf(context, pack)),
    ),
});

export const check = defineCommand({
  command: 'privacy',
  verb: 'check',
  summary: 'Answer the checklist: what each category needs',
  permission: 'request.check',
  input: z.strictObject({
    case: caseRef(),
    category: categoryList('Category', 'One, several with commas, or all in the scope'),
    result: choice('Result', 'done, none held, or retained', CHECK_RESULTS),
    ref: reference('Evidence', 'Where it is on record').optional(),
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
      (request, { pack }) => {
        const open = request.scope.filter((category) => request.checklist[category] === undefined);
        const says =
          open.length === 0
            ? `Every category is checked. Next: /privacy propose ${request.ref} outcome:fulfilled`
            : `${request.scope.length - open.length} of ${request.scope.length} categories checked; open: ${open.join(', ')}.`;
        return actedCard(says, request, pack, todayOf(context, pack));
      },
    ),
});

export const snooze = defineCommand({
  command: 'privacy',
  verb: 'snooze',
  summary: 'Rest your case’s reminders, at most until the day before it is due',
  permission: 'request.snooze',
  input: z.strictObject({
    case: caseRef(),
    days: wholeNumber('Days', 'For how many days, from today'),
    reason: text('Reason', 'Why they may rest', { max: 500 }),
  }),
  examples: ['/privacy snooze PR-2026-0001 5 waiting for the archive team'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }, circumstances) => decideSnooze(request, input, circumstances),
      (request, { pack }) =>
        actedCard(
          `Reminders rest until ${request.snoozedUntil === null ? '' : formatDay(request.snoozedUntil)}. The due day does not move.`,
          request,
          pack,
          todayOf(context, pack),
        ),
    ),
});

export const note = defineCommand({
  command: 'privacy',
  verb: 'note',
  summary: 'Add a note to the case’s thread, without personal data',
  permission: 'request.note',
  input: z.strictObject({
    case: caseRef(),
    text: text('Note', 'What the next colleague should know', { multiline: true }),
  }),
  examples: ['/privacy note PR-2026-0001 archive team answers on Friday'],
  plan: (context, input) =>
    onCase(
      context,
      input.case,
      ({ request }) => decideNote(request, input.text),
      (request, { pack }) => actedCard('Noted.', request, pack, todayOf(context, pack)),
    ),
});
