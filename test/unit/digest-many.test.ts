/** A digest over more cases than it reads: what is urgent stands in it all the same, and only what is shown is looked up. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DIGEST_SHOWN, digestFacts, HEADING_SHOWN } from '../../src/desk/post/digest.js';
import { anybody } from '../../src/desk/requests/cards/buttons.js';
import type { Day, Instant } from '../../src/vocabulary/values.js';
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

it('counts every overdue case and every one of today, and shows the most urgent', {
  timeout: 120_000,
}, async () => {
  let lookedUp = 0;
  const facts = await desk.look((tx) => {
    const reference: typeof tx.reference = (id) => {
      lookedUp += 1;
      return tx.reference(id);
    };
    const means = {
      tx: { ...tx, reference },
      packOf: async () => pack,
      today: TODAY as Day,
      zone: pack.zone,
      headOf: async () => null,
      reader: () => anybody(pack, '2026-11-23T02:00:00Z' as Instant),
    };
    return digestFacts(means, pack, { day: TODAY as Day, officer: false, reader: null });
  });
  expect(facts.counts).toMatchObject({ overdue: 40, today: 20 });
  expect(facts.headings.map(({ kind, count, rows }) => [kind, count, rows.length])).toEqual([
    ['overdue', 40, HEADING_SHOWN],
    ['today', 20, DIGEST_SHOWN - HEADING_SHOWN],
  ]);
  expect(facts.headings[0]?.rows.every(({ when }) => when === '3 days late')).toBe(true);
  expect(lookedUp).toBeLessThanOrEqual(2 * DIGEST_SHOWN);
});
