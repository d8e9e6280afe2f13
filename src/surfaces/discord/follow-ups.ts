/**
 * What somebody is shown alone under the command they gave last, while its token lives: the way that is left where they
 * take no direct messages. In memory only, so another instance has none of it. Must not know: what is shown.
 */
import { type APIMessage, MessageFlags, type REST, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { MessageRef } from '../../vocabulary/values.js';
import { limited } from './api.js';
import type { EmbedBody } from './embed.js';
import { codeOf } from './failures.js';
import { CODES, TOKEN_LIFE_MS } from './limits.js';

const PEOPLE_MAX = 500;
/** The token must still live when Discord reads the request. */
const SOONER_MS = 30_000;

export type Attachment = { readonly data: Buffer; readonly name: string; readonly contentType: string };

export type FollowUps = {
  /** This person gave a command, or pressed, or sent a form. */
  readonly note: (user: string, token: string) => void;
  /** Null: there is nothing to put it under. Throws what Discord answers. */
  readonly send: (user: string, body: EmbedBody, files: readonly Attachment[]) => Promise<MessageRef | null>;
};

export function createFollowUps(rest: REST, application: string): FollowUps {
  const tokens = new LRUCache<string, string>({ max: PEOPLE_MAX, ttl: TOKEN_LIFE_MS - SOONER_MS });
  return {
    note: (user, token) => void tokens.set(user, token),
    send: async (user, body, files) => {
      const token = tokens.get(user);
      if (token === undefined) return null;
      try {
        const sent = (await rest.post(Routes.webhook(application, token), {
          body: { ...body, flags: MessageFlags.Ephemeral },
          files: [...files],
          auth: false,
          ...limited(),
        })) as APIMessage;
        return { channel: sent.channel_id, id: sent.id };
      } catch (error) {
        const code = codeOf(error);
        // Ended, or not answered yet: a later attempt finds the next one.
        if (code !== CODES.invalidWebhookToken && code !== CODES.unknownWebhook) throw error;
        return null;
      }
    },
  };
}
