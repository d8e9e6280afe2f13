/** Opening, closing, reopening and refusing in the store contract. */
import { expect, it } from 'vitest';
import {
  AT,
  entry,
  type Harness,
  type MakeHarness,
  post,
  requestRow,
  sharedStore,
} from './store-fixtures.js';

async function within(make: MakeHarness, work: (harness: Harness) => Promise<void>): Promise<void> {
  const harness = await make();
  try {
    await work(harness);
  } finally {
    await harness.remove();
  }
}

export function lifecycleContract(make: MakeHarness): void {
  const store = sharedStore(make);

  it('keeps what was committed', () =>
    within(make, async (harness) => {
      const first = await harness.open();
      const written = await first.transact(async (tx) => {
        const subject = await tx.subject('C-1', AT);
        const request = requestRow('PR-1', { subjectId: subject, nextDueAt: AT });
        await tx.putRequest(request);
        await tx.enqueue(post('k'), AT);
        await tx.append('PR-1', 0, [entry('logged', { personal: 'text' })], subject);
        return { request, entries: await tx.entries('PR-1', { lock: false }) };
      });
      await first.close();
      const second = await harness.open();
      await second.transact(async (tx) => {
        expect(await tx.request('PR-1')).toEqual(written.request);
        expect(await tx.entries('PR-1', { lock: false })).toEqual(written.entries);
        expect(await tx.hasPost('k')).toBe(true);
      });
      await second.close();
    }));

  it('the ledger refuses to be changed, whoever asks', () =>
    within(make, async (harness) => {
      const opened = await harness.open();
      await opened.transact((tx) => tx.append('PR-1', 0, [entry('logged')], null));
      await opened.close();
      for (const sql of [
        `UPDATE "ledger_entry" SET "body" = '{}'`,
        'DELETE FROM "ledger_entry"',
        'INSERT INTO "ledger_entry" SELECT * FROM "ledger_entry"',
      ])
        await expect(harness.raw(sql)).rejects.toThrow();
      expect(await harness.raw('SELECT "seq" FROM "ledger_entry"')).toEqual([{ seq: 1 }]);
    }));

  it('refuses a database that is newer than this build', () =>
    within(make, async (harness) => {
      await (await harness.open()).close();
      await harness.raw(
        `INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "started_at",
           "applied_steps_count") VALUES ('x', 'x', current_timestamp, '20990101000000_later', current_timestamp, 1)`,
      );
      await expect(harness.open()).rejects.toMatchObject({
        name: 'StoreProblem',
        exitCode: 78,
        message: expect.stringMatching(/newer than this build.*20990101000000_later/s),
      });
    }));

  it('refuses a database that stopped halfway through a migration', () =>
    within(make, async (harness) => {
      await (await harness.open()).close();
      await harness.raw(
        `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at",
           "applied_steps_count") VALUES ('x', 'x', '20990101000000_half', current_timestamp, 0)`,
      );
      await expect(harness.open()).rejects.toMatchObject({
        name: 'StoreProblem',
        exitCode: 78,
        message: expect.stringMatching(/stopped halfway.*20990101000000_half/s),
      });
    }));

  it('refuses a database that was never finished', () =>
    within(make, async (harness) => {
      await (await harness.open()).close();
      await harness.raw(`UPDATE "_prisma_migrations" SET "finished_at" = NULL`);
      await expect(harness.open()).rejects.toMatchObject({
        exitCode: 78,
        message: expect.stringContaining('Nothing is in it yet'),
      });
    }));

  it('refuses a database that is somebody else’s', () =>
    within(make, async (harness) => {
      await harness.raw('CREATE TABLE "orders" ("id" INTEGER)');
      await expect(harness.open()).rejects.toMatchObject({
        exitCode: 78,
        message: expect.stringContaining('a database of its own'),
      });
    }));

  it('says what it is', async () => {
    const facts = await store().describe();
    expect(facts).toMatchObject({ engine: expect.any(String), version: expect.stringMatching(/^\d+\./) });
    expect(JSON.stringify(facts)).not.toContain('secret');
  });

  it('is not used after its own transaction', async () => {
    const escaped = await store().transact(async (tx) => tx);
    await expect(escaped.setting('x')).rejects.toThrow();
    expect(await store().transact((tx) => tx.setting('x'))).toBeNull();
  });

  it('finishes what was asked before it closes, then refuses', () =>
    within(make, async (harness) => {
      const opened = await harness.open();
      const numbers = Promise.all(
        Array.from({ length: 15 }, () => opened.transact((tx) => tx.nextNumber('last'))),
      );
      await Promise.all([opened.close(), opened.close()]);
      expect((await numbers).sort((a, b) => a - b).at(-1)).toBe(15);
      await expect(opened.stuckPosts(1)).rejects.toThrow('closed');
    }));

  it('lets the event loop breathe between operations', async () => {
    let breaths = 0;
    let breathing = true;
    const breathe = () => {
      breaths += 1;
      if (breathing) setImmediate(breathe);
    };
    setImmediate(breathe);
    for (let count = 0; count < 30; count += 1) await store().transact((tx) => tx.setting('x'));
    breathing = false;
    expect(breaths).toBeGreaterThanOrEqual(30);
  });
}
