/**
 * Checkpoints as a stream, making the day's, and the digests that carry them to the officer. Must not know: how a digest
 * shows one.
 */

import { setImmediate } from 'node:timers/promises';
import {
  type AnyCheckpoint,
  type Checkpoint,
  checkpointEvent,
  type LogCheckpoint,
  ofHeads,
  ofLog,
} from '../domain/checkpoint.js';
import { digestEvent, type NotSigned } from '../domain/house.js';
import { DAY_FORM, dayLeaf, entryLeaf, LEGACY_FORM, legacyLeaf } from '../domain/log/leaves.js';
import { type NoteSigner, openNoteBy, originOf, signTreeHead, verifierKey } from '../domain/log/signing.js';
import { eventsOf, STREAMS } from './entry.js';
import { type Kind, NO_STATE, type NoState, type Only, type Recorder } from './kind.js';
import { stampedOf } from './load.js';
import { type Appending, appendingTo, LogDamage } from './log/kept.js';
import type { Moved, Survey } from './log/moved.js';
import { whyNotSigned } from './log/standing.js';
import type { Witness, Witnessed } from './log/witness.js';
import { record } from './record.js';
import type { OpenEntry, Tx } from './store.js';

/** How the desk signs, and whose signatures it takes for its own. */
export type Signing = {
  /** Of checkpoints made before the log: Ed25519 over text, base64; the public key is SPKI DER, base64. */
  readonly verify: (text: string, signature: string) => boolean;
  readonly publicKey: string;
  readonly log: LogSigning;
};

export type LogSigning = {
  /** As it was set; null: that of the notes before, and of the first `ombud.invalid/…`. */
  readonly origin: string | null;
  readonly sign: (text: Uint8Array) => Uint8Array;
  /** Raw Ed25519 public keys: the one that signs, then those that signed before it. */
  readonly publicKeys: readonly [Uint8Array, ...Uint8Array[]];
  readonly witness: Witness;
};

export const checkpoints: Kind<NoState, AnyCheckpoint, never> & { readonly streams: Only<NoState> } = {
  name: 'checkpoint',
  streams: { only: STREAMS.checkpoints, empty: NO_STATE },
  events: eventsOf(checkpointEvent),
  apply: () => NO_STATE,
  table: null,
  posts: () => [],
  clock: null,
};

/** How a posted digest is written; what it causes to be posted is the desk's. */
export const digestEvents = eventsOf(digestEvent, {
  'digest_posted@1': (old) => ({ ...old, notSigned: null }),
});

/** The checkpoint of that number, which is its entry's too; null: there is none. */
export async function checkpointNumbered(tx: Tx, number: number): Promise<AnyCheckpoint | null> {
  const after = { stream: STREAMS.checkpoints, seq: number - 1 };
  const [entry] = number < 1 ? [] : await tx.rawEntries({ after, take: 1 });
  return entry?.stream !== STREAMS.checkpoints || entry.seq !== number
    ? null
    : stampedOf(checkpoints, { ...entry, personal: null }).event;
}

/** Of entries of that stream, those from before the log. */
export const checkpointsOf = (entries: readonly OpenEntry[]): readonly Checkpoint[] =>
  entries.map((entry) => stampedOf(checkpoints, entry).event).filter(ofHeads);

export async function latestCheckpoint(tx: Tx): Promise<AnyCheckpoint | null> {
  return checkpointNumbered(tx, (await tx.head(STREAMS.checkpoints))?.seq ?? 0);
}

/** The checkpoint of that civil day, the latest first; null: that day had none. */
export async function checkpointOfDay(tx: Tx, day: string): Promise<AnyCheckpoint | null> {
  let point = await latestCheckpoint(tx);
  while (point !== null && point.day > day) point = await checkpointNumbered(tx, point.number - 1);
  return point?.day === day ? point : null;
}

/** Who signs the next note: of the origin that is set, else of that of the note before. */
export function signerOf({ origin, sign, publicKeys }: LogSigning, last: AnyCheckpoint | null): NoteSigner {
  const [publicKey] = publicKeys;
  const before = last !== null && ofLog(last) ? openNoteBy(last.note, publicKeys) : null;
  const kept = before?.kind === 'opened' ? before.head.origin : originOf(publicKey);
  return { key: verifierKey(origin ?? kept, publicKey), sign };
}

export type DaysCheckpoint =
  /** `keep`: to be kept outside the database once this is committed; null: another instance has made it. */
  | { readonly kind: 'signed'; readonly number: number; readonly keep: Witnessed | null }
  | { readonly kind: 'not-signed'; readonly why: NotSigned };

/**
 * The day's checkpoint: what has moved is appended to the log, a leaf for the day behind it, and its root is signed. One a day;
 * a day that is not after the last one's has that one. `survey` was made before, outside this transaction: what was written
 * since waits for the next day. Throws StoreConflict when the log has moved meanwhile.
 */
export async function addCheckpoint(
  recorder: Recorder,
  day: string,
  { log }: Signing,
  survey: Survey,
): Promise<DaysCheckpoint> {
  const { tx } = recorder;
  const version = await tx.headSeq(STREAMS.checkpoints, { lock: true });
  const last = await latestCheckpoint(tx);
  if (last !== null && day <= last.day) return { kind: 'signed', number: last.number, keep: null };
  const why = survey.fault === null ? await whyNotSigned(tx, log, last) : brokenBy(survey.fault);
  if (why !== null) return { kind: 'not-signed', why };
  const number = (last?.number ?? 0) + 1;
  const tree = await appendingTo(tx).catch(damaged);
  if (tree === null) return { kind: 'not-signed', why: { what: 'log-damaged' } };
  if (tree.size() === 0 && last !== null && ofHeads(last)) await appendLegacy(tree, last);
  for (const moved of survey.moved) await appendMoved(tree, moved);
  const { streams } = survey;
  await tree.append([{ stream: DAY_FORM, seq: number, bytes: dayLeaf({ number, day, streams }) }]);
  const size = tree.size();
  const note = signTreeHead({ size, root: tree.root() }, [signerOf(log, last)]);
  const point: LogCheckpoint = { type: 'checkpoint_signed', number, day, streams, size, note };
  await record(recorder, checkpoints, { stream: STREAMS.checkpoints, state: NO_STATE, version }, [point]);
  return { kind: 'signed', number, keep: { number, note } };
}

function damaged(error: unknown): null {
  if (error instanceof LogDamage) return null;
  throw error;
}

const brokenBy = ({ stream, seq }: { readonly stream: string; readonly seq: number }): NotSigned => ({
  what: 'stream-broken',
  stream,
  seq,
});

const appendLegacy = (
  tree: Appending,
  { number, root }: { readonly number: number; readonly root: string },
) => tree.append([{ stream: LEGACY_FORM, seq: number, bytes: legacyLeaf({ number, root }) }]);

/** So many leaves in one go: what holds the process up stays short. */
const LEAVES_AT_ONCE = 500;

async function appendMoved(tree: Appending, { stream, from, hashes }: Moved): Promise<void> {
  for (let at = 0; at < hashes.length; at += LEAVES_AT_ONCE) {
    const leaves = hashes.slice(at, at + LEAVES_AT_ONCE).map((hash, index) => {
      const seq = from + at + index;
      return { stream, seq, bytes: entryLeaf({ stream, seq, hash }) };
    });
    await tree.append(leaves);
    await setImmediate();
  }
}
