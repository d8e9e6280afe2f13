/**
 * (a) Commits a second: the desk's own path from the typed line to the committed transaction, beside the bare driver doing the
 * same statements in the same transactions on a database of its own, opened the same way. Rounds alternate.
 */
import { performance } from 'node:perf_hooks';
import type { PackFile } from '../../src/app/pack-file.js';
import type { Store } from '../../src/record/store.js';
import { type Figure, median, say } from './figures.js';
import type { Transaction } from './recorder.js';
import { botOn, COMMANDS_A_ROUND, linesOf, says, seed, steadyClock } from './workload.js';

const ROUNDS = 60;
/** Played first and not counted: until then both are still being compiled. */
const WARM_UP = 20;
/** So many times the share of the driver that the version before reached. */
const FASTER = 3;

export type Recorded = { readonly store: Store; readonly take: () => readonly Transaction[] };

/** Three empty databases of one kind, and how each is opened. */
export type Bench = {
  readonly name: string;
  /** The desk's rate in the bare driver's, as the version before reached it on the same commands. */
  readonly before: { readonly commit: string; readonly ratio: number };
  /** At least this share of the bare driver's rate. */
  readonly goal: number;
  /** As the product opens it. */
  readonly openDesk: () => Promise<Store>;
  /** A store whose statements are written down. */
  readonly openRecorded: () => Promise<Recorded>;
  /** The driver alone, every statement prepared once, on a database whose tables are made. */
  readonly openBare: () => Promise<{
    readonly replay: (statements: Transaction) => Promise<void>;
    readonly close: () => Promise<void>;
  }>;
  /** Says so when the replayed database does not hold the very rows of the recorded one; after both were closed. */
  readonly compare: () => Promise<void>;
};

type Script = { readonly seed: readonly Transaction[]; readonly rounds: readonly (readonly Transaction[])[] };

export async function commits(bench: Bench, pack: PackFile): Promise<readonly Figure[]> {
  const script = await record(bench, pack);
  const store = await bench.openDesk();
  const bare = await bench.openBare();
  await seed(store, pack);
  for (const transaction of script.seed) await bare.replay(transaction);
  const handle = botOn(store, pack, steadyClock());
  const desk = async (round: number) => {
    for (const line of linesOf(round)) await says(handle, line);
  };
  const driver = async (round: number) => {
    for (const transaction of script.rounds[round] ?? []) await bare.replay(transaction);
  };

  const rounds: { readonly desk: Spent; readonly bare: Spent }[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    // Whoever is first pays for what the machine did meanwhile: they take turns.
    const deskFirst = round % 2 === 0;
    const first = await spent(() => (deskFirst ? desk(round) : driver(round)));
    const second = await spent(() => (deskFirst ? driver(round) : desk(round)));
    if (round >= WARM_UP)
      rounds.push(deskFirst ? { desk: first, bare: second } : { desk: second, bare: first });
  }
  await store.close();
  await bare.close();
  await bench.compare();
  return figuresOf(bench, script, rounds);
}

function figuresOf(
  { name, before, goal }: Bench,
  script: Script,
  rounds: readonly { readonly desk: Spent; readonly bare: Spent }[],
): readonly Figure[] {
  const statements = script.rounds.flat(2).length / (script.rounds.length * COMMANDS_A_ROUND);
  const each = (whose: 'desk' | 'bare', what: keyof Spent) =>
    median(rounds.map((round) => round[whose][what])) / COMMANDS_A_ROUND;
  const rate = (whose: 'desk' | 'bare') => (1000 / each(whose, 'wall')).toFixed(0);
  say(
    `${name}: ${rounds.length} rounds of ${COMMANDS_A_ROUND} commands, ${statements.toFixed(1)} statements each; processor time ` +
      `${each('desk', 'processor').toFixed(1)} ms beside ${each('bare', 'processor').toFixed(1)} ms`,
  );
  const ratio = median(rounds.map((round) => round.bare.wall / round.desk.wall));
  const faster = ratio / before.ratio;
  return [
    {
      what: `${name}, commits a second beside the bare driver`,
      value: `${rate('desk')} beside ${rate('bare')}, ratio ${ratio.toFixed(2)}`,
      goal: `at least ${goal}`,
      met: ratio >= goal,
    },
    {
      what: `${name}, that ratio beside the ${before.ratio} of ${before.commit}`,
      value: `${faster.toFixed(1)} times`,
      goal: `at least ${FASTER}`,
      met: faster >= FASTER,
    },
  ];
}

/** Plays every round once, untimed, on a database of its own, and keeps what the driver was asked. */
async function record(bench: Bench, pack: PackFile): Promise<Script> {
  const { store, take } = await bench.openRecorded();
  await seed(store, pack);
  const seeded = take();
  const handle = botOn(store, pack, steadyClock());
  const rounds: (readonly Transaction[])[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const line of linesOf(round)) await says(handle, line);
    const taken = take();
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
