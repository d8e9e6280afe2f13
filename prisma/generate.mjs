/**
 * Generates both database clients into src/storage/generated (git-ignored). Works without a network:
 * `prisma generate` asks for the schema engine but never runs it, so any executable will do; node's own is portable.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');

for (const database of ['sqlite', 'postgresql']) {
  rmSync(`${root}/src/storage/generated/${database}`, { recursive: true, force: true });
  const { status } = spawnSync(
    process.execPath,
    [cli, 'generate', '--schema', `prisma/${database}`, '--no-hints'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
