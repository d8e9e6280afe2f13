/**
 * The policy packs that come with the desk, read and checked while it is built: a start then compares one hash instead of
 * reading YAML and looking for contradictions. Any other pack is read as ever.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const POLICIES = fileURLToPath(new URL('../manifests/policies/', import.meta.url));

/** Puts them into src/policy/read-before.ts, which is empty in the sources. Throws for a pack with problems. */
export async function packsRead(packModule) {
  const { parsePack } = await import(pathToFileURL(packModule).href);
  const names = (await readdir(POLICIES)).filter((name) => name.endsWith('.yaml')).sort();
  const read = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(POLICIES, name), 'utf8');
      const pack = parsePack(text);
      const json = JSON.stringify(pack);
      if (!isDeepStrictEqual(JSON.parse(json), pack)) throw new Error(`${name} is more than JSON can hold`);
      return [createHash('sha256').update(text).digest('hex'), json];
    }),
  );
  return {
    name: 'packs-read',
    load: {
      filter: { id: /\/policy\/read-before\.ts$/ },
      handler: () => `export const READ_BEFORE = new Map(${JSON.stringify(read)});`,
    },
  };
}
