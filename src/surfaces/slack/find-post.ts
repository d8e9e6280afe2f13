/**
 * Looking for what an earlier attempt may have posted. Slack has no idempotency key, so a message carries its delivery key in
 * its metadata, and a file in its title. Must not know: what a card says, when posts are due.
 */
import { createHash } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { DeliveryFailure } from '../../chat/surface.js';
import type { MessageRef } from '../../vocabulary/values.js';
import { withOutcome } from '../common/failures.js';
import { failureOf, platformCode } from './failures.js';

/** Names our metadata among other apps'. */
export const DELIVERY = 'ombud_delivery';
/** How far back an earlier attempt is looked for: 10 pages of 200 messages. */
const PAGES = 10;
const PAGE = 200;
/** Well inside the outbox's lease of 60 s: whoever looks for longer may no longer be the one to post. */
const LOOK_MS = 30_000;

/** A channel or direct conversation of Slack's, and the thread in it. */
export type Conversation = { readonly channel: string; readonly thread: string | null };

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

/** What a posted card carries. */
export const deliveryMetadata = (key: string, place: string) => ({
  event_type: DELIVERY,
  event_payload: { key, place },
});

export const carriesKey =
  (key: string) =>
  ({ metadata }: Found): boolean =>
    metadata?.event_type === DELIVERY && metadata.event_payload.key === key;

/** A file's message takes no metadata: its title says which post it is. */
export const fileTitle = (name: string, key: string): string =>
  `${name} · post ${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;

export const hasFileTitled =
  (title: string) =>
  ({ files }: Found): boolean =>
    files.some((file) => file.title === title);

/**
 * The message an earlier attempt made, or null. Throws DeliveryFailure, `sent: 'perhaps'`: while Slack does not let us look,
 * the outcome stays unknown.
 */
export async function findPost(
  client: webApi.WebClient,
  where: Conversation,
  isIt: (message: Found) => boolean,
): Promise<MessageRef | null> {
  try {
    return await findIn(client, where, isIt).catch((error: unknown) => {
      if (platformCode(error) !== 'thread_not_found') throw error;
      // What was posted under a card that is gone stands in the channel itself.
      return findIn(client, { ...where, thread: null }, isIt);
    });
  } catch (error) {
    const failure = failureOf(error, 'looking for an earlier attempt');
    throw withOutcome(failure, { retryable: true, sent: 'perhaps' });
  }
}

async function findIn(
  client: webApi.WebClient,
  { channel, thread }: Conversation,
  isIt: (message: Found) => boolean,
): Promise<MessageRef | null> {
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
