/** Attempts refused because the desk's own stream is broken, kept beside it as a kind of stream. Must not know: commands. */
import { auditsEvent } from '../../domain/house.js';
import { eventsOf, STREAMS } from '../../record/entry.js';
import { type Kind, NO_STATE, type NoState } from '../../record/kind.js';

export const audits: Kind<NoState, ReturnType<typeof auditsEvent.parse>, never> = {
  name: 'audits',
  streams: { only: STREAMS.audits, empty: NO_STATE },
  events: eventsOf(auditsEvent),
  apply: () => NO_STATE,
  table: null,
  posts: () => [],
  clock: null,
};
