/**
 * From what happened to a disclosure to what is to be posted: its card, the decision asked in its thread, and what each
 * entry did. Must not know: how anything is worded or rendered.
 */
import type { Disclosure } from '../../domain/disclosures/disclosure.js';
import type { DisclosureEvent } from '../../domain/disclosures/events.js';
import type { Around, Change } from '../../record/kind.js';
import type { ChannelRow, NewPost } from '../../record/rows.js';
import { channelPosts } from '../tell/addresses.js';
import type { Effect } from '../tell/effects.js';

/** Entries told in the thread by the decision's own card. */
const TOLD_BY_CARD: readonly string[] = [
  'disclosure_requested',
  'disclosure_amended',
  'customer_forgotten',
  'command_refused',
];

/** Under keys that are facts: committing the same thing twice adds nothing. */
export function disclosurePosts(
  { before, after: disclosure, stamped }: Change<Disclosure, DisclosureEvent>,
  { channels }: Around,
): readonly NewPost[] {
  const roundBefore = before?.round ?? null;
  const { ref, round } = disclosure;
  const changed = stamped.filter(({ event }) => event.type !== 'command_refused');
  const last = changed.at(-1);
  if (last === undefined) return [];
  // First, whatever happened: a channel that was bound later, or lost the card, has no thread without it.
  const [card, current] = cardPosts(disclosure, String(last.seq), channels);
  // A round that was asked anew loses its buttons.
  const older = (roundBefore === null || roundBefore === round ? [] : [roundBefore])
    // Whoever is forgotten is so on each card that ever asked.
    .concat(last.event.type === 'customer_forgotten' ? earlierThan(round) : [])
    .flatMap((one) => channelPosts(decision(ref, one), decisionKey(ref, one, last.seq), channels, 'cases'));
  const told = changed.flatMap(({ event, seq }) =>
    TOLD_BY_CARD.includes(event.type)
      ? []
      : channelPosts({ kind: 'thread', ref, seq }, `${ref}:${seq}:thread`, channels, 'cases'),
  );
  const kept = keptPosts(before, disclosure, last.seq, channels);
  // Before what is said elsewhere: whoever decides is asked first.
  return [...kept, ...card, ...older, ...current, ...told];
}

/** What is withheld is decided in the officer's channel, each round of it. */
function keptPosts(
  before: Disclosure | null,
  after: Disclosure,
  because: number,
  channels: readonly ChannelRow[],
): readonly NewPost[] {
  const { ref } = after;
  const kept = [before, after].flatMap((one) => (one?.terms.withhold ? [one.round] : []));
  return [...new Set(kept)].flatMap((round) =>
    channelPosts(
      { kind: 'proposal', ref, number: round, officer: true },
      `${decisionKey(ref, round, because)}:officer`,
      channels,
      'officer',
    ),
  );
}

/** The head card and the decision's card as they are now; `because` makes their keys one with what changed them. */
export function cardPosts(
  { ref, round }: Disclosure,
  because: string,
  channels: readonly ChannelRow[],
): readonly [readonly NewPost[], readonly NewPost[]] {
  return [
    channelPosts({ kind: 'card', ref }, `${ref}:${because}:card`, channels, 'cases'),
    channelPosts(decision(ref, round), decisionKey(ref, round, because), channels, 'cases'),
  ];
}

/** The cards a late click was made on, once more: the one shown then, and the present ones. */
export function refreshPosts(
  disclosure: Disclosure,
  shown: number,
  channels: readonly ChannelRow[],
): readonly NewPost[] {
  const { ref, version } = disclosure;
  const because = `${version}:late`;
  const late = channelPosts(decision(ref, shown), decisionKey(ref, shown, because), channels, 'cases');
  return [...cardPosts(disclosure, because, channels).flat(), ...late];
}

const earlierThan = (round: number): number[] => Array.from({ length: round - 1 }, (_, index) => index + 1);

const decision = (ref: string, round: number): Effect => ({ kind: 'proposal', ref, number: round });
const decisionKey = (ref: string, round: number, because: string | number): string =>
  `${ref}:${because}:decision-${round}`;
