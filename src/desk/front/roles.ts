/** Who holds which role among the staff. Must not know: commands, surfaces. */
import type { StaffRow } from '../../record/rows.js';

/** Who decides for the company, the officer first; never somebody the complaint is about. */
export function officersFor(staff: readonly StaffRow[], about: readonly string[]): readonly StaffRow[] {
  const free = staff.filter((member) => member.active && !about.includes(member.person));
  const officers = free.filter((member) => member.roles.includes('officer'));
  return officers.length > 0 ? officers : free.filter((member) => member.roles.includes('deputy'));
}

/** Officers who may rule on a proposal of this person: the officer, or the deputy when the officer may not. */
export function decidersFor(
  staff: readonly StaffRow[],
  about: readonly string[],
  proposer: string | null,
): readonly StaffRow[] {
  return officersFor(
    staff.filter((member) => member.person !== proposer),
    about,
  );
}

export const roleHolders = (
  staff: readonly StaffRow[],
  role: StaffRow['roles'][number],
): readonly StaffRow[] => staff.filter((member) => member.active && member.roles.includes(role));
