/**
 * The staff list as its stream tells it, and recording what happens to it: ledger and rows in one transaction (P-7.2).
 * Must not know: who may change the list, how a change was asked for.
 */

import { isMadeByTwo, staffAfter } from '../../domain/staff.js';
import { NO_STAFF, type StaffEvent, type StaffList, staffEvent } from '../../domain/staff-events.js';
import { eventsOf, STREAMS } from '../../record/entry.js';
import type { Kind, Only, Recorder } from '../../record/kind.js';
import { loadOnly } from '../../record/load.js';
import { rowsOfMember, staffRowOf } from '../../record/people.js';
import { record, settingUp } from '../../record/record.js';
import type { StaffRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { Account, Instant, Person } from '../../vocabulary/values.js';
import { channelPosts } from '../tell/addresses.js';

export const staff: Kind<StaffList, StaffEvent, StaffRow> & { readonly streams: Only<StaffList> } = {
  name: 'staff',
  streams: { only: STREAMS.staff, empty: NO_STAFF },
  events: eventsOf(staffEvent),
  apply: (list, { event }) => staffAfter(list, [event]),
  table: {
    keyOf: ({ person }) => person,
    rowsOf: async (list) => [...list.members.values()].flatMap(rowsOfMember),
    put: (tx, row) => tx.putStaff(row),
    stored: async (tx, person) => (await tx.staff()).find((row) => row.person === person) ?? null,
    some: (tx) => tx.staff(),
    subjectOf: () => null,
    // Whoever loses an account comes first: in the table an account is one person's.
    inOrder: (changed, before) => {
      const had = new Map(before.map(({ person, accounts }) => [person, accounts.length]));
      const gained = ({ person, accounts }: StaffRow) => accounts.length - (had.get(person) ?? 0);
      return [...changed].sort((one, other) => gained(one) - gained(other));
    },
  },
  posts: ({ stamped, before, stream }, { channels }) =>
    stamped.flatMap(({ event, seq }) =>
      isToldToOfficers(event, before)
        ? channelPosts({ kind: 'officer', ref: stream, seq }, `${stream}:${seq}:officer`, channels, 'officer')
        : [],
    ),
  clock: null,
};

/** Who becomes an officer or administrator, whose account speaks for whom, and which officer leaves. */
function isToldToOfficers(event: StaffEvent, before: StaffList | null): boolean {
  switch (event.type) {
    case 'grant_asked':
    case 'removal_asked':
    case 'account_linked':
      return true;
    case 'staff_added':
      return isMadeByTwo(event.role);
    case 'staff_removed':
      return event.role === null
        ? before?.members.get(event.person)?.roles.some(isMadeByTwo) === true
        : isMadeByTwo(event.role);
    default:
      return false;
  }
}

/** The list as of now, its stream locked: two administrators cannot remove each other at once. */
export async function lockedStaff(tx: Tx): Promise<StaffList> {
  return (await loadOnly(tx, staff, { lock: true })).state;
}

/** Records what happened to the list. Returns the list after it. */
export async function recordStaff(recorder: Recorder, events: readonly StaffEvent[]): Promise<StaffList> {
  return record(recorder, staff, await loadOnly(recorder.tx, staff, { lock: true }), events);
}

export { staffRowOf };

/** Somebody who is on the list from the start. */
export type SeedPerson = Omit<StaffRow, 'active'>;

/**
 * `OMBUD_ADMINS`: whoever is named there is an administrator again, whatever became of them; the officers are told. Returns
 * the names of those restored.
 */
export async function restoreAdmins(
  tx: Tx,
  now: Instant,
  people: readonly SeedPerson[],
): Promise<readonly Person[]> {
  await seedStaff(tx, now, people);
  const wanted = people.flatMap(({ accounts }) => accounts);
  const rows = (await tx.staff()).filter(({ accounts }) => accounts.some((one) => wanted.includes(one)));
  const lost = rows.filter(({ active, roles }) => !active || !roles.includes('admin'));
  if (lost.length === 0) return [];
  const events = lost.map(
    ({ person, trainedUntil }): StaffEvent => ({
      type: 'staff_added',
      person,
      role: 'admin',
      accounts: [],
      trainedUntil,
    }),
  );
  await recordStaff({ ...settingUp(tx, now), channels: await tx.channels() }, events);
  return lost.map(({ person }) => person);
}

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
  if (events.length > 0) await recordStaff(settingUp(tx, now), events);
}

const isKnownAs = (row: StaffRow, { person, accounts }: SeedPerson): boolean =>
  row.person === person || row.accounts.some((account) => accounts.includes(account));
