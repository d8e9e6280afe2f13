/**
 * What goes wrong at start, through the program: one plain message on standard error saying what to do, exit code 78 or 74,
 * and nothing half-written (issue 2, "Bad input").
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeHasSqlite } from '../../src/storage/engine/sqlite-driver.js';
import { builtMain, MAIN } from '../support/built.js';
import {
  type DeskOptions,
  dataFolder,
  type Ended,
  linesOf,
  runDesk,
  startDesk,
} from '../support/desk-process.js';
import { withSqlite } from '../support/sqlite.js';

const NOBODY = 65_534;

let folder: Awaited<ReturnType<typeof dataFolder>>;
let database: string;
let keyFile: string;
beforeAll(async () => {
  await builtMain();
}, 120_000);
beforeEach(async () => {
  folder = await dataFolder();
  database = join(folder.dir, 'ombud.db');
  keyFile = join(folder.dir, 'ombud.key');
});
afterEach(() => folder.remove());

const aDesk = () => runDesk(folder.dir, ['/clock 2026-11-23T10:00', '/privacy log deletion C-10812']);
const start = (options: DeskOptions = {}) => runDesk(folder.dir, ['/privacy list'], options);

/** A message for people: no stack, no code in it, and nothing on standard output. */
function refused(ended: Ended, code: 74 | 78, says: RegExp): void {
  expect(ended.stderr).toMatch(says);
  expect(ended.stderr).not.toMatch(/^\s+at |Error:|node:internal|\{"level"/m);
  expect(ended.stdout).toBe('');
  expect([ended.code, ended.signal]).toEqual([code, null]);
}

/** Name and content of every file of the data folder. */
async function contents(): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder.dir)).sort();
  const digest = async (name: string) =>
    createHash('sha256')
      .update(await readFile(join(folder.dir, name)))
      .digest('hex');
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await digest(name)] as const)),
  );
}

async function unchangedBy(work: () => Promise<Ended>): Promise<Ended> {
  const before = await contents();
  const ended = await work();
  expect(await contents()).toEqual(before);
  return ended;
}

async function sql(script: string): Promise<void> {
  await withSqlite(database, (connection) => connection.executeScript(script));
}

