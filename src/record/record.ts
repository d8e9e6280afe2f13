/**
 * Recording what was decided: entries behind the stream, the rows that follow, what is posted, and what it does to other
 * streams, all in one transaction. Must not know: any one kind, which command asked, any surface.
 */
import canonicalize from 'canonicalize';
import type { StreamId } from '../domain/ledger.js';
import { sameName } from '../domain/people.js';
import { referenceOf } from '../vocabulary/references.js';
import type { Day, Instant, SubjectId } from '../vocabulary/values.js';
import { type EventLike, SETUP, toEntry } from './entry.js';
import {
  isNumbered,
  type Kind,
  kindsOf,
  type Numbered,
  type PackOf,
  type Recorder,
  type Stamped,
  type Table,
} from './kind.js';
import { stateAfter } from './load.js';
import type { Tx } from './store.js';

/** The stream and where it stood when it was decided about: `state` null and `version` 0 when it is to begin. */
export type Before<State> = {
  readonly stream: StreamId;
  readonly state: State | null;
  readonly version: number;
};

/** A stream that is to begin. */
export const beginning = (stream: StreamId): Before<never> => ({ stream, state: null, version: 0 });

/** A numbered stream whose state counts its entries. */
export const behind = <State extends { readonly ref: StreamId; readonly version: number }>(
  state: State,
): Before<State> => ({ stream: state.ref, state, version: state.version });

/**
 * Writes the events behind the stream and everything that follows from them. Returns the new state. Throws StoreConflict
 * when the stream has moved meanwhile.
 */
export async function record<State, Event extends EventLike, Row extends object>(
  recorder: Recorder,
  kind: Kind<State, Event, Row>,
  { stream, state: before, version }: Before<State>,
  events: readonly Event[],
): Promise<State> {
  const { tx, now, actor } = recorder;
  const stamped = events.map(
    (event, index): Stamped<Event> => ({ seq: version + index + 1, at: now, actor, event }),
  );
  const after = stateAfter(kind, before, stamped);
  if (after === null) throw new Error(`${stream} was to begin, and nothing happened`);
  if (events.length === 0) return after;
  const entries = events.map((event) => toEntry(kind.events, event, now, actor));
  const rows = (await kind.table?.rowsOf(after, recorder.packOf)) ?? [];
  await tx.append(stream, version, entries, subjectOf(kind, rows));
  if (kind.table !== null) await putChanged(recorder, kind.table, before, rows);
  const change = { stream, before, after, version: version + events.length, stamped };
  await tx.enqueueAll(kind.posts(change, recorder), now);
  for (const reaction of recorder.kinds.reactions) {
    if (reaction.to !== kind.name) continue;
    for (const { kind: other, on, events: more, posts } of await reaction.consequences(recorder, change)) {
      if (more.length > 0) await record(recorder, other, on, more);
      else await tx.enqueueAll(posts, now);
    }
  }
  return after;
}

function subjectOf<State, Event extends EventLike, Row extends object>(
  { streams, table }: Kind<State, Event, Row>,
  rows: readonly Row[],
): SubjectId | null {
  const [row] = rows;
  return isNumbered(streams) && row !== undefined ? (table?.subjectOf(row) ?? null) : null;
}

/** A list has many rows, of which a change touches few. */
async function putChanged<State, Row extends object>(
  { tx, packOf }: Recorder,
  table: Table<State, Row>,
  before: State | null,
  rows: readonly Row[],
): Promise<void> {
  const had = before === null ? [] : await table.rowsOf(before, packOf);
  const known = new Map(had.map((row) => [table.keyOf(row), canonicalize(row)]));
  const changed = rows.filter((row) => known.get(table.keyOf(row)) !== canonicalize(row));
  for (const row of table.inOrder?.(changed, had) ?? changed) await table.put(tx, row);
}

/**
 * One entry on a stream whose state nobody needs for it: what the desk did, or an attempt that was refused. A numbered
 * stream's row counts it too (domain.md rule 10). Returns its seq.
 */
export async function note<State, Event extends EventLike, Row extends object>(
  { tx, now, actor }: Pick<Recorder, 'tx' | 'now' | 'actor'>,
  kind: Kind<State, Event, Row>,
  stream: StreamId,
  event: Event,
): Promise<number> {
  const row = isNumbered(kind.streams) ? ((await kind.table?.stored(tx, stream)) ?? null) : null;
  const subjectId = row === null ? null : (kind.table?.subjectOf(row) ?? null);
  if (subjectId !== null) await tx.lockSubject(subjectId);
  const entry = toEntry(kind.events, event, now, actor);
  const seq = (await tx.headSeq(stream, { lock: true })) + 1;
  await tx.append(stream, seq - 1, [entry], subjectId);
  if (row !== null) await kind.table?.put(tx, { ...row, version: seq });
  return seq;
}

/** The next reference of a numbered kind, by year of recording; it is given back when the transaction fails. */
export async function nextReference<State, Event>(
  tx: Tx,
  { streams }: { readonly streams: Numbered<State, Event> },
  today: Day,
): Promise<string> {
  const series = `${streams.prefix}-${today.slice(0, 4)}`;
  return referenceOf(series, await tx.nextNumber(series));
}

/** The desk setting itself up: nobody is told, and nothing else moves. */
export function settingUp(tx: Tx, now: Instant): Recorder {
  const packOf: PackOf = async (hash) => {
    throw new Error(`no policy pack is looked up while the desk sets itself up: ${hash}`);
  };
  return { tx, now, actor: SETUP, channels: [], staff: [], same: sameName, packOf, kinds: kindsOf([]) };
}
