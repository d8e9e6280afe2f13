/**
 * From what was typed for a colleague (`mei`, `@mei`, `<@U123>`) to the staff member.
 * Must not know: what the person is needed for.
 */

import { nearest } from '../../chat/nearest.js';
import { type Problem, saidProblem } from '../../chat/problem.js';
import type { StaffRow } from '../../record/rows.js';
import { accountOf } from '../../vocabulary/accounts.js';
import type { PlanContext } from './plan.js';

/** The active staff member meant, or the problem with the field. */
export function resolvePerson(
  context: Pick<PlanContext, 'staff' | 'invocation'>,
  field: string,
  raw: string,
): { readonly member: StaffRow } | { readonly problem: Problem } {
  const mention = /^<@!?(\w+)/.exec(raw)?.[1];
  const handle = raw.replace(/^@/, '').toLowerCase();
  const active = context.staff.filter((member) => member.active);
  const found = active.find((member) =>
    mention === undefined
      ? member.person.toLowerCase() === handle
      : member.accounts.includes(accountOf(context.invocation.surface, mention)),
  );
  if (found !== undefined) return { member: found };
  const names = active.map((member) => member.person);
  return {
    problem: saidProblem(field, {
      code: 'not-found',
      says: `must be somebody on the staff list: ${names.join(', ')}`,
      read: mention === undefined ? raw : null,
      allowed: names,
      suggestion: nearest(handle, names),
    }),
  };
}
