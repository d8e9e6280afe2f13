/**
 * What can happen to the desk itself: staff, channels, packs, digests, checkpoints (domain.md P-0, P-7.2).
 * Nothing in these is personal to a customer, so nothing is sealed. Must not know: storage, surfaces.
 */
import { z } from 'zod';
import { type Account, type Day, type Person, ROLES } from '../vocabulary/values.js';

// Branding only: values were checked when written, and the entry's hash vouches for them since.
const person = z.string().transform((text) => text as Person);
const account = z.string().transform((text) => text as Account);
export const day = z.string().transform((text) => text as Day);

export const staffEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('staff_added'),
    person,
    role: z.enum(ROLES),
    accounts: z.array(account),
    /** Last day of the training attestation; null: never expires (the terminal's cast). */
    trainedUntil: day.nullable(),
  }),
  z.strictObject({ type: z.literal('staff_removed'), person, role: z.enum(ROLES).nullable() }),
  z.strictObject({ type: z.literal('staff_trained'), person, until: day }),
  z.strictObject({ type: z.literal('account_linked'), person, account }),
]);
export type StaffEvent = z.infer<typeof staffEvent>;
/** A staff member as the `staff` stream tells it. */
export type StaffMember = {
  readonly person: Person;
  readonly roles: readonly (typeof ROLES)[number][];
  readonly accounts: readonly Account[];
  readonly trainedUntil: Day | null;
  readonly active: boolean;
};

/** Applies one staff event to the list; an account belongs to the person it was linked to last. */
export function applyStaffEvent(
  staff: ReadonlyMap<Person, StaffMember>,
  event: StaffEvent,
): Map<Person, StaffMember> {
  const taken: readonly Account[] =
    event.type === 'staff_added' ? event.accounts : event.type === 'account_linked' ? [event.account] : [];
  const next = withoutAccounts(staff, event.person, taken);
  const known = next.get(event.person) ?? {
    person: event.person,
    roles: [],
    accounts: [],
    trainedUntil: null,
    active: false,
  };
  switch (event.type) {
    case 'staff_added':
      next.set(event.person, {
        ...known,
        active: true,
        roles: [...new Set([...known.roles, event.role])],
        accounts: [...new Set([...known.accounts, ...event.accounts])],
        trainedUntil: event.trainedUntil,
      });
      break;
    case 'staff_removed': {
      const roles = event.role === null ? [] : known.roles.filter((role) => role !== event.role);
      next.set(event.person, { ...known, roles, active: roles.length > 0 });
      break;
    }
    case 'staff_trained':
      next.set(event.person, { ...known, trainedUntil: event.until });
      break;
    case 'account_linked':
      next.set(event.person, { ...known, accounts: [...new Set([...known.accounts, event.account])] });
      break;
    default:
      return event satisfies never;
  }
  return next;
}

/** The list with these accounts taken from everybody but one; whoever has none of them stays the same object. */
function withoutAccounts(
  staff: ReadonlyMap<Person, StaffMember>,
  keeper: Person,
  taken: readonly Account[],
): Map<Person, StaffMember> {
  return new Map(
    [...staff].map(([person, member]) =>
      person === keeper || !member.accounts.some((one) => taken.includes(one))
        ? [person, member]
        : [person, { ...member, accounts: member.accounts.filter((one) => !taken.includes(one)) }],
    ),
  );
}
