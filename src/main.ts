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
import { seedStaff } from './desk/house/staff.js';
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
    await store.transact((tx) => seedStaff(tx, realNow(), adminsOf(config)));
    const opened = { config, pack, store, masterKey: key.masterKey, log };
    const platforms = await chatSurfaces(config, log);
    if (platforms.length === 0) await runTerminal(opened);
    else await runChat(opened, platforms);
  } finally {
    await store.close();
  }
}

<<<<<<< HEAD
/** What is wrong with the configuration, in words for whoever set it; the platforms add theirs. */
const configFaults: (new (...given: never[]) => Error)[] = [ConfigProblem];

/** Every platform there is a token for; its libraries, a second's reading, are loaded only then. */
async function platformsOf(config: Config, store: Store, log: pino.Logger): Promise<readonly Platform[]> {
  const { slack, discord } = config;
  const ready = async (): Promise<boolean> => {
    await store.transact((tx) => tx.setting('ready'));
    return true;
  };
  const platforms: Platform[] = [];
  if (slack !== null) {
    const { createSlackSurface, SlackProblem } = await import('./surfaces/slack/app.js');
    configFaults.push(SlackProblem);
    platforms.push((desk) =>
      createSlackSurface({
        settings: slack,
        registry,
        home: desk.home,
        refOfThread: (channel, id) => desk.refOfThread({ channel, id }),
        ready,
        log,
      }),
    );
  }
  if (discord !== null) {
    const { createDiscordSurface, DiscordProblem } = await import('./surfaces/discord/app.js');
    configFaults.push(DiscordProblem);
    platforms.push((desk) =>
      createDiscordSurface({
        ...discord,
        registry,
        suggest: desk.suggest,
        readers: () => desk.readers('discord'),
        refOfThread: (channel, id) => desk.refOfThread({ channel, id }),
        log,
      }),
    );
  }
  return platforms;
}

/** Chat platforms until a signal comes; the terminal beside them when it was asked for. */
async function runService(
  config: Config,
  pack: PackFile,
  store: Store,
  masterKey: Uint8Array,
  platforms: readonly Platform[],
  log: pino.Logger,
): Promise<void> {
  const service = await startService({
    store,
    pack,
    clock: realNow,
    servicesWith: (notes) => servicesFor(masterKey, () => [['data folder', config.dataDir], ...notes()]),
    platforms,
    log,
    faultRef,
  });
  try {
    const ended = new Promise<void>((settle) => {
      process.once('SIGINT', settle);
      process.once('SIGTERM', settle);
    });
    await (config.terminal.wanted
      ? Promise.race([ended, promptBeside(config, pack, store, service, log)])
      : ended);
  } finally {
    await service.stop();
  }
}

/** The terminal of somebody on the staff list, on the real clock. */
async function promptBeside(
  config: Config,
  pack: PackFile,
  store: Store,
  { desk }: Service,
  log: pino.Logger,
): Promise<void> {
  const prompt = openPrompt(process.stdin, process.stdout, completions());
  const terminal = await openTerminal({
    desk,
    store,
    pack,
    clock: { now: realNow, set: async () => undefined, isReal: () => true },
    log,
    faultRef,
    view: {
      json: config.terminal.json,
      colours: process.stdout.isTTY === true && !config.terminal.json && config.colours,
      write: writeOut,
      ask: prompt.ask,
      exportsDir: join(config.dataDir, 'exports'),
    },
  });
  await prompt.run(() => `${terminal.speaker()}> `, terminal.line);
}

async function runTerminal(
  config: Config,
  pack: PackFile,
  store: Store,
  masterKey: Uint8Array,
  log: pino.Logger,
): Promise<void> {
  const { json, script } = config.terminal;
  const input = script === null ? process.stdin : scriptFile(script);
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

  const stopped = new AbortController();
  const stop = (): void => {
    stopped.abort();
    prompt?.close();
    input.destroy();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const work = async (line: string): Promise<void> => {
    if (!stopped.signal.aborted) await terminal.line(line);
  };
  if (prompt === null) return pipeLines(input, work, stopped.signal);

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

=======
>>>>>>> ee86f54 (Give surfaces one FrontDesk, one place for accounts, plain names and functions of a page)
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
<<<<<<< HEAD
    if (error instanceof StoreProblem) return fail(error.message, error.exitCode);
    if (error instanceof PackProblem) return fail(packProblemWords(error.problems), BAD_CONFIG);
    if (error instanceof Error && configFaults.some((fault) => error instanceof fault))
      return fail(error.message, BAD_CONFIG);
    throw error;
=======
    const code = exitCodeOf(error);
    if (code === null || !(error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return code;
>>>>>>> ee86f54 (Give surfaces one FrontDesk, one place for accounts, plain names and functions of a page)
  }
}

/** Of what whoever starts the desk can put right; null: a bug. */
function exitCodeOf(error: unknown): number | null {
  if (error instanceof StoreProblem) return error.exitCode;
  const theirs = [ConfigProblem, PackProblem, SurfaceProblem].some((kind) => error instanceof kind);
  return theirs ? BAD_CONFIG : null;
}

// A reader that went away (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await start();
