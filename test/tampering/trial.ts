/** One alteration tried on a copy of the played desk, and what the desk showed of it. */
import { StoreProblem } from '../../src/record/store.js';
import type { Alteration } from './alterations.js';
import type { Databases } from './databases.js';
import { type Desk, openDesk, type Played } from './desk.js';

export type Trial = {
  readonly what: string;
  /** What it showed, one line. */
  readonly showed: string;
  /** What is not as it must be; empty: it was named, and nothing was made of it. */
  readonly missed: readonly string[];
};

export async function tried(
  databases: Databases,
  played: Played,
  { what, does, shows, refuses = [], keepsFrom }: Alteration,
): Promise<Trial> {
  const copy = await databases.copyOf(played.now);
  await does(copy, played);
  const start = 'start' in shows ? shows.start : null;
  const desk = await openDesk(copy).catch((error: unknown) => {
    if (error instanceof StoreProblem) return error.message;
    throw error;
  });
  if (typeof desk === 'string')
    return {
      what,
      showed: `start refused: ${desk}`,
      missed: start?.test(desk) ? [] : ['the start was refused'],
    };
  try {
    const missed = await passed(desk, refuses);
    const said = await audit(desk);
    const right = start === null && 'test' in shows && said.kind === 'error' && shows.test(said.words);
    const strayed = keepsFrom !== undefined && desk.shown().some(({ to }) => to.includes(keepsFrom));
    return {
      what,
      showed: said.words,
      missed: [
        ...(right ? [] : [start === null ? 'the audit does not name it' : 'the start is not refused']),
        ...missed,
        ...(strayed ? [`posted to ${keepsFrom}`] : []),
      ],
    };
  } finally {
    await desk.close();
  }
}

/** Lines that were answered as if nothing were. */
async function passed(desk: Desk, refuses: NonNullable<Alteration['refuses']>): Promise<readonly string[]> {
  const missed: string[] = [];
  for (const [who, line] of refuses) {
    await desk.asks(`/as ${who}`);
    const answer = await desk.asks(line);
    if (answer.kind !== 'error') missed.push(`answered: ${line}`);
  }
  return missed;
}

export async function audit(desk: Desk): Promise<{ readonly kind: string; readonly words: string }> {
  await desk.asks('/as kim');
  const { kind, text } = await desk.asks('/desk audit');
  const [title = '', first = ''] = text.split('\n');
  return { kind, words: kind === 'error' ? first : title };
}
