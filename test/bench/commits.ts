/**
 * (a) Commits a second: the desk's own path from the typed line to the committed transaction, beside bare Prisma doing the
 * same statements in the same transactions on a database of its own, opened the same way. Rounds alternate.
 */
import { performance } from 'node:perf_hooks';
import type { PackFile } from '../../src/app/pack-file.js';
import type { Store } from '../../src/record/store.js';
import type { Client, Dialect } from '../../src/storage/engine/dialect.js';
import { makeStore } from '../../src/storage/store.js';
import { openVault } from '../../src/storage/vault.js';
import { type Figure, median, say } from './figures.js';
import { recording, replay, type Transaction } from './recorder.js';
import { botOn, COMMANDS_A_ROUND, linesOf, MASTER_KEY, says, seed, steadyClock } from './workload.js';

const ROUNDS = 60;
/** Played first and not counted: until then both are still being compiled. */
const WARM_UP = 20;
const GOAL = 0.85;

/** Three empty databases of one kind, and how each is opened. */
export type Bench = {
  readonly name: string;
  readonly dialect: Dialect;
  /** As the product opens it. */
  readonly openDesk: () => Promise<Store>;
  /** A bare client on a database whose tables are made, opened with the product's own settings. */
  readonly openBare: () => Promise<{ readonly client: Client; readonly close: () => Promise<void> }>;
  /** Another such, to write the calls down. */
  readonly openRecorded: Bench['openBare'];
  /** Says so when the replayed database does not hold the very rows of the recorded one; after both were closed. */
  readonly compare: () => Promise<void>;
};

type Script = { readonly seed: readonly Transaction[]; readonly rounds: readonly (readonly Transaction[])[] };

export async function commits(bench: Bench, pack: PackFile): Promise<Figure> {
  const script = await record(bench, pack);
  const store = await bench.openDesk();
  const bare = await bench.openBare();
  const { limits } = bench.dialect;
  await seed(store, pack);
  await replay(bare.client, script.seed, limits);
  const handle = botOn(store, pack, steadyClock());
  const desk = async (round: number) => {
    for (const line of linesOf(round)) await says(handle, line);
  };
  const prisma = async (round: number) => replay(bare.client, script.rounds[round] ?? [], limits);

  const rounds: { readonly desk: Spent; readonly bare: Spent }[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    // Whoever is first pays for what the machine did meanwhile: they take turns.
    const deskFirst = round % 2 === 0;
    const first = await spent(() => (deskFirst ? desk(round) : prisma(round)));
    const second = await spent(() => (deskFirst ? prisma(round) : desk(round)));
    if (round >= WARM_UP)
      rounds.push(deskFirst ? { desk: first, bare: second } : { desk: second, bare: first });
  }
  await store.close();
  await bare.close();
  await bench.compare();

  const calls = script.rounds.flat(2).length / (script.rounds.length * COMMANDS_A_ROUND);
  const ratioOf = (what: keyof Spent) => median(rounds.map((round) => round.bare[what] / round.desk[what]));
  const each = (whose: 'desk' | 'bare', what: keyof Spent) =>
    median(rounds.map((round) => round[whose][what])) / COMMANDS_A_ROUND;
  const rate = (whose: 'desk' | 'bare') => (1000 / each(whose, 'wall')).toFixed(0);
  say(
    `${bench.name}: ${ROUNDS} rounds of ${COMMANDS_A_ROUND} commands, ${calls.toFixed(1)} Prisma calls each; processor time ` +
      `${each('desk', 'processor').toFixed(1)} ms beside ${each('bare', 'processor').toFixed(1)} ms, ratio ${ratioOf('processor').toFixed(2)}`,
  );
  const ratio = ratioOf('wall');
  return {
    what: `${bench.name}, commits a second beside bare Prisma`,
    value: `${rate('desk')} beside ${rate('bare')}, ratio ${ratio.toFixed(2)}`,
    goal: `at least ${GOAL}`,
    met: ratio >= GOAL,
  };
}

/** Plays every round once, untimed, on a database of its own, and keeps what Prisma was asked. */
async function record(bench: Bench, pack: PackFile): Promise<Script> {
  const { client, close } = await bench.openRecorded();
  const recorder = recording(client);
  const store = makeStore({
    client: recorder.client,
    dialect: bench.dialect,
    vault: openVault(MASTER_KEY),
    describe: async () => ({}),
    close,
  });
  await seed(store, pack);
  const seeded = recorder.take();
  const handle = botOn(store, pack, steadyClock());
  const rounds: (readonly Transaction[])[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const line of linesOf(round)) await says(handle, line);
    const taken = recorder.take();
    if (taken.length !== COMMANDS_A_ROUND) throw new Error(`${taken.length} transactions were recorded`);
    rounds.push(taken);
  }
  await store.close();
  return { seed: seeded, rounds };
}

/** Milliseconds of one round, by the clock on the wall and by the processor. */
type Spent = { readonly wall: number; readonly processor: number };

async function spent(work: () => Promise<void>): Promise<Spent> {
  const from = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - from, processor: (user + system) / 1000 };
}
