/**
 * Checkpoints as a stream, making the day's, and the digests that carry their numbers to the officer. Must not know: how a
 * digest shows one.
 */

import { type Checkpoint, checkpointEvent, makeCheckpoint } from '../domain/checkpoint.js';
import { digestEvent } from '../domain/house.js';
import { eventsOf, STREAMS } from './entry.js';
import type { Kind, Only, Recorder } from './kind.js';
import { loadOnly, stampedOf } from './load.js';
import { record } from './record.js';
import type { OpenEntry, Tx } from './store.js';

/** The checkpoint's signature: Ed25519, base64; the public key is SPKI DER, base64. */
export type Signing = {
  readonly sign: (text: string) => string;
  readonly verify: (text: string, signature: string) => boolean;
  readonly publicKey: string;
};

type Points = readonly Checkpoint[];

export const checkpoints: Kind<Points, Checkpoint, never> & { readonly streams: Only<Points> } = {
  name: 'checkpoint',
  streams: { only: STREAMS.checkpoints, empty: [] },
  events: eventsOf(checkpointEvent),
  apply: (points, { event }) => [...points, event],
  table: null,
  posts: () => [],
  clock: null,
};

/** How a posted digest is written; what it causes to be posted is the desk's. */
export const digestEvents = eventsOf(digestEvent);

export const checkpointsOf = (entries: readonly OpenEntry[]): Points =>
  entries.map((entry) => stampedOf(checkpoints, entry).event);

export async function latestCheckpoint(tx: Tx): Promise<Checkpoint | null> {
  return (await loadOnly(tx, checkpoints, { lock: false })).state.at(-1) ?? null;
}

export async function checkpointOfDay(tx: Tx, day: string): Promise<Checkpoint | null> {
  const { state } = await loadOnly(tx, checkpoints, { lock: false });
  return state.find((point) => point.day === day) ?? null;
}

/** One checkpoint a day: nothing happens when this day has one. Returns the day's number. */
export async function addCheckpoint(recorder: Recorder, day: string, signing: Signing): Promise<number> {
  const { tx } = recorder;
  const before = await loadOnly(tx, checkpoints, { lock: true });
  const made = before.state.find((point) => point.day === day);
  if (made !== undefined) return made.number;
  const heads = (await tx.heads())
    .filter(({ stream }) => stream !== STREAMS.checkpoints)
    .map(({ stream, seq, hash }) => ({ stream, seq, hash }));
  const point = makeCheckpoint(day, heads, before.state, signing.sign);
  await record(recorder, checkpoints, before, [point]);
  return point.number;
}
