/** Policy packs as files: the one set at start, and those that come with the desk. Must not know: storage, surfaces. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ActivePack } from '../desk/front/plan.js';
import { packHash, packName, parsePack } from '../policy/pack.js';
import { ConfigProblem } from './config.js';

const POLICIES = fileURLToPath(new URL('../../manifests/policies/', import.meta.url));

export type PackFile = ActivePack & { readonly text: string };

/** Throws ConfigProblem when the file cannot be read, PackProblem when it is no valid pack. */
export async function readPack(path: string): Promise<PackFile> {
  const text = await readSmall(path).catch((cause: unknown) => {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    throw new ConfigProblem([
      `The policy pack ${path} cannot be read (${why}). Set OMBUD_POLICY to a pack file, or leave it out for the default.`,
    ]);
  });
  return packFrom(text);
}

export function packFrom(text: string): PackFile {
  const pack = parsePack(text);
  return { pack, name: packName(pack), hash: packHash(pack), text };
}

/** No pack is a tenth of this; what is larger would keep the desk busy for minutes. */
const PACK_BYTES = 200_000;

/** Nothing but a file of a pack's size. */
async function readSmall(path: string): Promise<string> {
  const found = await stat(path);
  if (found.isFile() && found.size <= PACK_BYTES) return readFile(path, 'utf8');
  throw Object.assign(new Error('not a pack file'), { code: found.isDirectory() ? 'EISDIR' : 'EFBIG' });
}

/**
 * The text of a pack by its name: one that comes with the desk, or lies in `folder`. Anything else is a file, which only
 * whoever sits at the machine may name: an answer tells whether it is there, and quotes it. Throws what reading throws.
 */
export async function packText(name: string, anyFile: boolean, folder: string | null): Promise<string> {
  const isName = /^[a-z0-9][a-z0-9_-]*(?:\.ya?ml)?$/i.test(name);
  const own = isName ? `${name.replace(/\.ya?ml$/i, '')}.yaml` : null;
  if (own === null || (anyFile && own === name)) {
    if (anyFile) return readSmall(name);
    throw Object.assign(new Error('not a name'), { code: 'ENOENT' });
  }
  const beside = folder === null ? null : await readSmall(join(folder, own)).catch(() => null);
  return beside ?? readSmall(join(POLICIES, own));
}
