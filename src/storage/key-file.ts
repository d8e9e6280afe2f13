/**
 * Where the master key comes from: the environment, or a file made on the first run.
 * Must not know: what the key is used for.
 */
import { randomBytes } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreProblem } from '../record/store.js';
import { makeFolder } from './engine/folder.js';
import { KEY_BYTES } from './vault.js';

const KEY_FILE = 'ombud.key';
const OTHERS = 0o077;

export type MasterKey = {
  readonly masterKey: Buffer;
  readonly from: 'environment' | 'file' | 'made';
  /** The key file, for telling people to back it up; null when the key came from the environment. */
  readonly path: string | null;
};

/**
 * OMBUD_KEY when given, else the key file; a new file only while no database exists, never silently beside one.
 * Throws StoreProblem 78 (no usable key) or 74 (the folder cannot be written).
 */
export async function loadOrMakeKey(options: {
  readonly dataDir: string;
  /** The value of OMBUD_KEY; blank counts as not given. */
  readonly env: string | undefined;
  readonly databaseExists: boolean;
}): Promise<MasterKey> {
  const { dataDir, env, databaseExists } = options;
  if (env !== undefined && env.trim() !== '')
    return { masterKey: parseKey(env, 'OMBUD_KEY'), from: 'environment', path: null };

  const path = join(dataDir, KEY_FILE);
  const text = await readKeyFile(path);
  if (text !== null) return { masterKey: parseKey(text, path), from: 'file', path };
  if (databaseExists)
    throw new StoreProblem(
      `There is a database, but not the key that opens it: OMBUD_KEY is not set and ${path} does not exist. ` +
        'Put the key file back from your backup, or set OMBUD_KEY. A new key would not open this database.',
      78,
    );
  return { masterKey: await makeKeyFile(dataDir, path), from: 'made', path };
}

function parseKey(text: string, where: string): Buffer {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(trimmed) || key.length !== KEY_BYTES)
    throw new StoreProblem(
      `${where} does not hold a key: ${KEY_BYTES} random bytes in base64 are wanted (44 characters), ` +
        'as `openssl rand -base64 32` prints them.',
      78,
    );
  return key;
}

async function readKeyFile(path: string): Promise<string | null> {
  try {
    // On Windows the mode says nothing about who may read.
    if (process.platform !== 'win32' && ((await stat(path)).mode & OTHERS) !== 0)
      throw new StoreProblem(`Others on this machine may read ${path}. Run: chmod 600 ${path}`, 78);
    return await readFile(path, 'utf8');
  } catch (cause) {
    // A file where the folder should be: making the key says so.
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return null;
    if (cause instanceof StoreProblem) throw cause;
    throw new StoreProblem(
      `The key file ${path} cannot be read (${codeOf(cause)}). Make it a file that this user can read, or set OMBUD_KEY.`,
      78,
      { cause },
    );
  }
}

/** Written through to the disk before any database is: a database must never outlive its key. */
async function makeKeyFile(dataDir: string, path: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  try {
    await makeFolder(dataDir);
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(`${key.toString('base64')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    if (process.platform !== 'win32') {
      const folder = await open(dataDir);
      await folder.sync().finally(() => folder.close());
    }
  } catch (cause) {
    throw new StoreProblem(
      `The key file ${path} cannot be written (${codeOf(cause)}). ` +
        'Make the data folder writable for this user, or set OMBUD_KEY.',
      74,
      { cause },
    );
  }
  return key;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
