/** What only PostgreSQL must do: several instances, locks, a server that goes away. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { expect, it } from 'vitest';
import type { Store } from '../../src/record/store.js';
import { storeFault } from '../../src/storage/engine/faults.js';
import { missingMigration } from '../../src/storage/engine/migrations.js';
import { databaseExists, openStore } from '../../src/storage/engine/open.js';
import { openPostgresStore } from '../../src/storage/engine/postgresql.js';
import { pgForMigrations } from '../../src/storage/engine/postgresql-adapter.js';
import { PrismaClient } from '../../src/storage/generated/postgresql/client.js';
import type { Postgres } from '../support/postgres.js';
import { AT, entry, MASTER_KEY, post } from './store-fixtures.js';
import { postgresHarness } from './store-harness.js';

export function postgresOnly(server: Postgres): void {
  const twoInstances = async (): Promise<{ one: Store; other: Store; close(): Promise<void> }> => {
    const harness = await postgresHarness(server);
    const [one, other] = await Promise.all([harness.open(), harness.open()]);
    return { one, other, close: async () => void (await Promise.all([one.close(), other.close()])) };
  };

  it('two instances that start at once make the tables once', async () => {
    const harness = await postgresHarness(server);
    const stores = await Promise.all([harness.open(), harness.open(), harness.open()]);
    await Promise.all(stores.map((store) => store.close()));
    const applied = await harness.raw(
      `SELECT count(*) = count(DISTINCT "migration_name") AS "once", bool_and("finished_at" IS NOT NULL) AS "whole"
       FROM "_prisma_migrations"`,
    );
    expect(applied).toEqual([{ once: true, whole: true }]);
  });

  it('two instances never take the same post, number or place in a stream', async () => {
    const { one, other, close } = await twoInstances();
    await one.transact(async (tx) => {
      for (let index = 0; index < 30; index += 1) await tx.enqueue(post(`p:${index}`), AT);
    });
    const work = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : other));
    const claims = work.map((store) => store.claimPosts(['terminal'], AT, 60, 4));
    const appends = work.map((store) =>
      store.transact(async (tx) => {
        const seq = await tx.headSeq('PR-1', { lock: true });
        await tx.append('PR-1', seq, [entry('noted')], null);
        return tx.nextNumber('PR');
      }),
    );
    const taken = (await Promise.all(claims)).flat().map(({ id }) => id);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.length).toBeGreaterThan(0);
    const numbers = await Promise.all(appends);
    expect(numbers.sort((a, b) => a - b)).toEqual(work.map((_, index) => index + 1));
    expect(await other.transact((tx) => tx.headSeq('PR-1', { lock: false }))).toBe(20);
    await close();
  });

  it('tries again after a deadlock', async () => {
    const { one, other, close } = await twoInstances();
    const [a, b] = await one.transact(async (tx) => [await tx.subject('a', AT), await tx.subject('b', AT)]);
    let tries = 0;
    let arrived = 0;
    let meet = () => {};
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const cross = (store: Store, first: typeof a, second: typeof a) =>
      store.transact(async (tx) => {
        tries += 1;
        await tx.lockSubject(first);
        arrived += 1;
        if (arrived === 2) meet();
        await met;
        await tx.lockSubject(second);
      });
    await Promise.all([cross(one, a, b), cross(other, b, a)]);
    expect(tries).toBe(3);
    await close();
  });

  it('an entry cannot be truncated away, and the error says why', async () => {
    const harness = await postgresHarness(server);
    const store = await harness.open();
    await store.transact((tx) => tx.append('PR-1', 0, [entry('logged')], null));
    await store.close();
    await expect(harness.raw('TRUNCATE "ledger_entry"')).rejects.toMatchObject({ code: 'OM001' });
    const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: harness.url }) });
    const error = await client.ledgerEntry.updateMany({ data: { body: '{}' } }).catch((caught) => caught);
    await client.$disconnect();
    expect(storeFault(error, 'postgresql')).toMatchObject({
      message: expect.stringContaining('append-only'),
    });
  });

  it('knows whether a desk lives in a database', async () => {
    const harness = await postgresHarness(server);
    const database = { kind: 'postgresql', url: harness.url } as const;
    expect(await databaseExists(database)).toBe(false);
    await (await openStore(database, MASTER_KEY)).close();
    expect(await databaseExists(database)).toBe(true);
  });

  it('says plainly that the server cannot be reached, refuses the user, or the address is wrong', async () => {
    const open = (url: string) => openPostgresStore({ url, masterKey: MASTER_KEY });
    await expect(open('postgresql://ombud:secret@127.0.0.1:1/desk')).rejects.toMatchObject({
      name: 'StoreProblem',
      exitCode: 74,
      message: expect.stringContaining('cannot be reached'),
    });
    await expect(open(server.urlOf('no_such_database'))).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringContaining('3D000'),
    });
    await expect(open('postgresql://ombud:secret@:x/')).rejects.toMatchObject({
      exitCode: 78,
      message: expect.not.stringContaining('secret@:x'),
    });
  });

  it('says plainly that its user may not make tables', async () => {
    const harness = await postgresHarness(server);
    await harness.raw('CREATE ROLE visitor LOGIN');
    const url = harness.url.replace('ombud@', 'visitor@');
    await expect(openPostgresStore({ url, masterKey: MASTER_KEY })).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringContaining('OWNER TO'),
    });
  });

  it('survives a connection that the server ends', async () => {
    const harness = await postgresHarness(server);
    const store = await harness.open();
    const ended = store.transact(async (tx) => {
      await tx.setting('x');
      await harness.raw(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      await tx.setting('x');
    });
    await expect(ended).rejects.toMatchObject({ name: 'StoreProblem', exitCode: 74 });
    expect(await store.transact((tx) => tx.setting('x'))).toBeNull();
    await store.close();
  });

  it('the migrations are the models, and all text is ordered by its bytes', async () => {
    const harness = await postgresHarness(server);
    const scratch = new pg.Pool({ connectionString: server.urlOf(await server.freshDatabase()) });
    expect(await missingMigration('postgresql', pgForMigrations(scratch))).toBe('');
    await scratch.end();
    await (await harness.open()).close();
    const others = await harness.raw(
      `SELECT table_name, column_name FROM information_schema.columns
       WHERE table_name <> '_prisma_migrations' AND table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`,
    );
    expect(others).toEqual([]);
  });
}
