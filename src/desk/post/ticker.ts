/**
 * `tick(now)`: what is due → commit → drain. Reminders and escalations from rows, digests and the checkpoint from civil
 * dates; all made unique by keys, so a second tick, a second instance or a restart adds nothing (domain.md rule 8).
 * Must not know: timers (main.ts has the metronome), any platform.
 */
import type { Logger } from 'pino';
import { addDays, civilDay, compareInstants, daysBetween, localTime } from '../../policy/calendar.js';
import { escalationsReached, remindersDue } from '../../policy/reminders.js';
import type { Pack } from '../../policy/schema.js';
import { addCheckpoint } from '../../record/checkpoints.js';
import { STREAMS, TICKER, toEntry } from '../../record/entry.js';
import type { ChannelRow } from '../../record/rows.js';
import { type Store, StoreProblem, type Tx } from '../../record/store.js';
import type { Day, Instant } from '../../vocabulary/values.js';
import { tickDisclosures } from '../disclosures/tick.js';
import type { ActivePack, Services } from '../front/plan.js';
import { loadCase, record } from '../requests/on-request.js';
import { channelPosts } from '../tell/addresses.js';

export type Ticker = {
  /** Commits everything due at `now`; posting is the outbox's. */
  readonly tick: (now: Instant) => Promise<void>;
  /** The next instant after `now` at which a tick would have something to do; null when nothing is pending. */
  readonly nextDue: (now: Instant) => Promise<Instant | null>;
};

const BATCH = 100;

export function createTicker(deps: {
  readonly store: Store;
  readonly active: ActivePack;
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
  readonly signing: Services['signing'];
  readonly log: Logger;
}): Ticker {
  const { store, active, packOf } = deps;
  const { zone, digest } = active.pack;

  async function remindAll(now: Instant): Promise<void> {
    for (;;) {
      const due = await store.transact((tx) => tx.dueRequests(now, BATCH));
      let moved = 0;
      for (const { ref } of due) if (await attempt(ref, now)) moved += 1;
      // Without progress the same rows would come again: their next tick is the next minute's.
      if (due.length < BATCH || moved === 0) return;
    }
  }

  /** A case that cannot be read holds nobody else's reminder up; the log names it, and the audit says why. */
  async function attempt(ref: string, now: Instant): Promise<boolean> {
    try {
      return await store.transact((tx) => remind(tx, ref, now));
    } catch (error) {
      if (error instanceof StoreProblem) throw error;
      deps.log.error({ err: error, ref }, 'this case could not be reminded of');
      return false;
    }
  }

  /** One case in one transaction: the reminder is on the ledger and in the outbox together. */
  async function remind(tx: Tx, ref: string, now: Instant): Promise<boolean> {
    const loaded = await loadCase({ tx, packOf: (hash) => packOf(tx, hash) }, ref);
    if (loaded === null) return false;
    const { request, pack } = loaded;
    const { dates, type, loggedAt, lastRemindedAt, snoozedUntil } = request;
    const kinds = remindersDue(pack, { due: dates.due, type, loggedAt, lastRemindedAt, snoozedUntil }, now);
    if (kinds.length === 0) return false;
    const pinged = escalationsReached(pack, kinds).filter(
      (role) => !request.escalated.includes(`${role}:${dates.due}`),
    );
    const recorder = {
      tx,
      now,
      actor: TICKER,
      channels: await tx.channels(),
      staff: await tx.staff(),
      packOf: (hash: string) => packOf(tx, hash),
    };
    await record(recorder, { request, ref, subjectId: request.subjectId, pack }, [
      {
        type: 'reminded',
        kinds: [...kinds],
        daysLeft: daysBetween(civilDay(now, pack.zone), dates.due),
        pinged: [...pinged],
      },
    ]);
    return true;
  }

  /** One digest a channel and local day, from the digest's hour to the end of that day. */
  async function digests(now: Instant): Promise<void> {
    const day = civilDay(now, zone);
    if (compareInstants(localTime(day, digest.at, zone), now) > 0) return;
    await store.transact(async (tx) => {
      const channels = await tx.channels();
      for (const channel of channels.filter(wantsDigest)) await postDigest(tx, channel, day, now);
    });
  }

  async function postDigest(tx: Tx, channel: ChannelRow, day: Day, now: Instant): Promise<void> {
    const officer = channel.uses.includes('officer');
    const key = digestKey(channel, day);
    const seq = await tx.headSeq(STREAMS.digests, { lock: true });
    if (await tx.hasPost(`${key}@${channel.surface}:${channel.channel}`)) return;
    const checkpoint = officer ? await addCheckpoint(tx, day, now, deps.signing) : null;
    const { surface, channel: name } = channel;
    await tx.append(
      STREAMS.digests,
      seq,
      [
        toEntry(
          { type: 'digest_posted', surface, channel: name, day, checkpoint } as { type: string },
          now,
          TICKER,
        ),
      ],
      null,
    );
    const use = officer ? 'officer' : 'digest';
    for (const post of channelPosts({ kind: 'digest', day, channel: name, officer }, key, [channel], use))
      await tx.enqueue(post, now);
  }

  return {
    tick: async (now) => {
      await remindAll(now);
      await tickDisclosures(deps, now);
      await digests(now);
    },
    nextDue: (now) =>
      store.transact(async (tx) => {
        const reminder = await tx.earliestDue();
        const channels = (await tx.channels()).filter(wantsDigest);
        const digestAt = channels.length === 0 ? null : nextDigest(now);
        const moments = [reminder, await tx.earliestDisclosureDue(), digestAt].filter((at) => at !== null);
        return moments.sort(compareInstants)[0] ?? null;
      }),
  };

  function nextDigest(now: Instant): Instant {
    const today = civilDay(now, zone);
    const at = localTime(today, digest.at, zone);
    return compareInstants(at, now) > 0 ? at : localTime(addDays(today, 1), digest.at, zone);
  }
}

const wantsDigest = (channel: ChannelRow): boolean =>
  channel.uses.includes('digest') || channel.uses.includes('officer');

const digestKey = ({ channel }: ChannelRow, day: Day): string => `digest:${channel}:${day}`;
