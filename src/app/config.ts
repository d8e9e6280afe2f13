/**
 * The only reader of the environment. Every problem is reported at once, with the variable, what was
 * seen (never a secret) and an example. Must not know: what anything is used for.
 */
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { nearest } from '../chat/nearest.js';
import { isOrigin } from '../domain/log/note.js';
import type { DiscordSettings } from '../surfaces/discord/app.js';
import type { SlackSettings } from '../surfaces/slack/app.js';
import { parseAccount, surfaceOf } from '../vocabulary/accounts.js';
import type { Given } from './command-line.js';
import { PLATFORMS } from './platforms.js';

/** Thrown once at start, all problems together; main.ts prints them and exits with 78. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const PACKAGE_ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DEFAULT_POLICY = join(PACKAGE_ROOT, 'manifests', 'policies', 'default.yaml');
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const blank = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional());

const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

const isAccountHere = (text: string): boolean => {
  const account = parseAccount(text);
  return account !== null && PLATFORMS.some(({ name }) => name === surfaceOf(account));
};

const environment = z.object({
  DATABASE_URL: optional(
    z
      .string()
      .regex(
        /^(?:file:.+|postgres(?:ql)?:\/\/.+)/,
        'must begin with file: or postgresql://, e.g. postgresql://ombud@localhost/ombud',
      )
      .refine(
        (text) => !text.startsWith('postgres') || URL.canParse(text),
        'is malformed: write postgresql://user:password@host:5432/database, with @ : / # ? % in the password as %40 %3A %2F %23 %3F %25',
      ),
  ),
  OMBUD_DATA: optional(z.string()),
  OMBUD_KEY: optional(z.string()),
  OMBUD_WITNESS: optional(z.string()),
  OMBUD_POLICY: optional(z.string()),
  OMBUD_ORIGIN: optional(
    z
      .string()
      .refine(isOrigin, 'must name this log without a schema, space or +, e.g. desk.example.org/privacy'),
  ),
  OMBUD_ADMINS: optional(
    z
      .string()
      .refine(
        (text) => listOf(text).every(isAccountHere) && !/^\s*,|,\s*(?:,|$)/.test(text),
        'must be accounts like slack:U0123,discord:8123',
      ),
  ),
  LOG_LEVEL: optional(z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`)),
  SLACK_BOT_TOKEN: optional(z.string().regex(/^xoxb-\S+$/, 'must be the bot token; it begins with xoxb-')),
  SLACK_APP_TOKEN: optional(
    z.string().regex(/^xapp-\S+$/, 'must be an app-level token; it begins with xapp-'),
  ),
  SLACK_SIGNING_SECRET: optional(
    z.string().regex(/^\S+$/, 'must be the signing secret of "Basic Information"'),
  ),
  SLACK_API_URL: optional(
    z.url({ protocol: /^https?$/, error: 'must be an address like https://slack.com/api/' }),
  ),
  SLACK_WORKSPACES: optional(
    z.string().regex(/^\s*T\w+(?:\s*,\s*T\w+)*\s*$/, 'must be workspace ids like T0123,T0456'),
  ),
  DISCORD_TOKEN: optional(
    z.string().regex(/^\S+$/, 'must be the bot token of "Bot" in the developer portal'),
  ),
  DISCORD_API_URL: optional(
    z.url({ protocol: /^https?$/, error: 'must be an address like https://discord.com/api' }),
  ),
  DISCORD_GUILDS: optional(
    z.string().regex(/^\s*\d{15,20}(?:\s*,\s*\d{15,20})*\s*$/, 'must be server ids like 81384788765712384'),
  ),
  HOST: optional(z.string().regex(/^[\w.:-]+$/, 'must be a host name or address, e.g. 127.0.0.1')),
  PORT: optional(
    z.coerce
      .number('must be a port, e.g. 3000')
      .int('must be a port, e.g. 3000')
      .min(0, 'must be 0 to 65535')
      .max(65_535, 'must be 0 to 65535'),
  ),
});

const SECRET = new Set([
  'OMBUD_KEY',
  'DATABASE_URL',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'DISCORD_TOKEN',
]);
const OURS = /^(?:OMBUD|SLACK|DISCORD)_/;
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 3000;

export type Config = {
  readonly database:
    | { readonly kind: 'sqlite'; readonly file: string }
    | { readonly kind: 'postgresql'; readonly url: string };
  /** Absolute. */
  readonly dataDir: string;
  /** The value of OMBUD_KEY; undefined: the key file in the data folder. */
  readonly key: string | undefined;
  /** Absolute: where what was written last is kept, away from the database; the last signed note beside it, in `….note`. */
  readonly witnessFile: string;
  /** A database that is behind it is taken as it is. */
  readonly acceptRestored: boolean;
  /** A key file without a database is meant. */
  readonly newDesk: boolean;
  readonly policyFile: string;
  /** The log's origin; null: one is made of the key. */
  readonly origin: string | null;
  readonly admins: readonly string[];
  readonly logLevel: (typeof LEVELS)[number];
  /** False when NO_COLOR is set (no-color.org). */
  readonly colours: boolean;
  /** `wanted`: asked for beside the chat platforms; without any of those it runs anyway. */
  readonly terminal: { readonly json: boolean; readonly script: string | null; readonly wanted: boolean };
  readonly slack: SlackSettings | null;
  readonly discord: DiscordSettings | null;
  /** What is set and means nothing: whole sentences. */
  readonly warnings: readonly string[];
};

