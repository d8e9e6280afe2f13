/** A copy of a desk, made while it runs and while it does not, verified and restored. SQLite; PostgreSQL has pg_dump. */
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupCli } from '../../src/app/backup-tool.js';
import { answerOne, askForBackup } from '../../src/app/backups.js';
import { type Config, settingsOf } from '../../src/app/config.js';
import { KEY } from '../support/fresh-store.js';
import { playDesk } from '../support/terminal-desk.js';

const NOW = new Date('2026-11-23T02:00:00Z');
const NAME = 'ombud-2026-11-23T02-00-00Z.db';

let dir: string;
let to: string;
let config: Config;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ombud-backup-'));
  to = join(dir, 'copies');
  config = settingsOf({ OMBUD_DATA: dir, OMBUD_KEY: KEY.toString('base64') }, {});
});
afterEach(() => rm(dir, { recursive: true }));

const backup = async () => {
  const said: string[] = [];
  const code = await backupCli(config, to, NOW, { out: (text) => said.push(text) });
  return { code, said: said.join() };
};

describe('a backup', () => {
  it('is made by the desk that runs, verified, and restored', async () => {
    const desk = await playDesk({ dir });
    await desk.clock('2026-11-23T10:00');
    await desk.says('/privacy log access C-10812');
    const id = 'one';
    // The desk looks each time somebody waits for it.
    const answer = await askForBackup(dir, { id, to: join(dir, 'copy.db') }, async () => {
      await answerOne(desk.store, dir);
      return true;
    });
    expect(answer).toEqual({ id, failed: null });
    await desk.says('/privacy log access C-20001');
    await desk.close();
    expect((await stat(join(dir, 'copy.db'))).mode & 0o077).toBe(0);

    const other = await mkdtemp(join(tmpdir(), 'ombud-restored-'));
    await copyFile(join(dir, 'copy.db'), join(other, 'ombud.db'));
    const restored = await playDesk({ dir: other });
    await restored.as('lyon');
    expect((await restored.asks('/privacy list')).text).toContain('PR-2026-0001');
    expect((await restored.asks('/privacy list')).text).not.toContain('PR-2026-0002');
    expect((await restored.asks('/desk audit')).text).toContain('verifies');
    await restored.close();
    await rm(other, { recursive: true });
  });

  it('is made by the tool where no desk runs, and named once it is verified', async () => {
    await (await playDesk({ dir })).close();
    const { code, said } = await backup();
    expect([code, await readdir(to)]).toEqual([0, [NAME]]);
    expect(said).toMatch(/ombud-2026-11-23T02-00-00Z\.db: \d+ entries, verified/);
    // Never over another one.
    await writeFile(join(to, `${NAME}.partial`), 'somebody else’s');
    await expect(backup()).rejects.toMatchObject({ exitCode: 74 });
    expect(await readFile(join(to, `${NAME}.partial`), 'utf8')).toBe('somebody else’s');
  });

  it('of a desk that does not answer is none, and of PostgreSQL is pg_dump’s', async () => {
    expect(await askForBackup(dir, { id: 'two', to }, async (turn) => turn < 3)).toBeNull();
    expect(await readdir(dir)).toEqual([]);
    config = settingsOf(
      { DATABASE_URL: 'postgresql://localhost/ombud', OMBUD_KEY: KEY.toString('base64') },
      {},
    );
    await expect(backup()).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringContaining('pg_dump'),
    });
  });
});
