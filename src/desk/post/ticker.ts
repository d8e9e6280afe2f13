/**
 * `tick(now)`: what is due → commit → drain. Streams with a clock from their rows, digests and the checkpoint from civil
 * dates; all made unique by keys, so a second tick, a second instance or a restart adds nothing (domain.md rule 8).
 * Must not know: timers (app/metronome.ts), any one kind of stream, any platform.
 */
import type { Logger } from 'pino';
import { addDays, civilDay, compareInstants, localTime } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { TICKER } from '../../record/entry.js';
import type { AnyKind, Kinds, Recorder } from '../../record/kind.js';
import { load } from '../../record/load.js';
import { peopleOf } from '../../record/people.js';
import { record } from '../../record/record.js';
import { type Store, StoreProblem, type Tx } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';
import type { InClock } from '../forgetting/forget.js';
import type { ActivePack, Outside } from '../front/plan.js';
import { createDigests, wantsDigest } from './daily.js';
import { lookBack } from './put-back.js';

export type Ticker = {
  /** Commits everything due at `now`; posting is the outbox's. */
  readonly tick: (now: Instant) => Promise<void>;
  /** The next instant after `now` at which a tick would have something to do; null when nothing is pending. */
  readonly nextDue: (now: Instant) => Promise<Instant | null>;
};

/** So many streams in one transaction: a commit waits for the disk, and all of them wait for one. */
const BATCH = 50;

type Deps = {
  readonly store: Store;
  readonly active: ActivePack;
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
  readonly signing: Outside['signing'];
  readonly kinds: Kinds;
  /** What is posted once a month, where it was not yet. */
  readonly monthly: (now: Instant) => Promise<void>;
  /** Whether the record is as the desk wrote it: nothing else is signed. */
  readonly selfCheck: (now: Instant) => Promise<boolean>;
  /** What is forgotten once a day. */
  readonly forgetting: (run: InClock, now: Instant, failed: (error: unknown) => void) => Promise<void>;
  readonly log: Logger;
};

/** What cannot be read or counted holds nothing else up; the log names it, and the audit says why. */
const failedOn =
  (log: Logger, what: string) =>
  (error: unknown): void => {
    if (error instanceof StoreProblem) throw error;
    log.error({ err: error }, what);
  };

const forgetIn = (
  { store, forgetting, log }: Deps,
  recorderOf: (tx: Tx, now: Instant) => Promise<Recorder>,
  now: Instant,
): Promise<void> =>
  forgetting(
    (work) => store.transact(async (tx) => work(await recorderOf(tx, now))),
    now,
    failedOn(log, 'a customer could not be looked at'),
  );

export function createTicker(deps: Deps): Ticker {
  const { store, active, packOf, kinds } = deps;
  const { zone } = active.pack;

  async function tickAll(kind: AnyKind, now: Instant): Promise<void> {
    const { clock } = kind;
    if (clock === null) return;
    for (;;) {
      const due = await store.transact((tx) => clock.due(tx, now, BATCH));
      const moved = await together(kind, due, now);
      // Without progress the same rows would come again: their next tick is the next minute's.
      if (due.length < BATCH || moved === 0) return;
    }
  }

  /** All in one transaction; where one of them cannot be read, each in its own. How many moved. */
  async function together(kind: AnyKind, due: readonly string[], now: Instant): Promise<number> {
    try {
      return await store.transact(async (tx) => {
        let moved = 0;
        for (const stream of due) if (await tickOne(tx, kind, stream, now)) moved += 1;
        return moved;
      });
    } catch (error) {
      if (error instanceof StoreProblem) throw error;
      let moved = 0;
      for (const stream of due) if (await attempt(kind, stream, now)) moved += 1;
      return moved;
    }
  }

  /** A stream that cannot be read holds nobody else's up; the log names it, and the audit says why. */
  async function attempt(kind: AnyKind, stream: string, now: Instant): Promise<boolean> {
    try {
      return await store.transact((tx) => tickOne(tx, kind, stream, now));
    } catch (error) {
      if (error instanceof StoreProblem) throw error;
      deps.log.error({ err: error, ref: stream }, 'the clock of this stream could not be read');
      return false;
    }
  }

  /** What time did to one stream is on the ledger and in the outbox together. */
  async function tickOne(tx: Tx, kind: AnyKind, stream: string, now: Instant): Promise<boolean> {
    const loaded = await load(tx, kind, stream, { lock: true });
    if (loaded === null || kind.clock === null) return false;
    const recorder = await recorderOf(tx, now);
    const events = await kind.clock.tick(loaded.state, now, recorder.packOf);
    if (events.length === 0) return false;
    await record(recorder, kind, loaded, events);
    return true;
  }

  async function recorderOf(tx: Tx, now: Instant): Promise<Recorder> {
    const channels = await tx.channels();
    const people = await peopleOf(tx, civilDay(now, zone));
    return { tx, now, actor: TICKER, channels, ...people, packOf: (hash) => packOf(tx, hash), kinds };
  }

  const postDigests = createDigests({ ...deps, recorderOf });

  return {
    tick: async (now) => {
      await lookBack({ store, kinds: kinds.all, attempt }, now);
      for (const kind of kinds.all) await tickAll(kind, now);
      await postDigests(now);
      await deps.monthly(now).catch(failedOn(deps.log, 'the month’s report could not be made'));
      await forgetIn(deps, recorderOf, now);
    },
    nextDue: (now) =>
      store.transact(async (tx) => {
        const channels = (await tx.channels()).filter(wantsDigest);
        const moments = channels.length === 0 ? [] : [nextDigest(now, active.pack)];
        for (const { clock } of kinds.all) {
          const at = clock === null ? null : await clock.earliest(tx);
          if (at !== null) moments.push(at);
        }
        return moments.sort(compareInstants)[0] ?? null;
      }),
  };
}

function nextDigest(now: Instant, { zone, digest }: Pick<Pack, 'zone' | 'digest'>): Instant {
  const today = civilDay(now, zone);
  const at = localTime(today, digest.at, zone);
  return compareInstants(at, now) > 0 ? at : localTime(addDays(today, 1), digest.at, zone);
}
