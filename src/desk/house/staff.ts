/**
 * The staff list as its stream tells it, and recording what happens to it: ledger and rows in one transaction (P-7.2).
 * Must not know: who may change the list, how a change was asked for.
 */

import { type StaffList, staffAfter } from '../../domain/staff.js';
import { type StaffEvent, type StaffMember, staffEvent } from '../../domain/staff-events.js';
import { fromEntry, SETUP, STREAMS, toEntry } from '../../record/entry.js';
import type { StaffRow } from '../../record/rows.js';
import type { OpenEntry, Tx } from '../../record/store.js';
import type { Account, Actor, Instant } from '../../vocabulary/values.js';

/** Everything recording needs beside the change itself. */
export type DeskRecorder = { readonly tx: Tx; readonly now: Instant; readonly actor: Actor };

export function staffFrom(entries: readonly OpenEntry[]): StaffList {
  return staffAfter(
    new Map(),
    entries.map((entry) => fromEntry(staffEvent, entry)),
  );
}

/** The list as of now, its stream locked: two administrators cannot remove each other at once. */
export async function lockedStaff(tx: Tx): Promise<StaffList> {
  return staffFrom(await tx.entries(STREAMS.staff, { lock: true }));
}

/** Appends the events and rewrites the rows they change. Returns the list after them. */
export async function recordStaff(
  { tx, now, actor }: DeskRecorder,
  events: readonly StaffEvent[],
): Promise<StaffList> {
  const seq = await tx.headSeq(STREAMS.staff, { lock: true });
  const before = await lockedStaff(tx);
  const after = staffAfter(before, events);
  const entries = events.map((event) => toEntry(event, now, actor));
  if (entries.length > 0) await tx.append(STREAMS.staff, seq, entries, null);
  const changed = [...after.values()].filter((member) => before.get(member.person) !== member);
  // Whoever loses an account comes first: in the table an account is one person's.
  const gained = (member: StaffMember) =>
    member.accounts.length - (before.get(member.person)?.accounts.length ?? 0);
  for (const member of changed.sort((one, other) => gained(one) - gained(other)))
    await tx.putStaff(staffRowOf(member));
  return after;
}

export const staffRowOf = (member: StaffMember): StaffRow => ({ ...member });

/** Somebody who is on the list from the start. */
export type SeedPerson = Omit<StaffRow, 'active'>;

/**
 * Puts people on the list at start: the terminal's cast, `OMBUD_ADMINS`. Whoever is known, by name or by an account, is
 * left as they are: what an administrator did since is not undone.
 */
export async function seedStaff(tx: Tx, now: Instant, people: readonly SeedPerson[]): Promise<void> {
  // Asked of the table: a desk whose ledger was damaged must still start, so that it can be audited.
  const rows = await tx.staff();
  const events = people
    .filter((one) => !rows.some((row) => isKnownAs(row, one)))
    .flatMap((one) =>
      one.roles.map(
        (role): StaffEvent => ({
          type: 'staff_added',
          person: one.person,
          role,
          // Branded here: configuration has checked their form.
          accounts: one.accounts.map((account) => account as Account),
          trainedUntil: one.trainedUntil,
        }),
      ),
    );
  if (events.length > 0) await recordStaff({ tx, now, actor: SETUP }, events);
}

const isKnownAs = (row: StaffRow, { person, accounts }: SeedPerson): boolean =>
  row.person === person || row.accounts.some((account) => accounts.includes(account));
