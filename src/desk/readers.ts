/**
 * Who may read a case or disclosure, as accounts of one surface: for surfaces where a closed conversation needs its members named.
 * Must not know: any surface.
 */

import type { Readers } from '../chat/surface.js';
import { mayRead } from '../domain/requests/reading.js';
import { civilDay } from '../policy/calendar.js';
import { load } from '../record/load.js';
import { peopleOf } from '../record/people.js';
import type { Store } from '../record/store.js';
import { accountsOn } from '../vocabulary/accounts.js';
import type { Instant } from '../vocabulary/values.js';
import { permitRefusal } from './front/permit.js';
import type { ActivePack } from './front/plan.js';
import { requests } from './requests/kind.js';

/** Active staff members who may read it (today: training ends), and everybody else who is or was on the list. */
export function createReaders(deps: {
  readonly store: Store;
  readonly active: ActivePack;
  readonly clock: () => Instant;
}): Readers {
  const { pack } = deps.active;
  return (surface, ref) => {
    const today = civilDay(deps.clock(), pack.zone);
    return deps.store.transact(async (tx) => {
      const row = await tx.request(ref);
      const request = row === null ? null : ((await load(tx, requests, ref, { lock: false }))?.state ?? null);
      const { staff, same } = await peopleOf(tx, today);
      const reads = staff
        .filter((member) => member.active && permitRefusal(pack, 'request.show', member, today) === null)
        .filter((member) => request === null || mayRead(request, { ...member, same }));
      const theirs = reads.flatMap(({ accounts }) => accountsOn(surface, accounts));
      const all = staff.flatMap(({ accounts }) => accountsOn(surface, accounts));
      return {
        may: reads.flatMap(({ accounts }) => accountsOn(surface, accounts).slice(0, 1)),
        mayNot: [...new Set(all)].filter((account) => !theirs.includes(account)),
      };
    });
  };
}
