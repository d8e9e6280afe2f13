/** Keeping a disclosure from its customer for a time, and what stands behind it from most of the staff (domain.md, "By law and in secret"). Must not know: storage. */
import type { Day, Person } from '../../vocabulary/values.js';
import { amongThem } from '../people.js';
import type { Reader } from '../requests/reading.js';

/** Kept from what the customer may see, until that day. */
export const isWithheld = (withhold: Day | null, today: Day): boolean =>
  withhold !== null && today < withhold;

/** Whether this reader sees who demands it, under which law, and who gets it: who decides, who audits, who asked. */
export const readsWithheld = (askers: readonly (Person | null)[], { person, roles, same }: Reader): boolean =>
  roles.some((role) => role === 'officer' || role === 'deputy' || role === 'auditor') ||
  amongThem(same, askers, person);
