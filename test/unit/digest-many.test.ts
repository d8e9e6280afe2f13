/** A digest over more cases than it reads: what is urgent stands in it all the same, and only what is shown is looked up. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DIGEST_SHOWN, digestFacts } from '../../src/desk/post/digest.js';
import type { Day } from '../../src/vocabulary/values.js';
import { type BareDesk, bareDesk } from './desk-bare.js';
import { defaultPack as pack } from './policy-packs.js';

const TODAY = '2026-11-23';
const MANY = 2_100;
let desk: BareDesk;

/** Row 1 to 40 are overdue, 41 to 60 due today, the rest in a year; the least urgent have the lowest numbers. */
beforeEach(async () => {
  desk = await bareDesk();
  await desk.says('mei', '/privacy log access C-10812 scope:email');
  await desk.look(async (tx) => {
    const row = await tx.request('PR-2026-0001');
    if (row === null) throw new Error('not logged');
    for (let number = 1; number <= MANY; number += 1) {
      const due = number <= 40 ? '2026-11-20' : number <= 60 ? TODAY : '2027-11-23';
      const ref = `PR-2026-${String(MANY - number + 1).padStart(4, '0')}`;
      await tx.putRequest({ ...row, ref, due: due as Day });
    }
  });
});
afterEach(() => desk.close());

it('has every overdue case and every one of today', { timeout: 120_000 }, async () => {
  let lookedUp = 0;
  const facts = await desk.look((tx) => {
    const reference: typeof tx.reference = (id) => {
      lookedUp += 1;
      return tx.reference(id);
    };
    return digestFacts({ ...tx, reference }, pack, { day: TODAY, officer: false, reader: null });
  });
  expect([facts.overdue.length, facts.today.length]).toEqual([40, 20]);
  expect(facts.overdue.every(({ left }) => left === -3)).toBe(true);
  expect(facts.overdue.filter(({ customer }) => customer !== '')).toHaveLength(DIGEST_SHOWN);
  // Overdue, today, nobody's and unacknowledged: four groups that have lines.
  expect(lookedUp).toBeLessThanOrEqual(4 * DIGEST_SHOWN);
});
