/**
 * The last signed note as a file outside the database (`….note` beside the witness, in the data folder or where OMBUD_WITNESS
 * is): JSON with the checkpoint's `number` and its `note`, and whatever other fields are put there, which stay as they are.
 * Once it is put away, a restored database is signed for again. Must not know: what a note says, what is done when they disagree.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Witness } from '../record/log/witness.js';

const content = z.looseObject({ number: z.number().int(), note: z.string() });

/** Readable by its owner only. `path` is absolute; its folder exists. */
export function noteFile(path: string): Witness {
  const read = async (): Promise<z.infer<typeof content> | null> => {
    try {
      return content.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      return null;
    }
  };
  return {
    last: read,
    keep: async (signed) => {
      const text = `${JSON.stringify({ ...(await read()), ...signed }, null, 2)}\n`;
      await writeFile(`${path}.new`, text, { mode: 0o600, flush: true });
      await rename(`${path}.new`, path);
    },
  };
}
