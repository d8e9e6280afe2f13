/** Prisma's adapter over either SQLite driver: values whole, one statement a query, transactions that end. */
import { DriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteAdapter } from '../../src/storage/engine/sqlite-adapter.js';
import { nodeHasSqlite, type SqliteDriver, sqliteDriver } from '../../src/storage/engine/sqlite-driver.js';
import { SQLITE_DRIVERS } from '../support/sqlite.js';

it('runs on the SQLite inside Node where there is one, else on the package', async () => {
  expect((await sqliteDriver()).name).toBe(nodeHasSqlite ? 'node:sqlite' : '@photostructure/sqlite');
});

for (const driver of SQLITE_DRIVERS) describe(driver.name, () => adapterContract(driver));

function adapterContract(driver: SqliteDriver): void {
  let on: SqlDriverAdapter;
  beforeEach(async () => {
    on = sqliteAdapter(driver.open(':memory:'));
    await on.executeScript(`
      PRAGMA foreign_keys = ON;
      CREATE TABLE "kept" ("id" INTEGER PRIMARY KEY, "big" BIGINT, "blob" BLOB, "at" DATETIME, "yes" BOOLEAN,
        "real" REAL, "text" TEXT UNIQUE);
      CREATE TABLE "child" ("id" INTEGER PRIMARY KEY, "of" INTEGER NOT NULL REFERENCES "kept" ("id"));
      CREATE TRIGGER "no_delete" BEFORE DELETE ON "kept" BEGIN SELECT RAISE(ABORT, 'kept for good'); END;`);
  });
  afterEach(() => on.dispose());

  const scalar = (scalarType: 'string' | 'bigint' | 'bytes' | 'datetime' | 'int') =>
    ({ scalarType, arity: 'scalar' }) as const;
  const query = (sql: string, ...args: unknown[]) => ({
    sql,
    args,
    argTypes: args.map(() => scalar('string')),
  });
  const faultOf = async (sql: string): Promise<unknown> => {
    const error = await on.executeRaw(query(sql)).catch((caught: unknown) => caught);
    return error instanceof DriverAdapterError ? error.cause : error;
  };

  it('keeps every digit of a 64-bit number, bytes, and an instant as text with an offset', async () => {
    await on.executeRaw({
      sql: 'INSERT INTO "kept" VALUES (?, ?, ?, ?, ?, ?, ?)',
      args: [1, '9007199254740993', 'AAEC/w==', '2026-11-23T02:00:00.250Z', true, 0.5, 'a;b'],
      argTypes: [
        scalar('int'),
        scalar('bigint'),
        scalar('bytes'),
        scalar('datetime'),
        scalar('string'),
        scalar('string'),
        scalar('string'),
      ],
    });
    const { rows } = await on.queryRaw(query('SELECT * FROM "kept"'));
    expect(rows).toEqual([
      [1, '9007199254740993', expect.anything(), '2026-11-23T02:00:00.250+00:00', 1, 0.5, 'a;b'],
    ]);
    expect(Buffer.from(rows[0]?.[2] as Uint8Array)).toEqual(Buffer.from([0, 1, 2, 255]));
    const dates = await on.queryRaw(query('SELECT ? AS "given"', new Date('2026-11-23T02:00:00Z')));
    expect(dates.rows).toEqual([['2026-11-23T02:00:00.000+00:00']]);
  });

  it('refuses two statements in one query, of which a driver would run the first', async () => {
    const two = `INSERT INTO "kept" ("id") VALUES (1); INSERT INTO "kept" ("id") VALUES (2)`;
    await expect(on.executeRaw(query(two))).rejects.toThrow('several statements');
    expect((await on.queryRaw(query('SELECT * FROM "kept"'))).rows).toEqual([]);
    const one = `INSERT INTO "kept" ("text") VALUES ('a; b'); -- and; nothing more\n`;
    expect(await on.executeRaw(query(one))).toBe(1);
  });

  it('names what SQLite refuses as Prisma knows it', async () => {
    await on.executeRaw(query(`INSERT INTO "kept" ("id", "text") VALUES (1, 'once')`));
    expect(await faultOf(`INSERT INTO "kept" ("text") VALUES ('once')`)).toMatchObject({
      kind: 'UniqueConstraintViolation',
      constraint: { fields: ['text'] },
      originalCode: 'SQLITE_CONSTRAINT_UNIQUE',
    });
    expect(await faultOf('INSERT INTO "kept" ("id") VALUES (1)')).toMatchObject({
      kind: 'UniqueConstraintViolation',
      originalCode: 'SQLITE_CONSTRAINT_PRIMARYKEY',
    });
    expect(await faultOf('INSERT INTO "child" ("of") VALUES (NULL)')).toMatchObject({
      kind: 'NullConstraintViolation',
      constraint: { fields: ['of'] },
    });
    expect(await faultOf('INSERT INTO "child" ("of") VALUES (7)')).toMatchObject({
      kind: 'ForeignKeyConstraintViolation',
      originalCode: 'SQLITE_CONSTRAINT_FOREIGNKEY',
    });
    expect(await faultOf('DELETE FROM "kept"')).toMatchObject({
      kind: 'ForeignKeyConstraintViolation',
      originalCode: 'SQLITE_CONSTRAINT_TRIGGER',
      originalMessage: 'kept for good',
    });
    expect(await faultOf('SELECT * FROM "nowhere"')).toMatchObject({
      kind: 'TableDoesNotExist',
      table: 'nowhere',
    });
    expect(await faultOf('SELEC 1')).toMatchObject({ kind: 'sqlite', originalCode: 'SQLITE_ERROR' });
  });

  it('forgets kept statements when a script changes the tables', async () => {
    expect((await on.queryRaw(query('SELECT * FROM "child"'))).columnNames).toEqual(['id', 'of']);
    await on.executeScript('ALTER TABLE "child" ADD COLUMN "more" TEXT');
    expect((await on.queryRaw(query('SELECT * FROM "child"'))).columnNames).toEqual(['id', 'of', 'more']);
  });

  it('lets one transaction be open at once, and end once', async () => {
    const first = await on.startTransaction();
    await expect(on.startTransaction()).rejects.toThrow('already open');
    await first.executeRaw(query('INSERT INTO "kept" ("id") VALUES (1)'));
    await first.commit();
    const second = await on.startTransaction();
    await second.executeRaw(query('INSERT INTO "kept" ("id") VALUES (3)'));
    await second.rollback();
    await second.rollback();
    expect((await on.queryRaw(query('SELECT "id" FROM "kept"'))).rows).toEqual([[1]]);
  });

  it('is out of a transaction whose commit failed', async () => {
    const broken = await on.startTransaction();
    await broken.executeRaw(query('PRAGMA defer_foreign_keys = ON'));
    await broken.executeRaw(query('INSERT INTO "child" ("of") VALUES (7)'));
    await expect(broken.commit()).rejects.toBeInstanceOf(DriverAdapterError);
    await on.executeRaw(query('INSERT INTO "kept" ("id") VALUES (1)'));
    expect((await on.queryRaw(query('SELECT "of" FROM "child"'))).rows).toEqual([]);
  });
}