describe('a database that cannot be used', () => {
  it('is no database at all', async () => {
    await aDesk();
    await writeFile(database, 'This is a letter to the customer, and no database.\n'.repeat(100));
    refused(await unchangedBy(() => start()), 74, /damaged or is not a database.*restore the last backup/s);
  });

  it('was cut short', async () => {
    await aDesk();
    await truncate(database, 5000);
    refused(await unchangedBy(() => start()), 74, /damaged/);
  });

  it('is newer than this build', async () => {
    await aDesk();
    await sql(`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
      VALUES ('x', 'y', 1, '20990101000000_later', 1, 1)`);
    refused(await unchangedBy(() => start()), 78, /newer than this build.*20990101000000_later/s);
  });

  it('stopped halfway through a migration', async () => {
    await aDesk();
    await sql(`INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
      VALUES ('x', 'y', '20990101000000_later', 1, 0)`);
    refused(await unchangedBy(() => start()), 78, /stopped halfway.*Restore the copy/s);
  });

  it('belongs to another program', async () => {
    await sql('CREATE TABLE orders (id INTEGER PRIMARY KEY)');
    await writeFile(keyFile, `${Buffer.alloc(32, 1).toString('base64')}\n`, { mode: 0o600 });
    refused(await unchangedBy(() => start()), 78, /tables that are not Ombud's/);
  });

  it('is in use by another desk, which goes on undisturbed', async () => {
    const first = startDesk(folder.dir);
    await first.says('/privacy log access C-1');
    refused(await start(), 78, /in use by another process.*PostgreSQL/s);
    const shown = await first.says('/privacy log access C-2');
    expect(shown.at(-1)).toMatchObject({ kind: 'answer', ref: expect.stringMatching(/-0002$/) });
    expect((await first.end()).code).toBe(0);
  });

  it('has a folder where its file should be', async () => {
    await mkdir(database);
    await writeFile(keyFile, `${Buffer.alloc(32, 1).toString('base64')}\n`, { mode: 0o600 });
    refused(await start(), 74, /cannot be opened for writing/);
  });

  it('has a file where its folder should be', async () => {
    const file = join(folder.dir, 'file');
    await writeFile(file, '');
    const ended = await runDesk(join(file, 'data'), ['/privacy list'], { cwd: folder.dir });
    refused(ended, 74, /key file .* cannot be written/);
  });

  it('has an address nobody knows', async () => {
    const ended = await start({ env: { DATABASE_URL: 'mysql://localhost/ombud' } });
    refused(ended, 78, /DATABASE_URL must begin with file: or postgresql:/);
    expect(ended.stderr).not.toContain('mysql');
    expect(await readdir(folder.dir)).toEqual([]);
  });
});

describe('a database that is gone', () => {
  it('beside the key it was made with is no new desk without a word', async () => {
    await aDesk();
    await rm(database);
    refused(await unchangedBy(() => start()), 78, /ombud\.key, which had a database.*ombud\.db.*--new-desk/s);
    await writeFile(database, '');
    refused(await start(), 78, /put it back from your backup/);
    const ended = await start({ args: ['--new-desk'] });
    expect(ended.code).toBe(0);
    expect((await start()).code).toBe(0);
  });

  it('is the first one of a start that was cut short, which begins again', async () => {
    await aDesk();
    await rename(keyFile, `${keyFile}.unused`);
    await Promise.all([database, join(folder.dir, 'ombud.witness')].map((path) => rm(path)));
    expect((await start()).code).toBe(0);
    expect(await readdir(folder.dir)).toEqual(expect.arrayContaining(['ombud.db', 'ombud.key']));
  });
});

const isRoot = process.getuid?.() === 0;
if (!isRoot)
  process.stderr.write('a file of another user: skipped, since only root may become another user\n');

describe.skipIf(process.platform === 'win32')('who may read and write', () => {
  const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

  it('is the owner alone, of the database and of exports, in a folder that was there before', async () => {
    await chmod(folder.dir, 0o755);
    await aDesk();
    await runDesk(folder.dir, ['/as lyon', '/desk export PR-2026-0001']);
    const exports = join(folder.dir, 'exports');
    expect(await Promise.all([database, keyFile, exports].map(modeOf))).toEqual(['600', '600', '700']);
    await chmod(database, 0o644);
    expect((await start()).code).toBe(0);
    expect(await modeOf(database)).toBe('600');
  });

  it.skipIf(!isRoot)('is said of a file of another user, and no failing disk', async () => {
    await aDesk();
    const run = dirname(folder.dir);
    if (((await stat(run)).mode & 0o001) === 0) await chmod(run, 0o755);
    await chmod(folder.dir, 0o755);
    for (const path of [keyFile, join(folder.dir, 'ombud.witness')]) await chown(path, NOBODY, NOBODY);
    const ended = await runDesk(folder.dir, ['/privacy list'], { uid: NOBODY });
    refused(ended, 74, /ombud\.db cannot be opened for writing by this user \(EACCES\)/);
  });
});

describe('a package that is not whole', () => {
  it('is named as that where its migrations are missing, and not as a server', async () => {
    const broken = join(folder.dir, 'package');
    await cp(join(MAIN, '..'), join(broken, 'dist'), { recursive: true });
    await symlink(resolve('node_modules'), join(broken, 'node_modules'));
    await symlink(resolve('manifests'), join(broken, 'manifests'));
    const ended = await runDesk(join(folder.dir, 'data'), ['/privacy list'], {
      main: join(broken, 'dist', 'main.js'),
      cwd: folder.dir,
    });
    refused(ended, 74, /prisma\/sqlite\/migrations.*Install this version of Ombud again/s);
  });
});

describe('what the terminal keeps', () => {
  it('and was damaged stops no start', async () => {
    await aDesk();
    await sql(`UPDATE setting SET value = '{' || substr(value, 1, 5)`);
    const ended = await start();
    expect(ended.stderr).not.toMatch(/^\s+at |SyntaxError/m);
    expect([ended.code, linesOf(ended).at(-1)?.kind]).toEqual([0, 'answer']);
  });
});

describe('what is set and means nothing', () => {
  it('is named at start with what was perhaps meant, and in the doctor', async () => {
    const ended = await runDesk(folder.dir, ['/as root', '/desk doctor'], {
      env: { OMBUD_POLICIY: '/nowhere' },
    });
    expect(ended.stderr).toContain('OMBUD_POLICIY is set, and nothing reads it. Did you mean OMBUD_POLICY?');
    const doctor = linesOf(ended).at(-1)?.text;
    expect(doctor).toContain('Did you mean OMBUD_POLICY?');
    expect(doctor).toContain('privacy officer is a placeholder');
    expect(ended.code).toBe(0);
  });
});

if (nodeHasSqlite)
  process.stderr.write('a machine without a binary: skipped, since this Node has SQLite inside\n');

describe('a machine for which there is no binary', () => {
  it.skipIf(nodeHasSqlite)('is told of PostgreSQL', async () => {
    const ended = await start({ env: { npm_config_arch: 'mips' } });
    refused(ended, 78, /no binary for this machine.*Use Node 22\.16.*PostgreSQL: set DATABASE_URL/s);
  });
});

describe('a key that does not fit', () => {
  it('is missing beside its database: no new one is made', async () => {
    await aDesk();
    const elsewhere = join(folder.dir, '..', `${Date.now()}.key`);
    await rename(keyFile, elsewhere);
    refused(await unchangedBy(() => start()), 78, /There is a database, but not the key.*backup/s);
    await rename(elsewhere, keyFile);
    expect((await start()).code).toBe(0);
  });

  it('is another than the database was made with', async () => {
    await aDesk();
    const other = Buffer.alloc(32, 9).toString('base64');
    const ended = await unchangedBy(() => start({ env: { OMBUD_KEY: other } }));
    refused(ended, 78, /This key does not open this database/);
    expect(ended.stderr).not.toContain(other);
  });

  it.each(['short', 'not base64 at all!', Buffer.alloc(31, 1).toString('base64')])(
    'is no key: %s',
    async (OMBUD_KEY) => {
      const ended = await start({ env: { OMBUD_KEY } });
      refused(ended, 78, /OMBUD_KEY does not hold a key.*openssl rand -base64 32/s);
      expect(ended.stderr).not.toContain(OMBUD_KEY);
      expect(await readdir(folder.dir)).toEqual([]);
    },
  );

  it.skipIf(process.platform === 'win32')('may be read by others on the machine', async () => {
    await aDesk();
    await chmod(keyFile, 0o644);
    refused(await unchangedBy(() => start()), 78, /chmod 600/);
  });

  it('is made on the first run for its owner alone', async () => {
    await aDesk();
    const mode = execFileSync('stat', ['-c', '%a', keyFile], { encoding: 'utf8' }).trim();
    expect(mode).toBe('600');
  });
});

describe('a policy pack that cannot be used', () => {
  const withPack = async (change: (text: string) => string): Promise<Ended> => {
    const path = join(folder.dir, 'pack.yaml');
    const text = await readFile('manifests/policies/default.yaml', 'utf8');
    await writeFile(path, change(text));
    const ended = await start({ env: { OMBUD_POLICY: path } });
    await rm(path);
    expect(await readdir(folder.dir)).toEqual([]);
    return ended;
  };

  it('is not there', async () => {
    refused(
      await start({ env: { OMBUD_POLICY: 'nowhere.yaml' } }),
      78,
      /policy pack .*nowhere\.yaml cannot be read \(ENOENT\)/,
    );
    expect(await readdir(folder.dir)).toEqual([]);
  });

  it('is a folder', async () => {
    refused(await start({ env: { OMBUD_POLICY: folder.dir } }), 78, /cannot be read \(EISDIR\)/);
  });

  it('is not YAML', async () => {
    refused(await withPack((text) => `${text}\n  : [`), 78, /is not valid YAML/);
  });

  it('has a key nobody knows', async () => {
    refused(
      await withPack((text) => text.replace('attempts: 3', 'attempts: 3\n  atempts: 3')),
      78,
      /identity\.atempts: is not a known key/,
    );
  });

  it('contradicts itself', async () => {
    refused(
      await withPack((text) => text.replace('days: [14, 7, 3, 1, 0]', 'days: [40, 7, 7]')),
      78,
      /reminders\.days/,
    );
  });
});

describe('a start nobody meant', () => {
  it.each([[['--frobnicate']], [['--data']], [['--script']], [['stray']]])(
    'with the options %j',
    async (args) => {
      const ended = await start({ args });
      refused(ended, 78, /Usage: ombud/);
      expect(await readdir(folder.dir)).toEqual([]);
    },
  );

  it.each(['nowhere.txt', '.'])('with a script that cannot be read: %s', async (script) => {
    refused(await start({ args: ['--script', script] }), 78, /The script .* cannot be read/);
    expect(await readdir(folder.dir)).toEqual([]);
  });

  it('names every wrong variable at once', async () => {
    const ended = await start({ env: { LOG_LEVEL: 'loud', OMBUD_ADMINS: 'me' } });
    refused(ended, 78, /LOG_LEVEL.*must be one of/);
    expect(ended.stderr).toMatch(/OMBUD_ADMINS must be accounts like slack:U0123/);
  });

  it('only asked for help', async () => {
    const ended = await start({ args: ['--help'] });
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout).toContain('--script FILE');
    expect(await readdir(folder.dir)).toEqual([]);
  });
});

describe('afterwards', () => {
  it('the desk starts again where it was', async () => {
    await aDesk();
    await start({ env: { OMBUD_KEY: 'short' } });
    await start({ env: { OMBUD_POLICY: 'nowhere.yaml' } });
    const lines = linesOf(await runDesk(folder.dir, ['/privacy show PR-2026-0001']));
    expect(lines.at(-1)).toMatchObject({ kind: 'answer', ref: 'PR-2026-0001' });
  });
});
