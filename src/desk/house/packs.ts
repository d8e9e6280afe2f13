import { policyEvent } from '../../domain/house.js';
import { packHash, parsePack } from '../../policy/pack.js';
import type { Pack } from '../../policy/schema.js';
import { fromEntry, SETUP, STREAMS, toEntry } from '../../record/entry.js';
import type { PackRow } from '../../record/rows.js';
import type { OpenEntry, Tx } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';
import type { ActivePack } from '../front/plan.js';

/**
 * Looks packs up by content hash and reads each once: a hash never names another content. Throws when the pack was
 * never published here, or is not what its hash says.
 */
export function createPackShelf(active: ActivePack): {
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
} {
  const shelf = new Map<string, Pack>([[active.hash, active.pack]]);
  const packOf = async (tx: Tx, hash: string): Promise<Pack> => {
    const known = shelf.get(hash);
    if (known !== undefined) return known;
    const row = await tx.pack(hash);
    if (row === null) throw new Error(`no policy pack with the hash ${hash} was published here`);
    const pack = parsePack(row.text);
    if (packHash(pack) !== hash) throw new Error(`the policy pack ${row.name} is not what its hash says`);
    shelf.set(hash, pack);
    return pack;
  };
  return { packOf };
}

/** Puts the pack in force on the ledger when it is not there yet; open cases stay on theirs (P-0). */
export async function publishPack(
  tx: Tx,
  now: Instant,
  { name, hash, text }: Pick<ActivePack, 'name' | 'hash'> & { readonly text: string },
): Promise<void> {
  // Asked of the table first: a desk whose ledger was damaged must still start, so that it can be audited.
  if ((await tx.pack(hash)) !== null) return;
  const entries = await tx.entries(STREAMS.policies, { lock: true });
  const published = packsFrom(entries).get(hash);
  if (published === undefined) {
    const entry = toEntry({ type: 'policy_published', name, hash, text } as { type: string }, now, SETUP);
    await tx.append(STREAMS.policies, entries.length, [entry], null);
  }
  await tx.putPack(published ?? { hash, name, text, at: now });
}

/** A pack published twice was published when it first was. */
export function packsFrom(entries: readonly OpenEntry[]): ReadonlyMap<string, PackRow> {
  const packs = new Map<string, PackRow>();
  for (const entry of entries) {
    const { name, hash, text } = fromEntry(policyEvent, entry);
    if (!packs.has(hash)) packs.set(hash, { hash, name, text, at: entry.at });
  }
  return packs;
}
