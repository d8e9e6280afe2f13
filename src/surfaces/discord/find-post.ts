/**
 * Looking for what an earlier attempt may have posted: Discord knows a nonce for some minutes, and our mark stays in the
 * message. Must not know: what a card says, when posts are due.
 */
import { createHash } from 'node:crypto';
import { type APIMessage, type REST, Routes } from 'discord.js';
import type { MessageRef } from '../../vocabulary/values.js';
import { limited } from './api.js';
import { hasMark } from './custom-id.js';
import { MESSAGES_PAGE_MAX, NONCE_MAX } from './limits.js';
import { markWords } from './message-parts.js';

/** How far back an uncertain post is looked for: pages of a hundred. */
const LOOK_BACK_PAGES = 5;
const MARK_LENGTH = 8;

export type Signs = { readonly nonce: string; readonly mark: string };

/** A delivery key's two signs. */
export function signsOf(key: string): Signs {
  const hash = createHash('sha256').update(key).digest('base64url').replaceAll(/[-_]/g, '0');
  return { nonce: hash.slice(0, NONCE_MAX), mark: hash.slice(0, MARK_LENGTH) };
}

/** The bot's message with these signs in the channel's last five hundred, or null. Throws what Discord answers. */
export async function findPost(
  rest: REST,
  channel: string,
  author: string,
  signs: Signs,
): Promise<MessageRef | null> {
  let before: string | null = null;
  for (let page = 0; page < LOOK_BACK_PAGES; page += 1) {
    const query = new URLSearchParams({
      limit: String(MESSAGES_PAGE_MAX),
      ...(before === null ? {} : { before }),
    });
    const messages = (await rest.get(Routes.channelMessages(channel), {
      query,
      ...limited(),
    })) as readonly APIMessage[];
    const found = messages.find((message) => message.author.id === author && isMarked(message, signs));
    if (found !== undefined) return { channel, id: found.id };
    const last = messages.at(-1);
    if (last === undefined || messages.length < MESSAGES_PAGE_MAX) return null;
    before = last.id;
  }
  return null;
}

/** A fetched message has usually lost its nonce; its buttons and its last line stay. */
function isMarked(message: APIMessage, { nonce, mark }: Signs): boolean {
  if (message.nonce === nonce) return true;
  if (message.embeds.some(({ footer }) => footer?.text.split(' · ').at(-1) === markWords(mark))) return true;
  return carries(message.components ?? [], mark);
}

/** At any depth: a button with the mark, or a text that ends with it. */
function carries(components: readonly object[], mark: string): boolean {
  return components.some((one) => {
    if ('custom_id' in one && typeof one.custom_id === 'string' && hasMark(one.custom_id, mark)) return true;
    if ('content' in one && typeof one.content === 'string' && one.content.endsWith(` ${markWords(mark)}`))
      return true;
    return 'components' in one && Array.isArray(one.components) && carries(one.components, mark);
  });
}
