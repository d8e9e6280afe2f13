/**
 * What the audit looks at beside the streams themselves: what this desk wrote last, the keys that open entries, the sealed
 * rows, and the database below them. Must not know: who asks, how findings are worded.
 */
import type { LedgerFault } from '../domain/ledger.js';
import { type Damage, type ForeignRow, SEALED_TABLES } from '../domain/tampering.js';
import { erasedKeys } from './erasures.js';
import type { Page } from './kind.js';
import type { RawEntry, Tx } from './store.js';

/** Rows of a table looked at in one transaction. */
const ROWS_A_PAGE = 200;

/** Everything beside the ledger that is not as the desk wrote it. */
export async function foreignRows(page: Page): Promise<readonly ForeignRow[]> {
  const found: ForeignRow[] = [];
  for (const table of SEALED_TABLES) {
    let after: string | null = '';
    while (after !== null) {
      const from: string = after;
      const looked = await page(({ tx }) => tx.foreignRows(table, { after: from, take: ROWS_A_PAGE }));
      found.push(...looked.rows);
      after = looked.next;
    }
  }
  return found;
}

export const damageOf = (page: Page, depth: 'quick' | 'whole'): Promise<readonly Damage[]> =>
  page(({ tx }) => tx.damage(depth));

export type LastSeen = ReturnType<Tx['lastSeen']>;

/** Where a stream has not what this desk wrote last; asked for before the stream was read. */
export function goneSince(
  seen: LastSeen,
  stream: string,
  entries: readonly Pick<RawEntry, 'seq' | 'hash'>[],
): LedgerFault | null {
  const last = seen.get(stream);
  if (last === undefined || entries[last.seq - 1]?.hash === last.hash) return null;
  const seq = Math.min(last.seq, entries.length + 1);
  return { stream, seq, flaw: { what: 'written-and-gone', upTo: last.seq } };
}

/** The data keys that entries name, and the first entry of each. */
export type KeyPlaces = Map<string, { readonly stream: string; readonly seq: number }>;

export function notePlaces(places: KeyPlaces, entries: readonly RawEntry[]): void {
  for (const { keyId, stream, seq } of entries)
    if (keyId !== null && !places.has(keyId)) places.set(keyId, { stream, seq });
}

/** Keys that are gone without an erasure on record: what they sealed is damaged, not erased. */
export async function keysGone(tx: Tx, places: KeyPlaces): Promise<readonly LedgerFault[]> {
  const missing = await tx.missingKeys([...places.keys()]);
  if (missing.length === 0) return [];
  // Read after them: a key is destroyed and that is recorded in one transaction.
  const erased = await erasedKeys(tx);
  return missing
    .filter((id) => !erased.has(id))
    .map((id) => ({ stream: '', seq: 1, ...places.get(id), flaw: { what: 'key-gone' } as const }));
}
