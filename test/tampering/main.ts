/**
 * `npm run tampering`: every alteration of a database by somebody without its key, what the desk must show of it and what it
 * showed, on SQLite and PostgreSQL; and no alarm on desks nobody touched. Exits 1 when one passes unnamed.
 * `npm run tampering -- sqlite`: one of them alone; `--only WORDS`: alterations whose words contain these.
 */
import { existsSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ALTERATIONS } from './alterations.js';
import { type Databases, postgresDatabases, sqliteDatabases } from './databases.js';
import { played } from './desk.js';
import { falseAlarms } from './lives.js';
import { tried } from './trial.js';

const BUILT = resolve(import.meta.dirname, '../..');
const ROOT = resolve(BUILT, '..');
for (const folder of ['prisma', 'manifests'])
  if (!existsSync(join(BUILT, folder))) symlinkSync(join(ROOT, folder), join(BUILT, folder), 'junction');

process.env.TZ = 'UTC';

const args = process.argv.slice(2);
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '') : '';
const wanted = (name: string): boolean =>
  !args.some((one) => /^(sqlite|postgresql)$/.test(one)) || args.includes(name);
const LIVES = 10;
const SEED = 20_240_315;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const cell = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);

/** How many passed unnamed. */
async function table(databases: Databases): Promise<number> {
  say(`\n${databases.name}\n${cell('alteration', 62)} | named | what it showed`);
  const all = ALTERATIONS.filter(
    (one) => one.what.includes(only) && (one.only === undefined || one.only === databases.name),
  );
  const base = await played(databases);
  let unnamed = 0;
  for (const alteration of all) {
    const { what, showed, missed } = await tried(databases, base, alteration);
    if (missed.length > 0) unnamed += 1;
    say(`${cell(what, 62)} | ${missed.length === 0 ? 'yes  ' : 'NO   '} | ${cell(showed, 110).trimEnd()}`);
    for (const one of missed)
      say(
        `${' '.repeat(62)} |       | wanted: ${'test' in alteration.shows ? alteration.shows.source : `start refused: ${alteration.shows.start.source}`} (${one})`,
      );
  }
  say(`${all.length - unnamed} of ${all.length} named`);
  return unnamed;
}

async function run(databases: Databases): Promise<number> {
  try {
    const unnamed = await table(databases);
    const alarms = only === '' ? await falseAlarms(databases, LIVES, SEED) : [];
    if (only === '') say(`${LIVES} random lives (seed ${SEED}) that nobody touched: ${alarms.length} alarms`);
    for (const alarm of alarms) say(`  ${alarm}`);
    return unnamed + alarms.length;
  } finally {
    await databases.close();
  }
}

let wrong = 0;
if (wanted('sqlite')) wrong += await run(await sqliteDatabases());
if (wanted('postgresql')) {
  const server = await postgresDatabases();
  if (server !== null) wrong += await run(server);
}
process.exitCode = wrong === 0 ? 0 : 1;
