/**
 * The terminal's lines of earlier runs, in the data folder, for their owner only. What may be kept there is for the terminal to
 * say. Must not know: what a line means.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileIn = (dataDir: string): string => join(dataDir, 'terminal-history');

/** The newest first. A history that cannot be read is none: it must not stop a desk. */
export function keptHistory(dataDir: string): readonly string[] {
  try {
    return readFileSync(fileIn(dataDir), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}

export function keepHistory(dataDir: string, lines: readonly string[]): void {
  try {
    writeFileSync(fileIn(dataDir), `${lines.join('\n')}\n`, { mode: 0o600 });
  } catch {
    // A full disk ends no session with a fault over its history.
  }
}
