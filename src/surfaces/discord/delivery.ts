/**
 * Posting, editing and uploading: one attempt each, under a nonce made of the delivery key; where an earlier attempt may
 * have gone through, the message is looked for first. Must not know: interactions, what a card says.
 */
import { createHash } from 'node:crypto';
import { type APIDMChannel, type APIMessage, ComponentType, type REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { card } from '../../desk/cards/words.js';
import { type Card, DeliveryFailure, type MessageRef, type Place, type Surface } from '../../desk/surface.js';
import { hasMark } from './custom-id.js';
import { codeOf, failureOf } from './failures.js';
import { CODES, FILE_BYTES_MAX, MESSAGES_PAGE_MAX, NONCE_MAX } from './limits.js';
import { type MessageBody, markWords, renderMessage } from './render.js';
import type { Threads } from './threads.js';

/** A whole request, with its answer's body; discord.js's own limit ends with the headers. */
const REQUEST_MS = 20_000;
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

  /** Archived threads take neither messages nor edits. */
  async function reopening<T>(channel: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) !== CODES.threadArchived) throw error;
      await threads.reopen(channel);
      return await work();
    }
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
  async function openThread(parent: MessageRef, ref: string, card: Card): Promise<void> {
    try {
      await threads.open(parent, ref);
      const thread = threads.linked(parent.channel, ref);
      if (thread !== null) await patch(parent, renderMessage(card, { thread }));
    } catch (error) {
      log.warn({ ref, code: codeOf(error) }, 'the thread of a card could not be opened yet');
    }
  }

  async function patch({ channel, id }: MessageRef, body: MessageBody): Promise<void> {
    await reopening(channel, () => rest.patch(Routes.channelMessage(channel, id), { body, ...limited() }));
  }

  async function post(place: Place, card: Card, key: string, retry: boolean): Promise<MessageRef> {
    const signs = signsOf(key);
    const channel = await channelOf(place);
    const before = retry ? await find(channel, signs) : null;
    const message = before ?? (await send(channel, renderMessage(card, signs), signs.nonce));
    if (place.kind === 'channel' && place.opens !== undefined) await openThread(message, place.opens, card);
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
          if (codeOf(error) !== CODES.unknownMessage) throw error;
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
        const channel = await channelOf(place);
        // The port does not say whether this is a second attempt; files are rare enough to look every time.
        const before = await find(channel, signs);
        if (before !== null) return before;
        const data = { data: Buffer.from(file.bytes), name: file.name, contentType: file.type };
        return send(channel, renderMessage(card(file.name, 'neutral', []), signs), signs.nonce, [data]);
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

const limited = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(REQUEST_MS) });

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failureOf(error);
  }
}
