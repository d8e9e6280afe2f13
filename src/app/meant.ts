/**
 * From the words of the command line to what runs: a tool of the table, help, version, or the desk; and from what went wrong to
 * one plain message and an exit code. Must not know: how a desk is put together (start.ts).
 */
import { existsSync, readFileSync } from 'node:fs';
import { columns, type Given, optionRows, readArguments, UsageProblem } from './command-line.js';
import { type Io, runSubcommand, SUBCOMMANDS } from './subcommands.js';
import { DESK_OPTIONS } from './usage.js';

/** sysexits.h EX_CONFIG: what is set or said is wrong. */
const BAD_CONFIG = 78;

const io: Io = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
};

/** Runs it to its end and resolves with the exit code. Rejects for a bug only. */
export async function runMeant(args: readonly string[]): Promise<number> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    return (await runSubcommand(args, io)) ?? (await runDesk(deskArguments(args)));
  } catch (error) {
    if (error instanceof UsageProblem) {
      const { nearest } = await import('../chat/nearest.js');
      const meant = nearest(
        args[0] ?? '',
        SUBCOMMANDS.map(({ name }) => name),
      );
      io.err(
        [error.message, ...(meant === null ? [] : [`Did you mean: ombud ${meant}`]), usage()].join('\n'),
      );
      return BAD_CONFIG;
    }
    const { problemOf } = await import('./problems.js');
    const found = problemOf(error);
    if (found === null) throw error;
    io.err(found.words);
    return found.code;
  }
}

const deskArguments = (args: readonly string[]): Given =>
  readArguments(args, { name: '', operands: '', options: DESK_OPTIONS });

async function runDesk({ options }: Given): Promise<number> {
  if (options.help === true) io.out(usage());
  else if (options.version === true) io.out(version());
  else await (await import('./start.js')).startDesk(options);
  return 0;
}

/** All that can be said after `ombud`; in a clone `npm start --` stands for it. */
export const usage = (): string =>
  [
    'Usage: ombud [options]          opens the desk (in a clone: npm start -- [options])',
    columns(optionRows(DESK_OPTIONS)),
    '       ombud WORD [options]     runs a tool beside it; ombud WORD --help says more',
    columns(SUBCOMMANDS.map(({ name, operands, says }) => [`${name} ${operands}`.trim(), says])),
  ].join('\n');

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
