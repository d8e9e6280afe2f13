/**
 * The program as it ships: dist/main.js, bundled anew when any source is newer than it, so that no test ever runs an
 * old build. Must not know: what the program does.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
export const MAIN = join(ROOT, 'dist', 'main.js');
const STAMP = join(ROOT, 'dist', '.built-from');
const LOCK = join(ROOT, 'node_modules', '.ombud-build');
/** A source saved while the compiler ran is not in the build, and yet older than it. */
const COMPILE_MS = 10_000;
const LOCK_MAX_MS = 120_000;

/** Test files run side by side: one of them compiles, the others wait for it. Throws with the bundler's words. */
export async function builtMain(): Promise<string> {
  while (!tryLock()) await pause(50);
  try {
    const newest = newestSource();
    if (!isFresh(newest)) compile(newest);
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
  return MAIN;
}

function isFresh(newest: number): boolean {
  const made = mtime(MAIN);
  if (made === null) return false;
  return made > newest + COMPILE_MS || stamped() === newest;
}

function compile(newest: number): void {
  rmSync(STAMP, { force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build/bundle.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`dist could not be built:\n${stdout}${stderr}`);
  writeFileSync(STAMP, String(newest));
}

function stamped(): number | null {
  try {
    return Number(readFileSync(STAMP, 'utf8'));
  } catch {
    return null;
  }
}

function newestSource(): number {
  const inSource = ['src', 'build', 'manifests/policies']
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const config = ['package.json', 'package-lock.json'].map((name) => join(ROOT, name));
  return Math.max(...[...inSource, ...config].map((path) => mtime(path) ?? 0));
}

function mtime(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** A folder is made by one process only. One that is older than any build was left by a killed run. */
function tryLock(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    const since = mtime(LOCK);
    if (since !== null && Date.now() - since > LOCK_MAX_MS) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}
