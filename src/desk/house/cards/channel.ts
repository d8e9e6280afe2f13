import { type Block, type Card, card, text } from '../../../chat/card.js';
import type { ChannelRow, ChannelUse } from '../../../record/rows.js';
import type { Bound } from '../channels.js';

const USE_WORDS: Readonly<Record<ChannelUse, string>> = {
  cases: 'the cases with their threads',
  officer: 'the officer’s cards and the officer’s digest with its checkpoint',
  digest: 'the daily digest',
};
const USES: readonly ChannelUse[] = ['cases', 'officer', 'digest'];

/** Uses no channel is bound to; without one the desk answers privately only. */
export const unboundUses = (rows: readonly ChannelRow[]): readonly ChannelUse[] =>
  USES.filter((use) => !rows.some((row) => row.uses.includes(use)));

export function channelsCard(rows: readonly ChannelRow[]): Card {
  const bound = rows.filter((row) => row.uses.length > 0);
  const unbound = unboundUses(rows);
  return card('Channels', unbound.length > 0 ? 'warning' : 'neutral', [
    ...(bound.length === 0 ? [] : [boundLines(bound)]),
    ...unbound.map((use) =>
      text(`No channel gets ${USE_WORDS[use]}. → In that channel: /desk channel use:${use}`),
    ),
  ]);
}

/** Each bound channel with what it gets. */
export const boundLines = (bound: readonly ChannelRow[]): Block => ({
  kind: 'channels',
  channels: bound.map(({ surface, channel, uses, locale }) => ({
    surface,
    channel,
    text: `${uses.join(', ')}${locale === null ? '' : ` (${locale})`}`,
  })),
});

export function boundCard({ row, changed, moved }: Bound, use: ChannelUse): Card {
  const { surface, channel, uses, locale } = row;
  const others = moved.map((other) => ({
    ...other,
    text: `no longer gets them; what was posted there stays.${other.uses.length > 0 ? ` It keeps: ${other.uses.join(', ')}.` : ''}`,
  }));
  return card(`Channel ${changed ? 'bound' : 'bound already'}`, 'good', [
    {
      kind: 'channels',
      channels: [
        { surface, channel, text: `${changed ? 'now' : 'already'} gets ${USE_WORDS[use]}` },
        ...others,
      ],
    },
    {
      kind: 'facts',
      facts: [
        ['Gets', uses.join(', ')],
        ['Locale', locale ?? 'default'],
      ],
    },
  ]);
}
