/**
 * What the desk's commands need from outside the store: facts for the doctor, other packs, the checkpoint's signature.
 * Must not know: any surface.
 */
import { sign, verify } from 'node:crypto';
import type { Outside } from '../desk/front/plan.js';
import type { LogSigning } from '../record/checkpoints.js';
import { witnessInMemory } from '../record/log/witness.js';
import { signingKey } from '../storage/vault.js';
import { packFrom, packText } from './pack-file.js';
import { pageScript } from './page-script.js';
import { PLATFORMS } from './platforms.js';

/** At the end of an Ed25519 key as SPKI (RFC 8410). */
const RAW_KEY_BYTES = 32;

/**
 * `notes` are facts about the installation, first in the doctor's list; `warnings` are what is wrong with it. `log`: the
 * origin that is set, and where the last note is kept beside the database.
 */
export function outsideFor(
  masterKey: Uint8Array,
  notes: () => readonly (readonly [string, string])[],
  warnings: () => readonly string[] = () => [],
  /** Where the pack in force lies. */
  folder: string | null = null,
  log: Pick<LogSigning, 'origin' | 'witness'> = { origin: null, witness: witnessInMemory() },
): Outside {
  const { privateKey, publicKey } = signingKey(masterKey);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return {
    diagnose: async (_now, tx) => ({
      warnings: warnings(),
      facts: [...notes(), ...Object.entries(await tx.describe())],
    }),
    platforms: PLATFORMS,
    pageScript,
    packNamed: async (name, anyFile) => packFrom(await packText(name, anyFile, folder)),
    signing: {
      verify: (text, signature) =>
        verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
      publicKey: spki.toString('base64'),
      log: {
        ...log,
        sign: (text) => new Uint8Array(sign(null, text, privateKey)),
        publicKeys: [new Uint8Array(spki.subarray(-RAW_KEY_BYTES))],
      },
    },
  };
}
