/**
 * What the ledger says about requests and disclosures, without what differs between surfaces: accounts, hashes, keys.
 * Must not know: who played what.
 */
import type { Store } from '../../src/record/store.js';

export type Told = {
  readonly stream: string;
  readonly at: string;
  readonly person: string | null;
  readonly type: string;
  readonly body: unknown;
  readonly personal: unknown;
};

export function ledgerOf(store: Store): Promise<readonly Told[]> {
  return store.transact(async (tx) => {
    const told: Told[] = [];
    for (const { stream } of await tx.heads()) {
      if (!/^(?:PR|DR|CO)-/.test(stream)) continue;
      for (const entry of await tx.entries(stream, { lock: false })) {
        // The subject's id is random; everything else must be the same wherever it was said.
        const body = JSON.parse(
          JSON.stringify(entry.body).replaceAll(/"subjectId":"[^"]*"/g, '"subjectId":"*"'),
        );
        const { at, type, personal } = entry;
        told.push({ stream, at, person: entry.actor.person, type, body, personal });
      }
    }
    return told;
  });
}

/** Who left entries from which platform, each once. */
export function doorsOf(
  store: Store,
): Promise<readonly { readonly person: string; readonly platform: string }[]> {
  return store.transact(async (tx) => {
    const doors = new Map<string, { readonly person: string; readonly platform: string }>();
    for (const { stream } of await tx.heads())
      for (const { actor } of await tx.entries(stream, { lock: false })) {
        const [platform = ''] = actor.account.split(':');
        if (actor.person !== null)
          doors.set(`${actor.person}@${platform}`, { person: actor.person, platform });
      }
    return [...doors.values()];
  });
}
