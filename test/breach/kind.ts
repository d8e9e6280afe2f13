/**
 * A kind of stream that this desk does not have: a breach of personal data, to be told to the authority within 72 hours.
 * With one line of registration it is kept like any other. Its rows stand in the store's settings, since it has no table.
 */
import { z } from 'zod';
import { card, text } from '../../src/chat/card.js';
import { channelPosts } from '../../src/desk/tell/addresses.js';
import type { DeskKind } from '../../src/desk/tell/kinds.js';
import { afterSeconds, compareInstants } from '../../src/policy/calendar.js';
import { eventsOf } from '../../src/record/entry.js';
import type { Kind, Numbered } from '../../src/record/kind.js';
import { load } from '../../src/record/load.js';
import type { Tx } from '../../src/record/store.js';
import type { Instant } from '../../src/vocabulary/values.js';

const breachEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('breach_found'), ref: z.string(), people: z.number().int() }),
  z.strictObject({ type: z.literal('authority_told'), how: z.string() }),
  z.strictObject({ type: z.literal('breach_late'), hours: z.number().int() }),
  z.strictObject({
    type: z.literal('command_refused'),
    command: z.string(),
    code: z.string(),
    clause: z.string().nullable(),
  }),
]);
export type BreachEvent = z.infer<typeof breachEvent>;

export type Breach = {
  readonly ref: string;
  readonly people: number;
  readonly found: Instant;
  readonly status: 'open' | 'late' | 'told';
  readonly version: number;
};

export type BreachRow = Breach & { readonly nextDueAt: Instant | null };

const HOURS = 72;
const dueOf = ({ status, found }: Breach): Instant | null =>
  status === 'open' ? afterSeconds(found, HOURS * 3600) : null;

const INDEX = 'breaches';
const refsIn = async (tx: Tx): Promise<readonly string[]> =>
  JSON.parse((await tx.setting(INDEX)) ?? '[]') as string[];
async function rowIn(tx: Tx, ref: string): Promise<BreachRow | null> {
  const kept = await tx.setting(`breach:${ref}`);
  return kept === null ? null : (JSON.parse(kept) as BreachRow);
}
async function waiting(tx: Tx): Promise<readonly { readonly ref: string; readonly at: Instant }[]> {
  const found: { ref: string; at: Instant }[] = [];
  for (const ref of await refsIn(tx)) {
    const at = (await rowIn(tx, ref))?.nextDueAt ?? null;
    if (at !== null) found.push({ ref, at });
  }
  return found.sort((one, other) => compareInstants(one.at, other.at));
}

export const breaches: Kind<Breach, BreachEvent, BreachRow> & {
  readonly streams: Numbered<Breach, BreachEvent>;
} = {
  name: 'breach',
  streams: {
    prefix: 'BR',
    begin: ({ event, at, seq }) => {
      if (event.type !== 'breach_found') throw new Error('a breach begins with breach_found');
      return { ref: event.ref, people: event.people, found: at, status: 'open', version: seq };
    },
  },
  events: eventsOf(breachEvent),
  apply: (breach, { event, seq }) => {
    const status =
      event.type === 'authority_told' ? 'told' : event.type === 'breach_late' ? 'late' : breach.status;
    return { ...breach, status, version: seq };
  },
  table: {
    keyOf: ({ ref }) => ref,
    rowsOf: async (breach) => [{ ...breach, nextDueAt: dueOf(breach) }],
    put: async (tx, row) => {
      await tx.putSetting(INDEX, JSON.stringify([...new Set([...(await refsIn(tx)), row.ref])]));
      await tx.putSetting(`breach:${row.ref}`, JSON.stringify(row));
    },
    stored: rowIn,
    some: async (tx) => {
      const rows: BreachRow[] = [];
      for (const ref of await refsIn(tx)) rows.push(...[await rowIn(tx, ref)].filter((row) => row !== null));
      return rows;
    },
    subjectOf: () => null,
  },
  posts: ({ after: { ref, version } }, { channels }) =>
    channelPosts({ kind: 'card', ref }, `${ref}:${version}:card`, channels, 'cases'),
  clock: {
    due: async (tx, now, take) =>
      (await waiting(tx))
        .filter(({ at }) => compareInstants(at, now) <= 0)
        .slice(0, take)
        .map(({ ref }) => ref),
    earliest: async (tx) => (await waiting(tx))[0]?.at ?? null,
    tick: async (breach, now) => {
      const due = dueOf(breach);
      return due !== null && compareInstants(due, now) <= 0 ? [{ type: 'breach_late', hours: HOURS }] : [];
    },
  },
};

export const breachKind: DeskKind = {
  kind: breaches,
  render: async ({ tx }, effect) => {
    if (effect.kind !== 'card') return null;
    const loaded = await load(tx, breaches, effect.ref, { lock: false });
    if (loaded === null) return null;
    const { ref, people, status } = loaded.state;
    return { card: card(`${ref} · Breach`, 'bad', [text(`${people} people, ${status}`)], { ref }) };
  },
};
