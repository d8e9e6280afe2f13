/**
 * The day's digests, and the checkpoint the officer's carries: what has moved is verified before anything is signed.
 * Must not know: what a digest says, when a tick comes.
 */
import type { Logger } from 'pino';
import { civilDay, compareInstants, localTime } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { addCheckpoint, type DaysCheckpoint, type Signing } from '../../record/checkpoints.js';
import { STREAMS } from '../../record/entry.js';
import { NO_STATE, type Page, type Recorder } from '../../record/kind.js';
import { type Survey, surveyMoved } from '../../record/log/moved.js';
import type { Witnessed } from '../../record/log/witness.js';
import { record } from '../../record/record.js';
import type { ChannelRow } from '../../record/rows.js';
import type { Store, Tx } from '../../record/store.js';
import type { Day, Instant } from '../../vocabulary/values.js';
import type { ActivePack } from '../front/plan.js';
import { digestKey, digests, isOfficers } from './digests.js';

/** Commits the digests due by `now` on its civil day that were not posted yet. */
export function createDigests(deps: {
  readonly store: Store;
  readonly active: ActivePack;
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
  readonly signing: Signing;
  /** Looks the record over before anything is signed; false: it is not sound, which is told elsewhere. */
  readonly selfCheck: (now: Instant) => Promise<boolean>;
  readonly recorderOf: (tx: Tx, now: Instant) => Promise<Recorder>;
  readonly log: Logger;
}): (now: Instant) => Promise<void> {
  const { store, packOf, recorderOf } = deps;
  const { zone, digest } = deps.active.pack;

  /** One digest a channel and local day, from the digest's hour to the end of that day. */
  async function postDigests(now: Instant): Promise<void> {
    const day = civilDay(now, zone);
    if (compareInstants(localTime(day, digest.at, zone), now) > 0) return;
    if (!(await isWanted(day))) return;
    const sound = await deps.selfCheck(now);
    const survey = await surveyFor(day);
    const kept = await store.transact(async (tx) => {
      const recorder = await recorderOf(tx, now);
      let signed: Witnessed | null = null;
      for (const channel of recorder.channels.filter(wantsDigest))
        signed = (await postDigest(recorder, channel, day, { survey, sound })) ?? signed;
      return signed;
    });
    if (kept !== null) await keepOutside(kept);
  }

  const isWanted = (day: Day): Promise<boolean> =>
    store.transact(async (tx) => {
      for (const channel of (await tx.channels()).filter(wantsDigest))
        if (!(await wasPosted(tx, channel, day))) return true;
      return false;
    });

  /** The first entry that is broken is named rather than that something is. */
  async function daysCheckpoint(
    recorder: Recorder,
    day: Day,
    { survey, sound }: { readonly survey: Survey; readonly sound: boolean },
  ): Promise<DaysCheckpoint> {
    if (sound || survey.fault !== null) return addCheckpoint(recorder, day, deps.signing, survey);
    return { kind: 'not-signed', why: { what: 'not-sound' } };
  }

  /** What has moved, verified before a checkpoint is made of it; null: no officer's digest is due. */
  async function surveyFor(day: Day): Promise<Survey | null> {
    const due = await store.transact(async (tx) => {
      for (const channel of (await tx.channels()).filter(isOfficers))
        if (!(await wasPosted(tx, channel, day))) return true;
      return false;
    });
    return due ? surveyMoved(pageOf(store, packOf)) : null;
  }

  /** The note stands in the database and goes to the chat whatever becomes of this copy. */
  async function keepOutside(signed: Witnessed): Promise<void> {
    try {
      await deps.signing.log.witness.keep(signed);
    } catch (error) {
      deps.log.error({ err: error }, 'the last checkpoint could not be kept beside the database');
    }
  }

  /** Returns what is to be kept outside the database once this is committed. */
  async function postDigest(
    recorder: Recorder,
    row: ChannelRow,
    day: Day,
    { survey, sound }: { readonly survey: Survey | null; readonly sound: boolean },
  ): Promise<Witnessed | null> {
    const { tx } = recorder;
    const { surface, channel } = row;
    const version = await tx.headSeq(STREAMS.digests, { lock: true });
    if (await wasPosted(tx, row, day)) return null;
    // A channel that became the officer's after the survey has its digest at the next tick.
    if (isOfficers(row) && survey === null) return null;
    const made =
      isOfficers(row) && survey !== null ? await daysCheckpoint(recorder, day, { survey, sound }) : null;
    const checkpoint = made?.kind === 'signed' ? made.number : null;
    const notSigned = made?.kind === 'not-signed' ? made.why : null;
    await record(recorder, digests, { stream: STREAMS.digests, state: NO_STATE, version }, [
      { type: 'digest_posted', surface, channel, day, checkpoint, notSigned },
    ]);
    return made?.kind === 'signed' ? made.keep : null;
  }

  return postDigests;
}

const wasPosted = (tx: Tx, { surface, channel }: ChannelRow, day: Day): Promise<boolean> =>
  tx.hasPost(`${digestKey(channel, day)}@${surface}:${channel}`);

const pageOf =
  (store: Store, packOf: (tx: Tx, hash: string) => Promise<Pack>): Page =>
  (work) =>
    store.transact((tx) => work({ tx, packOf: (hash) => packOf(tx, hash) }));

export const wantsDigest = (channel: ChannelRow): boolean =>
  channel.uses.includes('digest') || isOfficers(channel);
