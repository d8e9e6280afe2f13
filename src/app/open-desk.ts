/**
 * Opening what a desk works on: policy pack, key, store; and closing it again. For the desk itself and for the tools beside
 * it. Must not know: any surface, what is done with it.
 */
import { rename } from 'node:fs/promises';
import { pino } from 'pino';
import { databaseExists, openStore } from '../storage/engine/open.js';
import { loadOrMakeKey } from '../storage/key-file.js';
import type { Config } from './config.js';
import { readPack } from './pack-file.js';
import type { Opened } from './process.js';

/** Throws ConfigProblem, PackProblem or StoreProblem before anything is made; the store is closed after `work`, whatever became of it. */
export async function withDesk<T>(config: Config, work: (opened: Opened) => Promise<T>): Promise<T> {
  // Standard output belongs to the desk's records; the log goes to standard error.
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
  const pack = await readPack(config.policyFile);
  const exists = await databaseExists(config.database);
  const key = await loadOrMakeKey({
    dataDir: config.dataDir,
    env: config.key,
    databaseExists: exists,
    newDesk: config.newDesk,
    database: placeOf(config),
  });
  if (config.newDesk && !exists) await putAside(config.witnessFile);
  const store = await openStore(config.database, key.masterKey, {
    witness: config.witnessFile,
    acceptRestored: config.acceptRestored,
  });
  try {
    await key.used();
    return await work({ config, pack, store, masterKey: key.masterKey, log });
  } finally {
    await store.close();
  }
}

/** What an earlier desk wrote last is no witness of a new one; it is kept beside it, for whoever finds the database after all. */
async function putAside(witness: string): Promise<void> {
  await rename(witness, `${witness}.earlier`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** Never with the address, which may hold a password. */
const placeOf = ({ database }: Config): string =>
  database.kind === 'sqlite' ? database.file : 'the PostgreSQL database of DATABASE_URL';
