/**
 * The ledger's arithmetic: canonical bytes, the hash link and verification of one stream (domain.md rule 5).
 * Must not know: where entries are kept, or how personal fields are sealed (hashes cover ciphertext).
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Actor, Instant, Json } from '../vocabulary/values.js';

/** The stream id: `PR-2026-0001`, `DR-2026-0001`, `desk`, `checkpoint`. */
export type StreamId = string;

/** One entry as stored and hashed; `sealed` is the ciphertext of its personal fields (base64), never the text. */
export type LedgerEntry = {
  readonly stream: StreamId;
  /** From 1, without gaps. */
  readonly seq: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly type: string;
  readonly body: Json;
  readonly sealed: string | null;
  /** Hash of the entry before, or `GENESIS` for the first. */
  readonly prev: string;
  /** SHA-256 (hex) over the canonical bytes of everything above. */
  readonly hash: string;
};

export const GENESIS = '0'.repeat(64);

/** RFC 8785 bytes of an entry without its own hash. */
export function canonicalBytes(entry: Omit<LedgerEntry, 'hash'>): string {
  const { stream, seq, at, actor, type, body, sealed, prev } = entry;
  const text = canonicalize({ v: 1, stream, seq, at, actor, type, body, sealed, prev });
  if (text === undefined) throw new Error(`ledger entry ${stream}:${seq} has no canonical form`);
  return text;
}

/** Links an entry behind `prev`, giving it its hash. */
export function linkEntry(entry: Omit<LedgerEntry, 'hash'>): LedgerEntry {
  return { ...entry, hash: createHash('sha256').update(canonicalBytes(entry)).digest('hex') };
}

/** Null: what is stored has no canonical form at all (half of a character), so this desk never wrote it. */
function hashOf(entry: LedgerEntry): string | null {
  try {
    return linkEntry(entry).hash;
  } catch {
    return null;
  }
}

/** Whether its own hash vouches for what an entry says; its place in the stream is another question. */
export const isAsWritten = (entry: LedgerEntry): boolean => hashOf(entry) === entry.hash;

/** Where a stream stops being believable, in words an auditor can act on. */
export type LedgerFault = { readonly stream: StreamId; readonly seq: number; readonly reason: string };

/**
 * Verifies one stream against its head. Entries must come in stored `seq` order; `head` is the stored
 * stream head (null when the store has none). Returns the first bad entry, or null when all is well.
 */
export function verifyStream(
  stream: StreamId,
  entries: readonly LedgerEntry[],
  head: { readonly seq: number; readonly hash: string } | null,
): LedgerFault | null {
  let prev = GENESIS;
  let expected = 1;
  for (const entry of entries) {
    if (entry.seq !== expected)
      return {
        stream,
        seq: expected,
        reason: `entry ${expected} is missing; entry ${entry.seq} stands in its place`,
      };
    if (entry.stream !== stream)
      return { stream, seq: entry.seq, reason: `it belongs to stream ${entry.stream}` };
    if (entry.prev !== prev)
      return { stream, seq: entry.seq, reason: 'its link to the entry before is broken' };
    if (!isAsWritten(entry)) return { stream, seq: entry.seq, reason: 'its content does not match its hash' };
    prev = entry.hash;
    expected += 1;
  }
  if (head === null)
    return entries.length === 0 ? null : { stream, seq: 1, reason: 'the stream has no head' };
  if (head.seq >= expected)
    return { stream, seq: expected, reason: `entries ${expected} to ${head.seq} are missing` };
  if (head.seq < expected - 1)
    return { stream, seq: head.seq + 1, reason: 'it stands after the recorded end of the stream' };
  if (head.hash !== prev)
    return { stream, seq: head.seq, reason: 'it is not the entry the stream head names' };
  return null;
}
