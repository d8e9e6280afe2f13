import type { ChannelRow, ChannelUse, NewPost, StaffRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import { surfaceOf } from '../../vocabulary/accounts.js';
import type { MessageRef } from '../../vocabulary/values.js';
import type { Effect } from './effects.js';

/** One row for every channel bound to this use. */
export function channelPosts(
  effect: Effect,
  key: string,
  channels: readonly ChannelRow[],
  use: ChannelUse,
): readonly NewPost[] {
  return channels
    .filter((channel) => channel.uses.includes(use))
    .map(({ surface, channel }) => {
      const lane = `${surface}:${channel}`;
      return { key: `${key}@${lane}`, surface, effect: { ...effect, at: channel }, lane };
    });
}

/** A private word on each surface the person has an account on and the desk is bound to. */
export function privatePosts(
  effect: Extract<Effect, { kind: 'private' }>,
  member: StaffRow,
  channels: readonly ChannelRow[],
): readonly NewPost[] {
  const bound = new Set(channels.map(({ surface }) => surface));
  const surfaces = new Set(member.accounts.map(surfaceOf).filter((name) => bound.has(name)));
  return [...surfaces].map((surface) => {
    const lane = `${surface}:@${member.person}`;
    return {
      key: `${effect.ref}:${effect.seq}:private@${lane}`,
      surface,
      effect: { ...effect, at: `@${member.person}` },
      lane,
    };
  });
}

/** Under what a head card is remembered in a channel. */
export const cardSlot = (ref: string, surface: string, channel: string): string =>
  `card:${ref}@${surface}:${channel}`;

/** Where the head card of a case or disclosure stands on a surface, to which references lead; null: nowhere. */
export function headCards(
  tx: Pick<Tx, 'message'>,
  channels: readonly ChannelRow[],
  surface: string,
): (ref: string) => Promise<MessageRef | null> {
  const bound = channels.find((one) => one.surface === surface && one.uses.includes('cases'));
  return async (ref) => (bound === undefined ? null : tx.message(cardSlot(ref, surface, bound.channel)));
}

/** Under what a day's digest is remembered in a channel. */
export const digestSlot = (day: string): string => `digest:${day}`;
