/**
 * Read the configuration, wire, wait for the signal. The one place that sees everything.
 */
import { access, constants, stat } from 'node:fs/promises';
import { pino } from 'pino';
import { type Config, ConfigProblem, loadDotEnv, readConfig, USAGE } from './app/config.js';
import { readPack } from './app/pack-file.js';
import { chatSurfaces } from './app/platforms.js';
import { realNow } from './app/process.js';
import { runChat, runTerminal } from './app/run.js';
import { SurfaceProblem } from './chat/surface.js';
import { restoreAdmins } from './desk/house/staff.js';
import { packProblemWords } from './language/en/pack-faults.js';
import { PackProblem } from './policy/pack.js';
import { StoreProblem } from './record/store.js';
import { databaseExists, openStore } from './storage/engine/open.js';
import { loadOrMakeKey } from './storage/key-file.js';
import { idOf } from './vocabulary/accounts.js';
import type { Person } from './vocabulary/values.js';

const BAD_CONFIG = 78;

async function main(config: Config): Promise<void> {
  // Standard output belongs to the desk's records; the log goes to standard error.
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
  await checkScript(config.terminal.script);
  const pack = await readPack(config.policyFile);
  const exists = await databaseExists(config.database);
  const key = await loadOrMakeKey({ dataDir: config.dataDir, env: config.key, databaseExists: exists });
  const store = await openStore(config.database, key.masterKey);
  try {
    const restored = await store.transact((tx) => restoreAdmins(tx, realNow(), adminsOf(config)));
    for (const person of restored)
      log.warn({ person }, 'OMBUD_ADMINS made this person an administrator again');
    const opened = { config, pack, store, masterKey: key.masterKey, log };
    const platforms = await chatSurfaces(config, log);
    if (platforms.length === 0) await runTerminal(opened);
    else await runChat(opened, platforms);
  } finally {
    await store.close();
  }
}

/** First administrators, named by their account until `/desk staff` names them better. */
const adminsOf = (config: Config) =>
  config.admins.map((account) => ({
    person: idOf(account).toLowerCase() as Person,
    roles: ['admin' as const],
    accounts: [account],
    trainedUntil: null,
  }));

/** Asked before a key or a database is made. Throws ConfigProblem. */
async function checkScript(path: string | null): Promise<void> {
  if (path === null) return;
  const readable = await access(path, constants.R_OK)
    .then(() => stat(path))
    .then((found) => !found.isDirectory())
    .catch(() => false);
  if (!readable)
    throw new ConfigProblem([
      `The script ${path} cannot be read. Give --script a file of commands, one a line.`,
    ]);
}

// No zone of the machine's: every zone is the policy's, and node-cron stalls in an hour that a zone repeats (metronome.ts).
process.env.TZ = 'UTC';

async function start(): Promise<number> {
  try {
    loadDotEnv();
    const config = readConfig(process.argv.slice(2), process.env);
    if (config === null) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    await main(config);
    return 0;
  } catch (error) {
    const found = problemOf(error);
    if (found === null) throw error;
    process.stderr.write(`${found.words}\n`);
    return found.code;
  }
}

/** What whoever starts the desk can put right; null: a bug. */
function problemOf(error: unknown): { readonly words: string; readonly code: number } | null {
  if (error instanceof StoreProblem) return { words: error.message, code: error.exitCode };
  if (error instanceof PackProblem) return { words: packProblemWords(error.problems), code: BAD_CONFIG };
  if (error instanceof ConfigProblem || error instanceof SurfaceProblem)
    return { words: error.message, code: BAD_CONFIG };
  return null;
}

// A reader that went away (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await start();
