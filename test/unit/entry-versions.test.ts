/**
 * Entries have versions: what is written is of its form, an older form is lifted when it is read, and what a newer desk wrote
 * is told apart from what somebody altered.
 */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { linkEntry } from '../../src/domain/ledger.js';
import { type Events, eventsOf, fromEntry, toEntry } from '../../src/record/entry.js';
import { LedgerDamage, NewerEntry, type OpenEntry } from '../../src/record/store.js';
import type { Actor, Instant, Json } from '../../src/vocabulary/values.js';

const AT = '2026-11-23T02:00:00Z' as Instant;
const BY: Actor = { person: null, account: 'terminal:mei' as Actor['account'] };

const first = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('opened'), by: z.string() }),
  z.strictObject({ type: z.literal('noted'), personal: z.strictObject({ text: z.string() }).nullable() }),
]);
const today = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('opened'), who: z.string(), door: z.string() }),
  z.strictObject({ type: z.literal('noted'), personal: z.strictObject({ text: z.string() }).nullable() }),
]);
const then = eventsOf(first);
const now = eventsOf(today, {
  'opened@1': ({ by, ...same }) => ({ ...same, who: by }),
  'opened@2': (old) => ({ ...old, door: 'front' }),
});

function stored(type: string, body: Json, personal: Json | null = null): OpenEntry {
  const sealed = personal === null ? null : 'ciphertext';
  const entry = linkEntry({ stream: 's', seq: 1, at: AT, actor: BY, type, body, sealed, prev: '0' });
  return { ...entry, personal };
}

const read = (events: Events<{ readonly type: string }>, entry: OpenEntry) => fromEntry(events, entry);

describe('writing', () => {
  it('says no version while there is only one, so old bytes stay what they were', () => {
    expect(toEntry(then, { type: 'opened', by: 'mei' }, AT, BY)).toEqual({
      at: AT,
      actor: BY,
      type: 'opened',
      body: { by: 'mei' },
      personal: null,
    });
  });

  it('says the version from the second on', () => {
    const entry = toEntry(now, { type: 'opened', who: 'mei', door: 'back' }, AT, BY);
    expect(entry).toMatchObject({ type: 'opened@3', body: { who: 'mei', door: 'back' } });
  });

  it('refuses what is not of its form, naming the field and no value', () => {
    const wrong = { type: 'opened', whom: 'C-10812', door: 'back' } as unknown as z.infer<typeof today>;
    expect(() => toEntry(now, wrong, AT, BY)).toThrow(/opened is not written in its form: .*who/);
    expect(() => toEntry(now, wrong, AT, BY)).not.toThrow(/C-10812/);
  });

  it('refuses an event without the part that is sealed: nobody could read it back', () => {
    expect(() => toEntry(now, { type: 'noted', personal: null }, AT, BY)).toThrow(
      'without its personal part',
    );
  });
});

describe('reading', () => {
  it('lifts every version before the present one', () => {
    const lifted = { type: 'opened', who: 'mei', door: 'front' };
    expect(read(now, stored('opened', { by: 'mei' }))).toEqual(lifted);
    expect(read(now, stored('opened@2', { who: 'mei' }))).toEqual(lifted);
    expect(read(now, stored('opened@3', { who: 'mei', door: 'back' }))).toEqual({ ...lifted, door: 'back' });
  });

  it('reads what is sealed, and null once the key is destroyed', () => {
    const entry = stored('noted', {}, { text: 'called back' });
    expect(read(now, entry)).toEqual({ type: 'noted', personal: { text: 'called back' } });
    expect(read(now, { ...entry, personal: 'erased' })).toEqual({ type: 'noted', personal: null });
  });

  it.each([
    ['a newer version', 'opened@4', { who: 'mei', door: 'back', room: 2 }],
    ['a type that it does not know', 'merged', { into: 's2' }],
    ['a newer version of a type that it does not know', 'merged@2', { into: 's2' }],
  ])('says that a newer desk wrote %s', (_, type, body) => {
    const entry = stored(type, body);
    expect(() => read(now, entry)).toThrow(NewerEntry);
    expect(() => read(now, entry)).toThrow('entry 1 of s was written by a newer version of the desk');
  });

  it.each([
    ['a type that was altered', { ...stored('opened@3', { who: 'mei', door: 'back' }), type: 'merged' }],
    ['a version that was altered', { ...stored('opened@3', { who: 'mei', door: 'back' }), type: 'opened@4' }],
    ['a field that was altered', { ...stored('opened@3', { who: 'mei', door: 'back' }), body: { who: 1 } }],
    ['fields that no version has', stored('opened@3', { whom: 'mei' })],
  ])('says that %s is damage', (_, entry) => {
    expect(() => read(now, entry)).toThrow(LedgerDamage);
  });
});

it('does not begin with a version that nothing lifts', () => {
  expect(() => eventsOf(today, { 'opened@2': (old) => old })).toThrow('nothing lifts opened@1');
});
