/**
 * What can happen to the desk itself: staff, channels, packs, digests, checkpoints (domain.md P-0, P-7.2).
 * Nothing in these is personal to a customer, so nothing is sealed. Must not know: storage, surfaces.
 */
import { z } from 'zod';
import { type Account, type Day, type Person, ROLES } from './values.js';

// Branding only: values were checked when written, and the entry's hash vouches for them since.
const person = z.string().transform((text) => text as Person);
const account = z.string().transform((text) => text as Account);
const day = z.string().transform((text) => text as Day);

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

export const CHANNEL_USES = ['cases', 'officer', 'digest'] as const;
export const channelEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('channel_bound'),
    surface: z.string(),
    channel: z.string(),
    uses: z.array(z.enum(CHANNEL_USES)),
    locale: z.string().nullable(),
  }),
]);
export type ChannelEvent = z.infer<typeof channelEvent>;

export const policyEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('policy_published'),
    name: z.string(),
    hash: z.string(),
    text: z.string(),
  }),
]);

export const digestEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('digest_posted'),
    surface: z.string(),
    channel: z.string(),
    day,
    /** The number of the checkpoint it carried; null in a digest that is not the officer's. */
    checkpoint: z.number().int().nullable(),
  }),
]);

/** What an export is of, bounded by what was there when it was asked: later entries never slip in. */
const exported = z.discriminatedUnion('kind', [
  /** Of a case or disclosure: up to which entry of its stream, and up to which checkpoint. */
  z.strictObject({
    kind: z.literal('case'),
    ref: z.string(),
    entries: z.number().int(),
    checkpoints: z.number().int(),
  }),
  /** Disclosures sent on or after, on or before these days. */
  z.strictObject({ kind: z.literal('register'), from: day.nullable(), to: day.nullable() }),
  /** Cases received in it: `2026-11`. */
  z.strictObject({ kind: z.literal('month'), month: z.string() }),
]);

export const AUDIENCES = ['desk', 'subject'] as const;
export const exportEvent = z.strictObject({
  type: z.literal('export_made'),
  of: exported,
  /** `subject`: it may be handed to the customer, so what is withheld from them is not in it. */
  audience: z.enum(AUDIENCES),
  name: z.string(),
  /** SHA-256 (hex) of the file's bytes. */
  sha256: z.string(),
});
export type ExportEvent = z.infer<typeof exportEvent>;

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
