/**
 * `/clock`: the desk's clock is set, and what falls due on the way is done, each at its own time (commands.md, "The
 * terminal"). Must not know: what falls due.
 */
import { Temporal } from 'temporal-polyfill';
import { type Card, card, text } from '../../chat/card.js';
import type { Instant } from '../../vocabulary/values.js';
import { type ClockMove, readClock } from './read.js';

/** The clock the desk runs on: real until it is set, then it stands still (commands.md). */
export type SettableClock = {
  readonly now: () => Instant;
  readonly set: (instant: Instant) => Promise<void>;
};

export type ClockDeps = {
  readonly clock: SettableClock;
  readonly zone: string;
  /** An instant as the desk writes it, in its zone. */
  readonly localTime: (instant: Instant) => string;
  /** Does what is due at the clock's present moment, and sends every post that waits. */
  readonly tick: () => Promise<void>;
  readonly nextDue: (now: Instant) => Promise<Instant | null>;
  /** Posts shown since the start. */
  readonly posted: () => number;
};

/** What `/clock` says; null when the text is no time that exists. */
export async function moveClock(deps: ClockDeps, said: string): Promise<Card | null> {
  const { clock, zone } = deps;
  const move = readClock(said, clock.now(), zone);
  if (move === null) return null;
  const before = deps.posted();
  await carryOut(deps, move);
  const posts = deps.posted() - before;
  const count = posts === 0 ? 'Nothing fell due.' : `${posts} post${posts === 1 ? '' : 's'} fell due.`;
  return card(`Clock: ${deps.localTime(clock.now())}`, 'neutral', [
    text(move.kind === 'show' ? zone : `${zone}. ${count}`),
  ]);
}

async function carryOut(deps: ClockDeps, move: ClockMove): Promise<void> {
  if (move.kind === 'to') {
    await deps.clock.set(move.instant);
    await deps.tick();
  } else if (move.kind === 'on') await runOn(deps, move.to);
}

/** Every due moment on the way, in order, each at its own time. */
async function runOn({ clock, tick, nextDue }: ClockDeps, to: Instant): Promise<void> {
  let last: Instant | null = null;
  for (;;) {
    const now = clock.now();
    const due = await nextDue(now);
    if (due === null || Temporal.Instant.compare(due, to) > 0) break;
    const at: Instant = Temporal.Instant.compare(due, now) > 0 ? due : now;
    // Due, and still due after its tick: nothing more happens at this moment.
    if (at === last) break;
    last = at;
    await clock.set(at);
    await tick();
  }
  await clock.set(to);
  await tick();
}
