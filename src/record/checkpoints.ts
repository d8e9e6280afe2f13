/**
 * Making the day's checkpoint and reading the last one. Must not know: how a digest shows it.
 */

import { type Checkpoint, checkpointEvent, makeCheckpoint } from '../domain/checkpoint.js';
import type { Instant } from '../vocabulary/values.js';
import { fromEntry, STREAMS, TICKER, toEntry } from './entry.js';
import type { OpenEntry, Tx } from './store.js';

/** The checkpoint's signature: Ed25519, base64; the public key is SPKI DER, base64. */
export type Signing = {
  readonly sign: (text: string) => string;
  readonly verify: (text: string, signature: string) => boolean;
  readonly publicKey: string;
};

export const checkpointsOf = (entries: readonly OpenEntry[]): readonly Checkpoint[] =>
  entries.map((entry) => fromEntry(checkpointEvent, entry));

export async function latestCheckpoint(tx: Tx): Promise<Checkpoint | null> {
  const entries = await tx.entries(STREAMS.checkpoints, { lock: false });
  const last = entries.at(-1);
  return last === undefined ? null : fromEntry(checkpointEvent, last);
}

/** One checkpoint a day: nothing happens when this day has one. Returns the day's number. */
export async function addCheckpoint(tx: Tx, day: string, now: Instant, signing: Signing): Promise<number> {
  const entries = await tx.entries(STREAMS.checkpoints, { lock: true });
  const points = checkpointsOf(entries);
  const made = points.find((point) => point.day === day);
  if (made !== undefined) return made.number;
  const heads = (await tx.heads()).filter(({ stream }) => stream !== STREAMS.checkpoints);
  const point = makeCheckpoint(day, heads, points, signing.sign);
  await tx.append(STREAMS.checkpoints, entries.length, [toEntry(point, now, TICKER)], null);
  return point.number;
}
