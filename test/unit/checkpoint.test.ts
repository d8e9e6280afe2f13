/** What a cut tail, a deleted stream or a rewritten chain cannot hide from: the checkpoints (architecture.md). */
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  checkpointCheck,
  type Head,
  makeCheckpoint,
  merkleRoot,
  signedText,
  witnessesOf,
} from '../../src/domain/checkpoint.js';
import { type LedgerEntry, verifyStream } from '../../src/domain/ledger.js';
import { chainOf, headOf, relink } from './ledger-samples.js';

const keyed = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest('base64');
const sign = keyed('the desk');
const verify = (text: string, signature: string) => sign(text) === signature;

type World = ReadonlyMap<string, readonly LedgerEntry[]>;

const headsOf = (world: World): readonly Head[] =>
  [...world].flatMap(([stream, chain]) => {
    const head = headOf(chain);
    return head === null ? [] : [{ stream, ...head }];
  });

const hashIn = (world: World) => (stream: string, seq: number) => world.get(stream)?.[seq - 1]?.hash ?? null;

/** Days of work: how many entries each of four streams gains a day, a checkpoint every evening. */
const histories = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)), {
  minLength: 1,
  maxLength: 5,
});

function live(days: readonly (readonly number[])[]): { world: World; points: readonly Checkpoint[] } {
  const lengths = [0, 0, 0, 0];
  const points: Checkpoint[] = [];
  let world: World = new Map();
  for (const [day, gains] of days.entries()) {
    gains.forEach((gain, index) => {
      lengths[index] = (lengths[index] ?? 0) + gain;
    });
    world = new Map(
      lengths.flatMap((length, index) => {
        const bodies = Array.from({ length }, (_, n) => ({ n }));
        return length === 0 ? [] : [[`PR-${index}`, chainOf(`PR-${index}`, bodies)] as const];
      }),
    );
    points.push(makeCheckpoint(`2026-11-${10 + day}`, headsOf(world), points, sign));
  }
  return { world, points };
}

/** A history in which something happened, and one entry of it. */
const marked = histories
  .map(live)
  .filter(({ world }) => world.size > 0)
  .chain(({ world, points }) =>
    fc
      .constantFrom(...world.keys())
      .chain((stream) =>
        fc
          .nat({ max: (world.get(stream)?.length ?? 1) - 1 })
          .map((at) => ({ world, points, stream, at, chain: world.get(stream) ?? [] })),
      ),
  );

/** The first checkpoint's view of the stream that an entry below `at` (from 0) cannot satisfy. */
const firstWitness = (points: readonly Checkpoint[], stream: string, at: number) =>
  points.flatMap(({ moved }) => moved).find((head) => head.stream === stream && head.seq > at);

/** The first fault of a run of checkpoints. */
function verifyCheckpoints(
  points: readonly Checkpoint[],
  check: Parameters<typeof checkpointCheck>[0],
  hashAt: Parameters<typeof checkpointCheck>[1],
) {
  const next = checkpointCheck(check, hashAt);
  for (const point of points) {
    const fault = next(point);
    if (fault !== null) return fault;
  }
  return null;
}

