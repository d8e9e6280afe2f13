/**
 * The store both databases share: lets operations through, runs each in a transaction, tries again on conflict.
 * Must not know: how a database was opened, or which one it is (dialect.ts knows).
 */
import type { Lost } from '../domain/tampering.js';
import type { Post } from '../record/rows.js';
import { type Store, StoreConflict, type Tx } from '../record/store.js';
import type { Db, Dialect } from './engine/dialect.js';
import { storeFault } from './engine/faults.js';
import { damageIn } from './engine/integrity.js';
import type { Sql } from './engine/sql.js';
import type { Transactions } from './engine/transactions.js';
import { Turnstile } from './engine/turnstile.js';
import type { Seals } from './seals.js';
import { STREAM_HEAD } from './tables/columns.js';
import { disclosureTx } from './tables/disclosures.js';
import { foreignTx } from './tables/foreign.js';
import { registerTx } from './tables/house.js';
import { ledgerTx } from './tables/ledger.js';
import { logTx } from './tables/log.js';
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
import { type Seen, unkept, type Witness } from './witness.js';

const ATTEMPTS = 3;

export type OpenDatabase = {
  readonly transactions: Transactions;
  readonly dialect: Dialect;
  readonly vault: Vault;
  readonly seals: Seals;
  /** In memory only when left out. */
  readonly witness?: Witness;
  /** What the witness saw and the database has not: accepted at start. */
  readonly restored?: readonly Lost[];
  readonly describe: (db: Db) => Promise<Readonly<Record<string, string>>>;
  /** Takes what was deleted out of the files as well. Outside any transaction, and while nothing else runs on SQLite. */
  readonly scrub: () => Promise<void>;
  /** Outside any transaction, and while nothing else runs on SQLite. */
  readonly backup: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

export function makeStore({ witness = unkept(), restored = [], ...given }: OpenDatabase): Store {
  const { transactions, dialect, vault, seals, describe, scrub, backup, close } = given;
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

  const described = async (db: Db): Promise<Readonly<Record<string, string>>> => ({
    ...(await describe(db)),
    witness: witness.describe(),
  });

  const txOf = (sql: Sql, db: Db, written: Seen[]): Tx => {
    const keys = keysIn(sql, vault, seals);
    return {
      ...subjectTx(sql, dialect, vault, keys),
      ...ledgerTx(sql, dialect, keys, { witness, written }),
      ...foreignTx(sql, vault, keys),
      damage: (depth) => damageIn(sql, dialect, depth),
      ...logTx(sql),
      ...requestTx(sql),
      ...disclosureTx(db, sql),
      ...registerTx(db, sql, seals),
      ...outboxTx(sql, seals),
      stuckPosts: (take) => stuckPosts(sql, take),
      failedPosts: (take) => failedPosts(sql, take),
      reviveDead: (at) => reviveDead(sql, at),
      describe: () => described(db),
    };
  };

  const scrubbing = scrubbingOf((work) => turnstile.pass(work), scrub);
  const transact: Store['transact'] = async (work) => {
    const { result, written } = await run(async (sql, db) => {
      const entries: Seen[] = [];
      const tx = txOf(sql, db, entries);
      return { result: await work(scrubbing.watched(tx)), written: entries };
    });
    witness.saw(written);
    await scrubbing.done();
    return result;
  };

  return {
    transact,
    backup: (file) => turnstile.pass(() => backup(file)),
    restored,
    acceptRestored: () =>
      run(async (sql) => {
        const heads = await sql.from(STREAM_HEAD)``;
        await witness.reset(heads.filter(({ stream }) => restored.some((lost) => lost.stream === stream)));
      }),
    claimPosts: (...given) => run((sql) => claimPosts(sql, dialect, seals, ...given)),
    markSent: (...given) => run((sql) => markSent(sql, seals, ...given)),
    markAllSent: (sent) =>
      run(async (sql) => {
        const lost: Post[] = [];
        for (const { post, slot, ref } of sent)
          if (!(await markSent(sql, seals, post, slot, ref))) lost.push(post);
        return lost;
      }),
    markUnsent: (...given) => run((sql) => markUnsent(sql, seals, ...given)),
    stuckPosts: (take) => run((sql) => stuckPosts(sql, take)),
    describe: () => run((_sql, db) => described(db)),
    close: () => {
      closing ??= turnstile
        .drained()
        .then(() => witness.close())
        .then(close);
      return closing;
    },
  };
}

/** A key that was destroyed and still stands in a file is not destroyed. What fails is done after the next transaction. */
function scrubbingOf(
  alone: (work: () => Promise<void>) => Promise<void>,
  scrub: () => Promise<void>,
): { readonly watched: (tx: Tx) => Tx; readonly done: () => Promise<void> } {
  let toScrub = false;
  return {
    watched: (tx) => ({
      ...tx,
      forgetSubject: async (id) => {
        const keyId = await tx.forgetSubject(id);
        toScrub ||= keyId !== null;
        return keyId;
      },
    }),
    done: async () => {
      if (!toScrub) return;
      toScrub = false;
      await alone(scrub).catch(() => {
        toScrub = true;
      });
    },
  };
}
