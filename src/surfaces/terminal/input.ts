/**
 * Where lines come from that nobody types: a script or a pipe; one line is worked on at a time, as it arrives.
 * Must not know: what a line means.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';

/** Lines of a script or pipe, one after the other; resolves at end of input, or behind the present line once stopped. */
export async function pipeLines(
  input: Readable,
  work: (line: string) => Promise<void>,
  stopped: AbortSignal,
): Promise<void> {
  // Destroying the input would not end the lines: the interface must be closed.
  const lines = createInterface({
    input,
    crlfDelay: Number.POSITIVE_INFINITY,
    terminal: false,
    signal: stopped,
  });
  for await (const line of lines) await work(line);
}

export const scriptFile = (path: string): Readable => createReadStream(path, { encoding: 'utf8' });
