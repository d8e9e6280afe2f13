/**
 * The two databases the store's contract runs on.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openPostgresStore } from '../../src/storage/engine/postgresql.js';
import { openSqliteStore } from '../../src/storage/engine/sqlite.js';
import type { SqliteDriver } from '../../src/storage/engine/sqlite-driver.js';
import type { Postgres } from '../support/postgres.js';
import { rowsOf, withSqlite } from '../support/sqlite.js';
import { type Harness, MASTER_KEY } from './store-fixtures.js';

type Row = Readonly<Record<string, unknown>>;

export async function sqliteHarness(driver: SqliteDriver): Promise<Harness & { readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'ombud-store-'));
  const file = join(folder, 'ombud.db');
  return {
    file,
    open: (masterKey = MASTER_KEY) => openSqliteStore({ file, masterKey, driver }),
    raw: (sql) => withSqlite(file, (connection) => rowsOf(connection, sql)),
    bytes: async () => {
      const names = await readdir(folder);
      return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

export async function postgresHarness(server: Postgres): Promise<Harness & { readonly url: string }> {
  const database = await server.freshDatabase();
  const url = server.urlOf(database);
  const raw = async (sql: string): Promise<readonly Row[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    url,
    raw,
    open: (masterKey = MASTER_KEY) => openPostgresStore({ url, masterKey }),
    bytes: async () => {
      const tables = await raw(`SELECT relname AS "name" FROM pg_stat_user_tables`);
      const rows = await Promise.all(tables.map(({ name }) => raw(`SELECT t::text FROM "${name}" t`)));
      return Buffer.from(JSON.stringify(rows));
    },
    remove: async () => {},
  };
}
