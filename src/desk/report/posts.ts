/** The posts that tell a report on record. Must not know: how a report is counted. */
import { isEmpty, type ReportFigures } from '../../domain/report.js';
import { STREAMS } from '../../record/entry.js';
import type { ChannelRow, NewPost } from '../../record/rows.js';
import type { Person } from '../../vocabulary/values.js';
import { channelPosts } from '../tell/addresses.js';
import type { Effect } from '../tell/effects.js';

type ReportEffect = Extract<Effect, { kind: 'report' }>;

const partOf = (seq: number, part: ReportEffect['part']): ReportEffect => ({
  kind: 'report',
  ref: STREAMS.reports,
  seq,
  part,
});

/** The picture and the table, to the one who asked. */
export function privateParts(seq: number, surface: string, person: Person): readonly NewPost[] {
  const at = `@${person}`;
  const lane = `${surface}:${at}`;
  return (['picture', 'table'] as const).map((part) => ({
    key: `${STREAMS.reports}:${seq}:${part}@${lane}`,
    surface,
    effect: { ...partOf(seq, part), at },
    lane,
  }));
}

/** `report:2026-11:card`: a month's report comes once to a channel, whatever happens. */
export const monthlyKey = (month: string, part: ReportEffect['part'] = 'card'): string =>
  `report:${month}:${part}`;

/** The whole report to an officer's channel; a month without anything has no picture and no table. */
export const monthlyParts = (seq: number, report: ReportFigures, channel: ChannelRow): readonly NewPost[] =>
  (isEmpty(report) ? (['card'] as const) : (['card', 'picture', 'table'] as const)).flatMap((part) =>
    channelPosts(partOf(seq, part), monthlyKey(report.month.month, part), [channel], 'officer'),
  );
