/**
 * Prisma's driver adapter over an SQLite connection. Must not know: tables, the vault, the desk.
 */
import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { overAdapter, overFactory } from './adapter.js';
import type { SqliteDatabase, SqliteDriver, SqliteStatement } from './sqlite-driver.js';
import { sqliteError } from './sqlite-errors.js';
import { boundOf, columnTypesOf, rowOf } from './sqlite-values.js';

/** SQLite never waits: after so long in a row a statement lets the event loop turn before it runs. */
const BREATHE_AFTER_MS = 10;

/** Lists of several lengths make several statements; beyond so many the connection begins anew. */
const STATEMENTS_KEPT = 500;

const ABOUT = { provider: 'sqlite', adapterName: 'ombud-sqlite' } as const;

type Kept = {
  readonly statement: SqliteStatement;
  readonly names: readonly string[];
  readonly declared: readonly (string | null)[];
};

/** The one connection to a file. One transaction at a time: whoever calls keeps everything else outside it. */
export function sqliteAdapter(database: SqliteDatabase): SqlDriverAdapter {
  const prepared = keepingStatements(database);
  const breathe = breathing();

  const queryRaw = async ({ sql, args, argTypes }: SqlQuery): Promise<SqlResultSet> => {
    await breathe();
    return named(() => {
      const { statement, names, declared } = prepared(sql);
      const values = args.map((value, index) => boundOf(value, argTypes[index]));
      if (names.length === 0) {
        statement.run(...values);
        return { columnNames: [], columnTypes: [], rows: [] };
      }
      // An array for each row: `setReturnArrays`.
      const found = statement.all(...values) as unknown[][];
      const columnTypes = columnTypesOf(declared, found);
      return { columnNames: [...names], columnTypes, rows: found.map((row) => rowOf(row, columnTypes)) };
    });
  };
  const executeRaw = async ({ sql, args, argTypes }: SqlQuery): Promise<number> => {
    await breathe();
    return named(() => {
      const values = args.map((value, index) => boundOf(value, argTypes[index]));
      return Number(prepared(sql).statement.run(...values).changes);
    });
  };
  const executeScript = async (script: string): Promise<void> => {
    prepared.forget();
    named(() => database.exec(script));
  };

  return {
    ...ABOUT,
    queryRaw,
    executeRaw,
    executeScript,
    startTransaction: async () => {
      if (database.isTransaction) throw new Error('a transaction is already open on this connection');
      // The store's queue has just let the loop turn.
      breathe.begin();
      named(() => database.exec('BEGIN'));
      return transactionOn(database, { queryRaw, executeRaw });
    },
    getConnectionInfo: () => ({ supportsRelationJoins: false }),
    dispose: async () => {
      prepared.forget();
      database.close();
    },
  };
}

/**
 * When COMMIT fails SQLite may still be inside the transaction, and all that is written afterwards would land there: it
 * is rolled back. Of two ends only the first counts.
 */
function transactionOn(
  database: SqliteDatabase,
  statements: Pick<SqlDriverAdapter, 'queryRaw' | 'executeRaw'>,
): Transaction {
  let ended = false;
  const end = async (run: () => void): Promise<void> => {
    if (ended) return;
    ended = true;
    named(run);
  };
  const rollback = (): void => {
    if (database.isTransaction) database.exec('ROLLBACK');
  };
  return {
    ...ABOUT,
    ...statements,
    // Prisma leaves COMMIT and ROLLBACK to `commit` and `rollback`.
    options: { usePhantomQuery: true },
    commit: () =>
      end(() => {
        try {
          database.exec('COMMIT');
        } catch (error) {
          rollback();
          throw error;
        }
      }),
    rollback: () => end(rollback),
  };
}

function named<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const known = sqliteError(error);
    throw known === null ? error : new DriverAdapterError(known);
  }
}

/** A transaction of a thousand statements would hold the event loop from first to last. */
function breathing(): { (): Promise<void> | undefined; begin: () => void } {
  let last = 0;
  const begin = (): void => {
    last = performance.now();
  };
  const breathe = (): Promise<void> | undefined =>
    performance.now() - last < BREATHE_AFTER_MS
      ? undefined
      : new Promise<void>((resolve) => setImmediate(resolve)).then(begin);
  return Object.assign(breathe, { begin });
}

/** What a kept statement gives stays what it is: tables change only through scripts, before which all are forgotten. */
function keepingStatements(database: SqliteDatabase): { (sql: string): Kept; forget: () => void } {
  const kept = new Map<string, Kept>();
  const prepared = (sql: string): Kept => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    if (kept.size >= STATEMENTS_KEPT) kept.clear();
    if (holdsSeveral(sql)) throw new Error('several statements in one query: only the first would run');
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    // Beyond 2^53 a number would be refused.
    statement.setReadBigInts(true);
    const columns = statement.columns();
    const made = {
      statement,
      names: columns.map(({ name }) => name),
      declared: columns.map(({ type }) => type),
    };
    kept.set(sql, made);
    return made;
  };
  return Object.assign(prepared, { forget: () => kept.clear() });
}

const TEXTS_AND_COMMENTS = /'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** A `;` with anything behind it. A trigger's body holds some: it is for a script. */
function holdsSeveral(sql: string): boolean {
  return /;\s*[^\s;]/.test(sql.replace(TEXTS_AND_COMMENTS, ' '));
}

/** The connection for whoever connects; it is closed by its owner, never by Prisma. */
export function sharedConnection(
  connection: SqlDriverAdapter,
  driver: SqliteDriver,
): SqlMigrationAwareDriverAdapterFactory {
  const shared: SqlDriverAdapter = { ...overAdapter(connection), dispose: async () => {} };
  return {
    ...ABOUT,
    connect: async () => shared,
    connectToShadowDb: async () => sqliteAdapter(driver.open(':memory:')),
  };
}

/** The schema engine sends a whole migration as one statement. */
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
