/**
 * Which SQLite this process runs on: Node's own module where it is good enough, else a package with prebuilt binaries.
 * Both have one interface. Must not know: Prisma, tables, what is stored.
 */
import { StoreProblem } from '../../record/store.js';

export type SqliteStatement = {
  readonly run: (...values: SqliteValue[]) => { readonly changes: number | bigint };
  readonly all: (...values: SqliteValue[]) => unknown[];
  readonly columns: () => readonly { readonly name: string; readonly type: string | null }[];
  readonly setReturnArrays: (on: boolean) => void;
  readonly setReadBigInts: (on: boolean) => void;
};
export type SqliteValue = null | number | bigint | string | Uint8Array;

/** Of `node:sqlite`, what the adapter calls. `prepare` silently leaves out all but the first of several statements. */
export type SqliteDatabase = {
  readonly isTransaction: boolean;
  readonly exec: (sql: string) => void;
  readonly prepare: (sql: string) => SqliteStatement;
  /** Finalises every statement, so the lock on the file is gone. */
  readonly close: () => void;
};

/** Each module takes its own databases only, which no type says: the driver gives it what it opened. */
type Backup = (from: never, to: string, options: { readonly rate: number }) => Promise<number>;
type Module = {
  readonly backup: Backup;
  readonly DatabaseSync: new (file: string, options: { timeout: number }) => SqliteDatabase;
};

export type SqliteDriver = {
  readonly name: 'node:sqlite' | '@photostructure/sqlite';
  /** Throws the driver's own error; `timeout` is 0, since whoever holds the file holds it for good. */
  readonly open: (file: string) => SqliteDatabase;
  /** SQLite's online backup into a file of that name, so many pages at a time. Throws the driver's own error. */
  readonly backup: (from: SqliteDatabase, to: string) => Promise<void>;
};

/** The one condition: `columns`, `setReturnArrays` and `isTransaction` came with 22.16 and 24.0, and not to 23. */
const NODE_IS_ENOUGH = /^v(?:22\.(?:1[6-9]|[2-9]\d)|2[4-9]|[3-9]\d)\b/;

export const nodeHasSqlite: boolean = NODE_IS_ENOUGH.test(process.version);

/** Throws StoreProblem 78 where no binary of the package fits this machine. */
export async function sqliteDriver(): Promise<SqliteDriver> {
  return nodeHasSqlite ? nodeDriver() : packageDriver();
}

export function nodeDriver(): SqliteDriver {
  return driverOf('node:sqlite', quietly(() => process.getBuiltinModule('node:sqlite')) as Module);
}

/** Node warns of an experiment when the module is loaded; 22.16 and later keep the interface wanted here. */
function quietly<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

export async function packageDriver(): Promise<SqliteDriver> {
  try {
    return driverOf('@photostructure/sqlite', await import('@photostructure/sqlite'));
  } catch (cause) {
    throw new StoreProblem(
      `The SQLite that comes with Ombud has no binary for this machine (${process.platform} ${process.arch}, Node ` +
        `${process.version}). Use Node 22.16, 24 or newer, which has SQLite inside, or PostgreSQL: set DATABASE_URL.`,
      78,
      { cause },
    );
  }
}

/** Four megabytes of pages: the event loop turns between two steps. */
const PAGES_A_STEP = 1000;

function driverOf(name: SqliteDriver['name'], { DatabaseSync, backup }: Module): SqliteDriver {
  return {
    name,
    open: (file) => new DatabaseSync(file, { timeout: 0 }),
    backup: async (from, to) => {
      await backup(from as never, to, { rate: PAGES_A_STEP });
    },
  };
}
