/**
 * Whether posts would arrive in a channel: Slack lets only a member read it, and says nothing of it with what it delivers.
 * No scope is needed that the desk has not anyway. Must not know: what the channel is for.
 */
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { type Invocation, type MissingPermissions, NONE_MISSING } from '../../chat/surface.js';
import { platformCode } from './failures.js';
import { wordOf } from './log.js';

/** A private channel is not even found by whoever is not in it. */
const NOT_IN_IT = ['not_in_channel', 'channel_not_found', 'is_archived'];

export type MembershipCheck = (channel: string) => Promise<MissingPermissions>;

export function createMembershipCheck(client: webApi.WebClient, log: Logger): MembershipCheck {
  return async (channel) => {
    try {
      await client.conversations.history({ channel, limit: 1 });
      return NONE_MISSING;
    } catch (error) {
      const code = platformCode(error);
      if (code !== null && NOT_IN_IT.includes(code))
        return { forPosts: ['to be a member of it (/invite @Ombud)'], forThreads: [] };
      // Not known: what is bound all the same is seen by the doctor, if nothing arrives.
      log.warn({ from: 'slack' }, `whether the desk may post could not be asked: ${wordOf(error)}`);
      return NONE_MISSING;
    }
  };
}

/** The one thing that asks for it: binding a channel. Everything else is spared the call. */
export function asksOfItsChannel(ask: Invocation['ask']): boolean {
  switch (ask.kind) {
    case 'line':
      return BINDING.test(ask.line);
    case 'press':
      return BINDING.test(ask.code);
    default:
      return BINDING.test(`${ask.command} ${ask.verb}`);
  }
}
const BINDING = /\bdesk[\s.]+channel\b/i;
