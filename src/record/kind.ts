/**
 * What the record has to be told of a kind of stream to keep it: how its events are written, what state they make, which rows
 * follow from the state, what is posted and when time does something. Must not know: any one kind, commands, wording.
 */
import type { StreamId } from '../domain/ledger.js';
import type { Pack } from '../policy/schema.js';
import { partsOf } from '../vocabulary/references.js';
import type { Actor, Instant, SubjectId } from '../vocabulary/values.js';
import type { EventLike, Events } from './entry.js';
import type { People } from './people.js';
import type { ChannelRow, NewPost } from './rows.js';
import type { Tx } from './store.js';

/** A policy pack by its content hash: open cases stay on the one they pinned (P-0). */
export type PackOf = (hash: string) => Promise<Pack>;

/** An event with its place on the ledger. */
export type Stamped<Event> = {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly event: Event;
};

/** A stream as it stands; `version` is its last seq, 0 when nothing was written yet. */
export type Loaded<State, Event> = {
  readonly stream: StreamId;
  readonly state: State;
  readonly version: number;
  readonly history: readonly Stamped<Event>[];
};

/** What `record` did to a stream; `before` is null when it is new. */
export type Change<State, Event> = {
  readonly stream: StreamId;
  readonly before: State | null;
  readonly after: State;
  readonly version: number;
  readonly stamped: readonly Stamped<Event>[];
};

/**
 * A kind of stream. Its functions are written as methods, so that a list of kinds is one of `Kind<unknown, …>`: the record
 * gives a kind only what came out of that same kind.
 */
export interface Kind<State, Event extends EventLike, Row extends object> {
  /** `request`: how differences and errors name it. */
  readonly name: string;
  readonly streams: Numbered<State, Event> | Only<State>;
  readonly events: Events<Event>;
  apply(state: State, next: Stamped<Event>): State;
  /** Null: nothing but the ledger has it. */
  readonly table: Table<State, Row> | null;
  /** What a change causes to be posted, under keys that are facts: the same thing twice adds nothing. */
  posts(change: Change<State, Event>, around: Around): readonly NewPost[];
  /** Null: time does nothing to it. */
  readonly clock: Clock<State, Event> | null;
}

/** A stream for each number: `PR-2026-0001` where the prefix is `PR`. Numbers are given without gaps. */
export interface Numbered<State, Event> {
  readonly prefix: string;
  /** Throws when this event begins no stream of the kind. */
  begin(first: Stamped<Event>): State;
}

/** One stream of that name, there before anything is written. */
export interface Only<State> {
  readonly only: StreamId;
  readonly empty: State;
}

/** The rows for reading that follow from a state: written in the transaction of its events, rebuilt from them by the audit. */
export interface Table<State, Row extends object> {
  keyOf(row: Row): string;
  rowsOf(state: State, packOf: PackOf): Promise<readonly Row[]>;
  put(tx: Tx, row: Row): Promise<void>;
  stored(tx: Tx, key: string): Promise<Row | null>;
  /** At most so many stored rows; null: they cannot be listed, only looked up. */
  readonly some: ((tx: Tx, limit: number) => Promise<readonly Row[]>) | null;
  /** Of a numbered stream: the customer it is about, whose key seals what is personal. Null: nobody. */
  subjectOf(row: Row): SubjectId | null;
  /** Where it matters which of several changed rows is put first. */
  inOrder?(changed: readonly Row[], before: readonly Row[]): readonly Row[];
}

/** What recording needs beside the change itself: a command's context has it, and so does the clock. */
export type Recorder = {
  readonly tx: Tx;
  readonly now: Instant;
  readonly actor: Actor;
  readonly channels: readonly ChannelRow[];
  readonly packOf: PackOf;
  readonly kinds: Kinds;
} & People;

/** What reading a record needs, in one transaction. */
export type Reading = Pick<Recorder, 'tx' | 'packOf'>;

/** Runs one page of a long read: in a transaction of its own, or in the one the caller is in. */
export type Page = <T>(work: (reading: Reading) => Promise<T>) => Promise<T>;

/** Where posts may go. */
export type Around = People & { readonly channels: readonly ChannelRow[] };

export interface Clock<State, Event> {
  /** Streams with something due by then, earliest first. */
  due(tx: Tx, now: Instant, take: number): Promise<readonly StreamId[]>;
  /** The earliest moment at which something will be due; null: never as things stand. */
  earliest(tx: Tx): Promise<Instant | null>;
  /** The next page of streams behind this one that time may still do something to, after the clock was put back. */
  live?(tx: Tx, after: StreamId, take: number): Promise<readonly StreamId[]>;
  /** What time does to it by then; empty: nothing. */
  tick(state: State, now: Instant, packOf: PackOf): Promise<readonly Event[]>;
}

/** Of streams that are only written: nothing is ever decided from them. */
export type NoState = Readonly<Record<never, never>>;
export const NO_STATE: NoState = {};

export type AnyKind = Kind<unknown, EventLike, object>;

/** What happens to another stream because of a change: its events, or only its cards shown anew. */
export type Consequence = {
  readonly kind: AnyKind;
  readonly on: Loaded<unknown, EventLike>;
  readonly events: readonly EventLike[];
  /** Where there are no events. */
  readonly posts: readonly NewPost[];
};

/** What a change of one kind's stream does to others: run by `record`, in the same transaction. */
export interface Reaction<State, Event> {
  /** The name of the kind whose changes it looks at. */
  readonly to: string;
  consequences(recorder: Recorder, change: Change<State, Event>): Promise<readonly Consequence[]>;
}

export type AnyReaction = Reaction<unknown, EventLike>;

export type Kinds = {
  readonly all: readonly AnyKind[];
  readonly reactions: readonly AnyReaction[];
  /** The kind of this stream; null: it is none's. */
  readonly of: (stream: StreamId) => AnyKind | null;
};

/** Throws when two kinds claim the same streams. */
export function kindsOf(all: readonly AnyKind[], reactions: readonly AnyReaction[] = []): Kinds {
  const byPrefix = new Map<string, AnyKind>();
  const byStream = new Map<StreamId, AnyKind>();
  for (const kind of all) {
    const [claims, name] =
      'prefix' in kind.streams ? [byPrefix, kind.streams.prefix] : [byStream, kind.streams.only];
    if (claims.has(name)) throw new Error(`two kinds claim ${name}`);
    claims.set(name, kind);
  }
  return {
    all,
    reactions,
    of: (stream) => byStream.get(stream) ?? byPrefix.get(partsOf(stream)?.prefix ?? '') ?? null,
  };
}

export const isNumbered = <State, Event>(
  streams: Numbered<State, Event> | Only<State>,
): streams is Numbered<State, Event> => 'prefix' in streams;
