/**
 * Between typed events and ledger entries: what is readable in the body, what is sealed, in which version it is written, and
 * back. Must not know: any one kind of stream, storage, wording.
 */
import type { z } from 'zod';
import { isAsWritten } from '../domain/ledger.js';
import type { Actor, Instant, Json } from '../vocabulary/values.js';
import { LedgerDamage, type NewEntry, NewerEntry, type OpenEntry } from './store.js';

/** Streams that are no case's: what the desk itself did. */
export const STREAMS = {
  desk: 'desk',
  /** Refused attempts where the desk's own stream is broken. */
  audits: 'audits',
  staff: 'staff',
  channels: 'channels',
  policies: 'policies',
  digests: 'digests',
  checkpoints: 'checkpoints',
  reports: 'reports',
  /** Who looked whom up. */
  lookups: 'lookups',
  /** Whose data keys were destroyed: the customers the desk forgot. */
  erasures: 'erasures',
} as const;

/** What acts when nobody typed: the clock. */
export const TICKER: Actor = { person: null, account: 'desk:clock' as Actor['account'] };

/** What acts when the desk sets itself up at start: its policy, first staff, first channels. */
export const SETUP: Actor = { person: null, account: 'desk:setup' as Actor['account'] };

export type EventLike = { readonly type: string };

/** An event's fields as they were stored: without its type, `personal` among them. */
export type Fields = Readonly<Record<string, Json | undefined>>;

/**
 * How the events of a kind are written: their form, and how older forms are lifted. `closed@1` lifts a `closed` of version
 * 1 to version 2, and so says that version 2 is what is written now. An entry without a version is of version 1.
 */
export type Events<Event extends EventLike> = {
  readonly schema: z.ZodType<Event>;
  readonly upcasts: Readonly<Record<string, (old: Fields) => Fields>>;
};

/** Throws when an event could not be lifted from every version before the present one. */
export function eventsOf<Event extends EventLike>(
  schema: z.ZodType<Event>,
  upcasts: Events<Event>['upcasts'] = {},
): Events<Event> {
  for (const key of Object.keys(upcasts)) {
    const { type, version } = typeOf(key);
    for (let from = 1; from < version; from += 1)
      if (upcasts[`${type}@${from}`] === undefined) throw new Error(`nothing lifts ${type}@${from}`);
  }
  return { schema, upcasts };
}

/** The version in which an event of this type is written now. */
function presentVersion({ upcasts }: Pick<Events<EventLike>, 'upcasts'>, type: string): number {
  let version = 1;
  while (upcasts[`${type}@${version}`] !== undefined) version += 1;
  return version;
}

/** `closed@2` is a `closed` in its second form. */
export function typeOf(written: string): { readonly type: string; readonly version: number } {
  const [, type = written, version = '1'] = /^(.+)@(\d{1,4})$/.exec(written) ?? [];
  return { type, version: Number(version) };
}

/**
 * An event as it goes on the ledger; `personal` is what gets sealed. Throws when it is not of its schema: what could not be
 * read back is not written.
 */
export function toEntry<Event extends EventLike>(
  events: Events<Event>,
  event: Event,
  at: Instant,
  actor: Actor,
): NewEntry {
  const read = events.schema.safeParse(event);
  // Where, and never what: a value may be personal.
  if (!read.success)
    throw new Error(`${event.type} is not written in its form: ${placesOf(read.error).join(', ')}`);
  const {
    type,
    personal = null,
    ...body
  } = event as { readonly type: string; readonly personal?: Json } & Record<string, Json>;
  if (personal === null && 'personal' in event)
    throw new Error(`${type} is written without its personal part`);
  const version = presentVersion(events, type);
  return { at, actor, type: version === 1 ? type : `${type}@${version}`, body, personal };
}

const placesOf = ({ issues }: z.ZodError): readonly string[] =>
  issues.map(({ path, code }) => `${path.join('.') || 'event'} (${code})`);

/**
 * Reads an entry back, lifted to the present version. Throws NewerEntry when a newer version of the desk wrote it, and
 * LedgerDamage when nothing did: it was altered, or, read raw, is not sealed.
 */
export function fromEntry<Event extends EventLike>(
  events: Events<Event>,
  entry: OpenEntry & { readonly vouched?: boolean },
): Event {
  if (entry.vouched === false) throw new LedgerDamage(entry);
  const { type, version } = typeOf(entry.type);
  const present = presentVersion(events, type);
  if (version > present) throw unknown(entry);
  const body = entry.body as Fields;
  const personal = entry.personal === 'erased' ? null : entry.personal;
  let fields: Fields = entry.sealed === null ? { ...body } : { ...body, personal };
  for (let from = version; from < present; from += 1)
    fields = events.upcasts[`${type}@${from}`]?.(fields) ?? fields;
  const read = events.schema.safeParse({ ...fields, type });
  if (read.success) return read.data;
  const typeUnknown = read.error.issues.some(({ path }) => path.length === 1 && path[0] === 'type');
  throw typeUnknown ? unknown(entry) : new LedgerDamage(entry, { cause: read.error });
}

/** An entry of a type or version that this desk does not know, and that its hash vouches for, is a newer desk's. */
const unknown = (entry: OpenEntry): Error =>
  isAsWritten(entry) ? new NewerEntry(entry) : new LedgerDamage(entry);
