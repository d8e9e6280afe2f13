/**
 * The SQLite drivers the tests can run on here, and a look at a file past the store.
 */
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { sqliteAdapter } from '../../src/storage/engine/sqlite-adapter.js';
import {
  nodeDriver,
  nodeHasSqlite,
  packageDriver,
  type SqliteDriver,
  sqliteDriver,
} from '../../src/storage/engine/sqlite-driver.js';

if (!nodeHasSqlite)
  process.stderr.write(`node:sqlite: skipped, since Node ${process.version} has none that is good enough\n`);

/** The package's runs everywhere; Node's own where the desk would use it. */
export const SQLITE_DRIVERS: readonly SqliteDriver[] = [
  await packageDriver(),
  ...(nodeHasSqlite ? [nodeDriver()] : []),
];

type Row = Readonly<Record<string, unknown>>;

/** A connection of its own to a file that no store has open. */
export async function withSqlite<T>(file: string, work: (to: SqlDriverAdapter) => Promise<T>): Promise<T> {
  const connection = sqliteAdapter((await sqliteDriver()).open(file));
  try {
    return await work(connection);
  } finally {
    await connection.dispose();
  }
}

export async function rowsOf(connection: SqlDriverAdapter, sql: string): Promise<readonly Row[]> {
  const { columnNames, rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
  return rows.map((row) => Object.fromEntries(row.map((value, index) => [columnNames[index], value])));
}
