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
  return { ...entry, hash: hashOfBytes(canonicalBytes(entry)) };
}

/** SHA-256 (hex) of an entry's canonical bytes. */
export const hashOfBytes = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');

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

/** What is wrong with an entry, a stream or a checkpoint. */
export type LedgerFlaw =
  | { readonly what: 'entry-missing'; readonly instead: number }
  | { readonly what: 'entries-missing'; readonly to: number }
  | { readonly what: 'other-stream'; readonly of: StreamId }
  | { readonly what: 'link-broken' | 'content-changed' | 'no-head' | 'after-end' | 'not-the-head' }
  /** The plain hash fits and the desk's own seal does not: somebody without the key wrote it. */
  | { readonly what: 'not-sealed' | 'head-not-sealed' }
  /** This desk wrote more, or something else: it kept that away from the database. */
  | { readonly what: 'written-and-gone'; readonly upTo: number }
  /** The customer's data key is gone, and no erasure is on record. */
  | { readonly what: 'key-gone' }
  | { readonly what: 'stream-gone' | 'number-without-stream' }
  | { readonly what: 'more-than-given'; readonly series: string; readonly given: number }
  | { readonly what: 'checkpoint-gone'; readonly day: string }
  | { readonly what: 'no-checkpoint' | 'not-chained' | 'not-signed' | 'other-root' }
  /** Of a checkpoint of the log: the leaves there are do not make its root; there are fewer, or other ones. */
  | { readonly what: 'other-tree'; readonly size: number }
  | { readonly what: 'leaf-missing' | 'leaf-changed' | 'leaf-added'; readonly position: number }
  | { readonly what: 'seen-and-gone' | 'seen-otherwise'; readonly checkpoint: number };

/** As a store gives it back: `vouched` false where its own seal does not fit. Left out: outside the desk, where no key is. */
type Vouched = { readonly vouched?: boolean };

/** Where a stream stops being believable. */
export type LedgerFault = { readonly stream: StreamId; readonly seq: number; readonly flaw: LedgerFlaw };

/**
 * Verifies one stream against its head. Entries must come in stored `seq` order; `head` is the stored
 * stream head (null when the store has none). Returns the first bad entry, or null when all is well. `from`: only the
 * entries from that number on are given, behind the hash `prev`.
 */
export function verifyStream(
  stream: StreamId,
  entries: readonly (LedgerEntry & Vouched)[],
  head: ({ readonly seq: number; readonly hash: string } & Vouched) | null,
  from: { readonly seq: number; readonly prev: string } = { seq: 1, prev: GENESIS },
): LedgerFault | null {
  let { seq: expected, prev } = from;
  for (const entry of entries) {
    if (entry.seq !== expected)
      return { stream, seq: expected, flaw: { what: 'entry-missing', instead: entry.seq } };
    if (entry.stream !== stream)
      return { stream, seq: entry.seq, flaw: { what: 'other-stream', of: entry.stream } };
    if (entry.prev !== prev) return { stream, seq: entry.seq, flaw: { what: 'link-broken' } };
    if (!isAsWritten(entry)) return { stream, seq: entry.seq, flaw: { what: 'content-changed' } };
    if (entry.vouched === false) return { stream, seq: entry.seq, flaw: { what: 'not-sealed' } };
    prev = entry.hash;
    expected += 1;
  }
  if (head === null) return entries.length === 0 ? null : { stream, seq: 1, flaw: { what: 'no-head' } };
  if (head.seq >= expected) return { stream, seq: expected, flaw: { what: 'entries-missing', to: head.seq } };
  if (head.seq < expected - 1) return { stream, seq: head.seq + 1, flaw: { what: 'after-end' } };
  if (head.hash !== prev) return { stream, seq: head.seq, flaw: { what: 'not-the-head' } };
  if (head.vouched === false) return { stream, seq: head.seq, flaw: { what: 'head-not-sealed' } };
  return null;
}
