/**
 * An evidence file read as its reader would: verified from the file alone, with nothing of the desk's own code.
 * Must not know: how the desk makes it.
 */
import { createHash } from 'node:crypto';
import { sigstoreAccepts } from './sigstore.js';

type Json = Readonly<Record<string, unknown>>;
type Entry = Json & { readonly seq: number; readonly prev: string; readonly hash: string };
export type Evidence = {
  readonly what: string;
  readonly asked: { readonly at: string; readonly by: string };
  readonly policy: Json;
  readonly case?: Json & { readonly decisions: readonly Json[]; readonly recipients: readonly Json[] };
  readonly disclosure?: Json & { readonly decisions: readonly Json[] };
  readonly ledger: {
    readonly stream: string;
    readonly verification: Json;
    readonly recipe: readonly string[];
    readonly entries: readonly Entry[];
  };
  readonly checkpoints: { readonly publicKey: string };
  readonly proofs: readonly {
    readonly entry: number;
    readonly index: number;
    readonly hashes: readonly string[];
  }[];
  readonly log: {
    /** Null: no checkpoint of the log covers it. */
    readonly checkpoint: { readonly number: number; readonly note: string } | null;
  };
};

const sha = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** RFC 8785 for what an entry holds: strings, whole numbers, lists and objects. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

/** The first entry that is not what its hash or the next one's says, or null. */
export function firstBadEntry({ ledger }: Evidence): number | null {
  let prev = '0'.repeat(64);
  for (const [index, { hash, ...covered }] of ledger.entries.entries()) {
    if (covered.seq !== index + 1 || covered.prev !== prev) return index + 1;
    if (!('leftOut' in covered) && 'type' in covered && sha(canonical(covered)) !== hash) return index + 1;
    prev = hash;
  }
  return null;
}

/** Whether every entry of the file is proven in the tree of the checkpoint that the key in it signed. */
export function logHolds({ ledger, checkpoints, log, proofs }: Evidence): boolean {
  const { checkpoint } = log;
  if (checkpoint === null || proofs.length === 0) return false;
  const publicKey = Buffer.from(checkpoints.publicKey, 'base64').subarray(-32);
  const [origin = ''] = checkpoint.note.split('\n');
  const text = Buffer.concat([Buffer.from(`${origin}\n`), Buffer.of(1), publicKey]);
  const keyId = createHash('sha256').update(text).digest().subarray(0, 4);
  return proofs.every(({ entry: seq, index, hashes }) => {
    const leaf = Buffer.from(
      `ombud-entry/v1\n${ledger.stream}\n${seq}\n${ledger.entries[seq - 1]?.hash ?? ''}\n`,
    );
    const proof = { index, hashes: hashes.map((hash) => Buffer.from(hash, 'base64')) };
    return sigstoreAccepts({ origin, keyId, publicKey }, leaf, { ...proof, checkpoint: checkpoint.note });
  });
}

/** Every text in it but ciphertext, keys and signatures. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    ['sealed', 'signature', 'publicKey', 'hashes', 'note', 'consistency'].includes(key) ? [] : textsIn(each),
  );
}
