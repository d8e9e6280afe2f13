/**
 * Two tours of the README as people read them in the terminal; the words of all scripts: scripts.test.ts. Read the golden files as the officer would:
 * `npx vitest run test/golden/transcripts.test.ts -u` writes them anew. Hashes differ from run to run and are blanked.
 */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { blanked } from '../support/blanked.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played | null = null;
afterEach(() => desk?.close());

describe('the transcript of', () => {
  it.each(['deletion', 'refused-stop-handling'])('%s', async (name) => {
    desk = await playDesk({ text: true });
    const lines: string[] = [];
    for (const line of readFileSync(`test/e2e/scripts/${name}.txt`, 'utf8').split('\n')) {
      await desk.says(line);
      const shown = desk.texts();
      if (shown.length > 0) lines.push(`${line}`, ...shown, '');
    }
    await expect(blanked(lines.join('\n'))).toMatchFileSnapshot(`terminal/${name}.txt`);
  });
});
