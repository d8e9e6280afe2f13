/**
 * Opens a PostgreSQL database that several instances may share.
 * Must not know: what is stored.
 */

import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlQuery } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import type { Lost } from '../../domain/tampering.js';
import { type Store, StoreConflict, StoreProblem } from '../../record/store.js';
import { PrismaClient } from '../generated/postgresql/client.js';
import { READ_CHECK, recordKey, refuseOtherKey } from '../key-check.js';
import { openSeals } from '../record-key.js';
import { lostSince, refuseLost } from '../rollback.js';
import type { Seals } from '../seals.js';
import { makeStore } from '../store.js';
import { openVault, type Vault } from '../vault.js';
import { unkept, type Witness } from '../witness.js';
import { type Client, POSTGRESQL, sealing } from './dialect.js';
import { driverFault, serverAway, storeFault } from './faults.js';
import { migrate } from './migrations.js';
import { namingLostServer, pgForMigrations } from './postgresql-adapter.js';
import { handingOver } from './transactions.js';

const CONNECT_MS = 5_000;
/** Below the transaction's own limit, so that waiting for a lock ends as a conflict and is tried again. */
const LOCK_MS = 10_000;
/** For an instance that hung in a transaction: its locks are given up. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/** How long a second instance waits for the first to finish migrating. */
const MIGRATION_WAIT_MS = 120_000;
/** Any number, as long as every version uses the same: the lock under which tables are made. */
const MIGRATION_LOCK = 7_266_283;
/** Prepared statements live in every connection of the server; texts with long lists vary without end. */
const MAX_STATEMENTS = 500;

/** Throws StoreProblem: 78 wrong key, newer database, user refused; 74 server not reached. */
export async function openPostgresStore(options: {
  readonly url: string;
  readonly masterKey: Uint8Array;
  /** In memory only when left out. */
  readonly witness?: Witness;
  readonly acceptRestored?: boolean;
}): Promise<Store> {
  const { url, masterKey, witness = unkept(), acceptRestored = false } = options;
  const vault = openVault(masterKey);
  await withConnection(url, (connection) => prepare(connection, url, vault));

  const { factory, transactions } = handingOver(namingLostServer(poolAdapter(url), serverAway));
  // The two clients are generated from one text; their types differ by the isolation levels each database has.
  const client = new PrismaClient({
    adapter: factory,
    errorFormat: 'minimal',
  }) as unknown as Client;
  let seals: Seals;
  let restored: readonly Lost[];
  try {
    await recordKey(client, vault);
    seals = await transactions(
      client,
      sealing(POSTGRESQL),
    )((db, sql) =>
      openSeals({ db, sql, dialect: POSTGRESQL, vault }, witness.all().size > 0 && !acceptRestored),
    );
    restored = await transactions(client, POSTGRESQL)((_db, sql) => lostSince(sql, seals, witness));
    refuseLost(restored, acceptRestored);
  } catch (error) {
    await client.$disconnect();
    throw storeFault(error, 'postgresql');
  }
  return makeStore({
    transactions: transactions(client, POSTGRESQL),
    dialect: POSTGRESQL,
    vault,
    seals,
    witness,
    restored,
    describe: async (db) => {
      const rows = await db.$queryRaw<Record<string, string>[]>`
        SELECT current_setting('server_version') AS "version", current_database()::text AS "database",
          current_setting('synchronous_commit') AS "synchronous_commit",
          current_setting('transaction_isolation') AS "isolation"`;
      return { engine: 'PostgreSQL', ...rows[0] };
    },
    // Rewritten into new files: nothing of a deleted row is in the old ones once they are gone.
    scrub: () =>
      withConnection(url, async (connection) => {
        await connection.query(`SET lock_timeout = ${LOCK_MS}`);
        await connection.query('VACUUM (FULL) "subject_key"');
        await connection.query('VACUUM "subject"');
      }),
    backup: async () => {
      throw new StoreProblem(
        'This desk is on a PostgreSQL server: copy it with pg_dump --format=custom --file=ombud.dump "$DATABASE_URL".',
        78,
      );
    },
    close: () => client.$disconnect(),
  });
}

/** Prisma's own adapter on a pool with the desk's settings. */
export function poolAdapter(url: string): PrismaPg {
  return new PrismaPg(
    {
      connectionString: url,
      application_name: 'ombud',
      max: POSTGRESQL.width,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      lock_timeout: LOCK_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    },
    { statementNameGenerator: statementNames() },
  );
}

/** Whether Ombud has been in this database before (so that its key must exist somewhere). */
export async function postgresHasDesk(url: string): Promise<boolean> {
  return withConnection(url, async (connection) => (await storedCheck(connection)) !== null);
}

/** One instance at a time checks the key and makes the tables; the others wait for it. */
async function prepare(connection: pg.Client, url: string, vault: Vault): Promise<void> {
  await connection.query(`SET lock_timeout = ${MIGRATION_WAIT_MS}`);
  // Closing the connection gives the lock back.
  await connection.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]).catch((error: unknown) => {
    if (!(driverFault(error, 'postgresql') instanceof StoreConflict)) throw error;
    throw new StoreProblem(
      'Another instance has been changing the tables for minutes. Look at its log.',
      74,
      {
        cause: error,
      },
    );
  });
  refuseOtherKey(vault, await storedCheck(connection));
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, max: 1 });
  try {
    await migrate('postgresql', pgForMigrations(pool));
  } finally {
    await pool.end();
  }
}

async function storedCheck(connection: pg.Client): Promise<string | null> {
  const found = await connection.query<{ table: string | null }>(`SELECT to_regclass('vault') AS "table"`);
  if (!found.rows[0]?.table) return null;
  return (await connection.query<{ check: string }>(READ_CHECK)).rows[0]?.check ?? null;
}

async function withConnection<T>(url: string, work: (connection: pg.Client) => Promise<T>): Promise<T> {
  const connection = clientOf(url);
  // A connection lost between two queries is an event; the next query fails and says so.
  connection.on('error', () => {});
  try {
    await connection.connect().catch((error: unknown) => {
      const fault = driverFault(error, 'postgresql');
      throw fault instanceof StoreProblem ? fault : serverAway(error);
    });
    return await work(connection);
  } catch (error) {
    throw driverFault(storeFault(error, 'postgresql'), 'postgresql');
  } finally {
    await connection.end().catch(() => {});
  }
}

function clientOf(url: string): pg.Client {
  try {
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  } catch {
    // Without the cause: it quotes the address, which may hold a password.
    throw new StoreProblem(
      'DATABASE_URL is not an address of a PostgreSQL database. Example: postgresql://ombud:secret@localhost:5432/ombud',
      78,
    );
  }
}

function statementNames(): (query: SqlQuery) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MAX_STATEMENTS) return '';
    const name = `ombud_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
