/**
 * Which posts a commit causes: what is told in a thread comes behind the card the thread hangs on.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Line, type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played;
beforeEach(async () => {
  desk = await playDesk();
});
afterEach(() => desk.close());

const inOther = (lines: readonly Line[]) =>
  lines.flatMap(({ kind, to, thread, text }) =>
    to === '#other' ? [[kind, thread, text.includes('archive')] as const] : [],
  );

/** Bound when the case has long had its card in #cases. */
async function boundLater(): Promise<void> {
  await desk.clock('2026-11-23T10:00');
  await desk.asks('/privacy log deletion C-10812 scope:email');
  await desk.store.transact((tx) =>
    tx.putChannel({ surface: 'terminal', channel: '#other', uses: ['cases'], locale: null }),
  );
}

it('a channel bound later gets the card before a note about it', async () => {
  await boundLater();
  const lines = await desk.says('/privacy note PR-2026-0001 text:"the archive was asked"');
  expect(inOther(lines)).toEqual([
    ['post', null, false],
    ['post', 'PR-2026-0001', true],
  ]);
});

it('a reminder brings the days left on the card, and the card where there is none', async () => {
  await boundLater();
  const lines = await desk.clock('2026-12-09T09:00');
  expect(inOther(lines).map(([kind, thread]) => [kind, thread])).toEqual([
    ['post', null],
    // That it is due in fourteen days, and that nobody has acknowledged it.
    ['post', 'PR-2026-0001'],
    ['post', 'PR-2026-0001'],
  ]);
  const card = lines.find(({ kind, to }) => kind === 'edit' && to === '#cases');
  expect(card?.card.facts.Due).toBe('Wed 2026-12-23 (14 days left)');
});
