/**
 * Posting, editing and uploading for the outbox: one attempt each, under the delivery key by which it is found again.
 * Must not know: what a card says, when posts are due.
 */
import type { webApi } from '@slack/bolt';
import { type Card, card, text } from '../../chat/card.js';
import { DeliveryFailure, type Place, type Surface, type UploadFile } from '../../chat/surface.js';
import { idOn } from '../../vocabulary/accounts.js';
import type { MessageRef } from '../../vocabulary/values.js';
import { withOutcome } from '../common/failures.js';
import { BytesRefused, failureOf, noFiles, platformCode } from './failures.js';
import {
  type Conversation,
  carriesKey,
  deliveryMetadata,
  fileTitle,
  findPost,
  hasFileTitled,
} from './find-post.js';
import { LITERAL, renderMessage } from './render.js';
import { inThread } from './thread-words.js';

type Delivery = Pick<Surface, 'post' | 'edit' | 'upload'>;

type Slack = {
  readonly client: webApi.WebClient;
  readonly fetch: webApi.FetchFunction;
  /** Direct conversations by the person's id: there is one for each colleague. */
  readonly directChannels: Map<string, string>;
};

export function createDelivery(client: webApi.WebClient, fetch: webApi.FetchFunction): Delivery {
  const slack: Slack = { client, fetch, directChannels: new Map() };
  return {
    post: (place, card, key, retry) => post(slack, place, card, key, retry),
    edit: (message, place, card, key, retry) => edit(slack, message, place, card, key, retry),
    upload: (place, file, key, retry) => upload(slack, place, file, key, retry),
  };
}

async function conversationOf(slack: Slack, place: Place): Promise<Conversation> {
  switch (place.kind) {
    case 'channel':
      return { channel: place.channel, thread: null };
    case 'thread':
      return { channel: place.parent.channel, thread: place.parent.id };
    case 'person':
      return { channel: await directChannel(slack, place.person, place.accounts), thread: null };
    default:
      return place satisfies never;
  }
}

async function directChannel(
  { client, directChannels }: Slack,
  person: string,
  accounts: readonly string[],
): Promise<string> {
  const user = idOn('slack', accounts);
  if (user === null)
    throw new DeliveryFailure(`@${person} has no Slack account`, { retryable: false, sent: 'no' });
  const known = directChannels.get(user);
  if (known !== undefined) return known;
  const opened = await client.conversations.open({ users: user }).catch((error: unknown) => {
    // Nothing is posted by opening: a failure here is never a post of unknown outcome.
    const failure = failureOf(error, 'conversations.open');
    throw withOutcome(failure, { retryable: failure.retryable, sent: 'no' });
  });
  const channel = opened.channel?.id;
  if (channel === undefined)
    throw new DeliveryFailure('conversations.open gave no channel', { retryable: true, sent: 'no' });
  directChannels.set(user, channel);
  return channel;
}

async function post(
  slack: Slack,
  place: Place,
  card: Card,
  key: string,
  retry: boolean,
): Promise<MessageRef> {
  const where = await conversationOf(slack, place);
  const before = retry ? await findPost(slack.client, where, carriesKey(key)) : null;
  if (before !== null) return before;
  const answer = await slack.client.chat
    .postMessage({
      channel: where.channel,
      ...(where.thread === null ? {} : { thread_ts: where.thread }),
      ...renderMessage(where.thread === null ? card : inThread(card)),
      ...LITERAL,
      metadata: deliveryMetadata(key, place.kind),
    })
    .catch((error: unknown) => {
      throw failureOf(error, 'chat.postMessage');
    });
  if (answer.ts === undefined || answer.channel === undefined)
    throw new DeliveryFailure('chat.postMessage gave no message', { retryable: true, sent: 'perhaps' });
  return { channel: answer.channel, id: answer.ts };
}

/** Editing twice is editing once: a retry looks only for the card that had to be posted again. */
async function edit(
  slack: Slack,
  message: MessageRef,
  place: Place,
  card: Card,
  key: string,
  retry: boolean,
): Promise<MessageRef> {
  const { text, blocks } = renderMessage(place.kind === 'thread' ? inThread(card) : card);
  try {
    await slack.client.chat.update({
      channel: message.channel,
      ts: message.id,
      text,
      blocks,
      parse: 'none',
      link_names: false,
    });
    return message;
  } catch (error) {
    if (platformCode(error) === 'message_not_found') return post(slack, place, card, key, retry);
    throw failureOf(error, 'chat.update');
  }
}

async function upload(
  slack: Slack,
  place: Place,
  file: UploadFile,
  key: string,
  retry: boolean,
): Promise<MessageRef> {
  const where = await conversationOf(slack, place);
  const title = fileTitle(file.name, key);
  const before = retry ? await findPost(slack.client, where, hasFileTitled(title)) : null;
  if (before !== null) return before;
  try {
    const id = await sendBytes(slack, file);
    await share(slack, where, { id, title });
    return { channel: where.channel, id };
  } catch (error) {
    const no = noFiles(error);
    // A file that is never taken would hold up everything behind it, and nobody would be told.
    if (no !== null) return post(slack, place, fileNotTaken(file.name, no), key, retry);
    throw failureOf(error, `the upload of ${file.name}`);
  }
}

async function share(
  { client }: Slack,
  { channel, thread }: Conversation,
  file: { readonly id: string; readonly title: string },
): Promise<void> {
  const shared = { files: [file] as [typeof file], channel_id: channel };
  await client.files
    .completeUploadExternal(thread === null ? shared : { ...shared, thread_ts: thread })
    .catch((error: unknown) => {
      if (noFiles(error) !== null) throw error;
      throw failureOf(error, 'files.completeUploadExternal');
    });
}

/** The external upload flow, but for its last step. Resolves to the file's id. */
async function sendBytes({ client, fetch }: Slack, file: UploadFile): Promise<string> {
  try {
    const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
      filename: file.name,
      length: file.bytes.byteLength,
    });
    if (url === undefined || id === undefined) throw new Error('files.getUploadURLExternal gave no address');
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
    const sent = await fetch(url, { method: 'POST', body: form });
    if (!sent.ok) throw new BytesRefused(sent.status);
    return id;
  } catch (error) {
    if (noFiles(error) !== null) throw error;
    // A file that was not completed is shown to nobody, so it can be sent again.
    throw withOutcome(failureOf(error, `the upload of ${file.name}`), { retryable: true, sent: 'no' });
  }
}

/** Instead of the file, in its place: who asked is told, and how else it can be had. */
const fileNotTaken = (name: string, why: string): Card =>
  card('A file could not be sent', 'bad', [
    text(`${name}: Slack takes no file from the desk here (${why}), and it would not take it later.`),
    text(
      '→ A workspace administrator can allow files (Slack’s settings; the scope files:write of the app). Then ask for it again.',
    ),
    text(
      '→ Or ask for it on another platform, or in the terminal of the machine the desk runs on, where it is written to the folder exports.',
    ),
  ]);
