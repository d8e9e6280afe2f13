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

export async function peopleOf(tx: Tx, today: Day): Promise<People> {
  const rows = await tx.staff();
  try {
    const list = await staffListOf(tx);
    return {
      staff: rows.map((row) => ({ ...row, ...presenceOf(list, row.person, today) })),
      same: samePersonIn(list),
    };
  } catch (error) {
    // A desk whose staff stream was damaged must still answer, so that it can be audited.
    if (!(error instanceof LedgerDamage || error instanceof NewerEntry)) throw error;
    return {
      staff: rows.map((row) => ({ ...row, names: [], away: null })),
      same: () => {
        throw error;
      },
    };
  }
}

async function staffListOf(tx: Tx): Promise<StaffList> {
  const entries = await tx.entries(STREAMS.staff, { lock: false });
  return entries.map((entry) => fromEntry(events, entry)).reduce(applyStaffEvent, NO_STAFF);
}

function presenceOf(list: StaffList, person: Person, today: Day): Pick<PresentStaff, 'names' | 'away'> {
  const member = list.members.get(person);
  const away = member?.away ?? null;
  return { names: member?.names ?? [], away: away !== null && away.until >= today ? away : null };
}
