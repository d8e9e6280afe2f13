/** Channels as a kind of stream, and binding one. Must not know: who may bind it, how it was asked for. */
import { type ChannelEvent, type ChannelLoss, channelEvent } from '../../domain/house.js';
import { eventsOf, STREAMS } from '../../record/entry.js';
import type { Kind, Only, Recorder } from '../../record/kind.js';
import { loadOnly } from '../../record/load.js';
import { record, settingUp } from '../../record/record.js';
import type { ChannelRow, ChannelUse } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';
import { privatePosts } from '../tell/addresses.js';

export const channelKey = ({ surface, channel }: Pick<ChannelRow, 'surface' | 'channel'>): string =>
  `${surface}:${channel}`;

type Bindings = ReadonlyMap<string, ChannelRow>;

export const channels: Kind<Bindings, ChannelEvent, ChannelRow> & { readonly streams: Only<Bindings> } = {
  name: 'channel',
  streams: { only: STREAMS.channels, empty: new Map() },
  events: eventsOf(channelEvent),
  // The last binding of a channel is the one that counts.
  apply: (bound, { event }) => {
    if (event.type === 'channel_lost') return bound;
    const { type: _type, ...row } = event;
    return new Map(bound).set(channelKey(row), row);
  },
  table: {
    keyOf: channelKey,
    rowsOf: async (bound) => [...bound.values()],
    put: (tx, row) => tx.putChannel(row),
    stored: async (tx, key) => (await tx.channels()).find((row) => channelKey(row) === key) ?? null,
    some: (tx) => tx.channels(),
    subjectOf: () => null,
  },
  posts: ({ stamped, stream }, { staff, channels: bound }) =>
    stamped.flatMap(({ event, seq }) => {
      if (event.type !== 'channel_lost') return [];
      const told = staff.filter(({ active, roles }) => active && roles.includes('admin'));
      return told.flatMap((member) =>
        privatePosts({ kind: 'private', ref: stream, seq, person: member.person }, member, bound),
      );
    }),
  clock: null,
};

export type Binding = {
  readonly surface: string;
  readonly channel: string;
  readonly uses: readonly ChannelUse[];
  /** BCP 47; null: as it was. */
  readonly locale: string | null;
};

export type Bound = {
  readonly row: ChannelRow;
  /** False: it was bound so already, and nothing was recorded. */
  readonly changed: boolean;
  /** Channels of the same surface that no longer get these uses. */
  readonly moved: readonly ChannelRow[];
};

/** Uses of which a surface has one channel: a case posted in two would have two threads. */
const SINGLE: readonly ChannelUse[] = ['cases', 'officer'];

/** Binds a channel for more uses; on its surface the cases and the officer's cards move there. */
export async function bindChannel(recorder: Recorder, binding: Binding): Promise<Bound> {
  const loaded = await loadOnly(recorder.tx, channels, { lock: true });
  const rows = loaded.state;
  const { surface, channel } = binding;
  const before = rows.get(channelKey(binding)) ?? { surface, channel, uses: [], locale: null };
  const row: ChannelRow = {
    surface,
    channel,
    uses: [...new Set([...before.uses, ...binding.uses])],
    locale: binding.locale ?? before.locale,
  };
  const single = binding.uses.filter((use) => SINGLE.includes(use));
  const moved = [...rows.values()]
    .filter((other) => other.surface === surface && other.channel !== channel)
    .filter((other) => other.uses.some((use) => single.includes(use)))
    .map((other) => ({ ...other, uses: other.uses.filter((use) => !single.includes(use)) }));
  const isNew = row.uses.length > before.uses.length || row.locale !== before.locale;
  const changes = [...moved, ...(isNew ? [row] : [])];
  if (changes.length === 0) return { row, changed: false, moved };
  const events = changes.map(
    (change): ChannelEvent => ({ type: 'channel_bound', ...change, uses: [...change.uses] }),
  );
  await record(recorder, channels, loaded, events);
  return { row, changed: true, moved };
}

/** Binds channels at start; a use the surface has a channel for already stays where it was put. */
export async function seedChannels(tx: Tx, now: Instant, bindings: readonly Binding[]): Promise<void> {
  // Asked of the table: a desk whose ledger was damaged must still start, so that it can be audited.
  const rows = await tx.channels();
  for (const binding of bindings) {
    const uses = binding.uses.filter(
      (use) => !rows.some((row) => row.surface === binding.surface && row.uses.includes(use)),
    );
    if (uses.length > 0) await bindChannel(settingUp(tx, now), { ...binding, uses });
  }
}

/**
 * Nothing arrives in a channel the desk posts to: on record, and the administrators are told, once for each binding. A channel
 * that is bound to nothing is nobody's loss.
 */
export async function noteLost(
  recorder: Recorder,
  { surface, channel }: Pick<ChannelRow, 'surface' | 'channel'>,
  why: ChannelLoss,
): Promise<void> {
  const key = channelKey({ surface, channel });
  const isBound = (rows: readonly ChannelRow[]) =>
    rows.some((row) => channelKey(row) === key && row.uses.length > 0);
  // Asked of the table first: every attempt that fails comes here.
  if (!isBound(await recorder.tx.channels())) return;
  const loaded = await loadOnly(recorder.tx, channels, { lock: true });
  const last = loaded.history.findLast(({ event }) => channelKey(event) === key)?.event;
  if (last?.type === 'channel_lost') return;
  await record(recorder, channels, loaded, [{ type: 'channel_lost', surface, channel, why }]);
}