describe('checkpoints', () => {
  it('verify, and go on verifying while the streams grow', () => {
    fc.assert(
      fc.property(histories, histories, (before, after) => {
        const { points } = live(before);
        const { world } = live([...before, ...after]);
        expect(verifyCheckpoints(points, verify, hashIn(world))).toBeNull();
      }),
    );
  });

  it('find a tail that was cut, the head rewritten with it', () => {
    fc.assert(
      fc.property(marked, ({ world, points, stream, at, chain }) => {
        const cut = new Map(world).set(stream, chain.slice(0, at));
        expect(verifyStream(stream, cut.get(stream) ?? [], headOf(chain.slice(0, at)))).toBeNull();
        expect(verifyCheckpoints(points, verify, hashIn(cut))).toMatchObject({
          stream,
          seq: firstWitness(points, stream, at)?.seq,
        });
      }),
    );
  });

  it('find a stream that was deleted with its head', () => {
    fc.assert(
      fc.property(marked, ({ world, points, stream }) => {
        const rest = new Map([...world].filter(([name]) => name !== stream));
        const fault = verifyCheckpoints(points, verify, hashIn(rest));
        expect(fault).toMatchObject({ stream, seq: firstWitness(points, stream, 0)?.seq });
        expect(fault?.flaw).toEqual({ what: 'seen-and-gone', checkpoint: expect.any(Number) });
      }),
    );
  });

  it('find a chain that was rewritten to its end, every hash fitting', () => {
    fc.assert(
      fc.property(marked, ({ world, points, stream, at, chain }) => {
        const forged = relink(chain, at, { n: 'forged' });
        expect(verifyStream(stream, forged, headOf(forged))).toBeNull();
        expect(verifyCheckpoints(points, verify, hashIn(new Map(world).set(stream, forged)))).toMatchObject({
          stream,
          seq: firstWitness(points, stream, at)?.seq,
        });
      }),
    );
  });

  it('find a checkpoint that another key made, or that was changed', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (days, pick) => {
        const { world, points } = live(days);
        const at = pick % points.length;
        const changed: readonly ((point: Checkpoint) => Checkpoint)[] = [
          (point) => ({ ...point, signature: keyed('somebody else')(signedText(point)) }),
          (point) => ({ ...point, day: '2026-12-31' }),
          (point) => ({ ...point, number: point.number + 1 }),
          (point) => ({ ...point, root: merkleRoot([]) }),
          (point) => ({
            ...point,
            moved: [...point.moved, { stream: 'PR-9', seq: 1, hash: 'f'.repeat(64) }],
          }),
        ];
        for (const change of changed) {
          const altered = points.map((point, index) => (index === at ? change(point) : point));
          if (JSON.stringify(altered) === JSON.stringify(points)) continue;
          expect(verifyCheckpoints(altered, verify, hashIn(world))).toMatchObject({
            stream: 'checkpoints',
            seq: at + 1,
          });
        }
      }),
    );
  });

  it('find a checkpoint that was taken out of the row', () => {
    const { world, points } = live([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ]);
    for (const gone of [0, 1]) {
      const rest = points.filter((_, index) => index !== gone);
      expect(verifyCheckpoints(rest, verify, hashIn(world))).toMatchObject({
        seq: gone + 1,
        flaw: { what: 'not-chained' },
      });
    }
  });

  it('name only the heads that moved since the one before', () => {
    const { points } = live([
      [2, 1, 0, 0],
      [0, 1, 0, 0],
    ]);
    expect(points.map(({ moved, streams }) => [moved.map(({ stream }) => stream), streams])).toEqual([
      [['PR-0', 'PR-1'], 2],
      [['PR-1'], 2],
    ]);
  });
});

describe('the Merkle root', () => {
  const heads = fc.uniqueArray(
    fc.record({ stream: fc.string({ minLength: 1 }), seq: fc.nat(), hash: fc.string() }),
    { selector: ({ stream }) => stream, maxLength: 12 },
  );

  it('does not depend on the order heads come in', () => {
    fc.assert(
      fc.property(heads, (all) => {
        expect(merkleRoot([...all].reverse())).toBe(merkleRoot(all));
      }),
    );
  });

  it('changes with every head', () => {
    fc.assert(
      fc.property(
        heads.filter((all) => all.length > 0),
        fc.nat(),
        (all, pick) => {
          const at = pick % all.length;
          const moved = all.map((head, index) => (index === at ? { ...head, seq: head.seq + 1 } : head));
          expect(merkleRoot(moved)).not.toBe(merkleRoot(all));
          expect(merkleRoot(all.filter((_, index) => index !== at))).not.toBe(merkleRoot(all));
        },
      ),
    );
  });
});

describe('the way from a stream to the root', () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

  it('leads there for every stream of any number, and the last checkpoint covers each', () => {
    for (let count = 1; count <= 12; count += 1) {
      const all = Array.from({ length: count }, (_, at) => ({
        stream: `s${at}`,
        seq: at + 1,
        hash: sha(`${at}`),
      }));
      const first = makeCheckpoint('2026-11-23', all.slice(0, 1), [], sign);
      const points = [first, makeCheckpoint('2026-11-24', all, [first], sign)];
      for (const { stream, seq, hash } of all) {
        const witnesses = witnessesOf(points, stream);
        expect(witnesses.at(-1)?.checkpoint.number).toBe(2);
        for (const { checkpoint, saw, path } of witnesses) {
          expect(saw).toEqual({ stream, seq, hash });
          const top = path.reduce(
            (below, step) =>
              sha(step.side === 'left' ? `1|${step.hash}|${below}` : `1|${below}|${step.hash}`),
            sha(`0|${stream}|${seq}|${hash}`),
          );
          expect(top).toBe(checkpoint.root);
        }
      }
      expect(witnessesOf(points, 'elsewhere')).toEqual([]);
    }
  });
});
