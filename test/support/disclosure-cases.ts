/**
 * Moving a random case on: the next sensible thing to do with it, one of a few ways.
 * Must not know: disclosures, but for who received data.
 */
import {
  decideClose,
  decideDone,
  decideNotified,
  decideReopen,
  missingNotices,
} from '../../src/domain/requests/ending.js';
import { decideCheck, decideVerify } from '../../src/domain/requests/handling.js';
import { decideNotice } from '../../src/domain/requests/notices.js';
import { decideDecide, decidePropose, decideRetain } from '../../src/domain/requests/outcome.js';
import type { PrivacyRequest } from '../../src/domain/requests/request.js';
import { addDays, civilDay } from '../../src/policy/calendar.js';
import type { Day } from '../../src/vocabulary/values.js';
import type { Name, World } from './disclosure-world.js';
import { earlyEnd } from './request-words.js';

/** An item by any number; undefined when there is none. */
export const at = <T>(items: readonly T[], index: number): T | undefined =>
  items[index % Math.max(1, items.length)];

/** Turns that bring any case from its logging to its closing. */
export const FINISH = 16;

const EARLY = ['withdrawn_by_subject', 'duplicate', 'identity_not_verified'] as const;

/** True when something was done. */
export async function moveCase(
  world: World,
  step: { readonly do: 'progress' | 'end' | 'reopen'; readonly name: Name; readonly way: number },
  ref: string,
): Promise<boolean> {
  const circumstances = world.circumstances(step.name);
  const moved = await world.onRequest(step.name, ref, (state) => {
    if (state === null) throw new Error(`no ${ref}`);
    const early = at(EARLY, step.way);
    if (step.do === 'end')
      return decideClose(state, early === undefined ? null : earlyEnd(state, early), circumstances);
    if (step.do === 'reopen') return decideReopen(state, 'once more', circumstances);
    return next(world, state, step);
  });
  return moved !== null;
}

/** The next sensible thing to do with a case, one of a few ways. */
async function next(
  world: World,
  state: PrivacyRequest,
  { name: who, way: how }: { name: Name; way: number },
) {
  const circumstances = world.circumstances(who);
  const today = civilDay(world.now, world.pack.zone);
  switch (state.phase.status) {
    case 'identity_pending':
      return decideVerify(
        state,
        { method: 'otp', result: how > 6 ? 'fail' : 'pass', ref: 'call' },
        circumstances,
      );
    case 'in_progress':
    case 'awaiting_subject':
      return settleScope(state, how, today, circumstances);
    case 'awaiting_decision': {
      const verdict = how > 7 ? 'return' : 'approve';
      return decideDecide(
        state,
        { verdict, reason: 'because', ground: null, law: null, shown: null },
        circumstances,
      );
    }
    case 'action_approved':
      return decideDone(state, 'CHG-1', await world.received(state), circumstances);
    case 'decided':
    case 'notifying_recipients': {
      const open = state.recipients.find((task) => task.state === 'open');
      if (open !== undefined && how < 8)
        return decideNotified(
          state,
          { recipient: open.recipient, via: null, ref: null, excuse: how > 5 ? 'gone' : null },
          circumstances,
        );
      const kind = missingNotices(state, world)[0];
      return kind === undefined || how > 8
        ? decideClose(state, null, circumstances)
        : decideNotice(state, { kind, via: null, sentAt: world.now, ref: 'MSG' }, circumstances);
    }
    case 'closed':
      return decideClose(state, null, circumstances);
    default:
      return state.phase satisfies never;
  }
}

function settleScope(
  state: PrivacyRequest,
  how: number,
  today: Day,
  circumstances: Parameters<typeof decideRetain>[2],
) {
  const unchecked = state.needsChecklist && state.scope.some((one) => state.checklist[one] === undefined);
  if (unchecked) return decideCheck(state, { categories: 'all', result: 'done', ref: null }, circumstances);
  const none = {
    ground: null,
    law: null,
    until: null,
    facts: null,
    evidence: null,
    nameEvidence: 'DEED-1',
  };
  const retained = state.scope.filter((one) => state.checklist[one]?.result === 'retained');
  if (state.type === 'deletion' && how > 7) {
    const [first] = state.scope;
    if (first === undefined) throw new Error('a case without a scope');
    const told = { day: today, ref: null };
    if (state.retentions.length === 0)
      return decideRetain(
        state,
        { categories: [first], law: 'Act 1', until: addDays(today, 400), explained: told, consent: told },
        circumstances,
      );
    if (retained.length === 0)
      return decideCheck(state, { categories: [first], result: 'retained', ref: null }, circumstances);
  }
  return retained.length === 0
    ? decidePropose(state, { ...none, outcome: 'fulfilled' }, circumstances)
    : decidePropose(
        state,
        { ...none, outcome: 'partially_fulfilled', ground: 'LAW_REQUIRES_RETENTION' },
        circumstances,
      );
}
