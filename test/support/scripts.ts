/**
 * The scripts of test/e2e/scripts played in the terminal, once for all tests of a file that only read what was shown.
 * Must not know: what is expected of them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { type Line, type Played, playDesk } from './terminal-desk.js';

const FOLDER = 'test/e2e/scripts';

export const SCRIPTS: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.replace('.txt', ''))
  .sort();

export const linesOf = (script: string): readonly string[] =>
  readFileSync(`${FOLDER}/${script}.txt`, 'utf8').split('\n');

/** A line, what it showed, and the answer or error, which comes last. */
export type Step = { readonly said: string; readonly shown: readonly Line[]; readonly last: Line };

/** Plays a script on a desk. Lines that show nothing are left out. */
export async function playOn(desk: Played, script: string): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const said of linesOf(script)) {
    const shown = await desk.says(said);
    const last = shown.at(-1);
    if (last !== undefined) steps.push({ said, shown, last });
  }
  return steps;
}

const played = new Map<string, Promise<readonly Step[]>>();

/** What a script shows on a new desk. */
export function stepsOf(script: string): Promise<readonly Step[]> {
  const known = played.get(script) ?? playOnce(script);
  played.set(script, known);
  return known;
}

async function playOnce(script: string): Promise<readonly Step[]> {
  const desk = await playDesk();
  try {
    return await playOn(desk, script);
  } finally {
    await desk.close();
  }
}

/** `code clause` of every refusal and error, in order. */
export const errorsIn = (steps: readonly Step[]): readonly Line[] =>
  steps.map(({ last }) => last).filter(({ kind }) => kind === 'error');
