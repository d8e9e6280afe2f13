/** What verifies evidence files where no package is installed, bundled once for a run of the tests. Must not know: what it does. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

let built: Promise<string> | null = null;

/** The folder they are in. */
export function bundles(): Promise<string> {
  built ??= build();
  return built;
}

export const pageScript = async (): Promise<string> => readFile(join(await bundles(), 'evidence.js'), 'utf8');

async function build(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  await promisify(execFile)(process.execPath, [resolve('src/page/bundle.mjs'), folder]);
  return folder;
}
