/** Replaying the ledger rebuilds every projection exactly (domain.md rule 10), whatever was typed. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { policies } from '../../src/desk/house/packs.js';
import { staff } from '../../src/desk/house/staff.js';
import { requests } from '../../src/desk/requests/kind.js';
import { rebuild } from '../../src/record/rebuild.js';
import type { RequestRow } from '../../src/record/rows.js';
import type { Day, Person } from '../../src/vocabulary/values.js';
import { type BareDesk, bareDesk } from './desk-bare.js';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk();
});
afterEach(() => desk.close());

/** Some do something, some are refused, depending on what came before. */
const LINES: readonly (readonly [who: string, line: string])[] = [
  ['mei', '/privacy log deletion C-1 scope:email,name'],
  ['mei', '/privacy log access C-2 scope:email'],
  ['dan', '/privacy log complaint C-3 about_officer:yes note:"was rude"'],
  ['dan', '/privacy log consent_withdrawal C-1 received:2026-11-01'],
  ['mei', '/privacy assign PR-2026-0001'],
  ['dan', '/privacy verify PR-2026-0001 callback pass call#1'],
  ['dan', '/privacy verify PR-2026-0002 otp fail otp#1'],
  ['mei', '/privacy check PR-2026-0001 all done ref:job#1'],
  ['mei', '/privacy check PR-2026-0001 name retained'],
  ['mei', '/privacy retain PR-2026-0001 name "Tax law 7" 2029-01-01 explained:2026-11-22 consent:2026-11-22'],
  [
    'mei',
    '/privacy propose PR-2026-0001 partially_fulfilled ground:LAW_REQUIRES_RETENTION law:"Tax law 7" until:2029-01-01',
  ],
  ['mei', '/privacy propose PR-2026-0001 fulfilled'],
  ['lyon', '/privacy decide PR-2026-0001 approve'],
  ['lyon', '/privacy decide PR-2026-0001 return reason:"once more"'],
  ['mei', '/privacy done PR-2026-0001 job#2'],
  ['mei', '/privacy notice PR-2026-0001 completion mail#1'],
  ['mei', '/privacy notice PR-2026-0002 acknowledgement mail#2'],
  ['mei', '/privacy close PR-2026-0001'],
  ['mei', '/privacy pause PR-2026-0002 "waiting for a document"'],
  ['mei', '/privacy resume PR-2026-0002'],
  ['lyon', '/privacy extend PR-2026-0002 2027-01-31 legal_retention explained:2026-11-22 consent:2026-11-22'],
  ['mei', '/privacy close PR-2026-0002 outcome:withdrawn_by_subject ref:T-9'],
  ['lyon', '/privacy reopen PR-2026-0002 "called again"'],
  ['root', '/desk staff action:add person:zoe role:agent'],
  ['root', '/desk staff action:remove person:dan'],
  ['root', '/desk staff action:link person:mei account:terminal:dan'],
  ['root', '/desk channel use:cases'],
  ['root', '/desk channel use:digest locale:fr'],
];

describe('replaying the ledger', () => {
  it('rebuilds every table', async () => {
    const lines = fc.shuffledSubarray([...LINES], { minLength: 8, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 24, max: 30 }), async (said, later) => {
        await desk.close();
        desk = await bareDesk();
        for (const [who, line] of said) await desk.says(who, line);
        desk.clock(`2026-11-${later}T02:00:00Z`);
        await desk.desk.ticker.tick(desk.now());
        expect(await desk.differences()).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });

  it('rebuilds a case that went all the way, and one that is kept', async () => {
    for (const [who, line] of LINES) await desk.says(who, line);
    const rows = await desk.look((tx) => tx.requests({}));
    const rebuilt = await desk.look((tx, packOf) => rebuild(tx, requests, packOf));
    const byRef = (one: { ref: string }, other: { ref: string }) => (one.ref < other.ref ? -1 : 1);
    expect(rows.length).toBeGreaterThan(2);
    expect(([...rebuilt] as RequestRow[]).sort(byRef)).toEqual([...rows].sort(byRef));
    expect(await desk.look((tx, packOf) => rebuild(tx, policies, packOf))).toHaveLength(1);
    expect(await desk.look((tx, packOf) => rebuild(tx, staff, packOf))).toHaveLength(7);
  });
});

describe('a table that was changed by hand', () => {
  it('is found field by field, with both values', async () => {
    await desk.says('mei', '/privacy log deletion C-1');
    await desk.look(async (tx) => {
      const row = await tx.request('PR-2026-0001');
      if (row === null) throw new Error('the case is not there');
      await tx.putRequest({ ...row, due: '2030-01-01' as Day, owner: 'mei' as Person });
      await tx.putRequest({ ...row, ref: 'PR-2026-0666' });
    });
    expect(await desk.differences()).toMatchObject([
      { what: 'request', key: 'PR-2026-0001', field: 'owner', stored: '"mei"', derived: 'null' },
      { what: 'request', key: 'PR-2026-0001', field: 'due', stored: '"2030-01-01"', derived: '"2026-12-23"' },
      { what: 'request', key: 'PR-2026-0666', field: 'row', derived: null },
    ]);
  });
});
