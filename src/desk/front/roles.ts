/** Who holds which role among the staff, and who is pinged in whose place. Must not know: commands, surfaces. */

import { amongThem } from '../../domain/people.js';
import type { People, PresentStaff } from '../../record/people.js';
import type { Person } from '../../vocabulary/values.js';

/**
 * Who decides for the company, the officer first; never somebody the complaint is about, in whichever name. While every
 * officer is away it is the deputy.
 */
export function officersFor({ staff, same }: People, about: readonly Person[]): readonly PresentStaff[] {
  const free = staff.filter((member) => member.active && !amongThem(same, about, member.person));
  const officers = free.filter((member) => member.roles.includes('officer'));
  const deputies = free.filter((member) => member.roles.includes('deputy'));
  const here = (members: readonly PresentStaff[]) => members.filter(({ away }) => away === null);
  return [here(officers), here(deputies), officers, deputies].find((some) => some.length > 0) ?? [];
}

/** Officers who may rule on what these people asked or proposed: the officer, or the deputy when the officer may not. */
export function decidersFor(
  people: People,
  about: readonly Person[],
  askers: readonly (Person | null)[],
): readonly PresentStaff[] {
  return officersFor(people, [...about, ...askers.filter((asker) => asker !== null)]);
}

/** Those of the role, or their substitutes while they are away. */
export function roleHolders(people: People, role: PresentStaff['roles'][number]): readonly PresentStaff[] {
  return standingIn(
    people,
    people.staff.filter((member) => member.active && member.roles.includes(role)),
  );
}

/** Who is pinged for these people: whoever is away is not, the substitute is. Nobody twice. */
export function standingIn({ staff }: People, members: readonly PresentStaff[]): readonly PresentStaff[] {
  const instead = (member: PresentStaff, asked: readonly Person[]): readonly PresentStaff[] => {
    if (member.away === null) return [member];
    const { substitute } = member.away;
    const found = staff.find(({ active, person }) => active && person === substitute);
    return found === undefined || asked.includes(found.person)
      ? []
      : instead(found, [...asked, member.person]);
  };
  const found = members.flatMap((member) => instead(member, [member.person]));
  return found.filter((member, index) => found.indexOf(member) === index);
}
