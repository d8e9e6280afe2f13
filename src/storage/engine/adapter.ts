/**
 * Prisma's driver adapters as plain objects, so that a member can be changed: a class instance does not spread.
 * Must not know: which database is behind one.
 */
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlMigrationAwareDriverAdapterFactory,
  Transaction,
} from '@prisma/driver-adapter-utils';

export function overAdapter(adapter: SqlDriverAdapter): SqlDriverAdapter {
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

export function overTransaction(transaction: Transaction): Transaction {
  return {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    queryRaw: (query) => transaction.queryRaw(query),
    executeRaw: (query) => transaction.executeRaw(query),
    commit: () => transaction.commit(),
    rollback: () => transaction.rollback(),
  };
}

/** A factory whose adapters, the shadow database's too, are changed on the way out. */
export function overFactory(
  factory: SqlMigrationAwareDriverAdapterFactory,
  change: (adapter: SqlDriverAdapter) => SqlDriverAdapter,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => change(await factory.connect()),
    connectToShadowDb: async () => change(await factory.connectToShadowDb()),
  };
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

/** A factory whose transactions are begun by `begin`, which is given the driver's own way to begin one. */
export function overTransactions(
  factory: SqlDriverAdapterFactory,
  begin: (adapter: SqlDriverAdapter, level: IsolationLevel | undefined) => Promise<Transaction>,
): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      return { ...overAdapter(adapter), startTransaction: (level) => begin(adapter, level) };
    },
  };
}
