/**
 * The databases of the bench: SQLite files in a temporary folder, and databases of a throwaway PostgreSQL server.
 * Bare clients get the settings the product uses. Must not know: what is measured.
 */
import { join } from 'node:path';
import { type Client, POSTGRESQL, SQLITE } from '../../src/storage/engine/dialect.js';
import { openStore } from '../../src/storage/engine/open.js';
import { poolAdapter } from '../../src/storage/engine/postgresql.js';
import { PRAGMAS } from '../../src/storage/engine/sqlite.js';
import { sharedConnection, sqliteAdapter } from '../../src/storage/engine/sqlite-adapter.js';
import { sqliteDriver } from '../../src/storage/engine/sqlite-driver.js';
import { PrismaClient as PostgresClient } from '../../src/storage/generated/postgresql/client.js';
import { PrismaClient as SqliteClient } from '../../src/storage/generated/sqlite/client.js';
import type { Postgres } from '../support/postgres.js';
import { rowsOf, withSqlite } from '../support/sqlite.js';
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

/** Prisma on the product's own adapter, without what the product does about transactions and the event loop. */
async function bareSqlite(file: string): Promise<Opened> {
  await makeTables({ kind: 'sqlite', file });
  const driver = await sqliteDriver();
  const connection = sqliteAdapter(driver.open(file));
  await connection.executeScript(PRAGMAS);
  const client = new SqliteClient({
    adapter: sharedConnection(connection, driver),
    errorFormat: 'minimal',
  });
  return {
    client,
    close: async () => {
      await client.$disconnect();
      await connection.dispose();
    },
  };
}

async function makeTables(database: Parameters<typeof openStore>[0]): Promise<void> {
  await (await openStore(database, MASTER_KEY)).close();
}

/** Every row of every table, but for the schema engine's own, whose times differ. */
async function compareFiles(recorded: string, bare: string): Promise<void> {
  if ((await contentOf(recorded)) !== (await contentOf(bare)))
    throw new Error('the replayed database holds other rows: the bench is void');
}

function contentOf(file: string): Promise<string> {
  return withSqlite(file, async (connection) => {
    const tables = await rowsOf(
      connection,
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY name`,
    );
    const found = [];
    for (const { name } of tables)
      found.push([name, await rowsOf(connection, `SELECT * FROM "${String(name)}" ORDER BY rowid`)]);
    return JSON.stringify(found);
  });
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
