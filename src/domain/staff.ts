/**
 * Deciding who is on the staff list: few handlers, trained, and always somebody who can change the list (P-7.2).
 * Must not know: storage, how a person was named, surfaces.
 */

import type { Account, Day, Person, Role } from '../vocabulary/values.js';
import { type Decision, done, inWords } from './refusal.js';
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
  rules: { readonly standardUntil: Day },
): Decision<StaffEvent> {
  const { person, role, accounts, until } = joining;
  const known = staff.get(person);
  const active = known?.active === true;
  const fresh = accounts.filter((account) => known?.accounts.includes(account) !== true);
  if (active && known.roles.includes(role) && fresh.length === 0 && until === null)
    return inWords(
      'wrong-state',
      null,
      `@${person} has the role ${role} already.`,
      `Renew the training: /desk staff action:train person:${person} until:…`,
    );
  const taken = takenBy(staff, person, accounts);
  if (taken !== null) return taken;
  const trainedUntil = until ?? (active ? known.trainedUntil : rules.standardUntil);
  return done({ type: 'staff_added', person, role, accounts: [...accounts], trainedUntil });
}

/** Takes one role, or all of them; the last administrator stays, or nobody could change the list again. */
export function decideRemove(staff: StaffList, person: Person, role: Role | null): Decision<StaffEvent> {
  const member = staff.get(person);
  if (member?.active !== true)
    return inWords('wrong-state', null, `@${person} is not on the staff list any more.`, '/desk staff');
  if (role !== null && !member.roles.includes(role))
    return inWords(
      'wrong-state',
      null,
      `@${person} has no role ${role}; the roles are: ${member.roles.join(', ')}.`,
      'Name one of these, or leave role out to take all of them.',
    );
  const event: StaffEvent = { type: 'staff_removed', person, role };
  if (member.roles.includes('admin') && !hasAdmin(staffAfter(staff, [event])))
    return inWords(
      'wrong-state',
      null,
      `@${person} is the last administrator, and without one nobody could change the staff list.`,
      'Make somebody else administrator first: /desk staff action:add person:… role:admin',
    );
  return done(event);
}

export function decideTrain(staff: StaffList, person: Person, until: Day): Decision<StaffEvent> {
  if (staff.get(person)?.active !== true)
    return inWords('wrong-state', null, `@${person} is not on the staff list any more.`, '/desk staff');
  return done({ type: 'staff_trained', person, until });
}

/** One person may have several accounts; an account speaks for one person. Nothing happens when it is theirs already. */
export function decideLink(staff: StaffList, person: Person, account: Account): Decision<StaffEvent> {
  const member = staff.get(person);
  if (member?.active !== true)
    return inWords('wrong-state', null, `@${person} is not on the staff list any more.`, '/desk staff');
  if (member.accounts.includes(account)) return done<StaffEvent>();
  return takenBy(staff, person, [account]) ?? done({ type: 'account_linked', person, account });
}

function takenBy(
  staff: StaffList,
  person: Person,
  accounts: readonly Account[],
): ReturnType<typeof inWords> | null {
  for (const account of accounts) {
    const holder = holderOf(staff, account);
    if (holder === null || holder.person === person) continue;
    return inWords(
      'wrong-state',
      '7.2',
      `${account} is the account of @${holder.person}, and an account speaks for one person.`,
      `If @${holder.person} has left, remove that person first: /desk staff action:remove person:${holder.person}`,
    );
  }
  return null;
}

const hasAdmin = (staff: StaffList): boolean =>
  [...staff.values()].some((member) => member.active && member.roles.includes('admin'));
