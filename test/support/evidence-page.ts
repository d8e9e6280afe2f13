/** The script of evidence pages, bundled once for a run of the tests. Must not know: what it does. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

let built: Promise<string> | null = null;

export function pageScript(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'page-')), 'evidence.js');
  await promisify(execFile)(process.execPath, [resolve('src/page/bundle.mjs'), file]);
  return readFile(file, 'utf8');
}
