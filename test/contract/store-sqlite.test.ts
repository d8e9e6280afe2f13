/** What only SQLite must do: one process, a safe file, a clear word when the file or the disk is bad. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SqlQuery } from '@prisma/driver-adapter-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SQLITE } from '../../src/storage/engine/dialect.js';
import { storeFault } from '../../src/storage/engine/faults.js';
import { migrate, missingMigration } from '../../src/storage/engine/migrations.js';
import { databaseExists, openStore } from '../../src/storage/engine/open.js';
import { sqlOn } from '../../src/storage/engine/sql.js';
import { openSqliteStore } from '../../src/storage/engine/sqlite.js';
import {
  sharedConnection,
  sqliteAdapter,
  sqliteForMigrations,
} from '../../src/storage/engine/sqlite-adapter.js';
import type { SqliteDriver } from '../../src/storage/engine/sqlite-driver.js';
import { handingOver } from '../../src/storage/engine/transactions.js';
import { PrismaClient } from '../../src/storage/generated/sqlite/client.js';
import { sealsWith } from '../../src/storage/seals.js';
import { makeStore } from '../../src/storage/store.js';
import { disclosureTx } from '../../src/storage/tables/disclosures.js';
import { ledgerTx } from '../../src/storage/tables/ledger.js';
import { claimPosts } from '../../src/storage/tables/outbox.js';
import { requestTx } from '../../src/storage/tables/requests.js';
import { keysIn } from '../../src/storage/tables/subjects.js';
import { openVault } from '../../src/storage/vault.js';
import { SQLITE_DRIVERS } from '../support/sqlite.js';
import { AT, entry, MASTER_KEY, post } from './store-fixtures.js';
import { sqliteHarness } from './store-harness.js';

/** A store on a connection the test can reach. */
async function storeOnConnection(driver: SqliteDriver, file: string) {
  const connection = sqliteAdapter(driver.open(file));
  const adapter = sharedConnection(connection, driver);
  await migrate('sqlite', sqliteForMigrations(adapter));
  const { factory, transactions } = handingOver(adapter);
  const client = new PrismaClient({ adapter: factory });
  const store = makeStore({
    transactions: transactions(client, SQLITE),
    dialect: SQLITE,
    vault: openVault(MASTER_KEY),
    seals: SEALS,
    describe: async () => ({}),
    scrub: async () => {},
    backup: async () => {},
    close: async () => {
      await client.$disconnect();
      await connection.dispose();
    },
  });
  return { connection, client, store };
}

const SEALS = sealsWith(MASTER_KEY);
const APPEND_ONLY = { cause: { originalMessage: 'the ledger is append-only' } };

/** Runs in another process: opens the file given, tries to take it, says how that went, waits. */
const OTHER_PROCESS = `
  const { DatabaseSync } = require(process.argv[1]);
  try {
    const database = new DatabaseSync(process.argv[2], { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
    console.log('held');
  } catch (error) {
    console.log(error.errcode);
  }
  process.stdin.resume();
  process.stdin.on('end', () => process.exit());`;

