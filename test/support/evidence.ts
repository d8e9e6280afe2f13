/**
 * An evidence file read as its reader would: verified from the file alone, with nothing of the desk's own code.
 * Must not know: how the desk makes it.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';

type Json = Readonly<Record<string, unknown>>;
type Entry = Json & { readonly seq: number; readonly prev: string; readonly hash: string };
type Point = {
  readonly root: string;
  readonly signedText: string;
  readonly signature: string;
  readonly leaf: string;
  readonly saw: { readonly entry: number; readonly hash: string };
  readonly path: readonly { readonly side: string; readonly hash: string }[];
};

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
  readonly checkpoints: { readonly publicKey: string; readonly covering: readonly Point[] };
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

/** Whether every checkpoint's root holds the entry it saw, and its signature is the desk's. */
export function checkpointsHold({ ledger, checkpoints }: Evidence): boolean {
  const der = Buffer.from(checkpoints.publicKey, 'base64');
  const key = createPublicKey({ key: der, type: 'spki', format: 'der' });
  return checkpoints.covering.every((point) => {
    const top = point.path.reduce(
      (hash, step) => sha(step.side === 'left' ? `1|${step.hash}|${hash}` : `1|${hash}|${step.hash}`),
      sha(point.leaf),
    );
    const saw = ledger.entries[point.saw.entry - 1];
    return (
      top === point.root &&
      point.leaf === `0|${ledger.stream}|${point.saw.entry}|${point.saw.hash}` &&
      saw?.hash === point.saw.hash &&
      point.signedText.split('|').includes(point.root) &&
      verify(null, Buffer.from(point.signedText), key, Buffer.from(point.signature, 'base64'))
    );
  });
}

/** Every text in it but ciphertext, keys and signatures. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    ['sealed', 'signature', 'publicKey'].includes(key) ? [] : textsIn(each),
  );
}
