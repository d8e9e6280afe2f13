/**
 * Lets so many operations through at a time, in order of arrival. Width one is SQLite's queue: nothing may run
 * beside an open transaction, or it would fall into it. Must not know: what an operation does.
 */
export class Turnstile {
  #free: number;
  readonly #width: number;
  readonly #waiting: (() => void)[] = [];
  readonly #leaving: (() => void)[] = [];

  constructor(width: number) {
    this.#free = width;
    this.#width = width;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      // SQLite never waits, so a row of operations would hold the event loop from first to last.
      await new Promise<void>((resolve) => setImmediate(resolve));
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next !== undefined) next();
      else if (++this.#free === this.#width) for (const leave of this.#leaving.splice(0)) leave();
    }
  }

  /** Resolves once nothing is inside and nothing waits. */
  async drained(): Promise<void> {
    if (this.#free < this.#width) await new Promise<void>((resolve) => this.#leaving.push(resolve));
  }
}
