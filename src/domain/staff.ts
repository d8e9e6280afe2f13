/**
 * Deciding who is on the staff list: few handlers, trained, and always somebody who can change the list (P-7.2).
 * Must not know: storage, how a person was named, surfaces.
 */

import type { Account, Day, Person, Role } from '../vocabulary/values.js';
import { type Decision, done, no, type Refusal, refused } from './refusal.js';
import { applyStaffEvent, type StaffEvent, type StaffMember } from './staff-events.js';

export type StaffList = ReadonlyMap<Person, StaffMember>;

/** The list after these events. */
export function staffAfter(staff: StaffList, events: readonly StaffEvent[]): StaffList {
  return events.reduce<StaffList>(applyStaffEvent, staff);
}

/** Who acts through this account now; somebody who left holds nothing. */
function holderOf(staff: StaffList, account: Account): StaffMember | null {
  return [...staff.values()].find((member) => member.active && member.accounts.includes(account)) ?? null;
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
    readonly standardUntil: Day;
    /** Of the pack's rule that an account speaks for one person; null: it gives none. */
    readonly accountClause: string | null;
  },
): Decision<StaffEvent> {
  const { person, role, accounts, until } = joining;
  const known = staff.get(person);
  const active = known?.active === true;
  const fresh = accounts.filter((account) => known?.accounts.includes(account) !== true);
  if (active && known.roles.includes(role) && fresh.length === 0 && until === null)
    return refused(no('wrong-state', 'role-held-already', null, { person, role }));
  const taken = takenBy(staff, person, accounts, rules.accountClause);
  if (taken !== null) return refused(taken);
  const trainedUntil = until ?? (active ? known.trainedUntil : rules.standardUntil);
  return done({ type: 'staff_added', person, role, accounts: [...accounts], trainedUntil });
}

/** Takes one role, or all of them; the last administrator stays, or nobody could change the list again. */
export function decideRemove(staff: StaffList, person: Person, role: Role | null): Decision<StaffEvent> {
  const member = staff.get(person);
  if (member?.active !== true) return refused(no('wrong-state', 'off-the-staff-list', null, { person }));
  if (role !== null && !member.roles.includes(role))
    return refused(no('wrong-state', 'role-not-held', null, { person, role, roles: member.roles }));
  const event: StaffEvent = { type: 'staff_removed', person, role };
  if (member.roles.includes('admin') && !hasAdmin(staffAfter(staff, [event])))
    return refused(no('wrong-state', 'last-administrator', null, { person }));
  return done(event);
}

export function decideTrain(staff: StaffList, person: Person, until: Day): Decision<StaffEvent> {
  if (staff.get(person)?.active !== true)
    return refused(no('wrong-state', 'off-the-staff-list', null, { person }));
  return done({ type: 'staff_trained', person, until });
}

/** One person may have several accounts; an account speaks for one person. Nothing happens when it is theirs already. */
export function decideLink(
  staff: StaffList,
  person: Person,
  account: Account,
  rules: { readonly accountClause: string | null },
): Decision<StaffEvent> {
  const member = staff.get(person);
  if (member?.active !== true) return refused(no('wrong-state', 'off-the-staff-list', null, { person }));
  if (member.accounts.includes(account)) return done<StaffEvent>();
  const taken = takenBy(staff, person, [account], rules.accountClause);
  return taken === null ? done({ type: 'account_linked', person, account }) : refused(taken);
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
  [...staff.values()].some((member) => member.active && member.roles.includes('admin'));
