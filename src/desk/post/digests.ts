/** Digests as a kind of stream: which channel got one on which day, and the post it is. Must not know: what a digest says. */
import type { DigestEvent } from '../../domain/house.js';
import { digestEvents } from '../../record/checkpoints.js';
import { STREAMS } from '../../record/entry.js';
import { type Kind, NO_STATE, type NoState, type Only } from '../../record/kind.js';
import type { ChannelRow } from '../../record/rows.js';
import type { Day } from '../../vocabulary/values.js';
import { channelPosts } from '../tell/addresses.js';

export const digests: Kind<NoState, DigestEvent, never> & { readonly streams: Only<NoState> } = {
  name: 'digest',
  streams: { only: STREAMS.digests, empty: NO_STATE },
  events: digestEvents,
  apply: () => NO_STATE,
  table: null,
  posts: ({ stamped }, { channels }) =>
    stamped.flatMap(({ event: { surface, channel: name, day, checkpoint, notSigned } }) => {
      const bound = channels.filter((row) => row.surface === surface && row.channel === name);
      const officer = bound.some(isOfficers);
      const about = { day, channel: name, officer };
      const signed = officer ? { checkpoint, notSigned } : {};
      const use = officer ? 'officer' : 'digest';
      return [
        ...channelPosts({ kind: 'digest', ...about, ...signed }, digestKey(name, day), bound, use),
        ...channelPosts({ kind: 'folded', ...about }, `folded:${name}:${day}`, bound, use),
      ];
    }),
  clock: null,
};

export const isOfficers = ({ uses }: Pick<ChannelRow, 'uses'>): boolean => uses.includes('officer');

export const digestKey = (channel: string, day: Day): string => `digest:${channel}:${day}`;
