/**
 * The databases of the bench: SQLite files in a temporary folder, and databases of a throwaway PostgreSQL server.
 * Bare clients get the settings the product uses. Must not know: what is measured.
 */
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { type Client, POSTGRESQL, SQLITE } from '../../src/storage/engine/dialect.js';
import { openStore } from '../../src/storage/engine/open.js';
import { poolAdapter } from '../../src/storage/engine/postgresql.js';
import { PRAGMAS } from '../../src/storage/engine/sqlite.js';
import { PrismaClient as PostgresClient } from '../../src/storage/generated/postgresql/client.js';
import { PrismaClient as SqliteClient } from '../../src/storage/generated/sqlite/client.js';
import type { Postgres } from '../support/postgres.js';
import type { Bench } from './commits.js';
import { MASTER_KEY } from './workload.js';

type Opened = { readonly client: Client; readonly close: () => Promise<void> };

export function sqliteBench(folder: string): Bench {
  const fileOf = (name: string): string => join(folder, `${name}.db`);
  return {
    name: 'SQLite, synchronous=FULL',
    dialect: SQLITE,
    openDesk: () => openStore({ kind: 'sqlite', file: fileOf('desk') }, MASTER_KEY),
    openBare: () => bareSqlite(fileOf('bare')),
    openRecorded: () => bareSqlite(fileOf('recorded')),
    compare: () => compareFiles(fileOf('recorded'), fileOf('bare')),
  };
}

/** Prisma's official adapter as it is, on its one connection. */
async function bareSqlite(file: string): Promise<Opened> {
  await makeTables({ kind: 'sqlite', file });
  const factory = new PrismaBetterSqlite3({ url: `file:${file}`, timeout: 0 });
  const connection = await factory.connect();
  await connection.executeScript(PRAGMAS);
  const { provider, adapterName } = factory;
  const adapter: SqlDriverAdapterFactory = { provider, adapterName, connect: async () => connection };
  const client = new SqliteClient({ adapter, errorFormat: 'minimal' });
  return { client, close: () => client.$disconnect() };
}

async function makeTables(database: Parameters<typeof openStore>[0]): Promise<void> {
  await (await openStore(database, MASTER_KEY)).close();
}

/** Every row of every table, but for the schema engine's own, whose times differ. */
async function compareFiles(recorded: string, bare: string): Promise<void> {
  if ((await rowsOf(recorded)) !== (await rowsOf(bare)))
    throw new Error('the replayed database holds other rows: the bench is void');
}

async function rowsOf(file: string): Promise<string> {
  const connection = await new PrismaBetterSqlite3({ url: `file:${file}` }).connect();
  const rows = async (sql: string) => (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
  const tables = await rows(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY name`,
  );
  const found = [];
  for (const [table] of tables)
    found.push([table, await rows(`SELECT * FROM "${String(table)}" ORDER BY rowid`)]);
  await connection.dispose();
  return JSON.stringify(found);
}

export async function postgresBench(server: Postgres): Promise<Bench> {
  const [desk, bare, recorded] = [
    server.urlOf(await server.freshDatabase()),
    server.urlOf(await server.freshDatabase()),
    server.urlOf(await server.freshDatabase()),
  ];
  return {
    name: 'PostgreSQL, fsync off',
    dialect: POSTGRESQL,
    openDesk: () => openStore({ kind: 'postgresql', url: desk }, MASTER_KEY),
    openBare: () => barePostgres(bare),
    openRecorded: () => barePostgres(recorded),
    compare: async () => {},
  };
}

async function barePostgres(url: string): Promise<Opened> {
  await makeTables({ kind: 'postgresql', url });
  const client = new PostgresClient({ adapter: poolAdapter(url), errorFormat: 'minimal' });
  // As in the product: the two clients' types differ by the isolation levels each database has.
  return { client: client as unknown as Client, close: () => client.$disconnect() };
}
