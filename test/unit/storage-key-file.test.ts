import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadOrMakeKey } from '../../src/storage/key-file.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ombud-key-'));
  path = join(folder, 'data', 'ombud.key');
});
afterEach(() => rm(folder, { recursive: true }));

const load = (over: { env?: string; databaseExists?: boolean; newDesk?: boolean } = {}) =>
  loadOrMakeKey({
    dataDir: join(folder, 'data'),
    env: undefined,
    databaseExists: false,
    newDesk: false,
    database: 'here.db',
    ...over,
  });
const GIVEN = Buffer.alloc(32, 9);

it('makes a key on the first run, for its owner only, and finds it again', async () => {
  const made = await load();
  expect(made).toMatchObject({ from: 'made', path });
  expect(made.masterKey).toHaveLength(32);
  await made.used();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toBe(`${made.masterKey.toString('base64')}\n`);
  const { masterKey } = made;
  expect(await load({ databaseExists: true })).toMatchObject({ masterKey, from: 'file', path });
});

it('takes up the key of a first start that was cut short, with and without its database', async () => {
  const { masterKey } = await load();
  await expect(stat(path)).rejects.toThrow();
  expect(await load()).toMatchObject({ masterKey, from: 'made' });
  const again = await load({ databaseExists: true });
  expect(again.masterKey).toEqual(masterKey);
  await again.used();
  expect(await load({ databaseExists: true })).toMatchObject({ masterKey, from: 'file' });
});

it('is no new desk where the database of a used key is gone, unless that is meant', async () => {
  const made = await load();
  await made.used();
  await expect(load()).rejects.toMatchObject({
    exitCode: 78,
    message: expect.stringMatching(/no desk in here\.db.*backup.*--new-desk/s),
  });
  expect((await load({ newDesk: true })).masterKey).toEqual(made.masterKey);
});

it('refuses a key of zeros', async () => {
  const env = Buffer.from(new Uint8Array(32)).toString('base64');
  await expect(load({ env })).rejects.toMatchObject({
    exitCode: 78,
    message: expect.stringContaining('all zeros'),
  });
});

it('prefers OMBUD_KEY; blank counts as not given', async () => {
  const given = await load({ env: ` ${GIVEN.toString('base64')}\n`, databaseExists: true });
  expect(given).toMatchObject({ masterKey: GIVEN, from: 'environment', path: null });
  await expect(stat(path)).rejects.toThrow();
  expect((await load({ env: ' ' })).from).toBe('made');
});

it.each([
  'short',
  GIVEN.toString('hex'),
  GIVEN.subarray(1).toString('base64'),
  `${GIVEN.toString('base64')}!`,
])('refuses OMBUD_KEY %s without repeating it', async (env) => {
  const refused = load({ env });
  await expect(refused).rejects.toMatchObject({ name: 'StoreProblem', exitCode: 78 });
  await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining(env) });
});

it('never makes a key beside a database that has lost its own', async () => {
  await expect(load({ databaseExists: true })).rejects.toMatchObject({
    exitCode: 78,
    message: expect.stringContaining('A new key would not open this database'),
  });
  await expect(stat(path)).rejects.toThrow();
});

it('refuses a key file that others may read, or that holds no key', async () => {
  await (await load()).used();
  await chmod(path, 0o640);
  await expect(load()).rejects.toMatchObject({
    exitCode: 78,
    message: expect.stringContaining(`chmod 600 ${path}`),
  });
  await chmod(path, 0o600);
  await writeFile(path, 'half a ke');
  await expect(load()).rejects.toMatchObject({ exitCode: 78 });
});

it('says what to do when the folder cannot be made', async () => {
  await writeFile(join(folder, 'data'), 'a file');
  await expect(load()).rejects.toMatchObject({ name: 'StoreProblem' });
});
