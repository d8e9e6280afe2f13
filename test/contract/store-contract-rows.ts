/** The reading side and the register in the store contract. */
import { expect, it } from 'vitest';
import type { StaffRow } from '../../src/record/rows.js';
import { StoreConflict } from '../../src/record/store.js';
import type { Day, Instant, Person, SubjectId } from '../../src/vocabulary/values.js';
import { AT, type MakeHarness, MEI, requestRow, sharedStore } from './store-fixtures.js';

const day = (text: string) => text as Day;
const instant = (text: string) => text as Instant;

export function rowsContract(make: MakeHarness): void {
  const store = sharedStore(make);

  it('puts a request, replaces it, and reads back the same row', async () => {
    const first = requestRow('PR-SAME', {
      nextDueAt: instant('2026-11-24T01:00:00.5Z'),
      retainedUntil: day('2031-12-31'),
    });
    const second = {
      ...first,
      status: 'closed',
      outcome: 'fulfilled',
      closedAt: AT,
      nextDueAt: null,
    } as const;
    await store().transact(async (tx) => {
      expect(await tx.request('PR-SAME')).toBeNull();
      await tx.putRequest(first);
      expect(await tx.request('PR-SAME')).toEqual(first);
      await tx.putRequest(second);
      expect(await tx.request('PR-SAME')).toEqual(second);
    });
  });

  it('filters, ordered by due day then ref', async () => {
    const subjectId = 'subject-filter' as SubjectId;
    const rows = [
      requestRow('PR-F2', { subjectId, due: day('2026-12-02'), owner: MEI }),
      requestRow('PR-F1', { subjectId, due: day('2026-12-02') }),
      requestRow('PR-F3', { subjectId, due: day('2026-12-01'), retainedUntil: day('2027-01-01') }),
      requestRow('PR-F4', {
        subjectId,
        due: day('2026-11-01'),
        status: 'closed',
        closedAt: AT,
        retainedUntil: day('2026-12-31'),
      }),
    ];
    await store().transact(async (tx) => {
      for (const row of rows) await tx.putRequest(row);
      const refs = async (filter: Parameters<typeof tx.requests>[0]) =>
        (await tx.requests({ subjectId, ...filter })).map(({ ref }) => ref);
      expect(await refs({})).toEqual(['PR-F4', 'PR-F3', 'PR-F1', 'PR-F2']);
      expect(await refs({ open: true })).toEqual(['PR-F3', 'PR-F1', 'PR-F2']);
      expect(await refs({ open: false })).toEqual(['PR-F4']);
      expect(await refs({ owner: MEI })).toEqual(['PR-F2']);
      expect(await refs({ owner: null, open: true })).toEqual(['PR-F3', 'PR-F1']);
      expect(await refs({ status: 'in_progress', dueBy: day('2026-12-01') })).toEqual(['PR-F3']);
      const all = await refs({});
      expect(await refs({ latestFirst: true })).toEqual(all.toReversed());
      expect(await refs({ latestFirst: true, limit: 2 })).toEqual(all.toReversed().slice(0, 2));
      expect(await refs({ retainedUntilBy: day('2026-12-31') })).toEqual(['PR-F4']);
      expect(await refs({ limit: 2 })).toEqual(['PR-F4', 'PR-F3']);
      expect(await refs({ after: '' })).toEqual(['PR-F1', 'PR-F2', 'PR-F3', 'PR-F4']);
      expect(await refs({ after: 'PR-F1', open: true, limit: 1 })).toEqual(['PR-F2']);
      expect(await refs({ subjectId: 'nobody' as SubjectId })).toEqual([]);
    });
  });

  it('finds what is due, earliest first, and the earliest of all', async () => {
    await store().transact(async (tx) => {
      expect(await tx.earliestDue()).toBeNull();
      expect(await tx.dueRequests(AT, 10)).toEqual([]);
      await tx.putRequest(requestRow('PR-D1', { nextDueAt: instant('2026-11-23T02:00:00.001Z') }));
      await tx.putRequest(requestRow('PR-D2', { nextDueAt: AT }));
      await tx.putRequest(requestRow('PR-D3', { nextDueAt: instant('2026-11-22T23:59:59.999Z') }));
      await tx.putRequest(requestRow('PR-D4', { nextDueAt: null }));
      const refs = async (now: string, take: number) =>
        (await tx.dueRequests(instant(now), take)).map(({ ref }) => ref);
      expect(await refs(AT, 10)).toEqual(['PR-D3', 'PR-D2']);
      expect(await refs('2026-11-23T02:00:00.001Z', 10)).toEqual(['PR-D3', 'PR-D2', 'PR-D1']);
      expect(await refs(AT, 1)).toEqual(['PR-D3']);
      expect(await tx.earliestDue()).toBe('2026-11-22T23:59:59.999Z');
    });
  });

  it('knows staff by any of their accounts', async () => {
    const mei: StaffRow = {
      person: MEI,
      roles: ['agent', 'auditor'],
      accounts: ['terminal:mei', 'slack:U1', 'discord:9'],
      trainedUntil: day('2027-03-31'),
      active: true,
    };
    const moved = { ...mei, accounts: ['slack:U2'], active: false, trainedUntil: null };
    const lyon: StaffRow = { ...mei, person: 'Lyon' as Person, accounts: [], roles: ['officer'] };
    await store().transact(async (tx) => {
      await tx.putStaff(mei);
      await tx.putStaff(lyon);
      expect(await tx.staffOf('slack:U1')).toEqual(mei);
      expect(await tx.staff()).toEqual([lyon, mei]);
      await tx.putStaff(moved);
      expect(await tx.staffOf('slack:U1')).toBeNull();
      expect(await tx.staffOf('slack:U2')).toEqual(moved);
    });
    const stolen = store().transact((tx) => tx.putStaff({ ...lyon, accounts: ['slack:U2'] }));
    await expect(stolen).rejects.toThrow(StoreConflict);
    expect(await store().transact((tx) => tx.staffOf('slack:U2'))).toEqual(moved);
  });

  it('keeps channels, packs and settings', async () => {
    const cases = { surface: 'slack', channel: 'C1', uses: ['cases'], locale: null } as const;
    const digest = { surface: 'discord', channel: '#d', uses: ['officer', 'digest'], locale: 'de' } as const;
    const pack = { hash: 'abc', name: 'default@1', text: 'clauses: []\n', at: AT };
    await store().transact(async (tx) => {
      await tx.putChannel(cases);
      await tx.putChannel(digest);
      await tx.putChannel({ ...cases, uses: ['cases', 'digest'] });
      expect(await tx.channels()).toEqual([digest, { ...cases, uses: ['cases', 'digest'] }]);

      expect(await tx.pack('abc')).toBeNull();
      await tx.putPack(pack);
      await tx.putPack({ ...pack, at: instant('2027-01-01T00:00:00Z') });
      expect(await tx.pack('abc')).toEqual(pack);

      expect(await tx.setting('terminal-clock')).toBeNull();
      await tx.putSetting('terminal-clock', '1');
      await tx.putSetting('terminal-clock', '2');
      expect(await tx.setting('terminal-clock')).toBe('2');
    });
  });

  it('claims a delivery once and for all', async () => {
    const claim = () => store().transact((tx) => tx.claim('Ev123', AT));
    const results = await Promise.all([claim(), claim(), claim()]);
    expect(results.filter((won) => won)).toHaveLength(1);
    expect(await claim()).toBe(false);
  });

  it('numbers each series for itself', async () => {
    const numbers = await store().transact(async (tx) => [
      await tx.nextNumber('A'),
      await tx.nextNumber('A'),
      await tx.nextNumber('B'),
    ]);
    expect(numbers).toEqual([1, 2, 1]);
  });
}
