/**
 * How a command line is declared, read and said: once, for parsing, usage and shell completion alike.
 * Must not know: what any command does.
 */
import { parseArgs } from 'node:util';

export type Option = {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** What stands after it; FILE and DIR are completed as such. Only for `string`. */
  readonly takes?: 'FILE' | 'DIR' | 'TEXT';
  readonly says: string;
};
export type Options = Readonly<Record<string, Option>>;

export type Given = {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
};

/** A word after `ombud`, as it is declared. */
export type Declared = {
  readonly name: string;
  /** As the usage shows them: `[FILE]`, `FOLDER`; '' for none. */
  readonly operands: string;
  readonly says: string;
  readonly options: Options;
};

/** What is wrong with a command line, in words. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
}

/** Throws UsageProblem for an option that is not declared, or operands beyond those declared. */
export function readArguments(args: readonly string[], { options, operands }: Omit<Declared, 'says'>): Given {
  const most = operands.includes('…') ? Number.POSITIVE_INFINITY : operands.split(' ').filter(Boolean).length;
  const least = operands.split(' ').filter((each) => each !== '' && !each.startsWith('[')).length;
  try {
    const read = parseArgs({ args: [...args], options: { ...options }, allowPositionals: most > 0 });
    if (read.positionals.length > most) throw new Error(`Unexpected '${read.positionals[most]}'.`);
    // Whoever asks for help has nothing to give yet.
    if (read.positionals.length < least && read.values.help !== true)
      throw new Error(`${operands} is missing.`);
    return { operands: read.positionals, options: read.values as Given['options'] };
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : String(error));
  }
}

/** Two columns, indented: what can be said, and what it does. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
}

export const optionRows = (options: Options): readonly (readonly [string, string])[] =>
  Object.entries(options).map(([name, { takes, short, says }]) => [
    `${short === undefined ? '' : `-${short}, `}--${name}${takes === undefined ? '' : ` ${takes}`}`,
    says,
  ]);

export function usageOf({ name, operands, says, options }: Declared): string {
  const rows = optionRows(options);
  const head = ['Usage: ombud', name, ...(rows.length > 0 ? ['[options]'] : []), operands].filter(Boolean);
  return [head.join(' '), `  ${says}`, ...(rows.length > 0 ? [columns(rows)] : [])].join('\n');
}
