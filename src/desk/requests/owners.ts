/**
 * What becomes of a person's cases when the staff list changes: whoever left owns none, whoever is renamed owns them still.
 * Must not know: who changed the list.
 */
import type { RequestEvent } from '../../domain/requests/events.js';
import type { StaffEvent, StaffList } from '../../domain/staff-events.js';
import type { Consequence, Reaction, Recorder } from '../../record/kind.js';
import { load } from '../../record/load.js';
import type { Person } from '../../vocabulary/values.js';
import { requests } from './kind.js';

export const onStaffChanged: Reaction<StaffList, StaffEvent> = {
  to: 'staff',
  consequences: async (recorder, { after, stamped }) => {
    const found: Consequence[] = [];
    for (const { event } of stamped) {
      if (event.type === 'staff_removed' && after.members.get(event.person)?.active !== true)
        found.push(...(await ofOwner(recorder, event.person, { type: 'owner_left', person: event.person })));
      if (event.type === 'staff_renamed') {
        const renamed: RequestEvent = { type: 'owner_renamed', from: event.person, to: event.name };
        found.push(...(await ofOwner(recorder, event.person, renamed)));
      }
    }
    return found;
  },
};

/** Of every open case: a closed one keeps the name its owner had. */
async function ofOwner(
  { tx }: Recorder,
  owner: Person,
  event: RequestEvent,
): Promise<readonly Consequence[]> {
  const found: Consequence[] = [];
  for (const { ref } of await tx.requests({ open: true, owner })) {
    const on = await load(tx, requests, ref, { lock: true });
    if (on !== null) found.push({ kind: requests, on, events: [event], posts: [] });
  }
  return found;
}
