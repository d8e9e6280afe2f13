/**
 * Deciding who is on the staff list: few handlers, trained, and always somebody who can change the list (P-7.2).
 * Must not know: storage, how a person was named, surfaces.
 */

import type { Account, Day, Person, Role } from '../vocabulary/values.js';
import type { SamePerson } from './people.js';
import { type Decision, done, no, type Refusal, refused } from './refusal.js';
import {
  applyStaffEvent,
  type Grant,
  type Removal,
  type StaffEvent,
  type StaffList,
  type StaffMember,
} from './staff-events.js';

/** The list after these events. */
export function staffAfter(staff: StaffList, events: readonly StaffEvent[]): StaffList {
  return events.reduce<StaffList>(applyStaffEvent, staff);
}

/** Who acts through this account now; somebody who left holds nothing. */
function holderOf(staff: StaffList, account: Account): StaffMember | null {
  return (
    [...staff.members.values()].find((member) => member.active && member.accounts.includes(account)) ?? null
  );
}

export type Joining = {
  readonly person: Person;
  readonly role: Role;
  readonly accounts: readonly Account[];
  /** Last day of the attested training; null: not said. */
  readonly until: Day | null;
};

/** A new member's training counts to `standardUntil` when nothing else is said; a known one keeps what is attested. */
export function decideAdd(
  staff: StaffList,
  joining: Joining,
  rules: {
    /** Absent: the desk sets itself up. */
    readonly making?: Making;
    readonly standardUntil: Day;
    /** Of the pack's rule that an account speaks for one person; null: it gives none. */
    readonly accountClause: string | null;
  },
): Decision<StaffEvent> {
  const { person, role, accounts, until } = joining;
  const known = staff.members.get(person);
  const active = known?.active === true;
  const fresh = accounts.filter((account) => known?.accounts.includes(account) !== true);
  if (active && known.roles.includes(role) && fresh.length === 0 && until === null)
    return refused(no('wrong-state', 'role-held-already', null, { person, role }));
  const named = nameTaken(staff, person);
  if (named !== null) return refused(named);
  const taken = takenBy(staff, person, accounts, rules.accountClause);
  if (taken !== null) return refused(taken);
  const trainedUntil = until ?? (active ? known.trainedUntil : rules.standardUntil);
  const held = active ? known.roles : [];
  if (rules.making?.caseExists === true && isBoth([...held, role]) && !isBoth(held))
    return refused(no('wrong-state', 'officer-and-admin', null, { person, role, roles: held }));
  const weighty = isMadeByTwo(role) || (fresh.length > 0 && held.some(isMadeByTwo));
  const { making } = rules;
  if (making !== undefined && weighty && waits(staff, person, making))
    return done({
      type: 'grant_asked',
      person,
      role,
      accounts: [...accounts],
      trainedUntil,
      by: making.by,
    });
  return done({ type: 'staff_added', person, role, accounts: [...accounts], trainedUntil });
}

/**
 * Takes one role, or all of them; the last administrator stays, or nobody could change the list again. An officer or deputy
 * goes with the yes of a second person, while there is another officer who could give it.
 */
export function decideRemove(
  staff: StaffList,
  person: Person,
  role: Role | null,
  making?: Making,
): Decision<StaffEvent> {
  const member = staff.members.get(person);
  if (member?.active !== true) return refused(no('wrong-state', 'off-the-staff-list', null, { person }));
  if (role !== null && !member.roles.includes(role))
    return refused(no('wrong-state', 'role-not-held', null, { person, role, roles: member.roles }));
  const event: StaffEvent = { type: 'staff_removed', person, role };
  if (member.roles.includes('admin') && !hasAdmin(staffAfter(staff, [event])))
    return refused(no('wrong-state', 'last-administrator', null, { person }));
  const taken = role === null ? member.roles : [role];
  if (making !== undefined && taken.some(isOfficer) && waits(staff, person, making))
    return done({ type: 'removal_asked', person, role, by: making.by });
  return done(event);
}

export function decideTrain(staff: StaffList, person: Person, until: Day): Decision<StaffEvent> {
  if (staff.members.get(person)?.active !== true)
    return refused(no('wrong-state', 'off-the-staff-list', null, { person }));
  return done({ type: 'staff_trained', person, until });
}

/** Another name for the same person: what they did, own and speak through stays theirs. */
export function decideRename(staff: StaffList, person: Person, name: Person): Decision<StaffEvent> {
  const member = staff.members.get(person);
  if (member?.active !== true) return refused(no('wrong-state', 'off-the-staff-list', null, { person }));
  if (name === person) return done<StaffEvent>();
  if (staff.members.has(name) && !member.names.includes(name))
    return refused(no('wrong-state', 'name-taken', null, { name, holder: name }));
  const taken = nameTaken(staff, name);
  if (taken !== null && !member.names.includes(name)) return refused(taken);
  return done({ type: 'staff_renamed', person, name });
}

/** A name that somebody had is given to nobody else: on the record it means them. */
function nameTaken(staff: StaffList, name: Person): Refusal | null {
  const holder = [...staff.members.values()].find(({ names }) => names.includes(name));
  return holder === undefined ? null : no('wrong-state', 'name-taken', null, { name, holder: holder.person });
}

/** Not pinged up to and with `until`; whoever stands in must be on the list, and not them. */
export function decideAway(
  staff: StaffList,
  person: Person,
  { until, substitute }: { readonly until: Day; readonly substitute: Person | null },
): Decision<StaffEvent> {
  const member = staff.members.get(person);
  if (member?.active !== true) return refused(no('wrong-state', 'off-the-staff-list', null, { person }));
  if (substitute === person) return refused(no('invalid-value', 'own-substitute', null, { person }));
  return done({ type: 'staff_away', person, until, substitute });
}

