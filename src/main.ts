/**
 * Configuration → storage → desk → surfaces → metronome → graceful stop. The one place that sees everything.
 */
import { randomInt, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Config, ConfigProblem, loadDotEnv, readConfig, USAGE } from './config.js';
import { seedChannels } from './desk/channels.js';
import { createDesk, registry } from './desk/desk.js';
import type { ActivePack, Services } from './desk/plan.js';
import { seedStaff } from './desk/staff.js';
import { type Store, StoreProblem } from './desk/store.js';
import type { Surface } from './desk/surface.js';
import type { Account, Instant, Person } from './domain/values.js';
import { startMetronome } from './metronome.js';
import { PackProblem, packHash, packName, parsePack } from './policy/pack.js';
import { loadOrMakeKey } from './storage/key-file.js';
import { databaseExists, openStore } from './storage/open.js';
import { signingKey } from './storage/vault.js';
import { createTerminal } from './surfaces/terminal/app.js';
import { accountFor, CAST, CHANNELS } from './surfaces/terminal/cast.js';
import { openPrompt, type Prompt, pipeLines, scriptFile } from './surfaces/terminal/input.js';

const CLOCK_SETTING = 'terminal-clock';
const BAD_CONFIG = 78;

async function readPack(path: string): Promise<ActivePack & { readonly text: string }> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigProblem([
      `The policy pack ${path} cannot be read (${codeOf(cause)}). Set OMBUD_POLICY to a pack file, or leave it out for the default.`,
    ]);
  });
  const pack = parsePack(text);
  return { pack, name: packName(pack), hash: packHash(pack), text };
}

function servicesFor(
  store: Store,
  masterKey: Uint8Array,
  notes: readonly (readonly [string, string])[],
): Services {
  const { privateKey, publicKey } = signingKey(masterKey);
  return {
    diagnose: async () => {
      const database = Object.entries(await store.describe()).map(
        ([label, value]) => [label, value] as const,
      );
      const stuck = await store.stuckPosts(10);
      const posts = stuck.map(
        (post) =>
          [
            `stuck post ${post.key}`,
            `${post.status}, attempt ${post.attempt}: ${post.lastError ?? 'not tried yet'}`,
          ] as const,
      );
      return [
        ...notes,
        ...database,
        ...posts,
        ...(posts.length === 0 ? [['stuck posts', 'none'] as const] : []),
      ];
    },
    packNamed: readPack,
    signing: {
      sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
      verify: (text, signature) =>
        verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
      publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    },
  };
}

async function main(config: Config): Promise<void> {
  // Standard output belongs to the desk's records; the log goes to standard error.
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
  const pack = await readPack(config.policyFile);
  const exists = await databaseExists(config.database);
  const key = await loadOrMakeKey({ dataDir: config.dataDir, env: config.key, databaseExists: exists });
  const store = await openStore(config.database, key.masterKey);
  try {
    await runTerminal(config, pack, store, key.masterKey, log);
  } finally {
    await store.close();
  }
}

async function runTerminal(
  config: Config,
  pack: ActivePack & { readonly text: string },
  store: Store,
  masterKey: Uint8Array,
  log: pino.Logger,
): Promise<void> {
  const clock = await openClock(store);
  const surfaces = new Map<string, Surface>();
  const services = servicesFor(store, masterKey, [
    ['data folder', config.dataDir],
    ['clock', `${clock.now()}${clock.isReal() ? '' : ' (set with /clock)'}`],
  ]);
  const desk = await createDesk({
    store,
    pack: pack.pack,
    packText: pack.text,
    surfaces,
    clock: clock.now,
    services,
    log,
    faultRef,
  });
  await store.transact((tx) => seedStaff(tx, clock.now(), [...castOf(), ...adminsOf(config)]));
  await store.transact((tx) =>
    seedChannels(
      tx,
      clock.now(),
      CHANNELS.map(({ channel, uses }) => ({ surface: 'terminal', channel, uses, locale: null })),
    ),
  );

  const { json, script } = config.terminal;
  const interactive =
    script === null && !json && process.stdin.isTTY === true && process.stdout.isTTY === true;
  const prompt: Prompt | null = interactive ? openPrompt(process.stdin, process.stdout, completions()) : null;
  const terminal = await createTerminal({
    json,
    colours: process.stdout.isTTY === true && !json && process.env.NO_COLOR === undefined,
    write: writeOut,
    ask: prompt === null ? null : prompt.ask,
    clock,
    zone: pack.pack.zone,
    tick: () => desk.ticker.tick(clock.now()),
    nextDue: desk.ticker.nextDue,
    settle: desk.outbox.drain,
    accountOf: async (speaker) => accountFor(speaker) as Account,
    memory: {
      load: (name) => store.transact((tx) => tx.setting(name)),
      save: (name, value) => store.transact((tx) => tx.putSetting(name, value)),
    },
    exportsDir: join(config.dataDir, 'exports'),
  });
  surfaces.set(terminal.name, terminal);
  await terminal.start(desk.handle);

  let stopping = false;
  const stop = (): void => {
    stopping = true;
    prompt?.close();
    if (prompt === null) process.stdin.destroy();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const work = async (line: string): Promise<void> => {
    if (!stopping) await terminal.line(line);
  };
  if (prompt === null) {
    await pipeLines(script === null ? process.stdin : await openScript(script), work);
    return;
  }
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

const BANNER = `Ombud, the privacy desk, in your terminal. You are mei, an agent.
Try:  /privacy log deletion C-10812     then  /desk help
/as lyon speaks as the privacy officer, /clock +27d moves time on, exit leaves.
`;

/** The real time until `/clock` sets it; then it stands still, and is remembered. */
async function openClock(store: Store) {
  let fixed = (await store.transact((tx) => tx.setting(CLOCK_SETTING))) as Instant | null;
  return {
    // Branded: Date prints the form an Instant has.
    now: (): Instant => fixed ?? (new Date().toISOString() as Instant),
    isReal: (): boolean => fixed === null,
    set: async (instant: Instant): Promise<void> => {
      fixed = instant;
      await store.transact((tx) => tx.putSetting(CLOCK_SETTING, instant));
    },
  };
}

const castOf = () =>
  CAST.map(({ name, role, accounts }) => ({
    person: name as Person,
    roles: [role],
    accounts,
    trainedUntil: null,
  }));

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
  await readFile(path).catch((cause: unknown) => {
    throw new ConfigProblem([`The script ${path} cannot be read (${codeOf(cause)}).`]);
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

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';

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
