/**
 * `prepare` of a clone: the database clients are generated and the program is bundled. Under `npm ci --omit=dev` the build tools
 * are not there: they are installed for this once in a folder that is removed again, so that what stays is the program and the
 * few packages it needs at run time.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NEEDED = ['package.json', 'package-lock.json', 'build', 'manifests', 'prisma', 'src'];

const say = (text) => process.stdout.write(`ombud: ${text}\n`);

function run(command, args, cwd, env = process.env) {
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: 'inherit' });
  if (error !== undefined || status !== 0) throw error ?? new Error(`${args.join(' ')} ended with ${status}`);
}

function build(folder) {
  say('making the database clients (1 of 2) …');
  run(process.execPath, ['prisma/generate.mjs'], folder);
  say('bundling the program (2 of 2) …');
  run(process.execPath, ['build/bundle.mjs'], folder);
}

function hasBuildTools() {
  const { resolve } = createRequire(import.meta.url);
  try {
    resolve('rolldown/package.json');
    resolve('prisma/package.json');
    return true;
  } catch {
    return false;
  }
}

function buildElsewhere() {
  say('no build tools here (--omit=dev): installing them for this once in a temporary folder …');
  const folder = mkdtempSync(join(tmpdir(), 'ombud-build-'));
  try {
    for (const name of NEEDED)
      cpSync(join(ROOT, name), join(folder, name), { recursive: true, verbatimSymlinks: true });
    const env = { ...process.env, npm_config_omit: '', npm_config_include: 'dev', NODE_ENV: '' };
    const npm = process.env.npm_execpath;
    const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
    if (npm === undefined) run('npm', args, folder, env);
    else run(process.execPath, [npm, ...args], folder, env);
    build(folder);
    rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
    cpSync(join(folder, 'dist'), join(ROOT, 'dist'), { recursive: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (hasBuildTools()) build(ROOT);
else buildElsewhere();
say('ready: npm start');
