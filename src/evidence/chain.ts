/**
 * The entries of one record, one after the other: number, link, content, and that the checkpoint's tree holds each (domain.md rule
 * 5; evidence.md, The log). Must not know: what entries mean.
 */
import canonicalize from 'canonicalize';
import { fromBase64 } from '../domain/log/bytes.js';
import { entryLeaf } from '../domain/log/leaves.js';
import type { TreeHead } from '../domain/log/note.js';
import type { EvidenceRecord, OpenEntry } from './document.js';
import { isIncluded, leafHash, textHash } from './hashes.js';

const GENESIS = '0'.repeat(64);

export type EntryFlaw = 'out-of-order' | 'link-broken' | 'content-changed' | 'other-stream' | 'proof-wrong';

export type EntryVerdict = {
  readonly stream: string;
  readonly seq: number;
  readonly flaw: EntryFlaw | null;
  /** `computed`: from what it says. `followed`: what it says is not, or not all, in the file. */
  readonly hash: 'computed' | 'followed';
  /** Whether a checkpoint proves it: `not-yet` when it came after the last one. */
  readonly proven: 'proven' | 'not-yet';
};

type Entry = EvidenceRecord['ledger']['entries'][number];

export const isOpen = (entry: Entry): entry is OpenEntry => 'type' in entry;

/** `tree` null: there is no checkpoint whose proofs could count. */
export async function entryVerdicts(
  { ledger, proofs }: Pick<EvidenceRecord, 'ledger' | 'proofs'>,
  tree: TreeHead | null,
): Promise<readonly EntryVerdict[]> {
  const { stream, entries } = ledger;
  const found: EntryVerdict[] = [];
  let prev = GENESIS;
  for (const [index, entry] of entries.entries()) {
    const seq = index + 1;
    const own = proofs.filter((each) => each.entry === entry.seq);
    const proof = tree === null ? undefined : own[0];
    const flaw =
      (await contentFlaw(entry, { stream, seq, prev })) ??
      (own.length > 1 || (proof !== undefined && tree !== null && !(await holds(stream, entry, proof, tree)))
        ? 'proof-wrong'
        : null);
    found.push({
      stream,
      seq,
      flaw,
      hash: isOpen(entry) && entry.leftOut === undefined ? 'computed' : 'followed',
      proven: proof === undefined ? 'not-yet' : 'proven',
    });
    prev = entry.hash;
  }
  return found;
}

async function contentFlaw(
  entry: Entry,
  { stream, seq, prev }: { readonly stream: string; readonly seq: number; readonly prev: string },
): Promise<EntryFlaw | null> {
  if (entry.seq !== seq) return 'out-of-order';
  // What its own hash does not vouch for is where the change is; a link that fits no more is its trace.
  if (isOpen(entry) && entry.leftOut === undefined && (await hashOf(entry)) !== entry.hash)
    return 'content-changed';
  if (isOpen(entry) && entry.stream !== stream) return 'other-stream';
  return entry.prev === prev ? null : 'link-broken';
}

/** SHA-256 (hex) over the RFC 8785 bytes of an entry without its own hash. */
async function hashOf({ hash: _hash, ...covered }: OpenEntry): Promise<string | null> {
  try {
    return await textHash(canonicalize(covered) ?? '');
  } catch {
    return null;
  }
}

async function holds(
  stream: string,
  { seq, hash }: Entry,
  proof: EvidenceRecord['proofs'][number],
  tree: TreeHead,
): Promise<boolean> {
  const hashes = proof.hashes.map(fromBase64);
  if (hashes.some((each) => each === null) || !/^[0-9a-f]{64}$/.test(hash) || stream.includes('\n'))
    return false;
  const leaf = await leafHash(entryLeaf({ stream, seq, hash }));
  return isIncluded(
    { index: proof.index, hash: leaf },
    hashes.flatMap((each) => (each === null ? [] : [each])),
    tree,
  );
}

/** What the file says of the end of its chain. */
export const endHolds = ({ ledger }: Pick<EvidenceRecord, 'ledger'>): boolean =>
  ledger.verification.entries === ledger.entries.length &&
  ledger.verification.lastHash === (ledger.entries.at(-1)?.hash ?? null);
