/**
 * kill -9 at random points, 50 times in a row on one data folder, under a stream of piped commands: what was answered is
 * there once, what was not is there at most once, and the record is whole. OMBUD_SEED plays a run again.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackFile, readPack } from '../../src/app/pack-file.js';
import { builtMain } from '../support/built.js';
import { dataFolder, isAnswer, startDesk } from '../support/desk-process.js';
import { type Kept, keptIn, markOf } from '../support/ledger-tokens.js';
import { randomFrom, seedOfRun } from '../support/random.js';
import type { Line } from '../support/terminal-desk.js';

const KILLS = 50;
/** The whole record is looked through so often, and at the end. */
const LOOK_EVERY = 10;
const LINES_A_ROUND = 40;
const MOST_ANSWERS = 10;
const MOST_MS = 30;
/** Before the first answer: somewhere in a start. */
const MOST_START_MS = 900;
const TYPES = ['access', 'correction', 'deletion', 'stop_handling', 'consent_withdrawal', 'complaint'];

type Sent = { readonly line: string; readonly mark: string | null };

const seed = seedOfRun();
const random = randomFrom(seed);
let pack: PackFile;
let folder: Awaited<ReturnType<typeof dataFolder>>;

beforeAll(async () => {
  console.log(`kill.test: OMBUD_SEED=${seed}`);
  await builtMain();
  pack = await readPack('manifests/policies/default.yaml');
  folder = await dataFolder();
}, 120_000);
afterAll(() => folder.remove());

let marked = 0;
const nextMark = (): string => {
  marked += 1;
  return markOf(marked);
};

/** A command with a mark that its ledger entry will hold, about one of the known cases or a new one. */
function command(refs: readonly string[]): Sent {
  const mark = nextMark();
  const ref = refs.length === 0 ? null : random.pick(refs);
  const chosen = ref === null ? 0 : random.below(12);
  const about: readonly string[] = [
    `/privacy log ${random.pick(TYPES)} K-1${mark} scope:email,payment note:"${mark}"`,
    `/privacy note ${ref} ${mark}`,
    `/privacy note ${ref} ${mark}`,
    `/privacy verify ${ref} callback pass ref:${mark}`,
    `/privacy verify ${ref} otp fail ref:${mark}`,
    `/privacy check ${ref} all done ref:${mark}`,
    `/privacy propose ${ref} fulfilled facts:${mark}`,
    `/privacy notice ${ref} completion ref:${mark}`,
    `/privacy pause ${ref} ${mark}`,
    `/privacy done ${ref} evidence:${mark}`,
    `/privacy decide ${ref} return reason:${mark}`,
    `/privacy log deletion K-1${mark} scope:email note:"${mark}"`,
  ];
  return { line: about[chosen] ?? '', mark };
}

/** What is piped in at one start: marked commands between others, speakers and the clock. */
function stream(round: number, refs: readonly string[]): readonly Sent[] {
  const plain = (line: string): Sent => ({ line, mark: null });
  const lines: Sent[] = round % 7 === 0 ? [plain('/clock 2026-11-23T10:00')] : [];
  while (lines.length < LINES_A_ROUND) {
    const chosen = random.below(12);
    if (chosen === 0) lines.push(plain(`/as ${random.pick(['mei', 'dan', 'lyon', 'kim'])}`));
    else if (chosen === 1) lines.push(plain(`/clock +${random.below(30) + 1}h`));
    else if (chosen === 2 && refs.length > 0) lines.push(plain(`/privacy resume ${random.pick(refs)}`));
    else lines.push(command(refs));
  }
  return lines;
}

type Told = { acked: Set<string>; unanswered: Set<string>; refused: number; refs: Set<string> };

/** One start, one stream, one kill; the n-th answer belongs to the n-th line. */
async function round(number: number, told: Told): Promise<number> {
  const sent = stream(number, [...told.refs]);
  const desk = startDesk(folder.dir, { env: { LOG_LEVEL: 'fatal' } });
  desk.write(sent.map(({ line }) => `${line}\n`).join(''));
  const wanted = random.below(MOST_ANSWERS + 1);
  await desk.answered(wanted);
  const delay = random.below(wanted === 0 ? MOST_START_MS : MOST_MS);
  await new Promise((resolve) => setTimeout(resolve, delay));
  const { signal, stderr } = await desk.kill();
  expect(signal, `it ended by itself, seed ${seed}, kill ${number}:\n${stderr}`).toBe('SIGKILL');
  const answers = desk.lines().filter(isAnswer);
  for (const [index, { mark }] of sent.entries()) note(told, mark, answers[index]);
  return answers.length;
}

function note(told: Told, mark: string | null, answer: Line | undefined): void {
  if (answer?.code === 'fault') throw new Error(`seed ${seed}: ${answer.text}`);
  if (answer?.kind === 'error') told.refused += 1;
  if (answer?.kind === 'answer' && answer.ref !== null) told.refs.add(answer.ref);
  if (mark === null || answer?.kind === 'error') return;
  (answer === undefined ? told.unanswered : told.acked).add(mark);
}

function compare(kept: Kept, told: Told): void {
  const count = (mark: string): number => kept.marks.get(mark) ?? 0;
  expect([...told.acked].filter((mark) => count(mark) !== 1)).toEqual([]);
  expect([...told.unanswered].filter((mark) => count(mark) > 1)).toEqual([]);
  const known = new Set([...told.acked, ...told.unanswered]);
  expect([...kept.marks.keys()].filter((mark) => !known.has(mark))).toEqual([]);
  expect([...told.refs].filter((ref) => !kept.refs.includes(ref))).toEqual([]);
  expect(kept.refused).toBeGreaterThanOrEqual(told.refused);
  expect(kept.differences).toEqual([]);
  expect(kept.audit).toMatchObject({ kind: 'whole' });
}

describe(`kill -9, ${KILLS} times in a row`, () => {
  it('keeps every answered command exactly once, and the record whole', async () => {
    const told: Told = { acked: new Set(), unanswered: new Set(), refused: 0, refs: new Set() };
    let answers = 0;
    for (let number = 0; number < KILLS; number += 1) {
      answers += await round(number, told);
      if (number > 0 && number % LOOK_EVERY === 0) compare(await keptIn(folder.dir, pack), told);
    }
    compare(await keptIn(folder.dir, pack), told);
    // Otherwise it would have killed nothing at work.
    expect(answers).toBeGreaterThan(KILLS * 2);
    expect(told.acked.size).toBeGreaterThan(KILLS);
    expect(told.refs.size).toBeGreaterThan(10);
  }, 600_000);
});
