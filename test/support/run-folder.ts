/**
 * The folder one run of the tests keeps its databases and files in: in memory where the machine has room for it, gone when
 * the run ends. Must not know: what a test keeps.
 */
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
/** A container's default is 64 MiB, which is not enough. */
const ROOM = 1024 ** 3;

const hasRoom = (): boolean => {
  if (!existsSync(IN_MEMORY)) return false;
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  return bavail * bsize > ROOM;
};

/** Every worker inherits the variable. Vitest calls what is returned at the end. */
export default function makeRunFolder(): () => void {
  const folder = mkdtempSync(join(hasRoom() ? IN_MEMORY : tmpdir(), 'ombud-run-'));
  // PostgreSQL runs as a user of its own when the tests run as root.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', remove);
  return remove;
}
