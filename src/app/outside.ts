/**
 * What the desk's commands need from outside the store: facts for the doctor, other packs, the checkpoint's signature.
 * Must not know: any surface.
 */
import { sign, verify } from 'node:crypto';
import type { Outside } from '../desk/front/plan.js';
import { signingKey } from '../storage/vault.js';
import { packFrom, packText } from './pack-file.js';
import { pageScript } from './page-script.js';
import { PLATFORMS } from './platforms.js';

/** `notes` are facts about the installation, first in the doctor's list; `warnings` are what is wrong with it. */
export function outsideFor(
  masterKey: Uint8Array,
  notes: () => readonly (readonly [string, string])[],
  warnings: () => readonly string[] = () => [],
  /** Where the pack in force lies. */
  folder: string | null = null,
): Outside {
  const { privateKey, publicKey } = signingKey(masterKey);
  return {
    diagnose: async (_now, tx) => ({
      warnings: warnings(),
      facts: [...notes(), ...Object.entries(await tx.describe())],
    }),
    platforms: PLATFORMS,
    pageScript,
    packNamed: async (name, anyFile) => packFrom(await packText(name, anyFile, folder)),
    signing: {
      sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
      verify: (text, signature) =>
        verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
      publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    },
  };
}
