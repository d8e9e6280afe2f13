/**
 * The log's hashing by WebCrypto, which a browser and Node both have. Must not know: what leaves say, who asks.
 */
import { hex, joined, sameBytes, utf8 } from '../domain/log/bytes.js';
import { consistencySteps, inclusionSteps, isHash, type Step } from '../domain/log/paths.js';

export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  // Copied: what WebCrypto takes is never shared memory.
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
}

/** SHA-256 of the text's UTF-8 bytes, in hex. */
export const textHash = async (text: string): Promise<string> => hex(await sha256(utf8(text)));

export const leafHash = (leaf: Uint8Array): Promise<Uint8Array> => sha256(joined([Uint8Array.of(0), leaf]));

async function folded(start: Uint8Array, steps: readonly Step[]): Promise<Uint8Array> {
  let top = start;
  for (const { side, hash } of steps)
    top = await sha256(joined([Uint8Array.of(1), ...(side === 'left' ? [hash, top] : [top, hash])]));
  return top;
}

type Tree = { readonly size: number; readonly root: Uint8Array };

/** Whether the leaf of this hash is the `index`-th (from 0) of the tree (RFC 9162 2.1.3.2). */
export async function isIncluded(
  leaf: { readonly index: number; readonly hash: Uint8Array },
  proof: readonly Uint8Array[],
  { size, root }: Tree,
): Promise<boolean> {
  const steps = inclusionSteps(leaf.index, size, proof);
  return steps !== null && isHash(leaf.hash) && sameBytes(await folded(leaf.hash, steps), root);
}

/** Whether the first tree is the beginning of the second (RFC 9162 2.1.4.2); of an empty tree nothing is proven. */
export async function isConsistent(
  first: Tree,
  second: Tree,
  proof: readonly Uint8Array[],
): Promise<boolean> {
  if (first.size === second.size && first.size > 0)
    return proof.length === 0 && sameBytes(first.root, second.root);
  const steps = consistencySteps(first.size, second.size, first.root, proof);
  return (
    steps !== null &&
    sameBytes(await folded(steps.start, steps.toFirst), first.root) &&
    sameBytes(await folded(steps.start, steps.toSecond), second.root)
  );
}
