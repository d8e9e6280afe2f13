/** The environment and the command line as configuration, or everything that is wrong with them at once, without a secret. */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigProblem, settingsOf } from '../../src/app/config.js';

const read = (env: NodeJS.ProcessEnv = {}, options: Parameters<typeof settingsOf>[1] = {}) =>
  settingsOf(env, options);

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigProblem) return error.problems;
    throw error;
  }
  return [];
}

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', OMBUD_ADMINS: 'slack:U0123' };

describe('nothing set', () => {
  it('is a terminal on an embedded database in ./data', () => {
    expect(read()).toMatchObject({
      database: { kind: 'sqlite', file: resolve('data/ombud.db') },
      dataDir: resolve('data'),
      key: undefined,
      admins: [],
      logLevel: 'info',
      colours: true,
      terminal: { json: false, script: null, wanted: false },
      slack: null,
      discord: null,
    });
  });

  it('may be blank as well, and the command line goes before the environment', () => {
    expect(read({ OMBUD_DATA: '  ', SLACK_BOT_TOKEN: '', PORT: ' ' })).toMatchObject({
      dataDir: resolve('data'),
      slack: null,
    });
    expect(read({ OMBUD_DATA: 'one' }, { data: 'two', json: true, script: 's.txt' })).toMatchObject({
      dataDir: resolve('two'),
      terminal: { json: true, script: 's.txt' },
    });
    expect(read({ NO_COLOR: '1' }).colours).toBe(false);
  });
});

describe('the database', () => {
  it.each([
    ['file:here.db', { kind: 'sqlite', file: resolve('here.db') }],
    ['file:/var/ombud.db', { kind: 'sqlite', file: '/var/ombud.db' }],
    ['file:///var/ombud.db', { kind: 'sqlite', file: '/var/ombud.db' }],
    ['postgresql://ombud@localhost/ombud', { kind: 'postgresql', url: 'postgresql://ombud@localhost/ombud' }],
    ['postgres://ombud@localhost/ombud', { kind: 'postgresql', url: 'postgres://ombud@localhost/ombud' }],
  ])('%s', (url, database) => {
    expect(read({ DATABASE_URL: url }).database).toEqual(database);
  });
});

describe('Slack', () => {
  it('uses Socket Mode with an app token, whatever else is set, and HTTP without one', () => {
    const both = { ...SLACK, SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 'abc' };
    expect(read(both).slack?.connection).toEqual({ kind: 'socket', appToken: 'xapp-1' });
    expect(read({ ...SLACK, SLACK_SIGNING_SECRET: 'abc', PORT: '0' }).slack).toEqual({
      botToken: 'xoxb-1',
      connection: { kind: 'http', signingSecret: 'abc', host: '127.0.0.1', port: 0 },
      apiUrl: null,
      workspaces: [],
    });
    expect(read({ ...both, SLACK_WORKSPACES: 'T01, T02' }).slack?.workspaces).toEqual(['T01', 'T02']);
  });
});

describe('Discord', () => {
  it('is in every server it is added to, or in those that are named', () => {
    const discord = { DISCORD_TOKEN: 'abc', OMBUD_ADMINS: 'discord:81384788765712384' };
    expect(read(discord).discord).toEqual({ token: 'abc', apiUrl: null, guilds: null });
    const guilds = '81384788765712384,81384788765712385';
    expect(read({ ...discord, DISCORD_GUILDS: guilds }).discord?.guilds).toEqual(guilds.split(','));
  });
});

describe('what is wrong', () => {
  it.each([
    [{ DATABASE_URL: 'mysql://x:geheim@y' }, 'DATABASE_URL must begin with file: or postgresql://'],
    [{ OMBUD_ADMINS: 'lyon' }, 'OMBUD_ADMINS must be accounts like slack:U0123,discord:8123 (it is "lyon")'],
    [{ DATABASE_URL: 'postgresql://ombud:ge/heim@localhost/ombud' }, 'DATABASE_URL is malformed'],
    [{ DATABASE_URL: 'postgresql://ombud@localhost:port/ombud' }, 'DATABASE_URL is malformed'],
    [{ OMBUD_ADMINS: 'teams:1' }, 'OMBUD_ADMINS must be accounts'],
    [{ OMBUD_ADMINS: 'slack:U1,,slack:U2' }, 'OMBUD_ADMINS must be accounts'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn'],
    [{ PORT: '70000' }, 'PORT must be 0 to 65535 (it is "70000")'],
    [{ PORT: 'http' }, 'PORT must be a port, e.g. 3000 (it is "http")'],
    [{ HOST: 'a b' }, 'HOST must be a host name or address'],
    [{ SLACK_API_URL: 'slack.com' }, 'SLACK_API_URL must be an address like https://slack.com/api/'],
    [{ DISCORD_GUILDS: '12' }, 'DISCORD_GUILDS must be server ids'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN is missing'],
    [SLACK, 'SLACK_APP_TOKEN is missing: set it for Socket Mode (xapp-…), or SLACK_SIGNING_SECRET'],
    [
      { DISCORD_TOKEN: 'abc' },
      'OMBUD_ADMINS is missing: name who may fill the staff list first, e.g. discord:',
    ],
  ])('%j: %s', (env, words) => {
    const problems = problemsOf(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(words);
  });

  it('is said all at once, and never shows a secret', () => {
    const problems = problemsOf({
      SLACK_BOT_TOKEN: 'geheim-1',
      SLACK_APP_TOKEN: 'geheim-2',
      SLACK_SIGNING_SECRET: 'geheim 3',
      DISCORD_TOKEN: 'geheim 4',
      DATABASE_URL: 'geheim-5',
      PORT: 'x',
    });
    expect(problems).toHaveLength(7);
    expect(problems.join('\n')).not.toContain('geheim');
  });
});

describe('what means nothing', () => {
  const warned = (env: NodeJS.ProcessEnv) => read(env).warnings.join('\n');

  it('is named with what was perhaps meant, and never its value', () => {
    expect(warned({ OMBUD_POLICIES: 'geheim.yaml' })).toBe(
      'OMBUD_POLICIES is set, and nothing reads it. Did you mean OMBUD_POLICY?',
    );
    expect(warned({ SLACK_BOT_TOKN: 'xoxb-geheim' })).toContain('Did you mean SLACK_BOT_TOKEN?');
    expect(warned({ DISCORD_GUILD: '1' })).toContain('Did you mean DISCORD_GUILDS?');
    expect(warned({ OMBUD_ZZZZZZZZZZZZ: '1' })).toContain('The README lists');
  });

  it('is no other program\u2019s variable, nor an empty one', () => {
    expect(warned({ PATH: '/bin', OMBUD_POLICI: ' ', SLACKER: '1' })).toBe('');
  });
});

it('reads a Slack id in small letters as the id it is', () => {
  expect(read({ OMBUD_ADMINS: 'slack:u0123abc, discord:8123' }).admins).toEqual([
    'slack:U0123ABC',
    'discord:8123',
  ]);
});
