/** `/privacy assign`: one case, several, or all open cases of somebody get an owner. Must not know: any surface. */
import { z } from 'zod';
import { type Card, card, text } from '../../../chat/card.js';
import { missing } from '../../../chat/command.js';
import { person } from '../../../chat/fields/kinds.js';
import { caseRefs } from '../../../chat/fields/references.js';
import { saidProblem } from '../../../chat/problem.js';
import type { RequestEvent } from '../../../domain/requests/events.js';
import { decideAssign } from '../../../domain/requests/handling.js';
import { mayRead } from '../../../domain/requests/reading.js';
import type { PrivacyRequest } from '../../../domain/requests/request.js';
import { PRIVACY } from '../../../language/en/commands/privacy.js';
import { mayDo } from '../../../policy/permissions.js';
import { behind, record } from '../../../record/record.js';
import type { Person } from '../../../vocabulary/values.js';
import { resolvePerson } from '../../front/people.js';
import { type DeskCommand, defineCommand, type PlanContext, type Planned } from '../../front/plan.js';
import { requests } from '../kind.js';
import { circumstancesOf, keptFromYou, loadCase, noSuchCase, onCase, readerOf } from '../on-request.js';
import { readable } from '../readable.js';
import { actedCard } from './common.js';

export const assign: DeskCommand = defineCommand({
  command: 'privacy',
  verb: 'assign',
  words: PRIVACY.assign,
  permission: 'request.assign',
  input: z.strictObject({
    case: caseRefs().optional(),
    to: person('handlers').optional(),
    from: person().optional(),
  }),
  positionals: ['case'],
  examples: [
    '/privacy assign PR-2026-0001',
    '/privacy assign PR-2026-0001 to:dan',
    '/privacy assign PR-2026-0001,PR-2026-0002 to:dan',
    '/privacy assign from:mei to:dan',
  ],
  plan: async (context, input) => {
    if (input.case === undefined && input.from === undefined)
      return { kind: 'problems', problems: [missing(assign, 'case')] };
    if (input.case !== undefined && input.from !== undefined)
      return {
        kind: 'problems',
        problems: [
          saidProblem('from', {
            code: 'invalid-value',
            says: 'name cases, or somebody whose cases: not both',
          }),
        ],
      };
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
    if (input.from !== undefined) return handOver(context, input.from, owner);
    const [one, ...more] = input.case ?? [];
    if (one === undefined || more.length > 0) return assignAll(context, input.case ?? [], owner);
    return onCase(
      context,
      one,
      ({ request }, circumstances) => decideAssign(request, owner, circumstances),
      (request, { pack }) => actedCard(context, `@${owner} owns ${request.ref} now.`, request, pack),
    );
  },
});

/** All or none: a case that cannot be given refuses the whole list, and nothing was changed. */
async function assignAll(context: PlanContext, refs: readonly string[], owner: Person): Promise<Planned> {
  const found = [];
  for (const ref of refs) {
    const one = await givable(context, ref, owner);
    if ('kind' in one) return one;
    found.push(one);
  }
  for (const { request, events } of found) await record(context, requests, behind(request), events);
  return { kind: 'answer', card: given(owner, refs, []) };
}

/** What cannot be theirs is left where it is, and named. */
async function handOver(context: PlanContext, raw: string, owner: Person): Promise<Planned> {
  const from = resolvePerson(context, 'from', raw);
  if ('problem' in from) return { kind: 'problems', problems: [from.problem] };
  const moved: string[] = [];
  const left: string[] = [];
  const owned = await context.tx.requests({ open: true, owner: from.member.person });
  for (const { ref } of await readable(context.tx, owned, readerOf(context))) {
    const one = await givable(context, ref, owner);
    if ('kind' in one) left.push(ref);
    else {
      await record(context, requests, behind(one.request), one.events);
      moved.push(ref);
    }
  }
  return { kind: 'answer', card: given(owner, moved, left) };
}

/** What would be recorded, or why it cannot be. */
async function givable(
  context: PlanContext,
  ref: string,
  owner: Person,
): Promise<Planned | { readonly request: PrivacyRequest; readonly events: readonly RequestEvent[] }> {
  const loaded = await loadCase(context, ref);
  if (loaded === null) return noSuchCase(ref);
  const { request, pack } = loaded;
  if (!mayRead(request, readerOf(context))) return keptFromYou(request, pack);
  const decision = decideAssign(request, owner, circumstancesOf(context, pack));
  if (decision.kind === 'done') return { request, events: decision.events };
  const about = { stream: ref, subjectId: request.subjectId };
  return { kind: 'refused', refusal: decision.refusal, about };
}

function given(owner: Person, refs: readonly string[], left: readonly string[]): Card {
  const cases = `${refs.length} case${refs.length === 1 ? '' : 's'}`;
  return card(`@${owner} owns ${cases} now`, refs.length === 0 ? 'neutral' : 'good', [
    text(refs.length === 0 ? 'There was nothing to hand over.' : `${refs.join(', ')}.`),
    ...(left.length === 0 ? [] : [text(`Not theirs to have: ${left.join(', ')}.`)]),
  ]);
}
