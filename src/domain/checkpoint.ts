/**
 * Checkpoints. Those made now are signed notes of the log (domain/log); those made before there was one are a Merkle root over
 * every stream head, chained to the one before and signed, and are only verified any more. Either stands in the officer's
 * digest, so the chat's own history contradicts a cut tail, a deleted stream or a rewritten chain.
 * Must not know: where heads are kept, how a signature is made.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LedgerFlaw } from './ledger.js';

export type Head = { readonly stream: string; readonly seq: number; readonly hash: string };

const head = z.strictObject({ stream: z.string(), seq: z.number().int(), hash: z.string() });

/** Before there was a log. */
const headsCheckpoint = z.strictObject({
  type: z.literal('checkpoint_made'),
  number: z.number().int(),
  day: z.string(),
  /** Merkle root over all heads at that moment, hex. */
  root: z.string(),
  /** Root of the checkpoint before; the empty string for the first. */
  previous: z.string(),
  streams: z.number().int(),
  /** Heads that moved since the checkpoint before; with those of earlier ones they give all heads. */
  moved: z.array(head),
  /** Ed25519 over `signedText`, base64. */
  signature: z.string(),
});
/** Of the log: the note says origin, size and root. */
const logCheckpoint = z.strictObject({
  type: z.literal('checkpoint_signed'),
  /** From 1, those before the log counted. */
  number: z.number().int(),
  day: z.string(),
  /** Streams that have entries in the log. */
  streams: z.number().int(),
  /** Leaves, this day's own the last of them. */
  size: z.number().int(),
  /** The signed note, as the officer's digest carries it. */
  note: z.string(),
});

export const checkpointEvent = z.discriminatedUnion('type', [headsCheckpoint, logCheckpoint]);
export type Checkpoint = z.infer<typeof headsCheckpoint>;
export type LogCheckpoint = z.infer<typeof logCheckpoint>;
export type AnyCheckpoint = z.infer<typeof checkpointEvent>;

export const ofHeads = (point: AnyCheckpoint): point is Checkpoint => point.type === 'checkpoint_made';
export const ofLog = (point: AnyCheckpoint): point is LogCheckpoint => point.type === 'checkpoint_signed';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

const inOrder = (heads: readonly Head[]): readonly Head[] =>
  [...heads].sort((one, other) => (one.stream < other.stream ? -1 : 1));
const leafOf = ({ stream, seq, hash }: Head): string => sha(`0|${stream}|${seq}|${hash}`);

/** Each two neighbours make one; the last of an odd number goes up as it is. */
function levelAbove(level: readonly string[]): readonly string[] {
  const next: string[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const left = level[at] ?? '';
    const right = level[at + 1];
    next.push(right === undefined ? left : sha(`1|${left}|${right}`));
  }
  return next;
}

/** Merkle root (SHA-256, hex) over heads in stream order; leaves and nodes are prefixed apart (RFC 6962). */
export function merkleRoot(heads: readonly Head[]): string {
  let level: readonly string[] = inOrder(heads).map(leafOf);
  if (level.length === 0) return sha('0|');
  while (level.length > 1) level = levelAbove(level);
  return level[0] ?? '';
}

/** The neighbour to hash with at one level, and on which side it stands. */
export type PathStep = { readonly side: 'left' | 'right'; readonly hash: string };

/** From a stream's leaf up to the root; empty when it is the only one. */
function merklePath(heads: readonly Head[], stream: string): readonly PathStep[] {
  const ordered = inOrder(heads);
  let level: readonly string[] = ordered.map(leafOf);
  let at = ordered.findIndex((each) => each.stream === stream);
  const path: PathStep[] = [];
  while (level.length > 1) {
    const side = at % 2 === 0 ? 'right' : 'left';
    const neighbour = level[side === 'right' ? at + 1 : at - 1];
    if (neighbour !== undefined) path.push({ side, hash: neighbour });
    level = levelAbove(level);
    at = Math.floor(at / 2);
  }
  return path;
}

