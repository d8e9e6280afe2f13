/**
 * Slack delivers again what was not acknowledged: it is done once, and answered once. In memory: what comes again after a
 * restart the desk knows by the invocation's id. Must not know: what was delivered.
 */
import { LRUCache } from 'lru-cache';
import type { Answer } from '../../chat/form.js';

const REMEMBERED = 2_000;

export type Handled = {
  readonly answer: Promise<Answer>;
  /** The answer reached the person by a way that does not depend on the acknowledgement. */
  answered: boolean;
};

export class Redeliveries {
  private readonly seen = new LRUCache<string, Handled>({ max: REMEMBERED });

  /** What became of the delivery; `work` runs for the first one only. */
  once(id: string, work: () => Promise<Answer>): Handled {
    const before = this.seen.get(id);
    if (before !== undefined) return before;
    const handled: Handled = { answer: work(), answered: false };
    this.seen.set(id, handled);
    // What failed altogether was not done: its redelivery is the first.
    handled.answer.catch(() => this.seen.delete(id));
    return handled;
  }
}