export function decideBack(staff: StaffList, person: Person): Decision<StaffEvent> {
  const member = staff.members.get(person);
  if (member?.active !== true) return refused(no('wrong-state', 'off-the-staff-list', null, { person }));
  return member.away === null
    ? refused(no('wrong-state', 'not-away', null, { person }))
    : done({ type: 'staff_back', person });
}

/** One person may have several accounts; an account speaks for one person. Nothing happens when it is theirs already. */
export function decideLink(
  staff: StaffList,
  person: Person,
  account: Account,
  rules: { readonly accountClause: string | null; readonly making?: Making },
): Decision<StaffEvent> {
  const member = staff.members.get(person);
  if (member?.active !== true) return refused(no('wrong-state', 'off-the-staff-list', null, { person }));
  if (member.accounts.includes(account)) return done<StaffEvent>();
  const taken = takenBy(staff, person, [account], rules.accountClause);
  if (taken !== null) return refused(taken);
  const { making } = rules;
  if (making !== undefined && member.roles.some(isMadeByTwo) && waits(staff, person, making))
    return done({
      type: 'grant_asked',
      person,
      role: null,
      accounts: [account],
      trainedUntil: null,
      by: making.by,
    });
  return done({ type: 'account_linked', person, account });
}

/** Who asks for a role or an account to be given, and whether the desk has begun its work. */
export type Making = { readonly by: Person; readonly caseExists: boolean; readonly same: SamePerson };

const MADE_BY_TWO: readonly Role[] = ['officer', 'deputy', 'admin'];
export const isMadeByTwo = (role: Role): boolean => MADE_BY_TWO.includes(role);
const isOfficer = (role: Role): boolean => role === 'officer' || role === 'deputy';
const isBoth = (roles: readonly Role[]): boolean => roles.includes('admin') && roles.some(isOfficer);

/** Where no other officer is active it works at once: nobody could confirm it. */
function waits(staff: StaffList, person: Person, { caseExists, same }: Making): boolean {
  return (
    caseExists &&
    [...staff.members.values()].some(
      (member) => member.active && member.roles.some(isOfficer) && !same(member.person, person),
    )
  );
}

/** The second person's yes: an officer or deputy for any, another administrator for an administrator; never who it is for. */
export function decideConfirm(
  staff: StaffList,
  person: Person,
  confirmer: { readonly person: Person; readonly roles: readonly Role[]; readonly same: SamePerson },
  rules: { readonly accountClause: string | null },
): Decision<StaffEvent> {
  const asked = [...staff.grants, ...staff.removals].filter((one) => one.person === person);
  if (asked.length === 0) return refused(no('wrong-state', 'nothing-to-confirm', null, { person }));
  const { same, roles } = confirmer;
  if (same(confirmer.person, person)) return refused(no('same-person', 'confirms-own', null, { person }));
  const others = asked.filter(({ by }) => !same(by, confirmer.person));
  if (others.length === 0) return refused(no('same-person', 'confirms-own', null, { person }));
  const whole = roles.some(isOfficer);
  const may = others.filter(
    (one) => whole || ('accounts' in one && one.role === 'admin' && roles.includes('admin')),
  );
  if (may.length === 0) {
    const permitted: readonly Role[] = ['officer', 'deputy'];
    return refused(no('not-permitted', 'role-not-permitted', null, { roles, permitted }));
  }
  const events = may.flatMap(confirmed);
  const refusal = cannotBe(staff, person, may, events, rules.accountClause);
  return refusal === null ? done(...events) : refused(refusal);
}

const confirmed = (one: Grant | Removal): readonly StaffEvent[] => {
  const { person } = one;
  if (!('accounts' in one)) return [{ type: 'staff_removed', person, role: one.role }];
  const { role, accounts, trainedUntil } = one;
  return role === null
    ? accounts.map((account) => ({ type: 'account_linked' as const, person, account }))
    : [{ type: 'staff_added', person, role, accounts: [...accounts], trainedUntil }];
};

/** What changed since it was asked for: an account is another's now, or both roles would be one person's. */
function cannotBe(
  staff: StaffList,
  person: Person,
  may: readonly (Grant | Removal)[],
  events: readonly StaffEvent[],
  clause: string | null,
): Refusal | null {
  for (const one of may) {
    const taken = 'accounts' in one ? takenBy(staff, person, one.accounts, clause) : null;
    if (taken !== null) return taken;
  }
  const held = staff.members.get(person)?.roles ?? [];
  const after = staffAfter(staff, events);
  const roles = after.members.get(person)?.roles ?? [];
  const added = roles.find((role) => !held.includes(role));
  if (added !== undefined && isBoth(roles) && !isBoth(held))
    return no('wrong-state', 'officer-and-admin', null, { person, role: added, roles: held });
  return hasAdmin(staff) && !hasAdmin(after)
    ? no('wrong-state', 'last-administrator', null, { person })
    : null;
}

function takenBy(
  staff: StaffList,
  person: Person,
  accounts: readonly Account[],
  clause: string | null,
): Refusal | null {
  for (const account of accounts) {
    const holder = holderOf(staff, account);
    if (holder === null || holder.person === person) continue;
    return no('wrong-state', 'account-taken', clause, { account, holder: holder.person });
  }
  return null;
}

const hasAdmin = (staff: StaffList): boolean =>
  [...staff.members.values()].some((member) => member.active && member.roles.includes('admin'));
