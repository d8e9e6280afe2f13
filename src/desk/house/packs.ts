/** Published policy packs as a kind of stream, publishing one, and looking one up by its hash. Must not know: where packs are read from. */
import { type PolicyEvent, policyEvent } from '../../domain/house.js';
import { PackProblem, packHash, parsePublished } from '../../policy/pack.js';
import type { Pack } from '../../policy/schema.js';
import { eventsOf, STREAMS } from '../../record/entry.js';
import type { Kind, Only } from '../../record/kind.js';
import { loadOnly } from '../../record/load.js';
import { record, settingUp } from '../../record/record.js';
import type { PackRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
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
    const pack = parsePublished(row.text);
    if (packHash(pack) !== hash) throw new Error(`the policy pack ${row.name} is not what its hash says`);
    shelf.set(hash, pack);
    return pack;
  };
  return { packOf };
}

/**
 * Puts the pack in force on the ledger when it is not there yet; open cases stay on theirs (P-0). Throws PackProblem when its
 * name is on record with other content: cases of two rules would say the same pack.
 */
export async function publishPack(
  tx: Tx,
  now: Instant,
  { name, hash, text }: Pick<ActivePack, 'name' | 'hash'> & { readonly text: string },
): Promise<void> {
  // Asked of the table first: a desk whose ledger was damaged must still start, so that it can be audited.
  if ((await tx.pack(hash)) !== null) return;
  const before = await loadOnly(tx, policies, { lock: true });
  const published = before.state.get(hash);
  if (published === undefined && [...before.state.values()].some((row) => row.name === name))
    throw new PackProblem([{ path: 'version', reason: { kind: 'name-taken', name } }]);
  if (published === undefined)
    await record(settingUp(tx, now), policies, before, [{ type: 'policy_published', name, hash, text }]);
  else await tx.putPack(published);
}

type Packs = ReadonlyMap<string, PackRow>;

/** Packs as a kind of stream. */
export const policies: Kind<Packs, PolicyEvent, PackRow> & { readonly streams: Only<Packs> } = {
  name: 'policy',
  streams: { only: STREAMS.policies, empty: new Map() },
  events: eventsOf(policyEvent),
  // A pack published twice was published when it first was.
  apply: (packs, { at, event: { hash, name, text } }) =>
    packs.has(hash) ? packs : new Map(packs).set(hash, { hash, name, text, at }),
  table: {
    keyOf: ({ hash }) => hash,
    rowsOf: async (packs) => [...packs.values()],
    put: (tx, row) => tx.putPack(row),
    stored: (tx, hash) => tx.pack(hash),
    some: null,
    subjectOf: () => null,
  },
  posts: () => [],
  clock: null,
};
