/**
 * Today's desk starts on the data folder of version 0.1, killed while it was posting: the same key opens it, the ledger
 * and its checkpoint verify, and the outbox goes on where it stood.
 */
import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtMain } from '../support/built.js';
import { dataFolder, linesOf, runDesk } from '../support/desk-process.js';
import type { Line } from '../support/terminal-desk.js';

const KEPT = resolve(import.meta.dirname, '../fixtures/data-0.1');

let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  await builtMain();
  folder = await dataFolder();
  for (const name of ['ombud.db', 'ombud.db-wal'])
    await writeFile(join(folder.dir, name), gunzipSync(await readFile(join(KEPT, `${name}.gz`))));
  await copyFile(join(KEPT, 'ombud.key'), join(folder.dir, 'ombud.key'));
  await chmod(join(folder.dir, 'ombud.key'), 0o600);
}, 120_000);
afterAll(() => folder.remove());

const play = async (...lines: readonly string[]): Promise<readonly Line[]> => {
  const ended = await runDesk(folder.dir, lines);
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  return linesOf(ended);
};
const shown = (lines: readonly Line[]): readonly (readonly unknown[])[] =>
  lines
    .filter(({ kind }) => kind === 'post' || kind === 'edit')
    .map(({ kind, ref, thread }) => [kind, ref, thread]);
const answers = (lines: readonly Line[]): readonly string[] =>
  lines.filter(({ kind }) => kind === 'answer' || kind === 'error').map(({ text }) => text);

it('posts what was queued, once and in order, and finds the ledger whole', async () => {
  const lines = await play('/as lyon', '/desk audit');
  expect(shown(lines)).toEqual([
    ['post', 'PR-2026-0003', null],
    ['edit', 'PR-2026-0003', null],
    ['post', 'PR-2026-0003', 'PR-2026-0003'],
    ['edit', 'PR-2026-0001', null],
    ['post', 'PR-2026-0001', 'PR-2026-0001'],
  ]);
  expect(lines.map(({ text }) => text).join('\n')).toContain('the payment team was asked');
  expect(answers(lines)[1]).toMatch(/^The ledger verifies\n[\s\S]*Entries: +24\n.*Checkpoints: +1\n/);
});

it('goes on with what was open, and posts nothing twice', async () => {
  const lines = await play(
    '/as lyon',
    '/privacy note PR-2026-0003 the upgrade is done',
    '/disclosure sent DR-2026-0001 sftp ref:S-1',
    '/desk audit',
  );
  expect(shown(lines)).toEqual([
    ['edit', 'PR-2026-0003', null],
    ['post', 'PR-2026-0003', 'PR-2026-0003'],
    ['edit', 'DR-2026-0001', null],
    ['edit', 'DR-2026-0001', 'DR-2026-0001'],
    ['post', 'DR-2026-0001', 'DR-2026-0001'],
  ]);
  expect(answers(lines)[3]).toMatch(/^The ledger verifies\n/);
});
