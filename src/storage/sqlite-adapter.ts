/**
 * What Ombud changes about Prisma's better-sqlite3 adapter. Must not know: tables, the vault, the desk.
 */
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
} from '@prisma/driver-adapter-utils';
import { overAdapter, overFactory, overTransaction } from './adapter.js';

const ROLLBACK: SqlQuery = { sql: 'ROLLBACK', args: [], argTypes: [] };

/**
 * One open connection for whoever connects; it is closed by its owner, never by Prisma. When COMMIT fails, Prisma
 * gives the transaction up without sending ROLLBACK, and SQLite may still be inside it: all that is written
 * afterwards would land in it. So ROLLBACK is sent here, again where it was; the second does nothing.
 */
export function sharedConnection(
  connection: SqlDriverAdapter,
  factory: SqlMigrationAwareDriverAdapterFactory,
): SqlMigrationAwareDriverAdapterFactory {
  const shared: SqlDriverAdapter = {
    ...overAdapter(connection),
    startTransaction: async (level) => {
      const transaction = await connection.startTransaction(level);
      return {
        ...overTransaction(transaction),
        rollback: async () => {
          await transaction.executeRaw(ROLLBACK).catch(() => {});
          await transaction.rollback();
        },
      };
    },
    dispose: async () => {},
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => shared,
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

/** The schema engine sends a whole migration as one statement, which better-sqlite3 refuses to prepare. */
export function sqliteForMigrations(
  factory: SqlMigrationAwareDriverAdapterFactory,
): SqlMigrationAwareDriverAdapterFactory {
  return overFactory(factory, (adapter) => ({
    ...overAdapter(adapter),
    executeRaw: async (query) => {
      if (query.args.length > 0) return adapter.executeRaw(query);
      await adapter.executeScript(query.sql);
      return 0;
    },
  }));
}
