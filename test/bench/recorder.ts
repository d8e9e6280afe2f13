/**
 * Writes down every statement that reaches a driver, transaction by transaction, so that the same can be sent to it again with
 * nothing above it. Must not know: what the statements are for.
 */
import type { ArgType, SqlDriverAdapterFactory, SqlQuery } from '@prisma/driver-adapter-utils';
import { overTransaction, overTransactions } from '../../src/storage/engine/adapter.js';

export type Statement = {
  readonly sql: string;
  readonly args: readonly unknown[];
  readonly types: readonly ArgType[];
};
export type Transaction = readonly Statement[];

export type Recorder = {
  readonly factory: SqlDriverAdapterFactory;
  /** The transactions since the last call of `take`; one that was rolled back is not among them. */
  readonly take: () => readonly Transaction[];
};

export function recording(factory: SqlDriverAdapterFactory): Recorder {
  let done: Transaction[] = [];
  return {
    factory: overTransactions(factory, async (adapter, level) => {
      const transaction = await adapter.startTransaction(level);
      const asked: Statement[] = [];
      const note = ({ sql, args, argTypes }: SqlQuery): void => {
        // Prisma sends it on PostgreSQL; a replay ends every transaction itself.
        if (sql !== 'COMMIT') asked.push({ sql, args: [...args], types: argTypes });
      };
      return {
        ...overTransaction(transaction),
        queryRaw: (query) => {
          note(query);
          return transaction.queryRaw(query);
        },
        executeRaw: (query) => {
          note(query);
          return transaction.executeRaw(query);
        },
        commit: async () => {
          await transaction.commit();
          done.push(asked);
        },
      };
    }),
    take: () => {
      const taken = done;
      done = [];
      return taken;
    },
  };
}
