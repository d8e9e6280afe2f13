/** Reading a stream as the state its events make. Must not know: any one kind, who asks. */
import type { StreamId } from '../domain/ledger.js';
import { type EventLike, fromEntry } from './entry.js';
import { isNumbered, type Kind, type Loaded, type Only, type Stamped } from './kind.js';
import { LedgerDamage, type OpenEntry, type Tx } from './store.js';

/** A numbered stream, its customer and itself locked; null when there is none of that number. */
export async function load<State, Event extends EventLike, Row extends object>(
  tx: Tx,
  kind: Kind<State, Event, Row>,
  stream: StreamId,
  { lock }: { readonly lock: boolean },
): Promise<Loaded<State, Event> | null> {
  const row = (await kind.table?.stored(tx, stream)) ?? null;
  if (row === null) return null;
  const subjectId = kind.table?.subjectOf(row) ?? null;
  if (lock && subjectId !== null) await tx.lockSubject(subjectId);
  const loaded = replay(kind, stream, await tx.entries(stream, { lock }));
  if (loaded === null) throw new LedgerDamage({ stream, seq: 1 });
  return loaded;
}

/** A kind's only stream, empty or not. */
export async function loadOnly<State, Event extends EventLike, Row extends object>(
  tx: Tx,
  kind: Kind<State, Event, Row> & { readonly streams: Only<State> },
  { lock }: { readonly lock: boolean },
): Promise<Loaded<State, Event>> {
  const { only, empty } = kind.streams;
  const loaded = replay(kind, only, await tx.entries(only, { lock }));
  return loaded ?? { stream: only, state: empty, version: 0, history: [] };
}

/** The state that entries make, from the first on; null when there are none and nothing is there without them. */
export function replay<State, Event extends EventLike, Row extends object>(
  kind: Kind<State, Event, Row>,
  stream: StreamId,
  entries: readonly OpenEntry[],
): Loaded<State, Event> | null {
  const history = entries.map((entry) => stampedOf(kind, entry));
  const state = stateAfter(kind, null, history);
  return state === null ? null : { stream, state, version: history.at(-1)?.seq ?? 0, history };
}

export function stampedOf<State, Event extends EventLike, Row extends object>(
  { events }: Kind<State, Event, Row>,
  entry: OpenEntry,
): Stamped<Event> {
  return { seq: entry.seq, at: entry.at, actor: entry.actor, event: fromEntry(events, entry) };
}

/** `before` null: from the beginning. Null: nothing is there. */
export function stateAfter<State, Event extends EventLike, Row extends object>(
  kind: Kind<State, Event, Row>,
  before: State | null,
  stamped: readonly Stamped<Event>[],
): State | null {
  if (before !== null) return stamped.reduce<State>((state, next) => kind.apply(state, next), before);
  if (!isNumbered(kind.streams)) return stateAfter(kind, kind.streams.empty, stamped);
  const [first, ...rest] = stamped;
  return first === undefined ? null : stateAfter(kind, kind.streams.begin(first), rest);
}
