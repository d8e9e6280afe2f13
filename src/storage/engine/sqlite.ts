/**
 * Opens an SQLite file for one process: exclusive, write-ahead, every commit on the disk.
 * Must not know: what is stored.
 */
import { access, constants, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { type Store, StoreProblem } from '../../record/store.js';
import { PrismaClient } from '../generated/sqlite/client.js';
import { READ_CHECK, recordKey, refuseOtherKey } from '../key-check.js';
import { openSeals } from '../record-key.js';
import { lostSince, refuseLost } from '../rollback.js';
import { makeStore } from '../store.js';
import { endLeases } from '../tables/outbox.js';
import { openVault } from '../vault.js';
import { unkept, type Witness } from '../witness.js';
import { SQLITE, sealing } from './dialect.js';
import { driverFault, storeFault } from './faults.js';
import { makeFolder } from './folder.js';
import { migrate, notOurs } from './migrations.js';
import { sharedConnection, sqliteAdapter, sqliteForMigrations } from './sqlite-adapter.js';
import { type SqliteDatabase, type SqliteDriver, sqliteDriver } from './sqlite-driver.js';
import { handingOver } from './transactions.js';

const MEMORY = ':memory:';

/** The last line takes the lock. */
export const PRAGMAS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = ON;
  BEGIN IMMEDIATE; COMMIT;`;

/**
 * `file` may be `:memory:`. Throws StoreProblem: 78 in use by another process, wrong key, newer database, or no
 * SQLite for this machine; 74 damaged, read-only, or no space.
 */
export async function openSqliteStore(options: {
  readonly file: string;
  readonly masterKey: Uint8Array;
  /** In memory only when left out. */
  readonly witness?: Witness;
  readonly acceptRestored?: boolean;
  /** For the tests, which run on each of them. */
  readonly driver?: SqliteDriver;
}): Promise<Store> {
  const { file, masterKey, witness = unkept(), acceptRestored = false } = options;
  const vault = openVault(masterKey);
  const driver = options.driver ?? (await sqliteDriver());
  const database = await connect(driver, file);
  const connection = sqliteAdapter(database);
  try {
    // First of all: without it a look at a write-ahead database already makes the file that several processes share.
    await connection.executeScript('PRAGMA locking_mode = EXCLUSIVE');
    if (await holdsOthersTables(connection)) throw notOurs();
    const pragmas = await settle(connection, file);
    const shared = sharedConnection(connection, driver);
    refuseOtherKey(vault, await storedCheck(connection));
    await migrate('sqlite', sqliteForMigrations(shared));
    const { factory, transactions } = handingOver(shared);
    const client = new PrismaClient({ adapter: factory, errorFormat: 'minimal' });
    const inTransaction = transactions(client, SQLITE);
    await recordKey(client, vault);
    const seals = await transactions(
      client,
      sealing(SQLITE),
    )((db, sql) => openSeals({ db, sql, dialect: SQLITE, vault }, witness.all().size > 0 && !acceptRestored));
    const restored = await inTransaction((_db, sql) => lostSince(sql, seals, witness));
    refuseLost(restored, acceptRestored);
    const store = makeStore({
      transactions: inTransaction,
      dialect: SQLITE,
      vault,
      seals,
      witness,
      restored,
      describe: async (db) => {
        const rows = await db.$queryRaw<{ version: string }[]>`SELECT sqlite_version() AS "version"`;
        return { engine: 'SQLite', version: rows[0]?.version ?? '', driver: driver.name, file, ...pragmas };
      },
      scrub: async () => scrub(connection),
      backup: (to) => copyTo(driver, database, to),
      close: async () => {
        await client.$disconnect();
        await connection.dispose();
      },
    });
    await cleanOnce(connection);
    await scrub(connection);
    await inTransaction((_db, sql) => endLeases(sql));
    return store;
  } catch (error) {
    await connection.dispose().catch(() => {});
    throw storeFault(error, 'sqlite');
  }
}

async function connect(driver: SqliteDriver, file: string): Promise<SqliteDatabase> {
  try {
    if (file !== MEMORY) await makeFolder(dirname(file));
  } catch (cause) {
    throw new StoreProblem(
      `The folder ${dirname(file)} cannot be made. Make it, writable for this user.`,
      74,
      { cause },
    );
  }
  if (file !== MEMORY) await forItsOwner(file);
  try {
    return driver.open(file);
  } catch (error) {
    throw driverFault(error, 'sqlite');
  }
}

const OWNER_ONLY = 0o600;

/**
 * Made for its owner only, and taken from others where it was not; the files beside it get its mode. Throws StoreProblem 74 where
 * this user may not write: SQLite itself would speak of a failing disk.
 */
async function forItsOwner(file: string): Promise<void> {
  try {
    const made = await open(file, 'a', OWNER_ONLY);
    try {
      if (((await made.stat()).mode & 0o077) !== 0) await made.chmod(OWNER_ONLY).catch(() => {});
    } finally {
      await made.close();
    }
    await access(dirname(file), constants.W_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    throw new StoreProblem(
      `The database file ${file} cannot be opened for writing by this user (${code}). Make the file and its folder writable ` +
        'for this user, or start Ombud as the user they belong to.',
      74,
      { cause },
    );
  }
}

/** Locks the file first, so that a second process is refused before anything else is touched. */
async function settle(connection: SqlDriverAdapter, file: string): Promise<Record<string, string>> {
  await connection.executeScript(PRAGMAS);
  const wanted: Record<string, string> = {
    locking_mode: 'exclusive',
    journal_mode: file === MEMORY ? 'memory' : 'wal',
    synchronous: '2',
    foreign_keys: '1',
    secure_delete: '1',
  };
  for (const [pragma, value] of Object.entries(wanted)) {
    const found = String(await first(connection, `PRAGMA ${pragma}`));
    if (found !== value)
      throw new StoreProblem(
        `SQLite cannot keep this database safely here: ${pragma} is ${found}, not ${value}. ` +
          'Put the file on a local disk, or use PostgreSQL.',
        74,
      );
  }
  return { ...wanted, synchronous: 'full', foreign_keys: 'on', secure_delete: 'on' };
}

/** The log of the pages as they were goes; with `secure_delete` nothing deleted is left in the pages themselves. */
async function scrub(connection: SqlDriverAdapter): Promise<void> {
  await connection.executeScript('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** For nobody else's eyes, as the database itself; what did not become a whole copy is taken away. */
async function copyTo(driver: SqliteDriver, database: SqliteDatabase, to: string): Promise<void> {
  try {
    // Made first, since SQLite would make it readable for others.
    await (await open(to, 'wx', 0o600)).close();
    await driver.backup(database, to);
  } catch (cause) {
    if (!isThere(cause)) await rm(to, { force: true });
    throw new StoreProblem(
      `The copy ${to} cannot be written. Give a folder with room that this user may write.`,
      74,
      {
        cause,
      },
    );
  }
}

const isThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** In the file's header: every page was written under `secure_delete`. */
const CLEAN = 1;

/** A file of before it is written anew, once: its free pages still hold what was in them. */
async function cleanOnce(connection: SqlDriverAdapter): Promise<void> {
  if (Number(await first(connection, 'PRAGMA user_version')) >= CLEAN) return;
  await connection.executeScript(`VACUUM; PRAGMA user_version = ${CLEAN}`);
}

/** Asked before a setting is written into the file. Prisma's engine asks the same of a database with its own table. */
async function holdsOthersTables(connection: SqlDriverAdapter): Promise<boolean> {
  const tables = await first(connection, `SELECT count(*) FROM sqlite_master WHERE type = 'table'`);
  const ours = await first(
    connection,
    `SELECT count(*) FROM sqlite_master WHERE name = '_prisma_migrations'`,
  );
  return Number(tables) > 0 && Number(ours) === 0;
}

async function storedCheck(connection: SqlDriverAdapter): Promise<string | null> {
  const exists = await first(connection, `SELECT count(*) FROM sqlite_master WHERE name = 'vault'`);
  if (Number(exists) === 0) return null;
  const check = await first(connection, READ_CHECK);
  return typeof check === 'string' ? check : null;
}

async function first(connection: SqlDriverAdapter, sql: string): Promise<unknown> {
  const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
  return rows[0]?.[0];
}
