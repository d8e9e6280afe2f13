/** Look-ups as a kind of stream, of their own so that no case moves. Must not know: commands, wording. */
import { type LookupEvent, lookupEvent } from '../../domain/lookups.js';
import { eventsOf, STREAMS } from '../../record/entry.js';
import { type Kind, NO_STATE, type NoState } from '../../record/kind.js';
import { channelPosts } from '../tell/addresses.js';

export const lookups: Kind<NoState, LookupEvent, never> = {
  name: 'lookup',
  streams: { only: STREAMS.lookups, empty: NO_STATE },
  events: eventsOf(lookupEvent),
  apply: () => NO_STATE,
  table: null,
  posts: ({ stamped, stream }, { channels }) =>
    stamped.flatMap(({ event, seq }) =>
      event.told
        ? channelPosts({ kind: 'officer', ref: stream, seq }, `${stream}:${seq}:officer`, channels, 'officer')
        : [],
    ),
  clock: null,
};
