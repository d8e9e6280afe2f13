/**
 * The statements written by hand: their columns are the databases' own, and they run in the transaction that Prisma opened,
 * never after it.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { type Dialect, POSTGRESQL, SQLITE } from '../../src/storage/engine/dialect.js';
import { poolAdapter } from '../../src/storage/engine/postgresql.js';
import { among, part, type Sql, type Table } from '../../src/storage/engine/sql.js';
import { sharedConnection, sqliteAdapter } from '../../src/storage/engine/sqlite-adapter.js';
import { sqliteDriver } from '../../src/storage/engine/sqlite-driver.js';
import { handingOver, type Transactions } from '../../src/storage/engine/transactions.js';
import { PrismaClient as PostgresClient } from '../../src/storage/generated/postgresql/client.js';
import { PrismaClient as SqliteClient } from '../../src/storage/generated/sqlite/client.js';
import { POST, STAFF, STREAM_HEAD, TABLES } from '../../src/storage/tables/columns.js';
import { startPostgres } from '../support/postgres.js';
import { postgresHarness, sqliteHarness } from './store-harness.js';

type Opened = {
  readonly transactions: Transactions;
  /** By column: SQLite's declared type, or PostgreSQL's name, with `?` where it may be NULL. */
  readonly columns: (table: string) => Promise<Readonly<Record<string, string>>>;
  readonly close: () => Promise<void>;
};

async function onSqlite(): Promise<Opened> {
  const driver = await sqliteDriver();
  const harness = await sqliteHarness(driver);
  await (await harness.open()).close();
  const connection = sqliteAdapter(driver.open(harness.file));
  const { factory, transactions } = handingOver(sharedConnection(connection, driver));
  const client = new SqliteClient({ adapter: factory });
  return {
    transactions: transactions(client, SQLITE),
    columns: async (table) => {
      const sql = `SELECT "name", "type", "notnull" FROM pragma_table_info('${table}')`;
      const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
      return Object.fromEntries(rows.map(([name, type, full]) => [name, `${type}${full ? '' : '?'}`]));
    },
    close: async () => {
      await client.$disconnect();
      await connection.dispose();
      await harness.remove();
    },
  };
}

const server = await startPostgres();
afterAll(() => server?.stop());

async function onPostgres(): Promise<Opened> {
  if (server === null) throw new Error('no server');
  const harness = await postgresHarness(server);
  await (await harness.open()).close();
  const { factory, transactions } = handingOver(poolAdapter(harness.url));
  const client = new PostgresClient({ adapter: factory });
  return {
    // As in the product: the two clients' types differ by the isolation levels each database has.
    transactions: transactions(client as unknown as SqliteClient, POSTGRESQL),
    columns: async (table) => {
      const rows =
        await harness.raw(`SELECT column_name, data_type, is_nullable FROM information_schema.columns
        WHERE table_name = '${table}' AND table_schema = 'public'`);
      return Object.fromEntries(
        rows.map((row) => [row.column_name, `${row.data_type}${row.is_nullable === 'YES' ? '?' : ''}`]),
      );
    },
    close: () => client.$disconnect(),
  };
}

const SQLITE_TYPES = { text: 'TEXT', int: 'INTEGER', bool: 'BOOLEAN', date: 'DATETIME' };
const POSTGRES_TYPES = {
  text: 'text',
  int: 'integer',
  bool: 'boolean',
  date: 'timestamp without time zone',
};

describe('SQLite', () => handWritten(onSqlite, SQLITE_TYPES, SQLITE));
if (server === null) describe.skip('PostgreSQL', () => {});
else describe('PostgreSQL', () => handWritten(onPostgres, POSTGRES_TYPES, POSTGRESQL));

