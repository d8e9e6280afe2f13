import type { Answer } from '../../chat/form.js';

const REMEMBERED = 2_000;

export type Told = {
  readonly answer: Promise<Answer>;
  /** The answer reached the person by a way that does not depend on the acknowledgement. */
  surely: boolean;
};

export class Repeats {
  private readonly seen = new Map<string, Told>();

  /** The delivery's entry; `work` runs for the first one only. */
  once(id: string, work: () => Promise<Answer>): Told {
    const before = this.seen.get(id);
    if (before !== undefined) return before;
    const told: Told = { answer: work(), surely: false };
    this.seen.set(id, told);
    // What failed altogether was not done: its redelivery is the first.
    told.answer.catch(() => this.seen.delete(id));
    const [oldest] = this.seen.keys();
    if (this.seen.size > REMEMBERED && oldest !== undefined) this.seen.delete(oldest);
    return told;
  }
}
