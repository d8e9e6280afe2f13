/**
 * The staff as of now, with what their stream alone tells: who is one human under several names, and who is away.
 * Must not know: who may change the list, commands.
 */
import { type SamePerson, samePersonIn } from '../domain/people.js';
import {
  type Away,
  applyStaffEvent,
  NO_STAFF,
  type StaffEvent,
  type StaffList,
  type StaffMember,
  staffEvent,
} from '../domain/staff-events.js';
import type { Day, Person } from '../vocabulary/values.js';
import { eventsOf, fromEntry, STREAMS } from './entry.js';
import type { StaffRow } from './rows.js';
import { LedgerDamage, NewerEntry, type Tx } from './store.js';

export type PresentStaff = StaffRow & {
  /** What they were called before. */
  readonly names: readonly Person[];
  /** On this day; null: they are here. */
  readonly away: Away | null;
};

export type People = {
  readonly staff: readonly PresentStaff[];
  /** Throws where the staff's stream cannot be read: then nobody can say who is who. */
  readonly same: SamePerson;
};

const events = eventsOf<StaffEvent>(staffEvent);

/**
 * From the ledger, which nobody without the desk's key can write, and not from the table: who writes a role into that has none.
 * `damage`: the staff's stream cannot be believed, and the table's people may only look for why.
 */
export async function peopleOf(
  tx: Tx,
  today: Day,
): Promise<People & { readonly damage: LedgerDamage | null }> {
  try {
    const list = await staffListOf(tx);
    return {
      staff: rowsIn(list).map((row) => ({ ...row, ...presenceOf(list, row.person, today) })),
      same: samePersonIn(list),
      damage: null,
    };
  } catch (error) {
    // A desk whose staff stream was damaged must still answer, so that it can be audited.
    if (!(error instanceof LedgerDamage || error instanceof NewerEntry)) throw error;
    return {
      staff: (await tx.staff()).map((row) => ({ ...row, names: [], away: null })),
      same: () => {
        throw error;
      },
      damage: error instanceof LedgerDamage ? error : null,
    };
  }
}

export const holderOf = <Row extends StaffRow>(staff: readonly Row[], account: string): Row | null =>
  staff.find(({ accounts }) => accounts.includes(account)) ?? null;

/** Whose account this is now, on the list or no more; null: nobody's. Throws LedgerDamage where the list cannot be believed. */
export async function memberOf(tx: Tx, account: string): Promise<StaffRow | null> {
  return holderOf(rowsIn(await staffListOf(tx)), account);
}

/** The rows of the list; a name somebody had before is nobody's: it keeps one without accounts, and is given to nobody else. */
export const rowsOfMember = (member: StaffMember): readonly StaffRow[] => [
  ...member.names.map((person) => ({ person, roles: [], accounts: [], trainedUntil: null, active: false })),
  staffRowOf(member),
];

export const staffRowOf = ({ person, roles, accounts, trainedUntil, active }: StaffMember): StaffRow => ({
  person,
  roles,
  accounts,
  trainedUntil,
  active,
});

const rowsIn = (list: StaffList): readonly StaffRow[] =>
  [...list.members.values()].flatMap(rowsOfMember).sort((one, other) => (one.person < other.person ? -1 : 1));

async function staffListOf(tx: Tx): Promise<StaffList> {
  const entries = await tx.entries(STREAMS.staff, { lock: false });
  return entries.map((entry) => fromEntry(events, entry)).reduce(applyStaffEvent, NO_STAFF);
}

function presenceOf(list: StaffList, person: Person, today: Day): Pick<PresentStaff, 'names' | 'away'> {
  const member = list.members.get(person);
  const away = member?.away ?? null;
  return { names: member?.names ?? [], away: away !== null && away.until >= today ? away : null };
}