function handWritten(
  open: () => Promise<Opened>,
  types: Readonly<Record<string, string>>,
  dialect: Dialect,
): void {
  const withIt = async <T>(work: (opened: Opened) => Promise<T>): Promise<T> => {
    const opened = await open();
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  };

  it('know exactly the columns the database has, and what each holds', async () => {
    await withIt(async ({ columns }) => {
      for (const table of TABLES) {
        const wanted = Object.entries(table.columns).map(([name, kind]) => {
          const [bare = '', empty = ''] = kind.split(/(?=\?)/);
          return [name, `${types[bare]}${empty}`];
        });
        const { id, ...rest } = await columns(table.name);
        // The ledger's number is the database's own.
        const found = 'id' in table.columns ? { id, ...rest } : rest;
        expect({ [table.name]: found }).toEqual({ [table.name]: Object.fromEntries(wanted) });
      }
    });
  });

  it('write and read every kind of value as Prisma does', async () => {
    await withIt(({ transactions }) =>
      transactions(async (db, sql) => {
        const post = {
          key: 'it’s "quoted" ? $1',
          surface: 'terminal',
          effect: '{}',
          lane: 'l',
          status: 'pending',
          attempt: 2,
          notBefore: new Date('2026-11-23T02:00:00.250Z'),
          leaseUntil: null,
          lastError: null,
          createdAt: '2026-11-23T02:00:00Z',
          mac: 'c2VhbA==',
          outcome: null,
        };
        await sql.insert(POST, [post]);
        const member = { person: 'mei', roles: '[]', trainedUntil: null, active: false };
        await sql.insert(STAFF, [member, { ...member, person: 'dan', active: true }]);
        expect(await db.post.findMany({ omit: { id: true } })).toEqual([post]);
        expect(await sql.from(POST)`WHERE "notBefore" <= ${post.notBefore}`).toEqual(
          await db.post.findMany(),
        );
        expect(await sql.from(STAFF)`WHERE "active" = ${true}`).toEqual(
          await db.staff.findMany({ where: { active: true } }),
        );
        expect(await sql.from(STAFF)`WHERE "person" IN ${among(['mei', 'kim'])}`).toEqual([member]);
      }),
    );
  });

  it('are kept and taken back with what Prisma wrote beside them', async () => {
    await withIt(async ({ transactions }) => {
      const write = (stream: string, fail: boolean) =>
        transactions(async (db, sql) => {
          await db.setting.create({ data: { key: stream, value: 'x' } });
          await sql.insert(STREAM_HEAD, [{ stream, seq: 1, hash: 'h' }]);
          if (fail) throw new Error('taken back');
        });
      await write('kept', false);
      await expect(write('lost', true)).rejects.toThrow('taken back');
      await transactions(async (db, sql) => {
        expect((await db.setting.findMany()).map(({ key }) => key)).toEqual(['kept']);
        expect((await sql.from(STREAM_HEAD)``).map(({ stream }) => stream)).toEqual(['kept']);
      });
    });
  });

  it('each find their own transaction, however many are opened at once', async () => {
    await withIt(async ({ transactions }) => {
      const streams = Array.from({ length: dialect.width * 2 }, (_, index) => `s${index}`);
      const write = (stream: string, index: number) =>
        transactions(async (db, sql) => {
          await sql.insert(STREAM_HEAD, [{ stream, seq: index, hash: 'h' }]);
          // Nobody else sees it before the end.
          expect(await db.streamHead.findMany({ where: { seq: index } })).toHaveLength(1);
          if (index % 2 === 1) throw new Error('odd');
        });
      if (dialect.width > 1) await Promise.allSettled(streams.map(write));
      else for (const [index, stream] of streams.entries()) await write(stream, index).catch(() => {});
      const kept = await transactions((_db, sql) => sql.from(STREAM_HEAD)`ORDER BY "seq"`);
      expect(kept.map(({ seq }) => seq)).toEqual(
        streams.map((_, index) => index).filter((each) => each % 2 === 0),
      );
    });
  });

  it('are refused once their transaction has ended', async () => {
    await withIt(async ({ transactions }) => {
      let late: Sql | undefined;
      await transactions(async (_db, sql) => {
        late = sql;
      });
      await expect(late?.insert(STREAM_HEAD, [{ stream: 's', seq: 1, hash: 'h' }])).rejects.toThrow('ended');
      expect(await transactions((_db, sql) => sql.from(STREAM_HEAD)``)).toEqual([]);
    });
  });

  it('say so when a statement returns what its table does not have', async () => {
    await withIt(async ({ transactions }) => {
      const wrong: Table<{ seq: number }> = { name: 'stream_head', columns: { seq: 'int' } };
      const asked = transactions((_db, sql) => sql.all(wrong, part`SELECT 1 AS "other"`));
      await expect(asked).rejects.toThrow('stream_head has no column other');
    });
  });
}