/** This process's environment, with what the command line says before it. Throws ConfigProblem. */
export const settings = (options: Given['options']): Config => settingsOf(process.env, options);

/** Throws ConfigProblem. */
export function settingsOf(env: NodeJS.ProcessEnv, options: Given['options']): Config {
  const parsed = environment.safeParse(env);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => problemLine(issue, env))),
    ...missingBeside(env),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigProblem(problems);
  const values = parsed.data;
  const dataDir = resolve(textOf(options.data) ?? values.OMBUD_DATA ?? 'data');
  return {
    database: databaseOf(values.DATABASE_URL, dataDir),
    dataDir,
    key: values.OMBUD_KEY,
    witnessFile: resolve(values.OMBUD_WITNESS ?? join(dataDir, 'ombud.witness')),
    acceptRestored: options['accept-restored'] === true,
    newDesk: options['new-desk'] === true,
    policyFile: values.OMBUD_POLICY === undefined ? DEFAULT_POLICY : resolve(values.OMBUD_POLICY),
    origin: values.OMBUD_ORIGIN ?? null,
    admins: listOf(values.OMBUD_ADMINS).map((account) => parseAccount(account) ?? account),
    logLevel: values.LOG_LEVEL ?? 'info',
    colours: (env.NO_COLOR ?? '') === '',
    terminal: {
      json: options.json === true,
      script: textOf(options.script) ?? null,
      wanted: options.terminal === true,
    },
    slack: slackOf(values),
    discord: discordOf(values),
    warnings: unknownVariables(env),
  };
}

/** A name of ours that nothing reads: a slip of the pen would leave the default in force without a word. */
function unknownVariables(env: NodeJS.ProcessEnv): readonly string[] {
  const known = Object.keys(environment.shape);
  return Object.keys(env)
    .filter((name) => OURS.test(name) && !known.includes(name) && blank(env[name]) !== undefined)
    .sort()
    .map((name) => {
      const meant = nearest(name, known);
      return `${name} is set, and nothing reads it. ${meant === null ? 'The README lists the variables there are.' : `Did you mean ${meant}?`}`;
    });
}

/** What one variable needs of the others, whatever is wrong with it. */
function missingBeside(env: NodeJS.ProcessEnv): readonly string[] {
  const has = (name: string): boolean => blank(env[name]) !== undefined;
  const slack = has('SLACK_BOT_TOKEN');
  const connects = has('SLACK_APP_TOKEN') || has('SLACK_SIGNING_SECRET');
  return [
    ...(slack && !connects
      ? ['SLACK_APP_TOKEN is missing: set it for Socket Mode (xapp-…), or SLACK_SIGNING_SECRET for HTTP mode']
      : []),
    ...(!slack && connects
      ? ['SLACK_BOT_TOKEN is missing: copy it (xoxb-…) from "OAuth & Permissions" of the Slack app']
      : []),
    ...((slack || has('DISCORD_TOKEN')) && !has('OMBUD_ADMINS')
      ? [
          `OMBUD_ADMINS is missing: name who may fill the staff list first, e.g. ${slack ? 'slack:U0123ABC' : 'discord:81384788765712384'}`,
        ]
      : []),
  ];
}

/** Slack gives every app a signing secret, so an app token decides: Socket Mode needs no address of ours. */
function slackOf(values: z.infer<typeof environment>): SlackSettings | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = values;
  if (botToken === undefined) return null;
  return {
    botToken,
    connection:
      appToken === undefined
        ? {
            kind: 'http',
            signingSecret: values.SLACK_SIGNING_SECRET ?? '',
            host: values.HOST ?? DEFAULT_HOST,
            port: values.PORT ?? DEFAULT_PORT,
          }
        : { kind: 'socket', appToken },
    apiUrl: values.SLACK_API_URL ?? null,
    workspaces: listOf(values.SLACK_WORKSPACES),
  };
}

function discordOf(values: z.infer<typeof environment>): DiscordSettings | null {
  const { DISCORD_TOKEN: token, DISCORD_GUILDS: guilds } = values;
  if (token === undefined) return null;
  return {
    token,
    apiUrl: values.DISCORD_API_URL ?? null,
    guilds: guilds === undefined ? null : listOf(guilds),
  };
}

const textOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

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
