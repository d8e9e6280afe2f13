/**
 * Between typed events and ledger entries: what is readable in the body, what is sealed, and back.
 * Must not know: storage, wording.
 */
import type { z } from 'zod';
import type { Actor, Instant, Json } from '../vocabulary/values.js';
import { LedgerDamage, type NewEntry, type OpenEntry } from './store.js';

/** Streams that are no case's: what the desk itself did. */
export const STREAMS = {
  desk: 'desk',
  staff: 'staff',
  channels: 'channels',
  policies: 'policies',
  digests: 'digests',
  checkpoints: 'checkpoints',
} as const;

/** What acts when nobody typed: the clock. */
export const TICKER: Actor = { person: null, account: 'desk:clock' as Actor['account'] };

/** What acts when the desk sets itself up at start: its policy, first staff, first channels. */
export const SETUP: Actor = { person: null, account: 'desk:setup' as Actor['account'] };

/** An event as it goes on the ledger; `personal` is what gets sealed. */
export function toEntry(event: { readonly type: string }, at: Instant, actor: Actor): NewEntry {
  const {
    type,
    personal = null,
    ...body
  } = event as { type: string; personal?: Json } & Record<string, Json>;
  return { at, actor, type, body, personal };
}

/** Reads an entry back with its schema. Throws when the entry is not of that shape: the ledger was altered or is newer. */
export function fromEntry<S extends z.ZodType>(schema: S, entry: OpenEntry): z.output<S> {
  const body = entry.body as Record<string, Json>;
  const personal = entry.personal === 'erased' ? null : entry.personal;
  const whole =
    entry.sealed === null ? { type: entry.type, ...body } : { type: entry.type, ...body, personal };
  const read = schema.safeParse(whole);
  if (!read.success) throw new LedgerDamage(entry, { cause: read.error });
  return read.data;
}
