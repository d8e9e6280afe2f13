/**
 * The desk audits itself: before a checkpoint is signed, at start, and when a post is not its own. What it finds is on record
 * once, and told. Must not know: when it is asked, any surface.
 */
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { LedgerFault } from '../../domain/ledger.js';
import type { Damage, ForeignRow } from '../../domain/tampering.js';
import { faultWords } from '../../language/en/ledger.js';
import { damageWords, foreignWords, lostWords } from '../../language/en/tampering.js';
import { civilDay } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { damageOf, foreignRows } from '../../record/audit-beside.js';
import { movedFaults } from '../../record/audit-moved.js';
import { STREAMS, TICKER } from '../../record/entry.js';
import type { Kinds, Page, Recorder } from '../../record/kind.js';
import { NO_STATE } from '../../record/kind.js';
import { peopleOf } from '../../record/people.js';
import { record } from '../../record/record.js';
import { LedgerDamage, type Store, type Tx } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';
import { audits } from './audits.js';

export type SelfCheck = {
  /**
   * Looks through what moved since the last checkpoint, the rows beside the ledger and the database below. True: all is as the
   * desk wrote it. What is not is recorded and told, once as long as it stays the same.
   */
  readonly run: (now: Instant) => Promise<boolean>;
  /** The quick part alone: whether the database below is as it was made. */
  readonly below: (now: Instant) => Promise<boolean>;
  /** At start: what a restored copy lost and somebody accepted is recorded and told. */
  readonly opened: (now: Instant) => Promise<void>;
};

/** So many findings are named; the rest is counted. */
const NAMED = 10;

export function createSelfCheck(deps: {
  readonly store: Store;
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
  readonly zone: string;
  readonly kinds: Kinds;
  readonly log: Logger;
}): SelfCheck {
  const { store, packOf, zone, kinds, log } = deps;
  const page: Page = (work) => store.transact((tx) => work({ tx, packOf: (hash) => packOf(tx, hash) }));

  async function findings(): Promise<readonly string[]> {
    const faults: readonly LedgerFault[] = await movedFaults(page);
    const rows: readonly ForeignRow[] = await foreignRows(page);
    const damage: readonly Damage[] = await damageOf(page, 'quick');
    return [...faults.map(faultWords), ...rows.map(foreignWords), ...damage.map(damageWords)];
  }

  async function tell(
    now: Instant,
    type: 'self_check_failed' | 'restored_accepted',
    all: readonly string[],
  ): Promise<void> {
    const more = all.length - NAMED;
    const says = [...all.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])];
    const digest = createHash('sha256').update(JSON.stringify(all)).digest('hex');
    await store.transact(async (tx) => {
      const version = await tx.headSeq(STREAMS.audits, { lock: true });
      if (type === 'self_check_failed' && (await lastTold(tx, version)) === digest) return;
      const recorder: Recorder = {
        tx,
        now,
        actor: TICKER,
        channels: await tx.channels(),
        ...(await peopleOf(tx, civilDay(now, zone))),
        packOf: (hash) => packOf(tx, hash),
        kinds,
      };
      await record(recorder, audits, { stream: STREAMS.audits, state: NO_STATE, version }, [
        { type, says, digest },
      ]);
    });
  }

  const judged = async (now: Instant, found: readonly string[]): Promise<boolean> => {
    if (found.length === 0) return true;
    log.error({ found: found.length, first: found[0] }, 'the record is not as the desk wrote it');
    await tell(now, 'self_check_failed', found).catch((error: unknown) => {
      // Where even this stream is not the desk's any more, the log and `/desk audit` say it.
      if (!(error instanceof LedgerDamage)) throw error;
      log.error({ err: error }, 'what was found cannot be recorded');
    });
    return false;
  };

  return {
    run: async (now) => judged(now, await findings()),
    below: async (now) => judged(now, (await damageOf(page, 'quick')).map(damageWords)),
    opened: async (now) => {
      if (store.restored.length === 0) return;
      log.warn({ streams: store.restored.length }, 'an older copy of the database was accepted');
      await tell(now, 'restored_accepted', store.restored.map(lostWords));
      await store.acceptRestored();
    },
  };
}

/** What was told last, by its digest: told again only when something else is found. */
async function lastTold(tx: Tx, version: number): Promise<string | null> {
  const [raw] = await tx.rawEntries({ after: { stream: STREAMS.audits, seq: version - 1 }, take: 1 });
  if (raw?.stream !== STREAMS.audits || raw.type !== 'self_check_failed') return null;
  const { digest } = raw.body as { readonly digest?: string };
  return digest ?? null;
}
