/** `/privacy amend`: what was put on record wrongly, or changed, is put right (domain.md section 3). Must not know: any surface. */
import { z } from 'zod';
import { moment } from '../../../chat/fields/dates.js';
import {
  categoryList,
  choice,
  text as freeText,
  person,
  reference,
  yes,
} from '../../../chat/fields/kinds.js';
import { caseRef } from '../../../chat/fields/references.js';
import { decideAmend } from '../../../domain/requests/amend.js';
import type { EventOf } from '../../../domain/requests/events.js';
import type { PrivacyRequest } from '../../../domain/requests/request.js';
import { amendedSays } from '../../../language/en/amendments.js';
import { PRIVACY } from '../../../language/en/commands/privacy.js';
import { CATEGORIES } from '../../../vocabulary/values.js';
import { defineCommand, type PlanContext } from '../../front/plan.js';
import { placeMoment } from '../../tell/moments.js';
import { onCase } from '../on-request.js';
import { consentsWithdrawn } from '../recipients.js';
import { actedCard, allOr } from './common.js';
import { aboutWhom, CHANNELS_OF_RECEIPT } from './log.js';

export const amend = defineCommand({
  command: 'privacy',
  verb: 'amend',
  words: PRIVACY.amend,
  permission: 'request.log',
  input: z.strictObject({
    case: caseRef(),
    scope: categoryList().optional(),
    received: moment().optional(),
    via: choice(CHANNELS_OF_RECEIPT).optional(),
    ref: reference().optional(),
    about_officer: person('officers').optional(),
    reason: freeText({ max: 500 }),
    sure: yes().optional(),
  }),
  positionals: ['case'],
  examples: [
    '/privacy amend PR-2026-0001 scope:email,payment reason:"the customer asked for both"',
    '/privacy amend PR-2026-0001 received:2026-11-20 reason:"the letter came on Friday"',
  ],
  plan: async (context, input) => {
    const about = aboutWhom(context, input.about_officer);
    if ('problem' in about) return { kind: 'problems', problems: [about.problem] };
    let amended: EventOf<'amended'> | null = null;
    return onCase(
      context,
      input.case,
      async ({ request, pack }, circumstances) => {
        const receivedAt = input.received === undefined ? null : placeMoment(input.received, pack.zone);
        const scope = input.scope === undefined ? null : allOr(input.scope);
        const decision = decideAmend(
          request,
          {
            scope,
            receivedAt,
            via: input.via ?? null,
            ref: input.ref ?? null,
            aboutOfficer: input.about_officer === undefined ? null : about.people.length > 0,
            reason: input.reason,
            sure: input.sure ?? false,
          },
          {
            officers: about.people,
            withdraws: await withdrawn(context, request, {
              scope: scope === 'all' ? CATEGORIES : (scope ?? request.scope),
              receivedAt: receivedAt ?? request.receivedAt,
              zone: pack.zone,
            }),
          },
          circumstances,
        );
        const [event] = decision.events;
        if (event?.type === 'amended') amended = event;
        return decision;
      },
      (request, { pack }) =>
        actedCard(context, amended === null ? '' : amendedSays(amended, pack.zone), request, pack),
    );
  },
});

async function withdrawn(
  { tx }: PlanContext,
  { type, subjectId }: PrivacyRequest,
  declared: Parameters<typeof consentsWithdrawn>[3] & { readonly scope: PrivacyRequest['scope'] },
): Promise<readonly string[]> {
  return type === 'consent_withdrawal' ? consentsWithdrawn(tx, subjectId, declared.scope, declared) : [];
}
