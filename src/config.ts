/**
 * The only reader of the environment and the command line. Every problem is reported at once, with the variable, what was
 * seen (never a secret) and an example. Must not know: what anything is used for.
 */
import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';

/** Thrown once at start, all problems together; main.ts prints them and exits with 78. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const PACKAGE_ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEFAULT_POLICY = join(PACKAGE_ROOT, 'manifests', 'policies', 'default.yaml');
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const blank = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional());

const environment = z.object({
  DATABASE_URL: optional(
    z
      .string()
      .regex(
        /^(?:file:.+|postgres(?:ql)?:\/\/.+)/,
        'must begin with file: or postgresql://, e.g. postgresql://ombud@localhost/ombud',
      ),
  ),
  OMBUD_DATA: optional(z.string()),
  OMBUD_KEY: optional(z.string()),
  OMBUD_POLICY: optional(z.string()),
  OMBUD_ADMINS: optional(
    z
      .string()
      .regex(
        /^\s*(?:slack|discord|terminal):[\w.@-]+(?:\s*,\s*(?:slack|discord|terminal):[\w.@-]+)*\s*$/,
        'must be accounts like slack:U0123,discord:8123',
      ),
  ),
  LOG_LEVEL: optional(z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`)),
});

const SECRET = new Set(['OMBUD_KEY', 'DATABASE_URL']);

export type Config = {
  readonly database:
    | { readonly kind: 'sqlite'; readonly file: string }
    | { readonly kind: 'postgresql'; readonly url: string };
  /** Absolute. */
  readonly dataDir: string;
  /** The value of OMBUD_KEY; undefined: the key file in the data folder. */
  readonly key: string | undefined;
  readonly policyFile: string;
  readonly admins: readonly string[];
  readonly logLevel: (typeof LEVELS)[number];
  /** False when NO_COLOR is set (no-color.org). */
  readonly colours: boolean;
  readonly terminal: { readonly json: boolean; readonly script: string | null };
};

export const USAGE = `Usage: npm start -- [options]
  --script FILE   run the lines of FILE and exit (piped input works too)
  --json          one JSON object a line on standard output
  --data DIR      where the embedded database lives (default ./data)
  --help          this text`;

/** Null: `--help` was asked. Throws ConfigProblem. */
export function readConfig(args: readonly string[], env: NodeJS.ProcessEnv): Config | null {
  const options = readArgs(args);
  if (options.help) return null;
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new ConfigProblem(parsed.error.issues.map((issue) => problemLine(issue, env)));
  const values = parsed.data;
  const dataDir = resolve(options.data ?? values.OMBUD_DATA ?? 'data');
  return {
    database: databaseOf(values.DATABASE_URL, dataDir),
    dataDir,
    key: values.OMBUD_KEY,
    policyFile: values.OMBUD_POLICY === undefined ? DEFAULT_POLICY : resolve(values.OMBUD_POLICY),
    admins: (values.OMBUD_ADMINS ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
    logLevel: values.LOG_LEVEL ?? 'info',
    colours: (env.NO_COLOR ?? '') === '',
    terminal: { json: options.json ?? false, script: options.script ?? null },
  };
}

/** The settings of a `.env` in the working folder; variables already set win. */
export function loadDotEnv(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        script: { type: 'string' },
        json: { type: 'boolean' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new ConfigProblem([`${error instanceof Error ? error.message : String(error)}`, USAGE]);
  }
}

function databaseOf(url: string | undefined, dataDir: string): Config['database'] {
  if (url === undefined) return { kind: 'sqlite', file: join(dataDir, 'ombud.db') };
  if (!url.startsWith('file:')) return { kind: 'postgresql', url };
  const path = url.slice('file:'.length).replace(/^\/\/(?=\/)/, '');
  return { kind: 'sqlite', file: isAbsolute(path) ? path : resolve(path) };
}

function problemLine(issue: z.core.$ZodIssue, env: NodeJS.ProcessEnv): string {
  const name = String(issue.path[0]);
  const seen = SECRET.has(name) ? '' : ` (it is "${env[name] ?? ''}")`;
  return `${name} ${issue.message}${seen}`;
}
