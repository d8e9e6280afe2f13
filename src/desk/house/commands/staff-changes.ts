/**
 * The four changes of `/desk staff`: each reads who is meant, lets the domain decide, records and answers.
 * Must not know: the fields' spelling, how the list is kept.
 */

import { card, text } from '../../../chat/card.js';
import { type CommandFacts, missing } from '../../../chat/command.js';
import { type Problem, saidProblem } from '../../../chat/problem.js';
import type { Decision } from '../../../domain/refusal.js';
import { decideAdd, decideLink, decideRemove, decideTrain, type Making } from '../../../domain/staff.js';
import type { StaffEvent, StaffList } from '../../../domain/staff-events.js';
import { dayWords } from '../../../language/en/dates.js';
import { periodWords } from '../../../language/en/periods.js';
import { addDays, addMonths } from '../../../policy/calendar.js';
import { periodOf } from '../../../policy/period.js';
import type { Pack } from '../../../policy/schema.js';
import type { StaffRow } from '../../../record/rows.js';
import { accountOf, HERE, idOf, surfaceOf } from '../../../vocabulary/accounts.js';
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
  readonly name?: string | undefined;
  readonly substitute?: string | undefined;
};

/** A name as it is kept: without the @, in small letters. */
export const nameIn = (raw: string): Person =>
  raw.normalize('NFKC').replace(/^@/, '').toLowerCase() as Person;

