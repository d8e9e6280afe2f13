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
  /** History, cases and accounts stay theirs; the old name is nobody's from then on. */
  z.strictObject({ type: z.literal('staff_renamed'), person, name: person }),
  /** Not pinged up to and with `until`; the substitute is. */
  z.strictObject({ type: z.literal('staff_away'), person, until: day, substitute: person.nullable() }),
  z.strictObject({ type: z.literal('staff_back'), person }),
  /** A role or an account that waits for a second person's yes (domain.md, "Officers and admins are made by two"). */
  z.strictObject({
    type: z.literal('grant_asked'),
    person,
    /** Null: an account is to be linked to somebody who has such a role. */
    role: z.enum(ROLES).nullable(),
    accounts: z.array(account),
    trainedUntil: day.nullable(),
    by: person,
  }),
  /** An officer or deputy is to lose that role (null: every role), and it waits for a second person's yes. */
  z.strictObject({
    type: z.literal('removal_asked'),
    person,
    role: z.enum(ROLES).nullable(),
    by: person,
  }),
]);
export type StaffEvent = z.infer<typeof staffEvent>;
export type Grant = Readonly<Omit<Extract<StaffEvent, { type: 'grant_asked' }>, 'type' | 'accounts'>> & {
  readonly accounts: readonly Account[];
};
export type Removal = Readonly<Omit<Extract<StaffEvent, { type: 'removal_asked' }>, 'type'>>;
export type Away = { readonly until: Day; readonly substitute: Person | null };

/** A staff member as the `staff` stream tells it. */
export type StaffMember = {
  readonly person: Person;
  readonly roles: readonly (typeof ROLES)[number][];
  readonly accounts: readonly Account[];
  /** Every account that ever was theirs, whoever has it now. */
  readonly held: readonly Account[];
  /** What they were called before. */
  readonly names: readonly Person[];
  readonly trainedUntil: Day | null;
  readonly away: Away | null;
  readonly active: boolean;
};

export type StaffList = {
  readonly members: ReadonlyMap<Person, StaffMember>;
  /** Waiting for a second person, oldest first. */
  readonly grants: readonly Grant[];
  /** The same, of roles to be taken. */
  readonly removals: readonly Removal[];
};

export const NO_STAFF: StaffList = { members: new Map(), grants: [], removals: [] };

/** Applies one staff event to the list; an account belongs to the person it was linked to last. */
export function applyStaffEvent(staff: StaffList, event: StaffEvent): StaffList {
  switch (event.type) {
    case 'staff_added':
    case 'account_linked':
      return {
        ...staff,
        members: withAccounts(staff.members, event),
        grants: withoutGrant(staff.grants, event),
      };
    case 'staff_removed': {
      const known = memberOf(staff.members, event.person);
      const roles = event.role === null ? [] : known.roles.filter((role) => role !== event.role);
      const active = roles.length > 0;
      const left = { ...known, roles, active, away: active ? known.away : null };
      return {
        members: new Map(staff.members).set(event.person, left),
        grants: staff.grants.filter(({ person: whose }) => whose !== event.person),
        removals: staff.removals.filter(
          ({ person: whose, role }) => whose !== event.person || (event.role !== null && role !== event.role),
        ),
      };
    }
    case 'staff_trained':
      return changed(staff, event.person, { trainedUntil: event.until });
    case 'staff_away':
      return changed(staff, event.person, { away: { until: event.until, substitute: event.substitute } });
    case 'staff_back':
      return changed(staff, event.person, { away: null });
    case 'staff_renamed':
      return renamed(staff, event.person, event.name);
    case 'grant_asked': {
      const { type: _type, ...grant } = event;
      const others = staff.grants.filter(
        (one) => one.person !== grant.person || one.role !== grant.role || grant.role === null,
      );
      return { ...staff, grants: [...others, grant] };
    }
    case 'removal_asked': {
      const { type: _type, ...removal } = event;
      const others = staff.removals.filter(
        (one) => one.person !== removal.person || one.role !== removal.role,
      );
      return { ...staff, removals: [...others, removal] };
    }
    default:
      return event satisfies never;
  }
}

type Members = ReadonlyMap<Person, StaffMember>;

const memberOf = (members: Members, person: Person): StaffMember =>
  members.get(person) ?? {
    person,
    roles: [],
    accounts: [],
    held: [],
    names: [],
    trainedUntil: null,
    away: null,
    active: false,
  };

function changed(staff: StaffList, person: Person, change: Partial<StaffMember>): StaffList {
  const member = { ...memberOf(staff.members, person), ...change };
  return { ...staff, members: new Map(staff.members).set(person, member) };
}

function withAccounts(
  members: Members,
  event: Extract<StaffEvent, { type: 'staff_added' | 'account_linked' }>,
): Members {
  const taken = event.type === 'staff_added' ? event.accounts : [event.account];
  const known = memberOf(members, event.person);
  const accounts = [...new Set([...known.accounts, ...taken])];
  const held = [...new Set([...known.held, ...taken])];
  const joined =
    event.type === 'account_linked'
      ? {}
      : {
          active: true,
          roles: [...new Set([...known.roles, event.role])],
          trainedUntil: event.trainedUntil,
        };
  return new Map(withoutAccounts(members, event.person, taken)).set(event.person, {
    ...known,
    ...joined,
    accounts,
    held,
  });
}

/** What was given is asked for no more. */
function withoutGrant(
  grants: readonly Grant[],
  event: Extract<StaffEvent, { type: 'staff_added' | 'account_linked' }>,
): readonly Grant[] {
  return grants.filter(
    ({ person: whose, role, accounts }) =>
      whose !== event.person ||
      (event.type === 'staff_added'
        ? role !== event.role
        : role !== null || !accounts.includes(event.account)),
  );
}

/** The list with these accounts taken from everybody but one; whoever has none of them stays the same object. */
function withoutAccounts(members: Members, keeper: Person, taken: readonly Account[]): Members {
  return new Map(
    [...members].map(([person, member]) =>
      person === keeper || !member.accounts.some((one) => taken.includes(one))
        ? [person, member]
        : [person, { ...member, accounts: member.accounts.filter((one) => !taken.includes(one)) }],
    ),
  );
}

function renamed({ members, grants, removals }: StaffList, from: Person, to: Person): StaffList {
  const known = memberOf(members, from);
  const names = [...new Set([...known.names, from])].filter((name) => name !== to);
  const named = <Named extends { readonly person: Person }>(one: Named): Named =>
    one.person === from ? { ...one, person: to } : one;
  const others = [...members]
    .filter(([person]) => person !== from)
    .map(([person, member]): [Person, StaffMember] => [
      person,
      member.away?.substitute === from ? { ...member, away: { ...member.away, substitute: to } } : member,
    ]);
  return {
    members: new Map([...others, [to, { ...known, person: to, names }]]),
    grants: grants.map(named).map((grant) => (grant.by === from ? { ...grant, by: to } : grant)),
    removals: removals.map(named).map((one) => (one.by === from ? { ...one, by: to } : one)),
  };
}
