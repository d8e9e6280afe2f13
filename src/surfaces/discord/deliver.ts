/**
 * Posting, editing and uploading: one attempt each, under a nonce made of the delivery key; where an earlier attempt may
 * have gone through, the message is looked for first. Must not know: interactions, what a card says.
 */
import { createHash } from 'node:crypto';
import { type APIDMChannel, type APIMessage, ComponentType, type REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { type Card, card } from '../../chat/card.js';
import { DeliveryFailure, type Place, type Surface } from '../../chat/surface.js';
import type { MessageRef } from '../../vocabulary/values.js';
import { limited } from './api.js';
import { hasMark } from './custom-id.js';
import { codeOf, failureOf, isRefusal } from './failures.js';
import { CODES, FILE_BYTES_MAX, MESSAGES_PAGE_MAX, NONCE_MAX } from './limits.js';
import { type MessageBody, markWords, renderMessage } from './render.js';
import type { Threads } from './threads.js';

/** How far back an uncertain post is looked for: pages of a hundred. */
const LOOK_BACK_PAGES = 5;
const MARK_LENGTH = 8;

export type Delivery = Pick<Surface, 'post' | 'edit' | 'upload'>;

export function createDelivery(deps: {
  /** Without retries of its own, and refusing to wait long (rest.ts). */
  readonly rest: REST;
  readonly threads: Threads;
  readonly self: () => string;
  readonly log: Logger;
}): Delivery {
  const { rest, threads, log } = deps;

  /** The channel that is posted to, which for a thread is the thread. */
  async function channelOf(place: Place): Promise<string> {
    switch (place.kind) {
      case 'channel':
        return place.channel;
      case 'thread':
        return threadOr(place.channel, () => threads.open(place.parent, place.ref));
      case 'person': {
        const user = place.accounts.flatMap((each) => /^discord:(\d+)$/.exec(each)?.[1] ?? [])[0];
        if (user === undefined)
          throw new DeliveryFailure('the person has no Discord account', { retryable: false, sent: 'no' });
        const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: user }, ...limited() });
        return (opened as APIDMChannel).id;
      }
      default:
        return place satisfies never;
    }
  }

  /** Somebody deleted the card: what would be said in its thread is said in the channel. */
  async function threadOr(channel: string, open: () => Promise<string>): Promise<string> {
    try {
      return await open();
    } catch (error) {
      if (codeOf(error) !== CODES.unknownMessage) throw error;
      log.warn({ channel }, 'the card of a case is gone from its channel');
      return channel;
    }
  }

  /**
   * Whether the thread something was tried in is gone for us: deleted, or a private one the bot was removed from. Nothing
   * was done there, and nobody can put it right.
   */
  async function isGone(error: unknown, place: Place, thread: string): Promise<boolean> {
    const code = codeOf(error);
    if (place.kind !== 'thread' || thread === place.channel) return false;
    if (code === CODES.unknownChannel) return true;
    if (code !== CODES.missingAccess || thread === place.parent.id) return false;
    // Where the whole channel is closed to the bot, its threads are there again with it.
    return await rest.get(Routes.channel(place.channel), limited()).then(
      () => true,
      () => false,
    );
  }

  /** In the case's thread, or where that is gone in another one. */
  async function at<T>(place: Place, work: (channel: string) => Promise<T>): Promise<T> {
    const channel = await channelOf(place);
    try {
      return await work(channel);
    } catch (error) {
      if (!(await isGone(error, place, channel))) throw error;
      log.warn({ thread: channel }, 'the thread of a case is gone');
      threads.forget(channel);
      return await work(await channelOf(place));
    }
  }

  /** Archived threads take neither messages nor edits. */
  async function reopening<T>(channel: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) !== CODES.threadArchived) throw error;
      await reopen(channel);
      return await work();
    }
  }

  /** A locked thread stays locked: one case's post must not keep a channel's others waiting for it. */
  async function reopen(thread: string): Promise<void> {
    await threads.reopen(thread).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      throw new DeliveryFailure('the thread is locked', { retryable: false, sent: 'no', cause: error });
    });
  }

  async function find(channel: string, signs: Signs): Promise<MessageRef | null> {
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
      const found = messages.find((message) => message.author.id === deps.self() && isMarked(message, signs));
      if (found !== undefined) return { channel, id: found.id };
      const last = messages.at(-1);
      if (last === undefined || messages.length < MESSAGES_PAGE_MAX) return null;
      before = last.id;
    }
    return null;
  }

  async function send(
    channel: string,
    body: MessageBody,
    nonce: string,
    files: readonly { data: Buffer; name: string; contentType: string }[] = [],
  ): Promise<MessageRef> {
    const sent = (await reopening(channel, () =>
      rest.post(Routes.channelMessages(channel), {
        body: { ...body, nonce, enforce_nonce: true },
        ...(files.length === 0 ? {} : { files: [...files] }),
        ...limited(),
      }),
    )) as APIMessage;
    return { channel, id: sent.id };
  }

  /** Opens the thread with the card, so that one can talk there at once; a later post opens it if this fails. */
  async function openThread(parent: MessageRef, ref: string, card: Card, signs: Signs): Promise<void> {
    try {
      await threads.open(parent, ref);
      const thread = threads.linked(parent.channel, ref);
      // Until the post is marked as sent it is found by its signs.
      if (thread !== null) await patch(parent, renderMessage(card, { ...signs, thread }));
    } catch (error) {
      log.warn({ ref, code: codeOf(error) }, 'the thread of a card could not be opened yet');
    }
  }

  async function patch({ channel, id }: MessageRef, body: MessageBody): Promise<void> {
    await reopening(channel, () => rest.patch(Routes.channelMessage(channel, id), { body, ...limited() }));
  }

  async function post(place: Place, card: Card, key: string, retry: boolean): Promise<MessageRef> {
    const signs = signsOf(key);
    const message = await at(place, async (channel) => {
      const before = retry ? await find(channel, signs) : null;
      return before ?? (await send(channel, renderMessage(card, signs), signs.nonce));
    });
    if (place.kind === 'channel' && place.opens !== undefined)
      await openThread(message, place.opens, card, signs);
    return message;
  }

  return {
    post: (...given) => failing(() => post(...given)),
    edit: (message, place, card, key) =>
      failing(async () => {
        const thread = card.ref === null ? null : threads.linked(message.channel, card.ref);
        try {
          await patch(message, renderMessage(card, { thread }));
          return message;
        } catch (error) {
          const away =
            codeOf(error) === CODES.unknownMessage || (await isGone(error, place, message.channel));
          if (!away) throw error;
          return post(place, card, key, true);
        }
      }),
    upload: (place, file, key) =>
      failing(async () => {
        if (file.bytes.byteLength > FILE_BYTES_MAX)
          throw new DeliveryFailure(`${file.name} is larger than Discord takes`, {
            retryable: false,
            sent: 'no',
          });
        const signs = signsOf(key);
        const data = { data: Buffer.from(file.bytes), name: file.name, contentType: file.type };
        const body = renderMessage(card(file.name, 'neutral', []), signs);
        // The port does not say whether this is a second attempt; files are rare enough to look every time.
        return at(
          place,
          async (channel) => (await find(channel, signs)) ?? send(channel, body, signs.nonce, [data]),
        );
      }),
  };
}

type Signs = { readonly nonce: string; readonly mark: string };

/** A delivery key's two signs: Discord itself knows the nonce again for some minutes, the mark stays in the message. */
export function signsOf(key: string): Signs {
  const hash = createHash('sha256').update(key).digest('base64url').replaceAll(/[-_]/g, '0');
  return { nonce: hash.slice(0, NONCE_MAX), mark: hash.slice(0, MARK_LENGTH) };
}

/** A fetched message has usually lost its nonce; its buttons and footer stay. */
function isMarked(message: APIMessage, { nonce, mark }: Signs): boolean {
  if (message.nonce === nonce) return true;
  if (message.embeds.some(({ footer }) => footer?.text.split(' · ').at(-1) === markWords(mark))) return true;
  return (message.components ?? []).some(
    (row) =>
      row.type === ComponentType.ActionRow &&
      row.components.some((one) => 'custom_id' in one && hasMark(one.custom_id, mark)),
  );
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failureOf(error);
  }
}
