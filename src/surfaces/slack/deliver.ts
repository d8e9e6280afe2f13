/**
 * Posting, editing and uploading for the outbox: one attempt each. Slack has no idempotency key, so every post carries its
 * delivery key in its metadata, and an attempt of unknown outcome looks for that key before anything is sent again.
 * Must not know: what a card says, when posts are due.
 */
import { createHash } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { DeliveryFailure, type Place, type Surface } from '../../chat/surface.js';
import type { MessageRef } from '../../vocabulary/values.js';
import { failureOf, platformCode } from './api.js';
import { LITERAL, renderMessage } from './render.js';

/** Names our metadata among other apps'. */
export const DELIVERY = 'ombud_delivery';
/** How far back an earlier attempt is looked for: 10 pages of 200 messages. */
const PAGES = 10;
const PAGE = 200;
/** Well inside the outbox's lease of 60 s: whoever looks for longer may no longer be the one to post. */
const LOOK_MS = 30_000;

const history = z.looseObject({
  messages: z
    .array(
      z.looseObject({
        ts: z.string(),
        files: z.array(z.looseObject({ title: z.string().nullish() })).default([]),
        metadata: z
          .looseObject({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
          .optional(),
      }),
    )
    .default([]),
  response_metadata: z.looseObject({ next_cursor: z.string().optional() }).optional(),
});

type Found = z.infer<typeof history>['messages'][number];

/** Where in Slack a place is. */
type Spot = { readonly channel: string; readonly thread: string | null };

export function createDelivery(
  client: webApi.WebClient,
  fetchFn: webApi.FetchFunction,
): Pick<Surface, 'post' | 'edit' | 'upload'> {
  const direct = new Map<string, string>();

  async function spotOf(place: Place): Promise<Spot> {
    switch (place.kind) {
      case 'channel':
        return { channel: place.channel, thread: null };
      case 'thread':
        return { channel: place.parent.channel, thread: place.parent.id };
      case 'person':
        return { channel: await directChannel(place.person, place.accounts), thread: null };
      default:
        return place satisfies never;
    }
  }

  async function directChannel(person: string, accounts: readonly string[]): Promise<string> {
    const user = accounts.find((each) => each.startsWith('slack:'))?.slice('slack:'.length);
    if (user === undefined)
      throw new DeliveryFailure(`@${person} has no Slack account`, { retryable: false, sent: 'no' });
    const known = direct.get(user);
    if (known !== undefined) return known;
    // Nothing is posted by opening: a failure here is never a post of unknown outcome.
    const opened = await client.conversations.open({ users: user }).catch((error: unknown) => {
      const { message, retryable, retryAfterSeconds } = failureOf(error, 'conversations.open');
      throw new DeliveryFailure(message, {
        retryable,
        sent: 'no',
        cause: error,
        ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
      });
    });
    const channel = opened.channel?.id;
    if (channel === undefined)
      throw new DeliveryFailure('conversations.open gave no channel', { retryable: true, sent: 'no' });
    direct.set(user, channel);
    return channel;
  }

  /** The message an earlier attempt made, or null. What is posted under a card that is gone stands in the channel itself. */
  async function posted(spot: Spot, isIt: (message: Found) => boolean): Promise<MessageRef | null> {
    try {
      return await postedIn(spot, isIt);
    } catch (error) {
      if (platformCode(error) !== 'thread_not_found') throw error;
      return postedIn({ ...spot, thread: null }, isIt);
    }
  }

  async function postedIn({ channel, thread }: Spot, isIt: (message: Found) => boolean) {
    const until = performance.now() + LOOK_MS;
    let cursor: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const asked = {
        channel,
        limit: PAGE,
        include_all_metadata: true,
        ...(cursor === undefined ? {} : { cursor }),
      };
      const answer = history.parse(
        thread === null
          ? await client.conversations.history(asked)
          : await client.conversations.replies({ ...asked, ts: thread }),
      );
      const found = answer.messages.find(isIt);
      if (found !== undefined) return { channel, id: found.ts };
      cursor = answer.response_metadata?.next_cursor;
      if (cursor === undefined || cursor === '') return null;
      if (performance.now() > until)
        throw new DeliveryFailure('Slack takes too long to look through', {
          retryable: true,
          sent: 'perhaps',
        });
    }
    return null;
  }

  /** As `posted`; while Slack does not let us look, the outcome stays unknown. */
  const earlier: typeof posted = (spot, isIt) =>
    posted(spot, isIt).catch((error: unknown) => {
      const { message, retryAfterSeconds } = failureOf(error, 'looking for an earlier attempt');
      throw new DeliveryFailure(message, {
        retryable: true,
        sent: 'perhaps',
        cause: error,
        ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
      });
    });

  async function send(spot: Spot, place: Place, message: ReturnType<typeof renderMessage>, key: string) {
    const answer = await client.chat.postMessage({
      channel: spot.channel,
      ...(spot.thread === null ? {} : { thread_ts: spot.thread }),
      ...message,
      ...LITERAL,
      metadata: { event_type: DELIVERY, event_payload: { key, place: place.kind } },
    });
    if (answer.ts === undefined || answer.channel === undefined)
      throw new DeliveryFailure('chat.postMessage gave no message', { retryable: true, sent: 'perhaps' });
    return { channel: answer.channel, id: answer.ts };
  }

  const post: Surface['post'] = async (place, card, key, retry) => {
    const spot = await spotOf(place);
    if (retry) {
      const found = await earlier(
        spot,
        ({ metadata }) => metadata?.event_type === DELIVERY && metadata.event_payload.key === key,
      );
      if (found !== null) return found;
    }
    return send(spot, place, renderMessage(card), key).catch((error: unknown) => {
      throw failureOf(error, 'chat.postMessage');
    });
  };

  return {
    post,

    // Editing twice is editing once: a retry needs no looking, but for the card that had to be posted anew.
    edit: async (message, place, card, key) => {
      const { text, blocks } = renderMessage(card);
      try {
        await client.chat.update({
          channel: message.channel,
          ts: message.id,
          text,
          blocks,
          parse: 'none',
          link_names: false,
        });
        return message;
      } catch (error) {
        if (platformCode(error) === 'message_not_found') return post(place, card, key, true);
        throw failureOf(error, 'chat.update');
      }
    },

    upload: async (place, file, key) => {
      const spot = await spotOf(place);
      const title = `${file.name} · post ${markOf(key)}`;
      // A file's message takes no metadata, and the port does not say whether this is a second attempt: files are rare
      // enough to look every time.
      const found = await earlier(spot, ({ files }) => files.some((each) => each.title === title));
      if (found !== null) return found;
      const fileId = await sendBytes(client, fetchFn, file).catch((error: unknown) => {
        // A file that was not completed is shown to nobody, so it can be sent again.
        const { message } = failureOf(error, `the upload of ${file.name}`);
        throw new DeliveryFailure(message, { retryable: true, sent: 'no', cause: error });
      });
      const share = { files: [{ id: fileId, title }] as [{ id: string; title: string }] };
      await client.files
        .completeUploadExternal(
          spot.thread === null
            ? { ...share, channel_id: spot.channel }
            : { ...share, channel_id: spot.channel, thread_ts: spot.thread },
        )
        .catch((error: unknown) => {
          throw failureOf(error, 'files.completeUploadExternal');
        });
      return { channel: spot.channel, id: fileId };
    },
  };
}

/** By which a file's message is found again. */
const markOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

/** The external upload flow, but for its last step. Resolves to the file's id. */
async function sendBytes(
  client: webApi.WebClient,
  fetchFn: webApi.FetchFunction,
  file: Parameters<Surface['upload']>[1],
): Promise<string> {
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: file.name,
    length: file.bytes.byteLength,
  });
  if (url === undefined || id === undefined) throw new Error('files.getUploadURLExternal gave no address');
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
  const sent = await fetchFn(url, { method: 'POST', body: form });
  if (!sent.ok) throw new Error(`the bytes were refused with HTTP ${sent.status}`);
  return id;
}
