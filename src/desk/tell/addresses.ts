import type { ChannelRow, ChannelUse, NewPost, StaffRow } from '../../record/rows.js';
import { surfaceOf } from '../../vocabulary/accounts.js';
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
