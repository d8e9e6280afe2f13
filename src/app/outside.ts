/**
 * What the desk's commands need from outside the store: facts for the doctor, other packs, the checkpoint's signature.
 * Must not know: any surface.
 */
import { sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Services } from '../desk/front/plan.js';
import { signingKey } from '../storage/vault.js';
import { fileOf, packFrom } from './pack-file.js';
import { PLATFORMS } from './platforms.js';

/** Stuck posts the doctor lists. */
const STUCK_MAX = 10;

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
    platforms: PLATFORMS,
    packNamed: async (name) => packFrom(await readFile(fileOf(name), 'utf8')),
    signing: {
      sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
      verify: (text, signature) =>
        verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
      publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    },
  };
}
