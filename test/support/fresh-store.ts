/**
 * SQLite databases for tests. Migrating takes longer than most tests do, so a worker migrates one database and every test
 * gets a copy of it; a test file can copy a further state in the same way. Must not know: what is stored.
 */
import { copyFile, cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Store } from '../../src/record/store.js';
import { openStore } from '../../src/storage/engine/open.js';

export const KEY = Buffer.alloc(32, 7);
export const DATABASE = 'ombud.db';

export const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'ombud-test-'));

/** `fill` fills a folder once; each call of what is returned makes a new folder with the same in it. */
export function copiesOf(fill: (folder: string) => Promise<void>): () => Promise<string> {
  let filled: Promise<string> | null = null;
  const once = async () => {
    const folder = await freshFolder();
    await fill(folder);
    return folder;
  };
  return async () => {
    filled ??= once();
    const from = await filled;
    const folder = await freshFolder();
    await cp(from, folder, { recursive: true });
    return folder;
  };
}

let migrated: Promise<string> | null = null;

async function migrate(): Promise<string> {
  const file = join(await freshFolder(), DATABASE);
  await (await openStore({ kind: 'sqlite', file }, KEY)).close();
  return file;
}

/** Opens the file as it is; a file that is not there yet becomes a new desk's. */
export async function openFile(file: string): Promise<Store> {
  migrated ??= migrate();
  const template = await migrated;
  if ((await stat(file).catch(() => null)) === null) {
    await mkdir(dirname(file), { recursive: true });
    await copyFile(template, file);
  }
  return openStore({ kind: 'sqlite', file }, KEY);
}

/** A new desk's store, in a folder that goes with it. */
export async function openFresh(): Promise<Store> {
  const folder = await freshFolder();
  const store = await openFile(join(folder, DATABASE));
  return {
    ...store,
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
