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

/** Of better-sqlite3, what Prisma's adapter calls. */
type Statement = {
  readonly reader: boolean;
  readonly columns: () => unknown;
  readonly run: (args: readonly unknown[]) => unknown;
  readonly raw: () => { readonly all: (args: readonly unknown[]) => unknown };
};
type Database = { prepare(sql: string): Statement };

/** Lists of several lengths make several statements; beyond so many the desk begins anew. */
const STATEMENTS_KEPT = 500;

/**
 * Prisma's adapter prepares each statement anew, a tenth of a command's time (`npm run bench`): from now on the
 * connection keeps what it has prepared. An adapter that is built otherwise stays as it is.
 */
export function keepStatements(connection: SqlDriverAdapter): void {
  const database: unknown = Reflect.get(connection, 'client');
  if (!isDatabase(database)) return;
  const prepare = database.prepare.bind(database);
  const kept = new Map<string, ReturnType<typeof reusable>>();
  Reflect.set(database, 'prepare', (sql: string) => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    if (kept.size >= STATEMENTS_KEPT) kept.clear();
    const made = reusable(prepare(sql));
    kept.set(sql, made);
    return made;
  });
}

/** A statement can be bound for good only once, so a kept one gets its values with each call. */
function reusable(statement: Statement) {
  const { reader } = statement;
  // No migration comes any more: what a statement gives stays what it is.
  const columns = reader ? statement.columns() : [];
  const bind = (args: readonly unknown[]) => ({
    reader,
    columns: () => columns,
    run: () => statement.run(args),
    raw: () => ({ all: () => statement.raw().all(args) }),
  });
  return { ...bind([]), bind };
}

function isDatabase(value: unknown): value is Database {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'prepare') === 'function';
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
