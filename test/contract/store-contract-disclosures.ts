/** The reading side of disclosures, consents and standing approvals in the store contract. */
import { expect, it } from 'vitest';
import type { ConsentRow, DisclosureFilter, DisclosureRow, StandingRow } from '../../src/record/rows.js';
import type { Day, Instant, Person, SubjectId } from '../../src/vocabulary/values.js';
import { AT, type MakeHarness, MEI, sharedStore } from './store-fixtures.js';

const day = (text: string) => text as Day;
const instant = (text: string) => text as Instant;
const LYON = 'lyon' as Person;

const disclosureRow = (ref: string, over: Partial<DisclosureRow> = {}): DisclosureRow => ({
  ref,
  subjectId: 'subject-1' as SubjectId,
  status: 'requested',
  offered: false,
  basis: 'transaction',
  recipient: 'Swift Courier',
  categories: ['name', 'delivery'],
  consent: null,
  template: 'delivery',
  requestedBy: MEI,
  requestedAt: AT,
  askedAt: AT,
  decidedBy: null,
  decidedAt: null,
  sentAt: null,
  sentDay: null,
  withhold: null,
  nextDueAt: null,
  pack: 'default@1',
  packHash: 'f00d',
  version: 1,
  ...over,
});

export function disclosureContract(make: MakeHarness): void {
  const store = sharedStore(make);

  it('puts a disclosure, replaces it, and reads back the same row', async () => {
    const first = disclosureRow('DR-SAME', { nextDueAt: instant('2026-11-24T02:00:00.5Z'), consent: 'CO-1' });
    const second = {
      ...first,
      status: 'executed',
      decidedBy: LYON,
      decidedAt: AT,
      sentAt: AT,
      sentDay: day('2026-11-23'),
      withhold: day('2027-03-01'),
      nextDueAt: null,
      version: 4,
    } as const;
    await store().transact(async (tx) => {
      expect(await tx.disclosure('DR-SAME')).toBeNull();
      await tx.putDisclosure(first);
      expect(await tx.disclosure('DR-SAME')).toEqual(first);
      await tx.putDisclosure(second);
      expect(await tx.disclosure('DR-SAME')).toEqual(second);
    });
  });

  it('filters, ordered by ref', async () => {
    const subjectId = 'subject-filter' as SubjectId;
    const rows = [
      disclosureRow('DR-F3', { subjectId, status: 'executed', sentDay: day('2026-11-30') }),
      disclosureRow('DR-F1', { subjectId, status: 'executed', sentDay: day('2026-11-01') }),
      disclosureRow('DR-F2', { subjectId, status: 'blocked', offered: true }),
      disclosureRow('DR-F4', { subjectId: 'somebody-else' as SubjectId }),
    ];
    await store().transact(async (tx) => {
      for (const row of rows) await tx.putDisclosure(row);
      const refs = async (filter: DisclosureFilter) =>
        (await tx.disclosures({ subjectId, ...filter })).map(({ ref }) => ref);
      expect(await refs({})).toEqual(['DR-F1', 'DR-F2', 'DR-F3']);
      expect(await refs({ statuses: ['executed'] })).toEqual(['DR-F1', 'DR-F3']);
      expect(await refs({ statuses: [] })).toEqual([]);
      expect(await refs({ offered: true })).toEqual(['DR-F2']);
      expect(await refs({ sentFrom: day('2026-11-01'), sentTo: day('2026-11-29') })).toEqual(['DR-F1']);
      expect(await refs({ sentFrom: day('2026-11-02') })).toEqual(['DR-F3']);
      expect(await refs({ limit: 1 })).toEqual(['DR-F1']);
      expect(await refs({ after: 'DR-F1', limit: 1 })).toEqual(['DR-F2']);
      expect(await refs({ after: 'DR-F3', latestFirst: true })).toEqual(['DR-F2', 'DR-F1']);
    });
  });

  it('finds what is due, earliest first, and the earliest of all', async () => {
    await store().transact(async (tx) => {
      await tx.putDisclosure(disclosureRow('DR-D1', { nextDueAt: instant('2026-11-23T02:00:00.001Z') }));
      await tx.putDisclosure(disclosureRow('DR-D2', { nextDueAt: AT }));
      await tx.putDisclosure(disclosureRow('DR-D3', { nextDueAt: instant('2026-11-22T23:59:59.999Z') }));
      await tx.putDisclosure(disclosureRow('DR-D4'));
      const refs = async (now: Instant, take: number) =>
        (await tx.dueDisclosures(now, take)).map(({ ref }) => ref);
      expect(await refs(AT, 10)).toEqual(['DR-D3', 'DR-D2']);
      expect(await refs(AT, 1)).toEqual(['DR-D3']);
      expect(await tx.earliestDisclosureDue()).toBe('2026-11-22T23:59:59.999Z');
    });
  });

  it('keeps consents by customer', async () => {
    const one: ConsentRow = {
      ref: 'CO-1',
      subjectId: 'subject-c' as SubjectId,
      recipient: null,
      categories: ['email', 'name'],
      live: ['email', 'name'],
      grantedAt: AT,
      recordedAt: AT,
      version: 1,
    };
    const withdrawn = { ...one, live: [], version: 2 };
    const other = { ...one, ref: 'CO-2', recipient: 'Bank', subjectId: 'subject-d' as SubjectId };
    await store().transact(async (tx) => {
      expect(await tx.consent('CO-1')).toBeNull();
      await tx.putConsent(other);
      await tx.putConsent(one);
      await tx.putConsent(withdrawn);
      expect(await tx.consent('CO-1')).toEqual(withdrawn);
      expect(await tx.consents(one.subjectId)).toEqual([withdrawn]);
      expect(await tx.consents(null)).toEqual([withdrawn, other]);
    });
  });

  it('keeps standing approvals to their last day', async () => {
    const one: StandingRow = {
      number: 1,
      recipient: 'Swift Courier',
      template: 'delivery',
      categories: ['name'],
      from: day('2026-11-23'),
      until: day('2026-12-23'),
      by: LYON,
    };
    const later = { ...one, number: 2, from: day('2026-12-24'), until: day('2027-01-01') };
    await store().transact(async (tx) => {
      await tx.putStanding(later);
      await tx.putStanding(one);
      const numbers = async (on: Day | null) => (await tx.standings(on)).map(({ number }) => number);
      expect(await tx.standings(day('2026-12-23'))).toEqual([one]);
      expect(await numbers(day('2026-11-22'))).toEqual([]);
      expect(await numbers(day('2026-12-24'))).toEqual([2]);
      expect(await numbers(null)).toEqual([1, 2]);
    });
  });
}
