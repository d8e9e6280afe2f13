/**
 * Making the data folder. Must not know: what is kept in it.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder and its parents, readable by their owner only. Node's own `recursive` never returns under /proc. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
}
