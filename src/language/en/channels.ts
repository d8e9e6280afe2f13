/** What is said of channels that posts do not arrive in, in English. Must not know: any platform. */
import type { CHANNEL_USES, ChannelLoss } from '../../domain/house.js';
import { commas } from './lists.js';

type Use = (typeof CHANNEL_USES)[number];

const LOST: Readonly<Record<ChannelLoss, string>> = {
  deleted: 'was deleted',
  archived: 'was archived',
  closed: 'does not take what the desk posts',
};

/** Continues the name of the channel. */
export const lostWords = (why: ChannelLoss, uses: readonly Use[]): string =>
  `${LOST[why]}. It gets: ${commas(uses)}. Nothing of that arrives until this is mended.`;

export function lostRemedy(why: ChannelLoss, uses: readonly Use[]): string {
  const bind = uses.map((use) => `/desk channel use:${use}`).join(' and ');
  const first = {
    deleted: '',
    archived: 'Unarchive it, or: ',
    closed: 'Invite the desk’s account there and let it post, or: ',
  }[why];
  return `→ ${first}${first === '' ? 'In' : 'in'} another channel: ${bind}. What was given up goes then with /desk doctor send_again:yes`;
}
