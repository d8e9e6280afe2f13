/**
 * What every way of running the desk has in common: what was opened for it, the real clock, signals, standard output.
 * Must not know: the desk, any surface.
 */
import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import type { Store } from '../record/store.js';
import type { Instant } from '../vocabulary/values.js';
import type { Config } from './config.js';
import type { PackFile } from './pack-file.js';

export type Opened = {
  readonly config: Config;
  readonly pack: PackFile;
  readonly store: Store;
  readonly masterKey: Uint8Array;
  readonly log: Logger;
};

// Branded: Date prints the form an Instant has.
export const realNow = (): Instant => new Date().toISOString() as Instant;

/** Aborted at the first SIGINT or SIGTERM from now on. */
export function signalled(): AbortSignal {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return stopping.signal;
}

/** Resolves when the signal is aborted. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((settle) => {
    if (signal.aborted) settle();
    signal.addEventListener('abort', () => settle(), { once: true });
  });

/** Resolves when the line was taken. */
export function writeOut(text: string): Promise<void> {
  return new Promise((settle) => {
    process.stdout.write(`${text}\n`, () => settle());
  });
}

/** No letters or digits that look alike. */
const FAULT_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** By which a fault is found in the log. */
export const faultRef = (): string =>
  Array.from({ length: 4 }, () => FAULT_LETTERS[randomInt(FAULT_LETTERS.length)]).join('');
