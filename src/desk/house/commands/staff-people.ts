/**
 * `/desk staff action:rename away back confirm`: another name, a leave with a substitute, and the second person's yes.
 * Must not know: the fields' spelling, how the list is kept.
 */

import type { CommandFacts } from '../../../chat/command.js';
import { no } from '../../../domain/refusal.js';
import { decideAway, decideBack, decideConfirm, decideRename } from '../../../domain/staff.js';
import { dayWords } from '../../../language/en/dates.js';
import type { Person } from '../../../vocabulary/values.js';
import { resolvePerson } from '../../front/people.js';
import type { PlanContext, Planned } from '../../front/plan.js';
import { lockedStaff } from '../staff.js';
import {
  absent,
  accountClause,
  carryOut,
  inThePast,
  nameIn,
  problems,
  type StaffInput,
} from './staff-changes.js';

export async function renameMember(
  context: PlanContext,
  input: StaffInput,
  facts: CommandFacts,
): Promise<Planned> {
  if (input.person === undefined || input.name === undefined) return absent(facts, input, ['person', 'name']);
  const who = resolvePerson(context, 'person', input.person);
  if ('problem' in who) return problems(who.problem);
  const { person } = who.member;
  const name = nameIn(input.name);
  const owned = await context.tx.requests({ open: true, owner: person });
  const decision = decideRename(await lockedStaff(context.tx), person, name);
  return carryOut(context, name, decision, () => ({
    title: `@${person} is called @${name} now`,
    notes: [
      `History, accounts and ${owned.length} open case${owned.length === 1 ? '' : 's'} stay theirs; @${person} is nobody now.`,
    ],
  }));
}

/** Of oneself, or of somebody else by an administrator. */
function whose(context: PlanContext, raw: string | undefined): { readonly person: Person } | Planned {
  if (raw === undefined) return { person: context.actor.person };
  const who = resolvePerson(context, 'person', raw);
  if ('problem' in who) return problems(who.problem);
  const { person } = who.member;
  if (person === context.actor.person || context.may('desk.staff')) return { person };
  return { kind: 'refused', refusal: no('not-permitted', 'away-of-other', null, { person }), about: null };
}

export async function sendAway(
  context: PlanContext,
  input: StaffInput,
  facts: CommandFacts,
): Promise<Planned> {
  const { until } = input;
  if (until === undefined) return absent(facts, input, ['until']);
  const early = inThePast(context, until);
  if (early !== null) return problems(early);
  const who = whose(context, input.person);
  if ('kind' in who) return who;
  const { person } = who;
  const stands =
    input.substitute === undefined ? null : resolvePerson(context, 'substitute', input.substitute);
  if (stands !== null && 'problem' in stands) return problems(stands.problem);
  const substitute = stands?.member.person ?? null;
  const decision = decideAway(await lockedStaff(context.tx), person, { until, substitute });
  return carryOut(context, person, decision, (row) => ({
    title: `@${person} is away until ${dayWords(until)}`,
    notes: [
      substitute === null
        ? 'Nobody is pinged in their place: name somebody with substitute:…'
        : `@${substitute} is pinged in their place.`,
      ...(row.roles.includes('officer') ? ['What is to be decided meanwhile goes to the deputy.'] : []),
    ],
  }));
}

export async function bringBack(context: PlanContext, input: StaffInput): Promise<Planned> {
  const who = whose(context, input.person);
  if ('kind' in who) return who;
  const { person } = who;
  return carryOut(context, person, decideBack(await lockedStaff(context.tx), person), () => ({
    title: `@${person} is back`,
    notes: [],
  }));
}

export async function confirmGrant(
  context: PlanContext,
  input: StaffInput,
  facts: CommandFacts,
): Promise<Planned> {
  if (input.person === undefined) return absent(facts, input, ['person']);
  const who = resolvePerson(context, 'person', input.person);
  const person = 'problem' in who ? nameIn(input.person) : who.member.person;
  const decision = decideConfirm(
    await lockedStaff(context.tx),
    person,
    { person: context.actor.person, roles: context.roles, same: context.same },
    { accountClause: accountClause(context.active.pack) },
  );
  return carryOut(context, person, decision, (row) => ({
    title: row.active
      ? `Confirmed: @${person} is ${row.roles.join(', ')}`
      : `Confirmed: @${person} is off the staff list`,
    notes: [],
  }));
}
