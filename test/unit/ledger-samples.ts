/**
 * Streams made up for the ledger's and the checkpoints' tests. Must not know: the desk, storage.
 */
import fc from 'fast-check';
import { GENESIS, type LedgerEntry, linkEntry } from '../../src/domain/ledger.js';
import type { Account, Instant, Json, Person } from '../../src/vocabulary/values.js';

const AT = '2026-11-23T02:00:00Z' as Instant;
const ACTOR = { person: 'mei' as Person, account: 'terminal:mei' as Account };

/** A stream with these bodies, properly linked. */
export function chainOf(
  stream: string,
  bodies: readonly Json[],
  sealed: readonly (string | null)[] = [],
): readonly LedgerEntry[] {
  const chain: LedgerEntry[] = [];
  for (const [index, body] of bodies.entries())
    chain.push(
      linkEntry({
        stream,
        seq: index + 1,
        at: AT,
        actor: ACTOR,
        type: 'happened',
        body,
        sealed: sealed[index] ?? null,
        prev: chain.at(-1)?.hash ?? GENESIS,
      }),
    );
  return chain;
}

/** As somebody with the database would rewrite it: from entry `from` on (0 is the first) all links are made anew. */
export function relink(chain: readonly LedgerEntry[], from: number, body: Json): readonly LedgerEntry[] {
  const made: LedgerEntry[] = [];
  for (const [index, entry] of chain.entries())
    made.push(
      index < from
        ? entry
        : linkEntry({
            ...entry,
            body: index === from ? body : entry.body,
            prev: made.at(-1)?.hash ?? GENESIS,
          }),
    );
  return made;
}

export function headOf(chain: readonly LedgerEntry[]): { seq: number; hash: string } | null {
  const last = chain.at(-1);
  return last === undefined ? null : { seq: last.seq, hash: last.hash };
}

const bodies = fc.array(
  fc.tuple(
    fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.jsonValue({ maxDepth: 2 })),
    fc.option(fc.base64String({ maxLength: 16 })),
  ),
  { minLength: 1, maxLength: 8 },
);

/** Streams of one to eight entries. */
export const chains = bodies.map((parts) =>
  chainOf(
    'S',
    // As a database gives it back.
    parts.map(([body]) => JSON.parse(JSON.stringify(body)) as Json),
    parts.map(([, sealed]) => sealed),
  ),
);
