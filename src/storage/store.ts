/**
 * The store both databases share: lets operations through, runs each in a transaction, tries again on conflict.
 * Must not know: how a database was opened, or which one it is (dialect.ts knows).
 */
import { type Store, StoreConflict, type Tx } from '../record/store.js';
import type { Client, Db, Dialect } from './engine/dialect.js';
import { storeFault } from './engine/faults.js';
import { Turnstile } from './engine/turnstile.js';
import { disclosureTx } from './tables/disclosures.js';
import { registerTx } from './tables/house.js';
import { ledgerTx } from './tables/ledger.js';
import { claimPosts, markSent, markUnsent, outboxTx, stuckPosts } from './tables/outbox.js';
import { requestTx } from './tables/requests.js';
import { subjectTx } from './tables/subjects.js';
import { holdingKeys, type Vault } from './vault.js';

const ATTEMPTS = 3;

export type OpenDatabase = {
  readonly client: Client;
  readonly dialect: Dialect;
  readonly vault: Vault;
  readonly describe: (db: Db) => Promise<Readonly<Record<string, string>>>;
  readonly close: () => Promise<void>;
};

export function makeStore({ client, dialect, vault, describe, close }: OpenDatabase): Store {
  const turnstile = new Turnstile(dialect.width);
  let closing: Promise<void> | null = null;

  const attempt = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    try {
      return await client.$transaction(work, dialect.limits);
    } catch (error) {
      throw storeFault(error, dialect.engine);
    }
  };

  const run = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
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

  const txOf = (db: Db): Tx => txWith(db, holdingKeys(vault));
  const txWith = (db: Db, held: Vault): Tx => ({
    ...subjectTx(db, dialect, held),
    ...ledgerTx(db, dialect, held),
    ...requestTx(db),
    ...disclosureTx(db),
    ...registerTx(db),
    ...outboxTx(db),
    stuckPosts: (take) => stuckPosts(db, take),
    describe: () => describe(db),
  });

  return {
    transact: (work) => run((db) => work(txOf(db))),
    claimPosts: (...given) => run((db) => claimPosts(db, dialect, ...given)),
    markSent: (...given) => run((db) => markSent(db, ...given)),
    markUnsent: (...given) => run((db) => markUnsent(db, ...given)),
    stuckPosts: (take) => run((db) => stuckPosts(db, take)),
    describe: () => run(describe),
    close: () => {
      closing ??= turnstile.drained().then(close);
      return closing;
    },
  };
}
