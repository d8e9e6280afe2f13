/**
 * Who may see cases, as accounts of one surface: for surfaces where a closed conversation needs its members named.
 * Must not know: any surface.
 */

import type { Readers } from '../../chat/surface.js';
import { civilDay } from '../../policy/calendar.js';
import type { Store } from '../../record/store.js';
import { accountsOn } from '../../vocabulary/accounts.js';
import type { Instant } from '../../vocabulary/values.js';
import { permitRefusal } from './permit.js';
import type { ActivePack } from './plan.js';

/** One account there for each active staff member who may see cases (today: training ends) and has one. */
export function createReaders(deps: {
  readonly store: Store;
  readonly active: ActivePack;
  readonly clock: () => Instant;
}): Readers {
  const { pack } = deps.active;
  return (surface) => {
    const today = civilDay(deps.clock(), pack.zone);
    return deps.store.transact(async (tx) =>
      (await tx.staff())
        .filter((member) => member.active && permitRefusal(pack, 'request.show', member, today) === null)
        .flatMap(({ accounts }) => accountsOn(surface, accounts).slice(0, 1)),
    );
  };
}
