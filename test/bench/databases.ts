/**
 * The databases of the bench: SQLite files in a temporary folder, and databases of a throwaway PostgreSQL server. The bare
 * drivers get the settings the product uses. Must not know: what is measured.
 */
import { join } from 'node:path';
import pg from 'pg';
import type { Store } from '../../src/record/store.js';
import { type Client, type Dialect, POSTGRESQL, SQLITE } from '../../src/storage/engine/dialect.js';
import { openStore } from '../../src/storage/engine/open.js';
import { poolAdapter } from '../../src/storage/engine/postgresql.js';
import { PRAGMAS } from '../../src/storage/engine/sqlite.js';
import { sharedConnection, sqliteAdapter } from '../../src/storage/engine/sqlite-adapter.js';
import { type SqliteStatement, sqliteDriver } from '../../src/storage/engine/sqlite-driver.js';
import { boundOf } from '../../src/storage/engine/sqlite-values.js';
import { handingOver } from '../../src/storage/engine/transactions.js';
import { PrismaClient as PostgresClient } from '../../src/storage/generated/postgresql/client.js';
import { PrismaClient as SqliteClient } from '../../src/storage/generated/sqlite/client.js';
import { sealsWith } from '../../src/storage/seals.js';
import { makeStore } from '../../src/storage/store.js';
import { openVault } from '../../src/storage/vault.js';
import type { Postgres } from '../support/postgres.js';
import { rowsOf, withSqlite } from '../support/sqlite.js';
import type { Bench, Recorded } from './commits.js';
import { type Recorder, recording } from './recorder.js';
import { MASTER_KEY } from './workload.js';

export async function sqliteBench(folder: string): Promise<Bench> {
  const fileOf = (name: string): string => join(folder, `${name}.db`);
  const driver = await sqliteDriver();
  return {
    name: 'SQLite, synchronous=FULL',
    // 105 commands a second beside 1,561: one interleaved run on two cores.
    before: { commit: '537454c', ratio: 0.067 },
    goal: 0.25,
    openDesk: () => openStore({ kind: 'sqlite', file: fileOf('desk') }, MASTER_KEY),
    openRecorded: async () => {
      await makeTables({ kind: 'sqlite', file: fileOf('recorded') });
      const connection = sqliteAdapter(driver.open(fileOf('recorded')));
      await connection.executeScript(PRAGMAS);
      const recorder = recording(sharedConnection(connection, driver));
      const { factory, transactions } = handingOver(recorder.factory);
      const client = new SqliteClient({ adapter: factory, errorFormat: 'minimal' });
      return recorded(recorder, SQLITE, transactions(client, SQLITE), async () => {
        await client.$disconnect();
        await connection.dispose();
      });
    },
    openBare: async () => {
      await makeTables({ kind: 'sqlite', file: fileOf('bare') });
      const database = driver.open(fileOf('bare'));
      database.exec(PRAGMAS);
      const kept = new Map<string, SqliteStatement>();
      return {
        replay: async (statements) => {
          database.exec('BEGIN');
          for (const { sql, args, types } of statements) {
            const statement = kept.get(sql) ?? database.prepare(sql);
            kept.set(sql, statement);
            // `all` runs what returns nothing too.
            statement.all(...args.map((value, index) => boundOf(value, types[index])));
          }
          database.exec('COMMIT');
        },
        close: async () => database.close(),
      };
    },
    compare: async () => {
      if ((await contentOf(fileOf('recorded'))) !== (await contentOf(fileOf('bare'))))
        throw new Error('the replayed database holds other rows: the bench is void');
    },
  };
}

function recorded(
  recorder: Recorder,
  dialect: Dialect,
  transactions: Parameters<typeof makeStore>[0]['transactions'],
  close: () => Promise<void>,
): Recorded {
  const vault = openVault(MASTER_KEY);
  const seals = sealsWith(MASTER_KEY);
  const store: Store = makeStore({
    transactions,
    dialect,
    vault,
    seals,
    scrub: async () => {},
    backup: async () => {},
    describe: async () => ({}),
    close,
  });
  return { store, take: recorder.take };
}

async function makeTables(database: Parameters<typeof openStore>[0]): Promise<void> {
  await (await openStore(database, MASTER_KEY)).close();
}

/** Every row of every table, but for the schema engine's own, whose times differ, and the record's key, which is random. */
function contentOf(file: string): Promise<string> {
  return withSqlite(file, async (connection) => {
    const tables = await rowsOf(
      connection,
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name <> 'vault' ORDER BY name`,
    );
    const found = [];
    for (const { name } of tables)
      found.push([name, await rowsOf(connection, `SELECT * FROM "${String(name)}" ORDER BY rowid`)]);
    return JSON.stringify(found);
  });
}

export async function postgresBench(server: Postgres): Promise<Bench> {
  const [desk, bare, written] = [
    server.urlOf(await server.freshDatabase()),
    server.urlOf(await server.freshDatabase()),
    server.urlOf(await server.freshDatabase()),
  ];
  return {
    name: 'PostgreSQL, fsync off',
    // 70 commands a second beside 405: one interleaved run on two cores.
    before: { commit: '537454c', ratio: 0.16 },
    goal: 0.45,
    openDesk: () => openStore({ kind: 'postgresql', url: desk }, MASTER_KEY),
    openRecorded: async () => {
      await makeTables({ kind: 'postgresql', url: written });
      const recorder = recording(poolAdapter(written));
      const { factory, transactions } = handingOver(recorder.factory);
      // As in the product: the two clients' types differ by the isolation levels each database has.
      const client = new PostgresClient({ adapter: factory, errorFormat: 'minimal' }) as unknown as Client;
      return recorded(recorder, POSTGRESQL, transactions(client, POSTGRESQL), () => client.$disconnect());
    },
    openBare: async () => {
      await makeTables({ kind: 'postgresql', url: bare });
      const client = new pg.Client({ connectionString: bare });
      await client.connect();
      const names = new Map<string, string>();
      const nameOf = (sql: string): string => {
        const name = names.get(sql) ?? `bare_${names.size}`;
        names.set(sql, name);
        return name;
      };
      return {
        replay: async (statements) => {
          await client.query('BEGIN');
          for (const { sql, args } of statements)
            await client.query({
              name: nameOf(sql),
              text: sql,
              values: args.map((value) => (value instanceof Date ? value.toISOString().slice(0, -1) : value)),
              rowMode: 'array',
            });
          await client.query('COMMIT');
        },
        close: () => client.end(),
      };
    },
    compare: async () => {},
  };
}
