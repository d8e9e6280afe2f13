/**
 * Posting, editing and uploading: one attempt each, under a nonce made of the delivery key; where an earlier attempt may
 * have gone through, the message is looked for first. Must not know: interactions, what a card says.
 */
import { type APIDMChannel, type APIMessage, type REST, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { type Card, card } from '../../chat/card.js';
import { DeliveryFailure, type Place, type Surface, type UploadFile } from '../../chat/surface.js';
import { idOn } from '../../vocabulary/accounts.js';
import type { MessageRef } from '../../vocabulary/values.js';
import { withOutcome } from '../common/failures.js';
import { limited } from './api.js';
import { type EmbedBody, renderEmbed } from './embed.js';
import { codeOf, failureOf, isRefusal, ThreadLocked, takesNoMessages } from './failures.js';
import { findPost, type Signs, signsOf } from './find-post.js';
import type { FollowUps } from './follow-ups.js';
import { CODES, FILE_BYTES_MAX } from './limits.js';
import type { Options } from './message-parts.js';
import { type MessageBody, renderMessage } from './render.js';
import { USER_ID } from './text.js';
import type { Threads } from './threads.js';

/** Cards of before that are still edited. */
const OLDER_MAX = 10_000;

export type Delivery = Pick<Surface, 'post' | 'edit' | 'upload'>;

type Discord = {
  /** Without retries of its own, and refusing to wait long (api.ts). */
  readonly rest: REST;
  readonly threads: Threads;
  readonly followUps: FollowUps;
  /** Channels the desk posts to that were found deleted. */
  readonly missing: Set<string>;
  /** Messages known to be of the kind from before Components V2. */
  readonly older: LRUCache<string, true>;
  /** The server a channel is in. */
  readonly guildOf: NonNullable<Options['guildOf']>;
  /** The bot's own user id. */
  readonly self: string;
  readonly log: Logger;
};

/** What is sent in one attempt: a body under a nonce, and its files. */
type Message = {
  readonly body: MessageBody | EmbedBody;
  readonly signs: Signs;
  readonly files?: { data: Buffer; name: string; contentType: string }[];
};

export function createDelivery(given: Omit<Discord, 'older'>): Delivery {
  const discord: Discord = { ...given, older: new LRUCache({ max: OLDER_MAX }) };
  return {
    post: (place, card, key, retry) => failing(discord, place, () => post(discord, place, card, key, retry)),
    edit: (message, place, card, key, retry) =>
      failing(discord, place, () => edit(discord, message, place, card, key, retry)),
    upload: (place, file, key, retry) =>
      failing(discord, place, () => upload(discord, place, file, key, retry)),
  };
}

async function post(
  discord: Discord,
  place: Place,
  card: Card,
  key: string,
  retry: boolean,
): Promise<MessageRef> {
  const signs = signsOf(key);
  const message = await sendOnce(
    discord,
    place,
    { body: renderMessage(card, { ...signs, guildOf: discord.guildOf }), signs },
    retry,
  );
  if (place.kind === 'channel' && place.opens !== undefined)
    await openThread(discord, message, place.opens, card, signs);
  return message;
}

/** Told once, however many posts were meant for it. */
function noteMissing({ missing, log }: Discord, place: Place): void {
  if (place.kind === 'person' || missing.has(place.channel)) return;
  missing.add(place.channel);
  log.error({ channel: place.channel }, 'a channel of the desk is gone: in another one, /desk channel use:…');
}

async function edit(
  discord: Discord,
  message: MessageRef,
  place: Place,
  card: Card,
  key: string,
  retry: boolean,
): Promise<MessageRef> {
  const thread = card.ref === null ? null : discord.threads.linked(message.channel, card.ref);
  try {
    await patch(discord, message, card, { thread });
    return message;
  } catch (error) {
    const gone =
      codeOf(error) === CODES.unknownMessage || (await isGone(discord, error, place, message.channel));
    if (!gone) throw error;
    return post(discord, place, card, key, retry);
  }
}

async function upload(
  discord: Discord,
  place: Place,
  file: UploadFile,
  key: string,
  retry: boolean,
): Promise<MessageRef> {
  if (file.bytes.byteLength > FILE_BYTES_MAX)
    throw new DeliveryFailure(`${file.name} is larger than Discord takes`, { retryable: false, sent: 'no' });
  const signs = signsOf(key);
  const data = { data: Buffer.from(file.bytes), name: file.name, contentType: file.type };
  const shown = card(file.name, 'neutral', []);
  const message = { body: renderEmbed(shown, signs), signs, files: [data] };
  return sendOnce(discord, place, message, retry).catch(async (error: unknown) => {
    // Where no direct message is taken, a file still has a way: under what the person asked last, for them alone.
    const user = takesNoMessages(error) ? userOf(place) : null;
    const sent = user === null ? null : await discord.followUps.send(user, renderEmbed(shown), [data]);
    if (sent === null) throw error;
    return sent;
  });
}

const userOf = (place: Place): string | null =>
  place.kind === 'person' ? idOn('discord', place.accounts, USER_ID) : null;

/** In the channel or the case's thread; where that thread is gone or locked, in another one. */
async function sendOnce(
  discord: Discord,
  place: Place,
  message: Message,
  retry: boolean,
): Promise<MessageRef> {
  const send = async (channel: string): Promise<MessageRef> => {
    const before = retry ? await findPost(discord.rest, channel, discord.self, message.signs) : null;
    return before ?? sendTo(discord, channel, message);
  };
  const channel = await channelOf(discord, place);
  try {
    return await send(channel);
  } catch (error) {
    if (!(await isGone(discord, error, place, channel))) throw error;
    discord.log.warn({ thread: channel }, 'the thread of a case is gone or locked');
    discord.threads.forget(channel);
    return await send(await channelOf(discord, place));
  }
}

async function sendTo(
  discord: Discord,
  channel: string,
  { body, signs, files = [] }: Message,
): Promise<MessageRef> {
  const sent = (await reopening(discord, channel, () =>
    discord.rest.post(Routes.channelMessages(channel), {
      body: { ...body, nonce: signs.nonce, enforce_nonce: true },
      ...(files.length === 0 ? {} : { files }),
      ...limited(),
    }),
  )) as APIMessage;
  return { channel, id: sent.id };
}

/** A message keeps the kind it was posted as: what Discord does not take as components is tried as an embed, and remembered. */
async function patch(
  discord: Discord,
  { channel, id }: MessageRef,
  card: Card,
  options: Options,
): Promise<void> {
  const { older, guildOf } = discord;
  const change = (body: object): Promise<unknown> =>
    reopening(discord, channel, () =>
      discord.rest.patch(Routes.channelMessage(channel, id), { body, ...limited() }),
    );
  if (!older.has(id))
    try {
      const { components, allowed_mentions } = renderMessage(card, { ...options, guildOf });
      await change({ components, allowed_mentions });
      return;
    } catch (error) {
      if (codeOf(error) !== CODES.invalidForm) throw error;
    }
  await change(renderEmbed(card, options));
  older.set(id, true);
}

/** The channel that is posted to, which for a thread is the thread. */
async function channelOf(discord: Discord, place: Place): Promise<string> {
  switch (place.kind) {
    case 'channel':
      return place.channel;
    case 'thread':
      return threadOf(discord, place);
    case 'person': {
      const user = userOf(place);
      if (user === null)
        throw new DeliveryFailure('the person has no Discord account', { retryable: false, sent: 'no' });
      const opened = await discord.rest.post(Routes.userChannels(), {
        body: { recipient_id: user },
        ...limited(),
      });
      return (opened as APIDMChannel).id;
    }
    default:
      return place satisfies never;
  }
}

/** Where somebody deleted the card, what would be said in its thread is said in the channel. */
async function threadOf(discord: Discord, place: Extract<Place, { kind: 'thread' }>): Promise<string> {
  try {
    return await discord.threads.open(place.parent, place.ref);
  } catch (error) {
    if (codeOf(error) !== CODES.unknownMessage) throw error;
    discord.log.warn({ channel: place.channel }, 'the card of a case is gone from its channel');
    return place.channel;
  }
}

/**
 * Whether the thread something was tried in is gone for us: deleted, locked by a moderator, or a private one the bot was
 * removed from. Nothing was done there, and what is said of a case must be read and answered all the same.
 */
async function isGone(discord: Discord, error: unknown, place: Place, thread: string): Promise<boolean> {
  const code = codeOf(error);
  if (place.kind !== 'thread' || thread === place.channel) return false;
  if (code === CODES.unknownChannel || code === CODES.threadLocked || error instanceof ThreadLocked)
    return true;
  if (code !== CODES.missingAccess || thread === place.parent.id) return false;
  // Where the whole channel is closed to the bot, its threads are there again with it.
  return await discord.rest.get(Routes.channel(place.channel), limited()).then(
    () => true,
    () => false,
  );
}

/** Archived threads take neither messages nor edits. */
async function reopening<T>({ threads }: Discord, channel: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) !== CODES.threadArchived) throw error;
    await threads.reopen(channel).catch((refused: unknown) => {
      if (!isRefusal(refused)) throw refused;
      throw new ThreadLocked('the thread is locked', { cause: refused });
    });
    return await work();
  }
}

/**
 * Opens the thread with the card, so that one can talk there at once. Where that is refused, a later post opens it; where
 * it failed, the post is tried again, which finds the card and opens its thread.
 */
async function openThread(
  discord: Discord,
  parent: MessageRef,
  ref: string,
  card: Card,
  signs: Signs,
): Promise<void> {
  try {
    await discord.threads.open(parent, ref);
    const thread = discord.threads.linked(parent.channel, ref);
    // Until the post is marked as sent it is found by its signs.
    if (thread !== null) await patch(discord, parent, card, { ...signs, thread });
  } catch (error) {
    discord.log.warn({ ref, code: codeOf(error) }, 'the thread of a card could not be opened yet');
    if (!isRefusal(error)) throw withOutcome(failureOf(error), { retryable: true, sent: 'perhaps' });
  }
}

async function failing<T>(discord: Discord, place: Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === CODES.unknownChannel) noteMissing(discord, place);
    throw failureOf(error);
  }
}