/** What is signed: everything that identifies the checkpoint. */
export const signedText = (
  point: Pick<Checkpoint, 'number' | 'day' | 'root' | 'previous' | 'streams'>,
): string => `ombud-checkpoint|${point.number}|${point.day}|${point.streams}|${point.root}|${point.previous}`;

/** The next checkpoint over these heads, or null when there is nothing to cover. */
export function makeCheckpoint(
  day: string,
  heads: readonly Head[],
  earlier: readonly Checkpoint[],
  sign: (text: string) => string,
): Checkpoint {
  const covered = headsOf(earlier);
  const previous = earlier.at(-1);
  const draft = {
    number: (previous?.number ?? 0) + 1,
    day,
    root: merkleRoot(heads),
    previous: previous?.root ?? '',
    streams: heads.length,
  };
  const moved = heads.filter(({ stream, hash }) => covered.get(stream)?.hash !== hash);
  return { type: 'checkpoint_made', ...draft, moved: [...moved], signature: sign(signedText(draft)) };
}

/** All heads as of the last of these checkpoints. */
function headsOf(points: readonly Checkpoint[]): Map<string, Head> {
  return new Map(points.flatMap((point) => point.moved.map((each) => [each.stream, each] as const)));
}

/** A checkpoint that covers a stream, with the way from that stream's head to its signed root. */
export type Witness = {
  readonly checkpoint: Checkpoint;
  readonly saw: Head;
  readonly path: readonly PathStep[];
};

/** Every checkpoint that saw a new head of the stream, and the last one, which covers it too. */
export function witnessesOf(points: readonly Checkpoint[], stream: string): readonly Witness[] {
  const heads = new Map<string, Head>();
  return points.flatMap((checkpoint): readonly Witness[] => {
    for (const moved of checkpoint.moved) heads.set(moved.stream, moved);
    const saw = heads.get(stream);
    const tells = checkpoint === points.at(-1) || checkpoint.moved.some((each) => each.stream === stream);
    return saw === undefined || !tells
      ? []
      : [{ checkpoint, saw, path: merklePath([...heads.values()], stream) }];
  });
}

export type CheckpointFault = {
  readonly number: number;
  readonly stream: string;
  readonly seq: number;
  readonly flaw: LedgerFlaw;
};

/**
 * Verifies checkpoints one at a time, in their order: signature, chain, root, and that each head named is still the entry of
 * that number in its stream. `hashAt` gives the hash of an entry, or null when there is none. With `about`, only what tells of that stream: the root is computed anew
 * where the stream moved and at the last one, since each entry vouches for those before it; its stream null: everything is
 * compared, and the root computed once, at the last one.
 */
export function checkpointCheck(
  verify: (text: string, signature: string) => boolean,
  hashAt: (stream: string, seq: number) => string | null,
  about: { readonly stream: string | null; readonly last: Checkpoint | undefined } | null = null,
): (point: Checkpoint) => CheckpointFault | null {
  const heads = new Map<string, Head>();
  let previous = '';
  let index = 0;
  return (point) => {
    index += 1;
    const fault = (flaw: LedgerFlaw, stream = 'checkpoints', seq = index): CheckpointFault => ({
      number: point.number,
      stream,
      seq,
      flaw,
    });
    const checkpoint = point.number;
    if (point.previous !== previous) return fault({ what: 'not-chained' });
    if (!verify(signedText(point), point.signature)) return fault({ what: 'not-signed' });
    for (const moved of point.moved) heads.set(moved.stream, moved);
    const stream = about?.stream ?? null;
    const own = stream === null ? point.moved : point.moved.filter((moved) => moved.stream === stream);
    const tells = about === null || (stream !== null && own.length > 0) || point === about.last;
    if (tells && merkleRoot([...heads.values()]) !== point.root) return fault({ what: 'other-root' });
    for (const { stream: of, seq, hash } of own) {
      const found = hashAt(of, seq);
      if (found === null) return fault({ what: 'seen-and-gone', checkpoint }, of, seq);
      if (found !== hash) return fault({ what: 'seen-otherwise', checkpoint }, of, seq);
    }
    previous = point.root;
    return null;
  };
}
