/**
 * A transaction that Prisma opens, with the driver's own beside it: what goes past Prisma is in the same transaction.
 * Must not know: what is read or written in it.
 */
import type { SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils';
import { overTransaction, overTransactions } from './adapter.js';
import type { Client, Db, Dialect } from './dialect.js';
import { type Sql, sqlOn } from './sql.js';

export type Transactions = <T>(work: (db: Db, sql: Sql) => Promise<T>) => Promise<T>;

type Opening = { transaction: Transaction | null };

export type Handover = {
  /** For the client. */
  readonly factory: SqlDriverAdapterFactory;
  readonly transactions: (client: Client, dialect: Dialect) => Transactions;
};

export function handingOver(factory: SqlDriverAdapterFactory): Handover {
  // One at a time is being opened, so that each finds its own; a late one fills only what asked for it.
  let opening: Opening | null = null;
  let before: Promise<void> = Promise.resolve();

  const turn = async (): Promise<() => void> => {
    let done = (): void => {};
    const earlier = before;
    before = new Promise<void>((resolve) => {
      done = resolve;
    });
    await earlier;
    return done;
  };

  return {
    factory: overTransactions(factory, async (adapter, level) => {
      const asked = opening;
      const transaction = untilItsEnd(await adapter.startTransaction(level));
      if (asked !== null) asked.transaction = transaction;
      return transaction;
    }),
    transactions: (client, dialect) => async (work) => {
      const done = await turn();
      const mine: Opening = { transaction: null };
      opening = mine;
      try {
        return await client.$transaction((db) => {
          opening = null;
          done();
          if (mine.transaction === null) throw new Error('the driver opened no transaction');
          return work(db, sqlOn(mine.transaction, dialect.engine));
        }, dialect.limits);
      } finally {
        if (opening === mine) opening = null;
        done();
      }
    },
  };
}

/** Prisma may end a transaction that takes too long; a statement past Prisma must not run on without it. */
function untilItsEnd(transaction: Transaction): Transaction {
  let ended = false;
  const inside = <T>(run: () => Promise<T>): Promise<T> =>
    ended ? Promise.reject(new Error('this transaction has ended')) : run();
  const end = <T>(run: () => Promise<T>): Promise<T> => {
    ended = true;
    return run();
  };
  return {
    ...overTransaction(transaction),
    queryRaw: (query) => inside(() => transaction.queryRaw(query)),
    executeRaw: (query) => inside(() => transaction.executeRaw(query)),
    commit: () => end(() => transaction.commit()),
    rollback: () => end(() => transaction.rollback()),
  };
}
