/** An entry of a newer version of the desk is nobody's damage: whoever meets it is told to upgrade, and nothing is changed. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BareDesk, bareDesk, codeOf, wordsOf } from './desk-bare.js';

const REF = 'PR-2026-0001';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk();
  await desk.says('mei', '/privacy log deletion C-1');
  await desk.says('mei', '/privacy log deletion C-2');
  await desk.look(async (tx) => {
    const row = await tx.request(REF);
    if (row === null) throw new Error('it was logged');
    const actor = { person: null, account: 'desk:clock' as never };
    const entry = { at: desk.now(), actor, type: 'assigned@7', body: { team: 'privacy' }, personal: null };
    await tx.append(REF, row.version, [entry], row.subjectId);
  });
});
afterEach(() => desk.close());

it.each([
  ['mei', `/privacy show ${REF}`],
  ['mei', `/privacy assign ${REF}`],
  ['kim', `/desk audit ${REF}`],
  ['kim', '/desk audit'],
])('%s is told to upgrade: %s', async (who, line) => {
  const before = await desk.look((tx) => tx.heads());
  const answer = await desk.says(who, line);
  expect(codeOf(answer)).toBe('newer-version');
  expect(wordsOf(answer)).toContain(`Entry 2 of ${REF} was written by a newer version of the desk.`);
  expect(wordsOf(answer)).toContain('upgrades this desk');
  expect(wordsOf(answer)).not.toMatch(/damage|altered/);
  expect(await desk.look((tx) => tx.heads())).toEqual(before);
});

it('goes on with everything else', async () => {
  expect(codeOf(await desk.says('mei', '/privacy assign PR-2026-0002'))).toBe('answer');
  desk.clock('2026-12-23T02:00:00Z');
  await desk.desk.ticker.tick(desk.now());
  const seqs = await desk.look(async (tx) => [
    await tx.headSeq(REF, { lock: false }),
    await tx.headSeq('PR-2026-0002', { lock: false }),
  ]);
  expect(seqs).toEqual([2, 4]);
});
