/**
 * What a tick does first: after a clock that ran ahead was put back, every live stream is looked at again, since what it posted
 * too early mutes nothing (rule 12). Must not know: any one kind.
 */
import { afterSeconds, compareInstants, keptInstant } from '../../policy/calendar.js';
import type { AnyKind } from '../../record/kind.js';
import type { Store } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';

/** The latest moment a tick has seen, to the hour: not every tick writes. */
const LATEST_TICK = 'latest-tick';
const PAGE = 50;

type Looking = {
  readonly store: Store;
  readonly kinds: readonly AnyKind[];
  readonly attempt: (kind: AnyKind, stream: string, now: Instant) => Promise<boolean>;
};

export async function lookBack(looking: Looking, now: Instant): Promise<void> {
  const { store, kinds } = looking;
  const seen = keptInstant(await store.transact((tx) => tx.setting(LATEST_TICK)));
  const putBack = seen !== null && compareInstants(now, seen) < 0;
  if (putBack) for (const kind of kinds) await lookAgain(looking, kind, now);
  if (seen === null || putBack || compareInstants(now, afterSeconds(seen, 3600)) >= 0)
    await store.transact((tx) => tx.putSetting(LATEST_TICK, now));
}

async function lookAgain({ store, attempt }: Looking, kind: AnyKind, now: Instant): Promise<void> {
  for (let after = ''; ; ) {
    const page = await store.transact(async (tx) => (await kind.clock?.live?.(tx, after, PAGE)) ?? []);
    for (const stream of page) await attempt(kind, stream, now);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last;
  }
}
