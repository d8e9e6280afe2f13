/** A case of 200 entries carried to a folder with nothing but Node in it, and verified there. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requests } from '../../src/desk/requests/kind.js';
import { note } from '../../src/record/record.js';
import type { Account, Instant, Person } from '../../src/vocabulary/values.js';
import { exportedBy } from '../support/evidence-case.js';
import { bundles } from '../support/evidence-page.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

const ENTRIES = 200;

let desk: Played;
let folder: string;

beforeAll(async () => {
  desk = await playDesk();
  await desk.says('/clock 2026-11-23T10:00');
  await desk.says('/privacy log deletion C-10812 scope:email');
  const actor = { person: 'mei' as Person, account: 'terminal:mei' as Account };
  const now = '2026-11-23T02:00:00Z' as Instant;
  await desk.store.transact(async (tx) => {
    for (let entry = 2; entry <= ENTRIES; entry += 1)
      await note({ tx, now, actor }, requests, 'PR-2026-0001', {
        type: 'note_added',
        personal: { text: `call ${entry}` },
      });
  });
  await desk.as('lyon');
  const { path } = await exportedBy(desk, '/desk export PR-2026-0001');
  folder = mkdtempSync(join(tmpdir(), 'alone-'));
  copyFileSync(path, join(folder, 'evidence.html'));
  copyFileSync(join(await bundles(), 'verify.mjs'), join(folder, 'verify.mjs'));
});
afterAll(() => desk.close());

/** Nothing of this machine but Node itself. */
const verifyIn = (...args: readonly string[]) =>
  new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
    execFile(process.execPath, ['verify.mjs', ...args], { cwd: folder, env: {} }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

describe('node verify.mjs', () => {
  it('verifies all of it and exits 0', async () => {
    const { code, out, err } = await verifyIn('evidence.html');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`${ENTRIES} of ${ENTRIES} entries verify ✓`);
    expect(out).toContain('Every date follows from the policy in the file');
  });

  it('names the first bad entry and exits 1', async () => {
    const text = readFileSync(join(folder, 'evidence.html'), 'utf8');
    let seen = 0;
    const altered = text.replaceAll('"type": "note_added"', (found) => {
      seen += 1;
      return seen === 122 ? '"type": "note_addeD"' : found;
    });
    writeFileSync(join(folder, 'altered.html'), altered);
    const { code, out, err } = await verifyIn('altered.html');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('PR-2026-0001 entry 123: its content does not match its hash.');
  });

  it('says how it is used, and that there is no such file', async () => {
    expect(await verifyIn()).toMatchObject({
      code: 64,
      err: expect.stringContaining('Usage: node verify.mjs'),
    });
    expect(await verifyIn('other.html')).toMatchObject({
      code: 66,
      err: expect.stringContaining('there is no such file'),
    });
  });
});
