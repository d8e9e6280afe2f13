/**
 * `ombud backup DIR`: a copy of the desk's database, made while it runs or while it does not, and verified by a whole audit of the
 * copy. The key is not in it. Must not know: any surface.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createPackShelf } from '../desk/house/packs.js';
import { KINDS_OF_THE_DESK } from '../desk/kinds.js';
import { BACKUP } from '../language/en/backup.js';
import { packHash, packName } from '../policy/pack.js';
import { auditLedger } from '../record/audit.js';
import { type Store, StoreProblem } from '../record/store.js';
import { openStore } from '../storage/engine/open.js';
import { loadOrMakeKey } from '../storage/key-file.js';
import { askForBackup } from './backups.js';
import type { Config } from './config.js';
import { outsideFor } from './outside.js';
import { readPack } from './pack-file.js';

const LOOK_MS = 200;
/** Ten minutes: a large desk on a slow disk. */
const LOOKS = 3000;

type Io = { readonly out: (text: string) => void };

/** Exit code 0: written and verified. Throws StoreProblem: 74 not written or not verified, 78 a server's or nobody's database. */
export async function backupCli(config: Config, dir: string, now: Date, io: Io): Promise<number> {
  const { database, dataDir, key: env } = config;
  if (database.kind === 'postgresql') throw new StoreProblem(BACKUP.server, 78);
  const { masterKey } = await loadOrMakeKey({
    dataDir,
    env,
    databaseExists: true,
    newDesk: false,
    database: database.file,
  });
  const folder = resolve(dir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `ombud-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.db`;
  const partial = join(folder, `${name}.partial`);
  await copy(config, masterKey, partial);
  const entries = await verified(config, masterKey, partial);
  for (const rest of ['-wal', '-shm']) await rm(`${partial}${rest}`, { force: true });
  await rename(partial, join(folder, name));
  io.out(BACKUP.written(join(folder, name), entries));
  return 0;
}

/** By the process that has the database, else by this one. */
async function copy({ database, dataDir }: Config, masterKey: Uint8Array, to: string): Promise<void> {
  const own = await openStore(database, masterKey).catch((error: unknown) => {
    if (isInUse(error)) return null;
    throw error;
  });
  if (own !== null) {
    await own.backup(to).finally(() => own.close());
    return;
  }
  const answer = await askForBackup(dataDir, { id: randomUUID(), to }, async (turn) => {
    await setTimeout(LOOK_MS);
    return turn <= LOOKS;
  });
  if (answer === null) throw new StoreProblem(BACKUP.silent, 74);
  if (answer.failed !== null) throw new StoreProblem(answer.failed, 74);
}

const isInUse = (error: unknown): boolean =>
  error instanceof StoreProblem && error.message.includes('in use by another process');

/** How many entries the copy has, all of them as they were written. */
async function verified(config: Config, masterKey: Uint8Array, file: string): Promise<number> {
  const pack = await readPack(config.policyFile);
  const active = { pack: pack.pack, name: packName(pack.pack), hash: packHash(pack.pack) };
  const { packOf } = createPackShelf(active);
  const store: Store = await openStore({ kind: 'sqlite', file }, masterKey);
  try {
    const found = await auditLedger({
      page: (work) => store.transact((tx) => work({ tx, packOf: (hash) => packOf(tx, hash) })),
      signing: outsideFor(masterKey, () => []).signing,
      kinds: KINDS_OF_THE_DESK,
    });
    if (found.kind !== 'whole') throw new StoreProblem(BACKUP.broken(file), 74);
    return found.entries;
  } finally {
    await store.close();
  }
}
