/**
 * What Ombud changes about Prisma's driver adapters, for its queries and for its migrations.
 * Must not know: tables, the vault, the desk.
 */
import type { PrismaPg } from '@prisma/adapter-pg';
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils';

const ROLLBACK: SqlQuery = { sql: 'ROLLBACK', args: [], argTypes: [] };

/**
 * When COMMIT fails (a full disk), Prisma gives the transaction up without sending ROLLBACK, and SQLite may still
 * be inside it: everything written afterwards would land in it. Sending ROLLBACK again is harmless.
 */
function withCertainRollback(transaction: Transaction): Transaction {
  return {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    queryRaw: (query) => transaction.queryRaw(query),
    executeRaw: (query) => transaction.executeRaw(query),
    commit: () => transaction.commit(),
    rollback: async () => {
      await transaction.executeRaw(ROLLBACK).catch(() => {});
      await transaction.rollback();
    },
  };
}

/** One open SQLite connection for whoever connects; it is closed by its owner, never by Prisma. */
export function sharedConnection(
  connection: SqlDriverAdapter,
  factory: SqlMigrationAwareDriverAdapterFactory,
): SqlMigrationAwareDriverAdapterFactory {
  const shared: SqlDriverAdapter = {
    ...overAdapter(connection),
    startTransaction: async (level) => withCertainRollback(await connection.startTransaction(level)),
    dispose: async () => {},
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => shared,
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

/** The schema engine sends a whole migration as one statement on SQLite, which better-sqlite3 refuses to prepare. */
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

/** The one-letter columns as the engine's catalogue queries select them, each on a line of its own. */
const CHAR_COLUMN = /^\s*(?:con\.confdeltype|con\.confupdtype|constr\.contype)\b/gm;

/**
 * The pg adapter as the schema engine needs it: it cuts a script at every `;`, also inside a function body, so it
 * gets the text whole. And it cannot read PostgreSQL's "char", which the engine's own catalogue queries return.
 */
export function pgForMigrations(factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory {
  return overFactory(factory, (adapter) => ({
    ...overAdapter(adapter),
    queryRaw: (query) => adapter.queryRaw({ ...query, sql: query.sql.replace(CHAR_COLUMN, '$&::text') }),
    executeScript: async (script) => {
      await adapter.underlyingDriver().query(script);
    },
  }));
}

/** Shows every driver error to `saw`: the schema engine keeps only its text. */
export function witnessed(
  factory: SqlMigrationAwareDriverAdapterFactory,
  saw: (error: unknown) => void,
): SqlMigrationAwareDriverAdapterFactory {
  const watch = <T>(result: Promise<T>): Promise<T> =>
    result.catch((error: unknown) => {
      saw(error);
      throw error;
    });
  return overFactory(factory, (adapter) => ({
    ...overAdapter(adapter),
    queryRaw: (query) => watch(adapter.queryRaw(query)),
    executeRaw: (query) => watch(adapter.executeRaw(query)),
    executeScript: (script) => watch(adapter.executeScript(script)),
  }));
}

/** The members of an adapter as a plain object, to be spread and overridden (a class instance does not spread). */
function overAdapter(adapter: SqlDriverAdapter): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript: async (script) => adapter.executeScript(script),
    startTransaction: (level) => adapter.startTransaction(level),
    getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: false },
    dispose: () => adapter.dispose(),
  };
}

/** A factory whose adapters, the shadow database's too, are changed on the way out. */
function overFactory<A extends SqlDriverAdapter>(
  factory: {
    readonly provider: SqlMigrationAwareDriverAdapterFactory['provider'];
    readonly adapterName: string;
    connect(): Promise<A>;
    connectToShadowDb(): Promise<A>;
  },
  change: (adapter: A) => SqlDriverAdapter,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => change(await factory.connect()),
    connectToShadowDb: async () => change(await factory.connectToShadowDb()),
  };
}
