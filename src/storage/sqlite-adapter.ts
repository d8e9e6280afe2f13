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

/** better-sqlite3 never waits: after so long in a row a statement lets the event loop turn before it runs. */
const BREATHE_AFTER_MS = 10;

type Statements = Pick<SqlDriverAdapter, 'queryRaw' | 'executeRaw'>;

/** The statements of one connection; a transaction of a thousand of them would hold the loop from first to last. */
function breathing<S extends Statements>(statements: S): S {
  const inTurn = <T>(run: () => Promise<T>): Promise<T> =>
    performance.now() - lastBreath < BREATHE_AFTER_MS ? run() : breath().then(run);
  return {
    ...statements,
    queryRaw: (query) => inTurn(() => statements.queryRaw(query)),
    executeRaw: (query) => inTurn(() => statements.executeRaw(query)),
  };
}

async function breath(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  lastBreath = performance.now();
}

let lastBreath = 0;

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
    ...breathing(overAdapter(connection)),
    startTransaction: async (level) => {
      // The store's queue has just let the loop turn.
      lastBreath = performance.now();
      const transaction = await connection.startTransaction(level);
      return {
        ...breathing(overTransaction(transaction)),
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
