/**
 * Where the master key comes from: the environment, or a file made on the first run.
 * Must not know: what the key is used for.
 */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreProblem } from '../record/store.js';
import { makeFolder } from './engine/folder.js';
import { KEY_BYTES } from './vault.js';

const KEY_FILE = 'ombud.key';
/** The name of a key until its database is made: so a start that was cut short begins again, and a lost database is noticed. */
const UNUSED = '.unused';
const OTHERS = 0o077;

export type MasterKey = {
  readonly masterKey: Buffer;
  readonly from: 'environment' | 'file' | 'made';
  /** The key file, for telling people to back it up; null when the key came from the environment. */
  readonly path: string | null;
  /** To be called once the database is made and opened with it. Throws StoreProblem 74. */
  readonly used: () => Promise<void>;
};

const NOTHING = async (): Promise<void> => {};

/**
 * OMBUD_KEY when given, else the key file; a new file only while no database exists, never silently beside one, and a key that
 * had a database is not taken for another one unless that is meant. Throws StoreProblem 78 (no usable key, no database for the
 * key) or 74 (the folder cannot be written).
 */
export async function loadOrMakeKey(options: {
  readonly dataDir: string;
  /** The value of OMBUD_KEY; blank counts as not given. */
  readonly env: string | undefined;
  readonly databaseExists: boolean;
  /** A key file without a database is meant: `--new-desk`. */
  readonly newDesk: boolean;
  /** Where the database would be, for people. */
  readonly database: string;
}): Promise<MasterKey> {
  const { dataDir, env, databaseExists } = options;
  if (env !== undefined && env.trim() !== '')
    return { masterKey: parseKey(env, 'OMBUD_KEY'), from: 'environment', path: null, used: NOTHING };

  const path = join(dataDir, KEY_FILE);
  const text = await readKeyFile(path);
  if (text !== null) {
    const masterKey = parseKey(text, path);
    if (!databaseExists && !options.newDesk) throw databaseLost(path, options.database);
    return { masterKey, from: 'file', path, used: NOTHING };
  }
  const used = () => renameKey(path);
  const unused = await readKeyFile(path + UNUSED);
  if (unused !== null) return { masterKey: parseKey(unused, path + UNUSED), from: 'made', path, used };
  if (databaseExists)
    throw new StoreProblem(
      `There is a database, but not the key that opens it: OMBUD_KEY is not set and ${path} does not exist. ` +
        'Put the key file back from your backup, or set OMBUD_KEY. A new key would not open this database.',
      78,
    );
  return { masterKey: await makeKeyFile(dataDir, path + UNUSED), from: 'made', path, used };
}

const databaseLost = (key: string, database: string): StoreProblem =>
  new StoreProblem(
    `There is the key ${key}, which had a database, but no desk in ${database}. If it was moved or lost, put it back from your ` +
      'backup: a new desk would know none of its cases. If a new desk is what you want, start once with --new-desk.',
    78,
  );

async function renameKey(path: string): Promise<void> {
  try {
    await rename(path + UNUSED, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    throw new StoreProblem(
      `The key file ${path} cannot be written (${codeOf(cause)}). Make the data folder writable for this user.`,
      74,
      { cause },
    );
  }
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
  if (key.every((byte) => byte === 0))
    throw new StoreProblem(
      `${where} is all zeros, which anybody would try first. Make one with \`openssl rand -base64 32\`.`,
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
    await syncFolder(dataDir);
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

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
