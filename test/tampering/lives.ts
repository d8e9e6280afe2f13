/** Desks that lived at random, closed and opened again: an audit that finds anything there is a false alarm. */
import fc from 'fast-check';
import { lines } from '../support/random-lines.js';
import type { Databases } from './databases.js';
import { openDesk } from './desk.js';
import { audit } from './trial.js';

/** What an audit said of desks that nobody touched. */
export async function falseAlarms(
  databases: Databases,
  lives: number,
  seed: number,
): Promise<readonly string[]> {
  const alarms: string[] = [];
  const sampled = fc.sample(lines, { numRuns: lives, seed });
  for (const life of sampled) {
    const copy = await databases.fresh();
    const half = Math.ceil(life.length / 2);
    for (const part of [life.slice(0, half), life.slice(half)]) {
      const desk = await openDesk(copy);
      for (const line of part) await desk.asks(line);
      const said = await audit(desk);
      if (said.kind === 'error') alarms.push(said.words);
      await desk.close();
    }
  }
  return alarms;
}
