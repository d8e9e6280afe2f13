/**
 * What time does to disclosures: pings about undecided ones, approvals that end. Each in one transaction, so a second tick
 * or instance finds nothing left to do (domain.md rule 8). Must not know: timers, any platform.
 */
import type { Logger } from 'pino';
import { decideTick } from '../../domain/disclosures/passing.js';
import type { Pack } from '../../policy/schema.js';
import { TICKER } from '../../record/entry.js';
import { type Store, StoreProblem, type Tx } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';
import { loadDisclosure, recordDisclosure } from './on-disclosure.js';

const BATCH = 100;

type Deps = {
  readonly store: Store;
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
  readonly log: Logger;
};

export async function tickDisclosures({ store, packOf, log }: Deps, now: Instant): Promise<void> {
  for (;;) {
    const due = await store.transact((tx) => tx.dueDisclosures(now, BATCH));
    let moved = 0;
    for (const { ref } of due) if (await attempt(ref)) moved += 1;
    // Without progress the same rows would come again: their next tick is the next minute's.
    if (due.length < BATCH || moved === 0) return;
  }

  /** A disclosure that cannot be read holds nobody else's up; the log names it, and the audit says why. */
  async function attempt(ref: string): Promise<boolean> {
    try {
      return await store.transact((tx) => tickOne(tx, ref));
    } catch (error) {
      if (error instanceof StoreProblem) throw error;
      log.error({ err: error, ref }, 'the clock of this disclosure could not be read');
      return false;
    }
  }

  async function tickOne(tx: Tx, ref: string): Promise<boolean> {
    const loaded = await loadDisclosure({ tx, packOf: (hash) => packOf(tx, hash) }, ref);
    if (loaded === null) return false;
    const { disclosure, pack } = loaded;
    const events = decideTick(disclosure, pack, now);
    if (events.length === 0) return false;
    const { subjectId } = disclosure;
    const recorder = { tx, now, actor: TICKER, channels: await tx.channels() };
    await recordDisclosure(recorder, { disclosure, ref, subjectId, pack }, events);
    return true;
  }
}
