/**
 * The four changes of `/desk staff`: each reads who is meant, lets the domain decide, records and answers.
 * Must not know: the fields' spelling, how the list is kept.
 */

import { type CommandFacts, missing } from '../../../chat/command.js';
import { type Problem, saidProblem } from '../../../chat/problem.js';
import type { Decision } from '../../../domain/refusal.js';
import { decideAdd, decideLink, decideRemove, decideTrain } from '../../../domain/staff.js';
import type { StaffEvent, StaffList } from '../../../domain/staff-events.js';
import { periodWords } from '../../../language/en/periods.js';
import { addDays, addMonths, formatDay } from '../../../policy/calendar.js';
import { periodOf } from '../../../policy/period.js';
import type { Pack } from '../../../policy/schema.js';
import type { StaffRow } from '../../../record/rows.js';
import { accountOf, surfaceOf } from '../../../vocabulary/accounts.js';
import type { Account, Day, Person, Role } from '../../../vocabulary/values.js';
import { resolvePerson } from '../../front/people.js';
import type { PlanContext, Planned } from '../../front/plan.js';
import { staffChangeCard } from '../cards/staff.js';
import { lockedStaff, recordStaff, staffRowOf } from '../staff.js';

export type StaffInput = {
  readonly person?: string | undefined;
  readonly role?: Role | undefined;
  readonly until?: Day | undefined;
  readonly account?: Account | undefined;
};

export async function addMember(
  context: PlanContext,
  input: StaffInput,
  facts: CommandFacts,
): Promise<Planned> {
  const { person: raw, role, until } = input;
  if (raw === undefined || role === undefined) return absent(facts, input, ['person', 'role']);
  const wrong = inThePast(context, until) ?? unknownPlatform(context, input.account);
  if (wrong !== null) return problems(wrong);
  const { pack } = context.active;
  const list = await lockedStaff(context.tx);
  const { person, accounts } = newcomer(context, list, raw, input.account);
  if (accounts.length === 0 && !list.members.has(person))
    return problems(
      saidProblem('account', {
        code: 'missing-field',
        says: `is missing: say which account is ${person}’s, e.g. account:${context.invocation.surface}:…, or mention the person`,
      }),
    );
  const standardUntil = trainingFrom(pack, context.today);
  const joining = { person, role, accounts, until: until ?? null };
  const wasActive = list.members.get(person)?.active === true;
  return carryOut(
    context,
    person,
    decideAdd(list, joining, { standardUntil, accountClause: accountClause(pack) }),
    (row) => ({
      title: `@${person} is ${withArticle(role)} now`,
      notes: [
        ...(until === undefined && !wasActive
          ? [
              `Training counts as attested until ${formatDay(standardUntil)}, ${validityWords(pack)} from today (clause ${pack.training.clause}). Another day: /desk staff action:train person:${person} until:…`,
            ]
          : []),
        ...longAttestation(pack, context.today, row.trainedUntil),
      ],
    }),
  );
}

export async function removeMember(
  context: PlanContext,
  input: StaffInput,
  facts: CommandFacts,
): Promise<Planned> {
  if (input.person === undefined) return absent(facts, input, ['person']);
  const who = resolvePerson(context, 'person', input.person);
  if ('problem' in who) return problems(who.problem);
  const { person } = who.member;
  const list = await lockedStaff(context.tx);
  const owned = await context.tx.requests({ open: true, owner: person });
  return carryOut(context, person, decideRemove(list, person, input.role ?? null), (row) => ({
    title: row.active
      ? `@${person} is no longer ${withArticle(input.role ?? '')}`
      : `@${person} is off the staff list`,
    notes: [
      ...(row.active ? [] : ['What they did stays on the ledger; their accounts can do nothing here now.']),
      ...(owned.length > 0 && !row.active
        ? [
            `${owned.length} open case${owned.length === 1 ? ' has' : 's have'} no owner now: ${owned
              .slice(0, 10)
              .map(({ ref }) => ref)
              .join(', ')}${owned.length > 10 ? ' and more' : ''}. → Next: /privacy assign case:… to:…`,
          ]
        : []),
    ],
  }));
}

export async function renewTraining(
  context: PlanContext,
  input: StaffInput,
  facts: CommandFacts,
): Promise<Planned> {
  const { person: raw, until } = input;
  if (raw === undefined || until === undefined) return absent(facts, input, ['person', 'until']);
  const early = inThePast(context, until);
  if (early !== null) return problems(early);
  const who = resolvePerson(context, 'person', raw);
  if ('problem' in who) return problems(who.problem);
  const { person } = who.member;
  const { pack } = context.active;
  return carryOut(context, person, decideTrain(await lockedStaff(context.tx), person, until), () => ({
    title: `@${person} is trained until ${formatDay(until)}`,
    notes: longAttestation(pack, context.today, until),
  }));
}

