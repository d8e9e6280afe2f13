/** Reports as a kind of stream: the figures as they were told. Must not know: how they are counted, commands. */
import { type ReportEvent, reportEvent } from '../../domain/report.js';
import { eventsOf, STREAMS } from '../../record/entry.js';
import { type Kind, NO_STATE, type NoState } from '../../record/kind.js';

export const reports: Kind<NoState, ReportEvent, never> = {
  name: 'report',
  streams: { only: STREAMS.reports, empty: NO_STATE },
  events: eventsOf(reportEvent),
  apply: () => NO_STATE,
  table: null,
  posts: () => [],
  clock: null,
};
