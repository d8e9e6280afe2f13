/**
 * The one table of what differs between the two databases once they are open, and the client type both share.
 * Must not know: what is read or written.
 */
import type { Prisma, PrismaClient } from '../generated/sqlite/client.js';
import type { Engine } from './schema-engine.js';

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
  /** Holds a row until the transaction ends, so that writers stand in line. */
  lockHead(db: Db, stream: string): Promise<void>;
  lockSubject(db: Db, id: string): Promise<void>;
  /** The clock leases run on. */
  leaseClock(db: Db): Promise<Date>;
};

export const SQLITE: Dialect = {
  engine: 'sqlite',
  width: 1,
  // Nobody else waits for the connection, so these only end work that hangs.
  limits: { maxWait: 10_000, timeout: 60_000 },
  lockHead: async () => {},
  lockSubject: async () => {},
  // One process holds the file, so its own clock will do, provided that it never jumps.
  leaseClock: async () => new Date(performance.timeOrigin + performance.now()),
};

export const POSTGRESQL: Dialect = {
  engine: 'postgresql',
  width: 10,
  limits: { maxWait: 10_000, timeout: 30_000 },
  lockHead: async (db, stream) => {
    await db.$queryRaw`SELECT 1 FROM "stream_head" WHERE "stream" = ${stream} FOR UPDATE`;
  },
  lockSubject: async (db, id) => {
    await db.$queryRaw`SELECT 1 FROM "subject" WHERE "id" = ${id} FOR UPDATE`;
  },
  leaseClock: async (db) => {
    const rows = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AT TIME ZONE 'UTC' AS "now"`;
    const now = rows[0]?.now;
    if (now === undefined) throw new Error('the database did not tell the time');
    return now;
  },
};
