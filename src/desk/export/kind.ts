/** What the desk itself did, as a kind of stream: exports, and refused attempts about nothing on record. Must not know: commands. */
import { type DeskEvent, deskEvent } from '../../domain/house.js';
import { eventsOf, STREAMS } from '../../record/entry.js';
import { type Kind, NO_STATE, type NoState } from '../../record/kind.js';

export const deskLog: Kind<NoState, DeskEvent, never> = {
  name: 'desk',
  streams: { only: STREAMS.desk, empty: NO_STATE },
  events: eventsOf(deskEvent),
  apply: () => NO_STATE,
  table: null,
  posts: () => [],
  clock: null,
};
