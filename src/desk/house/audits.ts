/**
 * What the desk found out about its own record, as a kind of stream: what it sealed, what is not as it wrote it, an older copy
 * that was accepted. Officers and administrators are told at once. Must not know: how anything is found.
 */
import { type AuditsEvent, auditsEvent } from '../../domain/house.js';
import { eventsOf, STREAMS } from '../../record/entry.js';
import { type Kind, NO_STATE, type NoState, type Only } from '../../record/kind.js';
import { channelPosts, privatePosts } from '../tell/addresses.js';

export const audits: Kind<NoState, AuditsEvent, never> & { readonly streams: Only<NoState> } = {
  name: 'audits',
  streams: { only: STREAMS.audits, empty: NO_STATE },
  events: eventsOf(auditsEvent),
  apply: () => NO_STATE,
  table: null,
  posts: ({ stamped, stream }, { channels, staff }) =>
    stamped.flatMap(({ event, seq }) => {
      if (event.type !== 'self_check_failed' && event.type !== 'restored_accepted') return [];
      const about = { ref: stream, seq };
      const admins = staff.filter(({ active, roles }) => active && roles.includes('admin'));
      return [
        ...channelPosts({ kind: 'officer', ...about }, `${stream}:${seq}:officer`, channels, 'officer'),
        ...admins.flatMap((member) =>
          privatePosts({ kind: 'private', ...about, person: member.person }, member, channels),
        ),
      ];
    }),
  clock: null,
};
