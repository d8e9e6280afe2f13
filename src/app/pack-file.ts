/** Policy packs as files: the one set at start, and those that come with the desk. Must not know: storage, surfaces. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ActivePack } from '../desk/front/plan.js';
import { packHash, packName, parsePack } from '../policy/pack.js';
import { ConfigProblem } from './config.js';

const POLICIES = fileURLToPath(new URL('../../manifests/policies/', import.meta.url));

export type PackFile = ActivePack & { readonly text: string };

/** Throws ConfigProblem when the file cannot be read, PackProblem when it is no valid pack. */
export async function readPack(path: string): Promise<PackFile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
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

/** A bare name is a pack that comes with the desk, anything else a file. */
export const fileOf = (name: string): string => (/[./]/.test(name) ? name : join(POLICIES, `${name}.yaml`));