export async function linkAccount(
  context: PlanContext,
  input: StaffInput,
  facts: CommandFacts,
): Promise<Planned> {
  const { person: raw, account } = input;
  if (raw === undefined || account === undefined) return absent(facts, input, ['person', 'account']);
  const wrong = unknownPlatform(context, account);
  if (wrong !== null) return problems(wrong);
  const who = resolvePerson(context, 'person', raw);
  if ('problem' in who) return problems(who.problem);
  const { person } = who.member;
  const rules = { accountClause: accountClause(context.active.pack) };
  const decision = decideLink(await lockedStaff(context.tx), person, account, rules);
  return carryOut(context, person, decision, () => ({
    title: who.member.accounts.includes(account)
      ? `${account} was @${person}’s already`
      : `${account} is @${person} now`,
    notes: ['One person, however many accounts: nobody decides on their own proposal from another account.'],
  }));
}

async function carryOut(
  context: PlanContext,
  person: Person,
  decision: Decision<StaffEvent>,
  answer: (row: StaffRow) => { readonly title: string; readonly notes: readonly string[] },
): Promise<Planned> {
  if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal, about: null };
  const member = (await recordStaff(context, decision.events)).members.get(person);
  if (member === undefined) throw new Error(`the staff list has no ${person} after a change to it`);
  const row = staffRowOf(member);
  const { title, notes } = answer(row);
  return { kind: 'answer', card: staffChangeCard(title, row, context.today, notes) };
}

/**
 * Who joins, and through which accounts: a mention is an account and names whoever has it; on some platforms a name is an
 * account too. Where nothing else is known, a mention's id in lower case is the name.
 */
function newcomer(
  { invocation: { surface }, services: { platforms } }: PlanContext,
  list: StaffList,
  raw: string,
  given: Account | undefined,
): { readonly person: Person; readonly accounts: readonly Account[] } {
  const id = /^<@!?(\w+)/.exec(raw)?.[1];
  // Branded below: names begin here, from fields that checked their form.
  const mentioned = id === undefined ? [] : [accountOf(surface, id)];
  const accounts = [...new Set([...mentioned, ...(given === undefined ? [] : [given])])];
  if (id !== undefined) {
    const holder = [...list.members.values()].find((member) =>
      mentioned.some((one) => member.accounts.includes(one)),
    );
    return { person: holder?.person ?? nameFor(raw, id, list), accounts };
  }
  const person = raw.normalize('NFKC').replace(/^@/, '').toLowerCase() as Person;
  const named = platforms.some(({ name, accountsAreNames }) => name === surface && accountsAreNames);
  const own = named && accounts.length === 0 && !list.members.has(person);
  return { person, accounts: own ? [accountOf(surface, person)] : accounts };
}

/** Slack writes a mention with the person's name, `<@U012|mei>`: a name is better than an id, where it is one and free. */
function nameFor(mention: string, id: string, list: StaffList): Person {
  const label = /\|([\p{L}\p{N}][\p{L}\p{N}._-]*)>$/u.exec(mention)?.[1]?.toLowerCase();
  return (label === undefined || list.members.has(label as Person) ? id.toLowerCase() : label) as Person;
}

const accountClause = (pack: Pack): string | null => pack.rules?.accounts?.clause ?? null;

const withArticle = (role: string): string => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`;

const problems = (...found: readonly Problem[]): Planned => ({ kind: 'problems', problems: found });

function absent(facts: CommandFacts, input: StaffInput, names: readonly (keyof StaffInput)[]): Planned {
  return problems(...names.filter((name) => input[name] === undefined).map((name) => missing(facts, name)));
}

function inThePast({ today }: PlanContext, until: Day | undefined): Problem | null {
  if (until === undefined || until >= today) return null;
  return saidProblem('until', {
    code: 'invalid-value',
    says: `must be today (${today}) or later: training that has ended is not recorded as valid`,
    read: until,
  });
}

function unknownPlatform({ services }: PlanContext, account: Account | undefined): Problem | null {
  const names = services.platforms.map(({ name }) => name);
  if (account === undefined || names.includes(surfaceOf(account))) return null;
  return saidProblem('account', {
    code: 'invalid-value',
    says: `must be an account on one of ${names.join(', ')}`,
    read: account,
  });
}

function trainingFrom(pack: Pack, today: Day): Day {
  const period = periodOf(pack.training.validity);
  return period.unit === 'months' ? addMonths(today, period.n) : addDays(today, period.n);
}

const validityWords = (pack: Pack): string => periodWords(periodOf(pack.training.validity));

/** Longer than the policy's own term is recorded as attested, and said. */
function longAttestation(pack: Pack, today: Day, until: Day | null): readonly string[] {
  if (until === null || until <= trainingFrom(pack, today)) return [];
  return [
    `Mind: that is longer than the ${validityWords(pack)} the policy trains for at a time (clause ${pack.training.clause}).`,
  ];
}
