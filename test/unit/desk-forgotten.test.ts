/** A customer forgotten: on record, and everything else still verifies. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TICKER } from '../../src/record/entry.js';
import { erasedKeys, forget } from '../../src/record/erasures.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played;
beforeEach(async () => {
  desk = await playDesk();
  await desk.clock('2026-11-23T10:00');
});
afterEach(() => desk.close());

it('stands on the ledger with whose key, for which case and why, once', async () => {
  await desk.says('/privacy log deletion C-10812 note:"asked at the counter"');
  const { store } = desk;
  const recorder = { now: '2026-11-24T02:00:00Z' as Instant, actor: TICKER };
  const because = { case: 'PR-2026-0001', why: 'erasure_fulfilled' } as const;
  const subjectId = await store.transact((tx) => tx.findSubject('C-10812'));
  if (subjectId === null) throw new Error('C-10812 is on record');
  expect(await store.transact((tx) => forget({ tx, ...recorder }, subjectId, because))).toBe(true);
  expect(await store.transact((tx) => forget({ tx, ...recorder }, subjectId, because))).toBe(false);

  const erased = await store.transact(erasedKeys);
  expect([...erased.values()]).toEqual([{ subjectId, ...because, at: recorder.now }]);
  const [raw] = await store.transact((tx) => tx.rawEntries({ after: null, take: 1 }));
  expect(raw?.stream).toBe('PR-2026-0001');
  await desk.as('lyon');
  expect((await desk.asks('/desk audit')).text).toContain('verifies');
  const shown = await desk.asks('/privacy show PR-2026-0001');
  expect(shown.text).toContain('erased');
  expect(JSON.stringify(shown)).not.toContain('counter');
});
