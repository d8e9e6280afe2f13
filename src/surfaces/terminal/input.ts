/**
 * Where lines come from: a script, a pipe, or a person at a prompt; one line is worked on at a time, as it arrives.
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

export type Prompt = {
  /** Reads and works on lines until `exit`, Ctrl-D or `close`. */
  readonly run: (prompt: () => string, work: (line: string) => Promise<void>) => Promise<void>;
  readonly ask: (label: string, hint: string) => Promise<string | null>;
  readonly close: () => void;
};

export function openPrompt(input: Readable, output: NodeJS.WritableStream, words: readonly string[]): Prompt {
  const readline = createInterface({
    input,
    output,
    terminal: true,
    completer: (line: string): [string[], string] => [words.filter((word) => word.startsWith(line)), line],
  });
  let closed = false;
  const done = new Promise<null>((settle) => {
    readline.once('close', () => {
      closed = true;
      settle(null);
    });
  });
  const question = async (text: string): Promise<string | null> =>
    closed ? null : Promise.race([readline.question(text), done]);
  return {
    run: async (prompt, work) => {
      for (;;) {
        const line = await question(prompt());
        if (line === null || /^\/?(?:exit|quit)$/.test(line.trim())) break;
        await work(line);
      }
      readline.close();
    },
    ask: async (label, hint) => question(`  ${label} (${hint}): `),
    close: () => readline.close(),
  };
}
