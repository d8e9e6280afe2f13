/** The vault's part of the store contract: subjects, sealing, erasure, the master key. */
import { expect, it } from 'vitest';
import { verifyStream } from '../../src/domain/ledger.js';
import { LedgerDamage, SubjectDamage } from '../../src/record/store.js';
import { openVault } from '../../src/storage/vault.js';
import type { SubjectId } from '../../src/vocabulary/values.js';
import { AT, entry, MASTER_KEY, type MakeHarness, post, requestRow, sharedStore } from './store-fixtures.js';

const SECRET = 'Zaphod-Beeblebrox-4711';

export function subjectContract(make: MakeHarness): void {
  const store = sharedStore(make);

  it('knows one customer under every spelling, and the reference as first written', async () => {
    await store().transact(async (tx) => {
      expect(await tx.findSubject('Cust-001')).toBeNull();
      const id = await tx.subject('  Cust-001 ', AT);
      expect(await tx.subject('CUST-001', AT)).toBe(id);
      expect(await tx.findSubject('cust-００1')).toBe(id);
      expect(await tx.findSubject('cust-002')).toBeNull();
      expect(await tx.reference(id)).toBe('  Cust-001 ');
      await tx.lockSubject(id);
      expect(await tx.reference('nobody' as SubjectId)).toBeNull();
    });
  });

  it('finds a customer whom version 0.1 put on record with the full stop of a sentence', async () => {
    const harness = await make();
    const opened = await harness.open();
    const id = await opened.transact((tx) => tx.subject('C-30018', AT));
    await opened.close();
    const [former] = openVault(MASTER_KEY).formerLookups('C-30018');
    await harness.raw(`UPDATE "subject" SET "lookup" = '${former}', "mac" = NULL`);
    await harness.raw(`UPDATE "vault" SET "recordKey" = NULL`);
    const again = await harness.open();
    expect(await again.transact((tx) => tx.findSubject('C-30018'))).toBe(id);
    expect(await again.transact((tx) => tx.subject('C-30018', AT))).toBe(id);
    await again.close();
    await harness.remove();
  });

  it('makes one subject when many meet the same new customer', async () => {
    const ids = await Promise.all(
      Array.from({ length: 12 }, () => store().transact((tx) => tx.subject('rush-1', AT))),
    );
    expect(new Set(ids).size).toBe(1);
  });

  it('keeps nothing personal in clear', async () => {
    const harness = await make();
    const opened = await harness.open();
    await opened.transact(async (tx) => {
      const subject = await tx.subject(SECRET, AT);
      await tx.append('PR-1', 0, [entry('logged', { personal: { reason: SECRET } })], subject);
      await tx.putRequest(requestRow('PR-1', { subjectId: subject }));
      await tx.enqueue(post('PR-1:1:card'), AT);
    });
    await opened.close();
    const bytes = (await harness.bytes()).toString('latin1').toLowerCase();
    expect(bytes).toContain('pr-1:1:card');
    for (const form of [SECRET, Buffer.from(SECRET).toString('base64'), Buffer.from(SECRET).toString('hex')])
      expect(bytes).not.toContain(form.toLowerCase());
    expect(bytes).not.toContain(MASTER_KEY.toString('base64').toLowerCase());
    await harness.remove();
  });

  it('forgets with the key: texts unreadable, ledger intact, the same reference a new subject', async () => {
    const harness = await make();
    const opened = await harness.open();
    const id = await opened.transact(async (tx) => {
      const subject = await tx.subject(SECRET, AT);
      await tx.append('PR-1', 0, [entry('logged', { personal: { reason: SECRET } })], subject);
      return subject;
    });
    const keyId = await opened.transact((tx) => tx.forgetSubject(id));
    expect(keyId).toEqual(expect.any(String));
    expect(await opened.transact((tx) => tx.forgetSubject(id))).toBeNull();
    // Without that it is on record, the missing key is damage.
    await expect(opened.transact((tx) => tx.entries('PR-1', { lock: false }))).rejects.toBeInstanceOf(
      LedgerDamage,
    );
    const body = { subjectId: id, keyId, case: 'PR-1', why: 'erasure_fulfilled' };
    await opened.transact((tx) => tx.append('erasures', 0, [entry('customer_forgotten', { body })], null));

    await opened.transact(async (tx) => {
      expect(await tx.reference(id)).toBeNull();
      const [erased] = await tx.entries('PR-1', { lock: false });
      expect(erased?.personal).toBe('erased');
      const raw = (await tx.rawEntries({ after: null, take: 10 })).filter(({ stream }) => stream === 'PR-1');
      expect(
        verifyStream('PR-1', raw, (await tx.heads()).find(({ stream }) => stream === 'PR-1') ?? null),
      ).toBeNull();
      await expect(tx.append('PR-1', 1, [entry('noted', { personal: 'x' })], id)).rejects.toThrow(
        'key was destroyed',
      );
      await tx.append('PR-1', 1, [entry('noted')], id);
      expect(await tx.findSubject(SECRET)).toBeNull();
    });
    await opened.transact(async (tx) => {
      const again = await tx.subject(SECRET, AT);
      expect(again).not.toBe(id);
      expect(await tx.reference(again)).toBe(SECRET);
      expect(await tx.reference(id)).toBeNull();
    });
    await opened.close();
    expect(await harness.raw('SELECT "reference" FROM "subject" ORDER BY "reference" LIMIT 1')).toEqual([
      { reference: '' },
    ]);
    await harness.remove();
  });

  it('leaves nothing in any file that opens what a destroyed key sealed', async () => {
    const harness = await make();
    const first = await harness.open();
    const ids = await first.transact(async (tx) => {
      const found = [];
      // Enough that pages split and are moved about.
      for (let number = 0; number < 120; number += 1)
        found.push(await tx.subject(`C-${SECRET}-${number}`, AT));
      return found;
    });
    await first.close();
    const rows = await harness.raw(`
      SELECT "k"."subjectId" AS "id", "k"."wrapped" AS "wrapped", "s"."reference" AS "reference", "s"."lookup" AS "lookup"
      FROM "subject_key" "k" JOIN "subject" "s" ON "s"."id" = "k"."subjectId"`);
    const gone = rows.filter(({ id }) => ids.slice(0, 12).includes(id as SubjectId));
    expect(gone).toHaveLength(12);

    const store = await harness.open();
    for (const id of ids.slice(0, 12)) await store.transact((tx) => tx.forgetSubject(id));
    // As it stands while the desk runs: database, write-ahead log and free pages; of a server, every row as a dump has it.
    const bytes = (await harness.bytes()).toString('latin1');
    for (const { wrapped, reference, lookup } of gone)
      for (const text of [wrapped, reference, lookup]) expect(bytes.includes(String(text))).toBe(false);
    const kept = rows.filter(({ id }) => !ids.slice(0, 12).includes(id as SubjectId));
    expect(kept.every(({ wrapped }) => bytes.includes(String(wrapped)))).toBe(true);
    await store.close();
    await harness.remove();
  });

  it('notices a sealed text that was moved or changed', async () => {
    const harness = await make();
    const before = await harness.open();
    await before.transact(async (tx) => {
      const subject = await tx.subject(SECRET, AT);
      await tx.append('PR-1', 0, [entry('logged', { personal: 'one' })], subject);
    });
    await before.close();
    await harness.raw(`UPDATE "subject" SET "reference" = (SELECT "sealed" FROM "ledger_entry" LIMIT 1)`);
    const after = await harness.open();
    const read = after.transact(async (tx) => {
      const subject = await tx.findSubject(SECRET);
      return subject === null ? null : tx.reference(subject);
    });
    await expect(read).rejects.toBeInstanceOf(SubjectDamage);
    await after.close();
    await harness.remove();
  });

  it('refuses another master key, in plain words, before reading anything', async () => {
    const harness = await make();
    await (await harness.open()).close();
    await expect(harness.open(Buffer.alloc(32, 8))).rejects.toMatchObject({
      name: 'StoreProblem',
      exitCode: 78,
      message: expect.stringContaining('This key does not open this database'),
    });
    await (await harness.open()).close();
    await harness.remove();
  });
}
