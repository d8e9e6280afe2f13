/** Streams as they were last read from a store, read again where they grew. Must not know: any one kind. */
import type { EventLike } from '../../src/record/entry.js';
import type { Kind, Loaded } from '../../src/record/kind.js';
import { load } from '../../src/record/load.js';
import type { Tx } from '../../src/record/store.js';

export type Known<State, Stamped> = { readonly state: State; readonly log: readonly Stamped[] };

export async function readInto<State, Event extends EventLike, Row extends object>(
  known: Map<string, Known<State, Loaded<State, Event>['history'][number]>>,
  kind: Kind<State, Event, Row>,
  tx: Tx,
  rows: readonly { readonly ref: string }[],
): Promise<void> {
  for (const { ref } of rows) {
    if (known.get(ref)?.log.length === (await tx.headSeq(ref, { lock: false }))) continue;
    const loaded = await load(tx, kind, ref, { lock: false });
    if (loaded !== null) known.set(ref, { state: loaded.state, log: loaded.history });
  }
}