const makingOf = async ({ tx, actor, same }: PlanContext): Promise<Making> => ({
  by: actor.person,
  caseExists: (await tx.requests({ limit: 1 })).length > 0,
  same,
});

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
  const { person, accounts, unnamed } = newcomer(context, list, raw, input);
  if (unnamed)
    return problems(
      saidProblem('name', {
        code: 'missing-field',
        says: 'is missing: say what to call them, e.g. name:mei. The account alone is a number',
      }),
    );
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
    decideAdd(list, joining, {
      standardUntil,
      accountClause: accountClause(pack),
      making: await makingOf(context),
    }),
    (row) => ({
      title: row.roles.includes(role) && row.active ? `@${person} is ${withArticle(role)} now` : WAITS,
      notes: [
        ...(until === undefined && !wasActive && row.active
          ? [
              `Training counts as attested until ${dayWords(standardUntil)}, ${validityWords(pack)} from today (clause ${pack.training.clause}). Another day: /desk staff action:train person:${person} until:…`,
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
  const decision = decideRemove(list, person, input.role ?? null, await makingOf(context));
  if (decision.kind === 'done' && decision.events[0]?.type === 'removal_asked')
    return carryOut(context, person, decision, () => ({ title: WAITS, notes: [removalWaits(person)] }));
  return carryOut(context, person, decision, (row) => ({
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
              .join(
                ', ',
              )}${owned.length > 10 ? ' and more' : ''}. An agent or officer gives them another: /privacy assign … to:…`,
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
    title: `@${person} is trained until ${dayWords(until)}`,
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
  const rules = { accountClause: accountClause(context.active.pack), making: await makingOf(context) };
  const decision = decideLink(await lockedStaff(context.tx), person, account, rules);
  return carryOut(context, person, decision, () => ({
    title: who.member.accounts.includes(account)
      ? `${account} was @${person}’s already`
      : decision.kind === 'done' && decision.events[0]?.type === 'grant_asked'
        ? WAITS
        : `${account} is @${person} now`,
    notes: ['One person, however many accounts: nobody decides on their own proposal from another account.'],
  }));
}

export async function carryOut(
  context: PlanContext,
  person: Person,
  decision: Decision<StaffEvent>,
  answer: (row: StaffRow) => { readonly title: string; readonly notes: readonly string[] },
): Promise<Planned> {
  if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal, about: null };
  const after = await recordStaff(context, decision.events);
  const member = after.members.get(person);
  // Nobody is on the list yet who is only to be.
  if (member === undefined && after.grants.some((grant) => grant.person === person))
    return { kind: 'answer', card: waitingCard(person) };
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
  { invocation: { surface }, outside: { platforms } }: PlanContext,
  list: StaffList,
  raw: string,
  { account: given, name }: Pick<StaffInput, 'account' | 'name'>,
): { readonly person: Person; readonly accounts: readonly Account[]; readonly unnamed: boolean } {
  const id = /^<@!?(\w+)/.exec(raw)?.[1];
  // Branded below: names begin here, from fields that checked their form.
  const mentioned = id === undefined ? [] : [accountOf(surface, id)];
  const accounts = [...new Set([...mentioned, ...(given === undefined ? [] : [given])])];
  if (id !== undefined) {
    const holder = [...list.members.values()].find((member) =>
      mentioned.some((one) => member.accounts.includes(one)),
    );
    const label = name === undefined ? labelIn(raw, list) : nameIn(name);
    return {
      person: holder?.person ?? label ?? nameIn(id),
      accounts,
      unnamed: holder === undefined && label === null,
    };
  }
  const person = nameIn(raw);
  const named = platforms.some(({ name, accountsAreNames }) => name === surface && accountsAreNames);
  const own = named && accounts.length === 0 && !list.members.has(person);
  return { person, accounts: own ? [accountOf(surface, person)] : accounts, unnamed: false };
}

/** Slack writes a mention with the person's name, `<@U012|mei>`: a name is better than an id, where it is one and free. */
function labelIn(mention: string, list: StaffList): Person | null {
  const label = /\|([\p{L}\p{N}][\p{L}\p{N}._-]*)>$/u.exec(mention)?.[1]?.toLowerCase();
  return label === undefined || list.members.has(label as Person) ? null : (label as Person);
}

const WAITS = 'It waits for a second person';
const removalWaits = (person: Person): string =>
  `Until an officer or deputy confirms it, nothing changes: in the officer’s channel, or with /desk staff action:confirm person:${person}`;

const waitingCard = (person: Person) =>
  card(WAITS, 'warning', [
    text(
      `An officer or deputy confirms it in the officer’s channel, or with /desk staff action:confirm person:${person}`,
    ),
  ]);

export const accountClause = (pack: Pack): string | null => pack.rules?.accounts?.clause ?? null;

const withArticle = (role: string): string => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`;

export const problems = (...found: readonly Problem[]): Planned => ({ kind: 'problems', problems: found });

export function absent(
  facts: CommandFacts,
  input: StaffInput,
  names: readonly (keyof StaffInput)[],
): Planned {
  return problems(...names.filter((name) => input[name] === undefined).map((name) => missing(facts, name)));
}

export function inThePast({ today }: PlanContext, until: Day | undefined): Problem | null {
  if (until === undefined || until >= today) return null;
  return saidProblem('until', {
    code: 'invalid-value',
    says: `must be today (${today}) or later: training that has ended is not recorded as valid`,
    read: until,
  });
}

/** Where an account was typed as an id or a mention, it is one of the platform it was typed on. */
export const placed = <Input extends StaffInput>({ invocation }: PlanContext, input: Input): Input =>
  input.account === undefined || surfaceOf(input.account) !== HERE
    ? input
    : { ...input, account: accountOf(invocation.surface, idOf(input.account)) };

/** Ids as the platforms give them: a name typed in their place would lock its person out. */
const ID_FORMS: Readonly<Record<string, { readonly form: RegExp; readonly how: string }>> = {
  discord: {
    form: /^\d{5,20}$/,
    how: 'must be a number: mention the person, or switch on Developer Mode in Discord and choose Copy User ID',
  },
  slack: {
    form: /^[UW][A-Z0-9]+$/,
    how: 'must be a member ID like U012ABC: mention the person, or choose Copy member ID in their Slack profile',
  },
};

function unknownPlatform({ outside, invocation }: PlanContext, account: Account | undefined): Problem | null {
  const id = account === undefined ? undefined : ID_FORMS[surfaceOf(account)];
  // The terminal plays people of other platforms by their names.
  if (
    account !== undefined &&
    id !== undefined &&
    invocation.surface !== 'terminal' &&
    !id.form.test(idOf(account))
  )
    return saidProblem('account', { code: 'invalid-value', says: id.how, read: account });
  const names = outside.platforms.map(({ name }) => name);
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
