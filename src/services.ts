/**
 * What the desk's commands need from outside the store: facts for the doctor, other packs, the checkpoint's signature.
 * Must not know: any surface.
 */
import { sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigProblem } from './config.js';
import type { ActivePack, Services } from './desk/plan.js';
import { packHash, packName, parsePack } from './policy/pack.js';
import { signingKey } from './storage/vault.js';

const POLICIES = fileURLToPath(new URL('../manifests/policies/', import.meta.url));

/** Stuck posts the doctor lists. */
const STUCK_MAX = 10;

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

function packFrom(text: string): PackFile {
  const pack = parsePack(text);
  return { pack, name: packName(pack), hash: packHash(pack), text };
}

/** A bare name is a pack that comes with the desk, anything else a file. */
const fileOf = (name: string): string => (/[./]/.test(name) ? name : join(POLICIES, `${name}.yaml`));

/** `notes` are facts about the installation, first in the doctor's list. */
export function servicesFor(
  masterKey: Uint8Array,
  notes: () => readonly (readonly [string, string])[],
): Services {
  const { privateKey, publicKey } = signingKey(masterKey);
  return {
    diagnose: async (_now, tx) => {
      const stuck = await tx.stuckPosts(STUCK_MAX);
      const posts = stuck.map(
        (post) =>
          [
            `stuck post ${post.key}`,
            `${post.status}, attempt ${post.attempt}: ${post.lastError ?? 'not tried yet'}`,
          ] as const,
      );
      return [
        ...notes(),
        ...Object.entries(await tx.describe()),
        ...(posts.length === 0 ? [['stuck posts', 'none'] as const] : posts),
      ];
    },
    packNamed: async (name) => packFrom(await readFile(fileOf(name), 'utf8')),
    signing: {
      sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
      verify: (text, signature) =>
        verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
      publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    },
  };
}
