/** The script of an evidence page, as `npm run build` made it beside the program. Must not know: what it does. */
import { readFileSync } from 'node:fs';

const FILE = new URL('../page/evidence.js', import.meta.url);

let read: string | null = null;

/** Empty where it was not built: the page then says that nothing verified it. */
export function pageScript(): string {
  read ??= readOnce();
  return read;
}

function readOnce(): string {
  try {
    return readFileSync(FILE, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
