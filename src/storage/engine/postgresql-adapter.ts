/**
 * What Ombud changes about Prisma's pg adapter. Must not know: tables, the vault, the desk.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { Pool } from 'pg';
import { overAdapter, overTransaction, overTransactions } from './adapter.js';

/** The one-letter columns as the engine's catalogue queries select them, each on a line of its own. */
const CHAR_COLUMN = /^\s*(?:con\.confdeltype|con\.confupdtype|constr\.contype)\b/gm;

/**
 * As the schema engine needs it: the adapter cuts a script at every `;`, also inside a function body, so it gets the
 * text whole; and it cannot read PostgreSQL's "char", which the engine's own catalogue queries return.
 * The shadow database is the database itself: only an empty one may be compared with the models.
 */
export function pgForMigrations(pool: Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  const connect = async (): Promise<SqlDriverAdapter> => {
    const adapter = await factory.connect();
    return {
      ...overAdapter(adapter),
      queryRaw: (query) => adapter.queryRaw({ ...query, sql: query.sql.replace(CHAR_COLUMN, '$&::text') }),
      // Without arguments pg uses the simple protocol, which takes many statements, as one transaction.
      executeScript: async (script) => {
        await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
      },
    };
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: connect,
  };
}

/**
 * Every answer of the server carries a code; a connection that is lost, or not to be had, may fail without one.
 * `named` makes the error to throw instead.
 */
export function namingLostServer(
  factory: PrismaPg,
  named: (error: unknown) => Error,
): SqlDriverAdapterFactory {
  const name = <T>(result: Promise<T>): Promise<T> =>
    result.catch((error: unknown) => {
      throw error instanceof DriverAdapterError ? error : named(error);
    });
  return overTransactions(factory, async (adapter, level) => {
    const transaction = await name(adapter.startTransaction(level));
    return {
      ...overTransaction(transaction),
      queryRaw: (query) => name(transaction.queryRaw(query)),
      executeRaw: (query) => name(transaction.executeRaw(query)),
    };
  });
}
