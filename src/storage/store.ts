/**
 * The store both databases share: lets operations through, runs each in a transaction, tries again on conflict.
 * Must not know: how a database was opened, or which one it is (dialect.ts knows).
 */
import type { Post } from '../record/rows.js';
import { type Store, StoreConflict, type Tx } from '../record/store.js';
import type { Db, Dialect } from './engine/dialect.js';
import { storeFault } from './engine/faults.js';
import type { Sql } from './engine/sql.js';
import type { Transactions } from './engine/transactions.js';
import { Turnstile } from './engine/turnstile.js';
import { disclosureTx } from './tables/disclosures.js';
import { registerTx } from './tables/house.js';
import { ledgerTx } from './tables/ledger.js';
import {
  claimPosts,
  failedPosts,
  markSent,
  markUnsent,
  outboxTx,
  reviveDead,
  stuckPosts,
} from './tables/outbox.js';
import { requestTx } from './tables/requests.js';
import { keysIn, subjectTx } from './tables/subjects.js';
import type { Vault } from './vault.js';

const ATTEMPTS = 3;

export type OpenDatabase = {
  readonly transactions: Transactions;
  readonly dialect: Dialect;
  readonly vault: Vault;
  readonly describe: (db: Db) => Promise<Readonly<Record<string, string>>>;
  readonly close: () => Promise<void>;
};

export function makeStore({ transactions, dialect, vault, describe, close }: OpenDatabase): Store {
  const turnstile = new Turnstile(dialect.width);
  let closing: Promise<void> | null = null;

  const attempt = async <T>(work: (sql: Sql, db: Db) => Promise<T>): Promise<T> => {
    try {
      return await transactions((db, sql) => work(sql, db));
    } catch (error) {
      throw storeFault(error, dialect.engine);
    }
  };

  const run = async <T>(work: (sql: Sql, db: Db) => Promise<T>): Promise<T> => {
    if (closing !== null) throw new Error('the store is closed');
    return turnstile.pass(async () => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(work);
        } catch (error) {
          if (!(error instanceof StoreConflict) || tries >= ATTEMPTS) throw error;
        }
      }
    });
  };

  const txOf = (sql: Sql, db: Db): Tx => {
    const keys = keysIn(sql, vault);
    return {
      ...subjectTx(sql, dialect, vault, keys),
      ...ledgerTx(sql, dialect, keys),
      ...requestTx(sql),
      ...disclosureTx(db, sql),
      ...registerTx(db, sql),
      ...outboxTx(sql),
      stuckPosts: (take) => stuckPosts(sql, take),
      failedPosts: (take) => failedPosts(sql, take),
      reviveDead: (at) => reviveDead(sql, at),
      describe: () => describe(db),
    };
  };

  return {
    transact: (work) => run((sql, db) => work(txOf(sql, db))),
    claimPosts: (...given) => run((sql) => claimPosts(sql, dialect, ...given)),
    markSent: (...given) => run((sql) => markSent(sql, ...given)),
    markAllSent: (sent) =>
      run(async (sql) => {
        const lost: Post[] = [];
        for (const { post, slot, ref } of sent) if (!(await markSent(sql, post, slot, ref))) lost.push(post);
        return lost;
      }),
    markUnsent: (...given) => run((sql) => markUnsent(sql, ...given)),
    stuckPosts: (take) => run((sql) => stuckPosts(sql, take)),
    describe: () => run((_sql, db) => describe(db)),
    close: () => {
      closing ??= turnstile.drained().then(close);
      return closing;
    },
  };
}
