/**
 * Who may see cases, as accounts of one surface: for surfaces where a closed conversation needs its members named.
 * Must not know: any surface.
 */
import { mayDo } from '../policy/permissions.js';
import type { ActivePack } from './plan.js';
import type { Store } from './store.js';

/** `discord:8123`, one for each active staff member who may see cases and has an account there. */
export type Readers = (surface: string) => Promise<readonly string[]>;

export function createReaders({ store, active }: { store: Store; active: ActivePack }): Readers {
  return (surface) =>
    store.transact(async (tx) =>
      (await tx.staff())
        .filter((member) => member.active && mayDo(active.pack, member.roles, 'request.show'))
        .flatMap(({ accounts }) => accounts.filter((each) => each.startsWith(`${surface}:`)).slice(0, 1)),
    );
}
