/**
 * The one table of what differs between the two databases once they are open, and the client type both share.
 * Must not know: what is read or written.
 */
import type { Prisma, PrismaClient } from '../generated/sqlite/client.js';
import type { Engine } from './schema-engine.js';
import { literal, type Part, part, type Sql, type Table } from './sql.js';

/** Both generated clients, as the narrower one: see `postgresClient` for the cast. */
export type Client = PrismaClient;
/** The client inside a transaction; the outer one must never be used there. */
export type Db = Prisma.TransactionClient;

export type Dialect = {
  readonly engine: Engine;
  /** How many transactions may run at once. */
  readonly width: number;
  /** Prisma's limits for one transaction, in milliseconds. */
  readonly limits: { readonly maxWait: number; readonly timeout: number };
  /** Ends a SELECT whose rows are held until the transaction ends, so that writers stand in line. */
  readonly forUpdate: Part;
  /** The clock leases run on. */
  leaseClock(sql: Sql): Promise<Date>;
};

/** With time for sealing a database of before the record's key, once. */
export const sealing = (dialect: Dialect): Dialect => ({
  ...dialect,
  limits: { maxWait: 120_000, timeout: 3_600_000 },
});

const CLOCK: Table<{ now: Date }> = { name: 'clock', columns: { now: 'date' } };

export const SQLITE: Dialect = {
  engine: 'sqlite',
  width: 1,
  // Nobody else waits for the connection, so these only end work that hangs.
  limits: { maxWait: 10_000, timeout: 60_000 },
  // One transaction at a time.
  forUpdate: literal(''),
  // One process holds the file, so its own clock will do, provided that it never jumps.
  leaseClock: async () => new Date(performance.timeOrigin + performance.now()),
};

export const POSTGRESQL: Dialect = {
  engine: 'postgresql',
  width: 10,
  limits: { maxWait: 10_000, timeout: 30_000 },
  forUpdate: literal('FOR UPDATE'),
  leaseClock: async (sql) => {
    const [row] = await sql.all(CLOCK, part`SELECT clock_timestamp() AT TIME ZONE 'UTC' AS "now"`);
    if (row === undefined) throw new Error('the database did not tell the time');
    return row.now;
  },
};
