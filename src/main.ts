/**
 * Configuration → storage → desk → surfaces → metronome → graceful stop. The one place that sees everything.
 */
import { randomInt } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Config, ConfigProblem, loadDotEnv, readConfig, USAGE } from './config.js';
import { registry } from './desk/desk.js';
import { seedStaff } from './desk/staff.js';
import { type Store, StoreProblem } from './desk/store.js';
import type { Instant, Person } from './domain/values.js';
import { startMetronome } from './metronome.js';
import { PackProblem } from './policy/pack.js';
import { type PackFile, readPack, servicesFor } from './services.js';
import { loadOrMakeKey } from './storage/key-file.js';
import { databaseExists, openStore } from './storage/open.js';
import { openPrompt, type Prompt, pipeLines, scriptFile } from './surfaces/terminal/input.js';
import { openClock, openTerminalDesk } from './terminal-desk.js';

const BAD_CONFIG = 78;
const BANNER = `Ombud, the privacy desk, in your terminal. You are mei, an agent.
Try:  /privacy log deletion C-10812     then  /desk help
/as lyon speaks as the privacy officer, /clock +27d moves time on, exit leaves.
`;

// Branded: Date prints the form an Instant has.
const realNow = (): Instant => new Date().toISOString() as Instant;

async function main(config: Config): Promise<void> {
  // Standard output belongs to the desk's records; the log goes to standard error.
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
  const pack = await readPack(config.policyFile);
  const exists = await databaseExists(config.database);
  const key = await loadOrMakeKey({ dataDir: config.dataDir, env: config.key, databaseExists: exists });
  const store = await openStore(config.database, key.masterKey);
  try {
    await store.transact((tx) => seedStaff(tx, realNow(), adminsOf(config)));
    await runTerminal(config, pack, store, key.masterKey, log);
  } finally {
    await store.close();
  }
}

async function runTerminal(
  config: Config,
  pack: PackFile,
  store: Store,
  masterKey: Uint8Array,
  log: pino.Logger,
): Promise<void> {
  const { json, script } = config.terminal;
  const input = script === null ? process.stdin : await openScript(script);
  const interactive =
    script === null && !json && process.stdin.isTTY === true && process.stdout.isTTY === true;
  const prompt: Prompt | null = interactive ? openPrompt(process.stdin, process.stdout, completions()) : null;
  const clock = await openClock(store, realNow);
  const services = servicesFor(masterKey, () => [
    ['data folder', config.dataDir],
    ['clock', `${clock.now()}${clock.isReal() ? '' : ' (set with /clock)'}`],
  ]);
  const { desk, terminal } = await openTerminalDesk({
    store,
    pack,
    clock,
    services,
    log,
    faultRef,
    view: {
      json,
      colours: process.stdout.isTTY === true && !json && config.colours,
      write: writeOut,
      ask: prompt === null ? null : prompt.ask,
      exportsDir: join(config.dataDir, 'exports'),
    },
  });

  let stopping = false;
  const stop = (): void => {
    stopping = true;
    prompt?.close();
    input.destroy();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const work = async (line: string): Promise<void> => {
    if (!stopping) await terminal.line(line);
  };
  if (prompt === null) return pipeLines(input, work);

  process.stderr.write(BANNER);
  const metronome = startMetronome({
    tick: async () => {
      if (!clock.isReal()) return;
      await desk.ticker.tick(clock.now());
      await desk.outbox.drain();
    },
    log,
  });
  await prompt.run(() => `${terminal.speaker()}> `, work);
  await metronome.stop();
}

/** First administrators, named by their account until `/desk staff` names them better. */
const adminsOf = (config: Config) =>
  config.admins.map((account) => ({
    person: (account.split(':')[1] ?? account).toLowerCase() as Person,
    roles: ['admin' as const],
    accounts: [account],
    trainedUntil: null,
  }));

const completions = (): readonly string[] => [
  '/as ',
  '/clock ',
  '/press ',
  ...registry.all.map((command) => `/${command.command} ${command.verb} `),
];

async function openScript(path: string) {
  await access(path, constants.R_OK).catch(() => {
    throw new ConfigProblem([`The script ${path} cannot be read.`]);
  });
  return scriptFile(path);
}

function writeOut(text: string): Promise<void> {
  return new Promise((settle) => {
    process.stdout.write(`${text}\n`, () => settle());
  });
}

/** No letters or digits that look alike. */
const FAULT_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const faultRef = (): string =>
  Array.from({ length: 4 }, () => FAULT_LETTERS[randomInt(FAULT_LETTERS.length)]).join('');

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
    if (error instanceof StoreProblem) return fail(error.message, error.exitCode);
    if (error instanceof ConfigProblem || error instanceof PackProblem)
      return fail(error.message, BAD_CONFIG);
    throw error;
  }
}

function fail(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}

// A reader that went away (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await start();
