/**
 * Which names on the record are one human's: a person is all accounts they ever held and all names they ever had, so that
 * nobody decides what they asked under another name (rule 2). Pure. Must not know: storage, who may do what.
 */
import type { Person } from '../vocabulary/values.js';
import type { StaffList } from './staff-events.js';

/** Whether two names are one human's. Nobody is the same as nobody. */
export type SamePerson = (one: Person | null, other: Person | null) => boolean;

export const sameName: SamePerson = (one, other) => one !== null && one === other;

/** As the staff list tells it: a name leads to accounts, an account to every name that ever held it. */
export function samePersonIn({ members }: Pick<StaffList, 'members'>): SamePerson {
  const humans = new Map<string, number>();
  let next = 0;
  for (const { person, names, held } of members.values()) {
    const marks = [person, ...names, ...held.map((account) => `account ${account}`)];
    const found = new Set(marks.flatMap((mark) => humans.get(mark) ?? []));
    const human = [...found][0] ?? next++;
    for (const [mark, one] of humans) if (found.has(one)) humans.set(mark, human);
    for (const mark of marks) humans.set(mark, human);
  }
  return (one, other) => {
    if (one === null || other === null) return false;
    if (one === other) return true;
    const human = humans.get(one);
    return human !== undefined && human === humans.get(other);
  };
}

/** Whether any of the names is this person. */
export const amongThem = (
  same: SamePerson,
  names: readonly (Person | null)[],
  person: Person | null,
): boolean => names.some((name) => same(name, person));
