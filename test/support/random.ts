/**
 * Seeded randomness for tests that print their seed: the same seed plays the same run again.
 */
export type Random = {
  /** 0 ≤ n < below, whole. */
  readonly below: (below: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
};

/** mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}

/** OMBUD_SEED plays an earlier run again. */
export function seedOfRun(): number {
  const asked = Number(process.env.OMBUD_SEED);
  return Number.isInteger(asked) && asked > 0 ? asked : Math.floor(Math.random() * 2 ** 31) + 1;
}
