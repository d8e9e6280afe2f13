/**
 * The two databases as somebody has them who may write to them and has not the desk's key: statements past the store, copies
 * put in place of one another. Must not know: what is altered, what it must show.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Store } from '../../src/record/store.js';
import { openStore, type Watch } from '../../src/storage/engine/open.js';
import { startPostgres } from '../support/postgres.js';
import { rowsOf, withSqlite } from '../support/sqlite.js';

export const KEY = Buffer.alloc(32, 7);

type Row = Readonly<Record<string, unknown>>;

/** What an intruder has in hand: reading and writing, nothing else. */
export type Intruder = {
  /** The rows a statement gives. */
  readonly rows: (sql: string) => Promise<readonly Row[]>;
  /** Statements one after the other, the ledger's triggers out of the way and back again. */
  readonly write: (...statements: readonly string[]) => Promise<void>;
  /** The same with the triggers in place. */
  readonly writeGuarded: (...statements: readonly string[]) => Promise<void>;
};

/** A desk's database and what is kept beside its key. */
export type Copy = Intruder & {
  readonly open: (watch?: Omit<Watch, 'witness'>) => Promise<Store>;
  /** One byte of this text changed in a page of this index; null: this database keeps no such file. */
  readonly flipInIndex: ((index: string, text: string) => Promise<void>) | null;
  /** The database becomes the other one's; what is kept beside the key stays. */
  readonly replaceBy: (other: Copy) => Promise<void>;
};

export type Databases = {
  readonly name: 'SQLite' | 'PostgreSQL';
  readonly fresh: () => Promise<Copy>;
  readonly copyOf: (copy: Copy) => Promise<Copy>;
  readonly close: () => Promise<void>;
};

export async function sqliteDatabases(): Promise<Databases> {
  const root = await mkdtemp(join(tmpdir(), 'ombud-tampering-'));
  const folders = new Map<Copy, string>();
  let made = 0;
  const at = (folder: string): Copy => {
    const file = join(folder, 'data', 'ombud.db');
    const run = (statements: readonly string[]) =>
      withSqlite(file, async (connection) => {
        for (const statement of statements) await connection.executeScript(statement);
      });
    const triggers = () =>
      withSqlite(file, (connection) =>
        rowsOf(connection, `SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`),
      );
    const copy: Copy = {
      open: (watch = {}) =>
        openStore({ kind: 'sqlite', file }, KEY, { ...watch, witness: join(folder, 'ombud.witness') }),
      rows: (sql) => withSqlite(file, (connection) => rowsOf(connection, sql)),
      writeGuarded: (...statements) => run(statements),
      write: async (...statements) => {
        const guards = await triggers();
        await run(guards.map(({ name }) => `DROP TRIGGER "${String(name)}"`));
        await run(statements);
        const left = new Set((await triggers()).map(({ name }) => name));
        await run(guards.filter(({ name }) => !left.has(name)).map(({ sql }) => String(sql)));
      },
      flipInIndex: async (index, text) => {
        const [found] = await copy.rows(
          `SELECT rootpage, (SELECT page_size FROM pragma_page_size) AS size FROM sqlite_master WHERE name = '${index}'`,
        );
        const [page, size] = [Number(found?.rootpage), Number(found?.size)];
        const bytes = await readFile(file);
        const at = bytes.indexOf(text, (page - 1) * size);
        if (at < 0 || at >= page * size) throw new Error(`${text} is not on the first page of ${index}`);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        await writeFile(file, bytes);
      },
      replaceBy: async (other) => {
        await rm(join(folder, 'data'), { recursive: true });
        await cp(join(folders.get(other) ?? '', 'data'), join(folder, 'data'), { recursive: true });
      },
    };
    folders.set(copy, folder);
    return copy;
  };
  const folder = async (): Promise<string> => {
    made += 1;
    const path = join(root, String(made));
    await mkdir(path);
    return path;
  };
  return {
    name: 'SQLite',
    fresh: async () => at(await folder()),
    copyOf: async (copy) => {
      const to = await folder();
      await cp(folders.get(copy) ?? '', to, { recursive: true });
      return at(to);
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
}

/** Null, with the reason printed, where no server can be started. */
export async function postgresDatabases(): Promise<Databases | null> {
  const server = await startPostgres();
  if (server === null) return null;
  const root = await mkdtemp(join(tmpdir(), 'ombud-tampering-'));
  const known = new Map<Copy, { readonly database: string; readonly witness: string }>();
  let made = 0;
  const withClient = async <T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: server.urlOf(database) });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const at = (database: string, witness: string): Copy => {
    const run = (statements: readonly string[]) =>
      withClient(database, async (client) => {
        for (const statement of statements) await client.query(statement);
      });
    const copy: Copy = {
      open: (watch = {}) =>
        openStore({ kind: 'postgresql', url: server.urlOf(database) }, KEY, { ...watch, witness }),
      rows: (sql) => withClient(database, async (client) => (await client.query<Row>(sql)).rows),
      writeGuarded: (...statements) => run(statements),
      write: (...statements) =>
        run([
          'ALTER TABLE ledger_entry DISABLE TRIGGER USER',
          ...statements,
          'ALTER TABLE ledger_entry ENABLE TRIGGER USER',
        ]),
      flipInIndex: null,
      replaceBy: async (other) => {
        const from = known.get(other)?.database ?? '';
        await withClient('postgres', async (client) => {
          await client.query(`DROP DATABASE ${database}`);
          await client.query(`CREATE DATABASE ${database} TEMPLATE ${from}`);
        });
      },
    };
    known.set(copy, { database, witness });
    return copy;
  };
  const witnessFile = (): string => {
    made += 1;
    return join(root, `${made}.witness`);
  };
  return {
    name: 'PostgreSQL',
    fresh: async () => at(await server.freshDatabase(), witnessFile()),
    copyOf: async (copy) => {
      const from = known.get(copy);
      if (from === undefined) throw new Error('a copy of nothing');
      const witness = witnessFile();
      await cp(from.witness, witness);
      const database = `copy_${made}`;
      await withClient('postgres', (client) =>
        client.query(`CREATE DATABASE ${database} TEMPLATE ${from.database}`),
      );
      return at(database, witness);
    },
    close: async () => {
      await server.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}
