/**
 * The words after `ombud`: one line of a table each, so that parsing, `ombud --help`, `ombud WORD --help` and the shell's
 * completion know it. A new tool is a file in src/tools and an entry here; what it needs is loaded only when it is asked for.
 */
import { type Declared, type Given, readArguments, UsageProblem, usageOf } from './command-line.js';
import { completionFor, SHELLS } from './completion.js';
import { settings } from './config.js';
import { DATA, DESK_OPTIONS, HELP } from './usage.js';

/** Where a tool writes: whole lines. */
export type Io = { readonly out: (text: string) => void; readonly err: (text: string) => void };

/** The exit code is one of sysexits.h: 0 done, 64 wrong usage, 66 no such file, 74 I/O failed, 78 wrong settings. */
export type Subcommand = Declared & { readonly run: (given: Given, io: Io) => Promise<number> };

/** In alphabetical order. An entry that needs the desk's data takes `DATA` among its options and reads `settings(options)`. */
export const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: 'backup',
    operands: 'DIR',
    says: 'a verified copy of the database in DIR, while the desk runs or while it does not; the key is not in it',
    options: { data: DATA },
    run: async ({ operands: [dir = ''], options }, { out }) =>
      (await import('./backup-tool.js')).backupCli(settings(options), dir, new Date(), { out }),
  },
  {
    name: 'completion',
    operands: SHELLS.join('|'),
    says: 'what your shell needs to complete these words: source <(ombud completion bash)',
    options: {},
    run: async ({ operands: [asked] }, io) => {
      const shell = SHELLS.find((one) => one === asked);
      if (shell === undefined) throw new UsageProblem(`'${asked}' is none of the shells known here.`);
      io.out(completionFor(shell, { desk: DESK_OPTIONS, words: SUBCOMMANDS }));
      return 0;
    },
  },
  {
    name: 'policy',
    operands: '[FILE]',
    says: 'what a policy pack means, in sentences, or everything that is wrong with it (default: the default pack)',
    options: {},
    run: async ({ operands }, io) => (await import('../tools/policy.js')).policyCli(operands, io),
  },
  {
    name: 'verify',
    operands: 'FILE',
    says: 'whether an evidence file (.html, .json) is as the desk made it, without a desk; exit code 0 or 1',
    options: {
      note: { type: 'string', takes: 'FILE', says: 'a checkpoint pasted from the chat (-: standard input)' },
      key: {
        type: 'string',
        takes: 'TEXT',
        says: 'the verifier key you trust (default: the one in the file)',
      },
    },
    run: async ({ operands: [file = ''], options }, io) =>
      (await import('../tools/verify.js')).verifyCli(
        file,
        { note: textIn(options.note), key: textIn(options.key) },
        io,
      ),
  },
];

const textIn = (value: Given['options'][string]): string | undefined =>
  typeof value === 'string' ? value : undefined;

const USAGE_CODE = 64;

/** Null: the first word is none of the table, so the desk itself is meant. */
export async function runSubcommand(args: readonly string[], io: Io): Promise<number | null> {
  const [word, ...rest] = args;
  const found = SUBCOMMANDS.find(({ name }) => name === word);
  if (found === undefined) return null;
  try {
    const given = readArguments(rest, { ...found, options: { ...found.options, help: HELP } });
    if (given.options.help !== true) return await found.run(given, io);
    io.out(usageOf(found));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageProblem)) throw error;
    io.err(`${error.message}\n${usageOf(found)}`);
    return USAGE_CODE;
  }
}
