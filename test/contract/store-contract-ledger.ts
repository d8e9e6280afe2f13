/** The ledger's part of the store contract. */
import { expect, it } from 'vitest';
import { GENESIS, verifyStream } from '../../src/domain/ledger.js';
import { StoreConflict } from '../../src/record/store.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { ACTOR, AT, entry, type MakeHarness, sharedStore } from './store-fixtures.js';

export function ledgerContract(make: MakeHarness): void {
  const store = sharedStore(make);

  it('appends from 1, linked, and reads back exactly what was hashed', async () => {
    const body = {
      text: 'naïve 客户 \u0000 "quoted"',
      deep: { list: [1, 0.1, -0, null, true], gone: undefined },
      empty: {},
    };
    const at = '2026-11-23T02:00:00.123456789Z' as Instant;
    const written = await store().transact((tx) =>
      tx.append('PR-LINK', 0, [entry('logged', { body, at }), entry('assigned')], null),
    );
    expect(written.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(written[0]?.prev).toBe(GENESIS);
    expect(written[1]?.prev).toBe(written[0]?.hash);

    const [read, heads] = await store().transact(async (tx) => [
      await tx.entries('PR-LINK', { lock: false }),
      await tx.heads(),
    ]);
    expect(read).toEqual(written.map((one) => ({ ...one, personal: null })));
    const head = heads.find(({ stream }) => stream === 'PR-LINK');
    expect(head).toEqual({ stream: 'PR-LINK', seq: 2, hash: written[1]?.hash, vouched: true });
    expect(verifyStream('PR-LINK', read, head ?? null)).toBeNull();
  });

  it('seals personal fields and opens them again', async () => {
    const personal = { reason: 'Frau Müller called', reference: 'C-100812' };
    const read = await store().transact(async (tx) => {
      const subject = await tx.subject('C-100812', AT);
      await tx.append('PR-SEAL', 0, [entry('logged', { personal }), entry('assigned')], subject);
      return tx.entries('PR-SEAL', { lock: true });
    });
    expect(read.map((one) => one.personal)).toEqual([personal, null]);
    expect(read[0]?.sealed).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(read[1]?.sealed).toBeNull();
  });

  it('refuses personal text without a subject', async () => {
    const append = store().transact((tx) =>
      tx.append('PR-NOBODY', 0, [entry('logged', { personal: 'x' })], null),
    );
    await expect(append).rejects.toThrow('needs a subject');
  });

  it('keeps an actor without a person', async () => {
    const actor = { ...ACTOR, person: null };
    await store().transact((tx) => tx.append('desk', 0, [entry('denied', { actor })], null));
    const [read] = await store().transact((tx) => tx.entries('desk', { lock: false }));
    expect(read?.actor).toEqual(actor);
  });

  it('an unknown stream is empty', async () => {
    await store().transact(async (tx) => {
      expect(await tx.headSeq('PR-NONE', { lock: true })).toBe(0);
      expect(await tx.entries('PR-NONE', { lock: true })).toEqual([]);
      expect(await tx.append('PR-NONE', 0, [], null)).toEqual([]);
      expect(await tx.headSeq('PR-NONE', { lock: false })).toBe(0);
    });
  });

  it('throws StoreConflict behind a head that has moved, and writes nothing', async () => {
    await store().transact((tx) => tx.append('PR-MOVED', 0, [entry('logged')], null));
    for (const expected of [0, 2]) {
      const late = store().transact((tx) => tx.append('PR-MOVED', expected, [entry('late')], null));
      await expect(late).rejects.toThrow(StoreConflict);
    }
    expect(await store().transact((tx) => tx.headSeq('PR-MOVED', { lock: false }))).toBe(1);
  });

  it('tries the whole work again on a conflict, at most three times', async () => {
    let tries = 0;
    const stubborn = store().transact(async (tx) => {
      tries += 1;
      await tx.putSetting('stubborn', String(tries));
      throw new StoreConflict('again');
    });
    await expect(stubborn).rejects.toThrow(StoreConflict);
    expect(tries).toBe(3);
    expect(await store().transact((tx) => tx.setting('stubborn'))).toBeNull();
  });

  it('rolls everything back when the work throws, numbers too', async () => {
    const fail = store().transact(async (tx) => {
      expect(await tx.nextNumber('PR-BACK')).toBe(1);
      await tx.append('PR-BACK', 0, [entry('logged')], null);
      await tx.claim('delivery-back', AT);
      throw new TypeError('a bug');
    });
    await expect(fail).rejects.toThrow(TypeError);
    await store().transact(async (tx) => {
      expect(await tx.headSeq('PR-BACK', { lock: false })).toBe(0);
      expect(await tx.claim('delivery-back', AT)).toBe(true);
      expect(await tx.nextNumber('PR-BACK')).toBe(1);
    });
  });

  it('gives fifty writers at once fifty numbers', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 50 }, () => store().transact((tx) => tx.nextNumber('PR-2026'))),
    );
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('lets writers of one stream stand in line', async () => {
    const append = () =>
      store().transact(async (tx) => {
        const seq = await tx.headSeq('PR-LINE', { lock: true });
        await tx.append('PR-LINE', seq, [entry('noted', { body: { seq: seq + 1 } })], null);
      });
    await append();
    await Promise.all(Array.from({ length: 20 }, append));
    const read = await store().transact((tx) => tx.entries('PR-LINE', { lock: false }));
    expect(read.map(({ body }) => body)).toEqual(read.map(({ seq }) => ({ seq })));
    expect(read).toHaveLength(21);
  });

  it('pages through raw entries by stream, then seq, in byte order', async () => {
    for (const stream of ['b-1', 'B-1', 'a-2'])
      await store().transact((tx) => tx.append(stream, 0, [entry('one'), entry('two')], null));
    const pages = await store().transact(async (tx) => {
      const found = [];
      for (let after = null; ; ) {
        const page = await tx.rawEntries({ after, take: 2 });
        const last = page.at(-1);
        if (last === undefined) return found;
        found.push(...page);
        after = { stream: last.stream, seq: last.seq };
      }
    });
    const places = pages.map(({ stream, seq }) => `${stream}:${String(seq).padStart(4, '0')}`);
    expect(places).toEqual([...places].sort());
    expect(places).toEqual(expect.arrayContaining(['B-1:0001', 'a-2:0002', 'b-1:0002']));

    const heads = await store().transact((tx) => tx.heads());
    const streams = heads.map(({ stream }) => stream);
    expect(streams).toEqual([...streams].sort());
    for (const head of heads) {
      const entries = pages.filter(({ stream }) => stream === head.stream);
      expect(verifyStream(head.stream, entries, head)).toBeNull();
    }
  });

  it('finds the entries of one type piece by piece, in the order they were written', async () => {
    for (const stream of ['z-TYPE', 'a-TYPE'])
      await store().transact((tx) =>
        tx.append(stream, 0, [entry('rare', { body: { stream } }), entry('common'), entry('rare')], null),
      );
    const found: string[] = [];
    let pieces = 0;
    for (let after: number | null = 0; after !== null; pieces += 1) {
      const page: { readonly after: number; readonly span: number } = { after, span: 2 };
      const { entries, next } = await store().transact((tx) => tx.entriesOfType('rare', page));
      expect(entries.length).toBeLessThanOrEqual(2);
      found.push(...entries.map(({ stream, seq }) => `${stream}:${seq}`));
      after = next;
    }
    expect(found).toEqual(['z-TYPE:1', 'z-TYPE:3', 'a-TYPE:1', 'a-TYPE:3']);
    expect(pieces).toBeGreaterThan(2);
    const none = await store().transact((tx) => tx.entriesOfType('never', { after: 0, span: 1_000_000 }));
    expect(none).toEqual({ entries: [], next: null });
  });
}