async function otherProcess(
  driver: SqliteDriver,
  file: string,
): Promise<{ said: string; end(): Promise<void> }> {
  const module = createRequire(import.meta.url).resolve(driver.name);
  const child = spawn(process.execPath, ['-e', OTHER_PROCESS, module, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [data] = await once(child.stdout, 'data');
  return {
    said: String(data).trim(),
    end: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

const root = process.getuid?.() === 0;
if (root) process.stderr.write('SQLite, a file it may not write: skipped, since root may write every file\n');

for (const driver of SQLITE_DRIVERS) describe(driver.name, () => sqliteOnly(driver));

function sqliteOnly(driver: SqliteDriver): void {
  let harness: Awaited<ReturnType<typeof sqliteHarness>>;
  beforeEach(async () => {
    harness = await sqliteHarness(driver);
  });
  afterEach(() => harness.remove());

  it('holds the file for itself, written through, and says so', async () => {
    const store = await harness.open();
    expect(await store.describe()).toMatchObject({
      engine: 'SQLite',
      driver: driver.name,
      locking_mode: 'exclusive',
      journal_mode: 'wal',
      synchronous: 'full',
      foreign_keys: 'on',
      secure_delete: 'on',
    });
    const other = await otherProcess(driver, harness.file);
    expect(other.said).toBe('5');
    await other.end();
    await store.close();
  });

  it('refuses at once, pointing to PostgreSQL, when another process has the file', async () => {
    await (await harness.open()).close();
    const other = await otherProcess(driver, harness.file);
    expect(other.said).toBe('held');
    await expect(harness.open()).rejects.toMatchObject({
      name: 'StoreProblem',
      exitCode: 78,
      message: expect.stringMatching(/in use by another process.*PostgreSQL/s),
    });
    await other.end();
    await (await harness.open()).close();
  });

  it('refuses a damaged file, and one that is no database', async () => {
    await writeFile(harness.file, 'not a database, but long enough to look like one '.repeat(50));
    await expect(harness.open()).rejects.toMatchObject({ name: 'StoreProblem', exitCode: 74 });
    await rm(harness.file);
    await mkdir(harness.file);
    await expect(harness.open()).rejects.toMatchObject({ name: 'StoreProblem', exitCode: 74 });
  });

  it.skipIf(root)('says what to do about a file it may not write', async () => {
    await (await harness.open()).close();
    await chmod(harness.file, 0o400);
    await expect(harness.open()).rejects.toMatchObject({
      exitCode: 74,
      message: expect.stringContaining('writable'),
    });
  });

  it('names a full disk, loses nothing, and goes on when there is space', async () => {
    const { connection, store } = await storeOnConnection(driver, harness.file);
    await store.transact((tx) => tx.putSetting('before', 'kept'));
    await connection.executeScript('PRAGMA max_page_count = 60');
    const filling = store.transact((tx) => tx.putSetting('big', 'x'.repeat(1_000_000)));
    await expect(filling).rejects.toMatchObject({
      name: 'StoreProblem',
      exitCode: 74,
      message: expect.stringContaining('disk is full'),
    });
    expect(await store.transact((tx) => tx.setting('before'))).toBe('kept');
    await connection.executeScript('PRAGMA max_page_count = 100000');
    await store.transact((tx) => tx.putSetting('after', 'kept too'));
    expect(await store.transact((tx) => tx.setting('big'))).toBeNull();
    await store.close();
  });

  it('is not left inside a transaction whose commit failed', async () => {
    const { client, store } = await storeOnConnection(driver, harness.file);
    await client.$executeRawUnsafe('PRAGMA foreign_keys = ON');
    const broken = client.$transaction(async (tx) => {
      await tx.$executeRawUnsafe('PRAGMA defer_foreign_keys = ON');
      await tx.$executeRawUnsafe(`INSERT INTO "staff_account" VALUES ('a', 'nobody', 0)`);
    });
    await expect(broken).rejects.toThrow();
    await store.transact((tx) => tx.putSetting('after', 'kept'));
    await store.close();
    expect(await harness.raw('SELECT "value" FROM "setting"')).toEqual([{ value: 'kept' }]);
  });

  it('an entry cannot be replaced, and the error says why', async () => {
    const { client, store } = await storeOnConnection(driver, harness.file);
    await store.transact((tx) => tx.append('PR-1', 0, [entry('logged')], null));
    const error = await client.ledgerEntry.deleteMany().catch((caught) => caught);
    expect(storeFault(error, 'sqlite')).toMatchObject({ message: expect.stringContaining('append-only') });
    await store.close();
    const replace = `INSERT OR REPLACE INTO "ledger_entry" ("id", "stream", "seq", "at", "account", "type", "body", "prev", "hash")
      VALUES`;
    await expect(harness.raw(`${replace} (9, 'PR-1', 1, '', '', '', '', '', '')`)).rejects.toMatchObject(
      APPEND_ONLY,
    );
    await expect(harness.raw(`${replace} (1, 'PR-1', 9, '', '', '', '', '', '')`)).rejects.toMatchObject(
      APPEND_ONLY,
    );
  });

  it('treats what a dead process was sending as uncertain at once', async () => {
    const before = await harness.open();
    await before.transact((tx) => tx.enqueue(post('k'), AT));
    await before.claimPosts(['terminal'], AT, 86_400, 1);
    await before.close();
    const after = await harness.open();
    expect(await after.claimPosts(['terminal'], AT, 60, 1)).toMatchObject([
      { status: 'uncertain', attempt: 2 },
    ]);
    await after.close();
  });

  it('reads what is due, a page of the ledger and the first of each lane from an index, in order', async () => {
    const connection = sqliteAdapter(driver.open(':memory:'));
    const adapter = sharedConnection(connection, driver);
    await migrate('sqlite', sqliteForMigrations(adapter));
    const client = new PrismaClient({ adapter });
    const transaction = await connection.startTransaction();
    const queries: SqlQuery[] = [];
    const watched = {
      ...transaction,
      queryRaw: (asked: SqlQuery) => {
        queries.push(asked);
        return transaction.queryRaw(asked);
      },
    };
    const sql = sqlOn(watched, 'sqlite');
    await requestTx(sql).dueRequests(AT, 50);
    await requestTx(sql).earliestDue();
    await disclosureTx(client, sql).dueDisclosures(AT, 50);
    await disclosureTx(client, sql).earliestDisclosureDue();
    const after = { stream: 'PR-1', seq: 1 };
    await ledgerTx(sql, SQLITE, keysIn(sql, openVault(MASTER_KEY), SEALS)).rawEntries({ after, take: 50 });
    await claimPosts(sql, SQLITE, SEALS, ['terminal'], AT, 60, 20);
    const plans = await Promise.all(
      queries.map(async (asked) => {
        const { columnNames, rows } = await transaction.queryRaw({
          ...asked,
          sql: `EXPLAIN QUERY PLAN ${asked.sql}`,
        });
        return rows.map((row) => String(row[columnNames.indexOf('detail')]));
      }),
    );
    await transaction.rollback();
    await client.$disconnect();
    await connection.dispose();
    const read = plans.map((plan) => plan.filter((line) => /^(?:SEARCH|SCAN|USE TEMP)/.test(line)));
    expect(read.slice(0, 5)).toEqual([
      [expect.stringMatching(/^SEARCH request USING INDEX request_nextDueAt_ref_idx \(nextDueAt<\?\)$/)],
      [expect.stringMatching(/^SEARCH request USING INDEX request_nextDueAt_ref_idx/)],
      [
        expect.stringMatching(
          /^SEARCH disclosure USING INDEX disclosure_nextDueAt_ref_idx \(nextDueAt<\?\)$/,
        ),
      ],
      [expect.stringMatching(/^SEARCH disclosure USING INDEX disclosure_nextDueAt_ref_idx/)],
      [
        expect.stringMatching(
          /^SEARCH ledger_entry USING INDEX ledger_entry_stream_seq_key \(\(stream,seq\)>\(\?,\?\)\)$/,
        ),
      ],
    ]);
    const lanes = read.slice(5).flat();
    expect(lanes.filter((line) => line.includes('post'))).not.toEqual([]);
    expect(lanes.filter((line) => line.startsWith('SCAN post'))).toEqual([]);
  });

  it('makes its folder, and knows whether a database is there', async () => {
    const file = join(dirname(harness.file), 'new', 'deep', 'ombud.db');
    const database = { kind: 'sqlite', file } as const;
    expect(await databaseExists(database)).toBe(false);
    await (await openStore(database, MASTER_KEY)).close();
    expect(await databaseExists(database)).toBe(true);
    expect((await stat(dirname(file))).mode & 0o077).toBe(0);
  });

  it('serves from memory where nothing is to be kept', async () => {
    const store = await openSqliteStore({ file: ':memory:', masterKey: MASTER_KEY, driver });
    expect(await store.transact((tx) => tx.nextNumber('x'))).toBe(1);
    await store.close();
  });

  it('the migrations are the models', async () => {
    const factory = sharedConnection(sqliteAdapter(driver.open(':memory:')), driver);
    expect(await missingMigration('sqlite', sqliteForMigrations(factory))).toBe('');
  });
}
