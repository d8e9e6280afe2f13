/**
 * Telling one person something, by the first way that works: beside what they pressed, at the payload's response address, or
 * in their direct messages. Must not know: what was asked, modals.
 */
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Answer, Form } from '../../chat/form.js';
import { FORM } from './buttons.js';
import { platformCode } from './failures.js';
import { BUTTON_VALUE } from './limits.js';
import { wordOf } from './log.js';
import { LITERAL, renderMessage } from './render.js';
import type { SlackBlock } from './rows.js';
import { plain } from './text.js';
import { inThread } from './thread-words.js';

/** Longer than Slack waits is too late anyway. */
const RESPOND_MS = 8_000;

export type ResponseApi = {
  /** Gives up soon: a trigger lives 3 s. */
  readonly quick: webApi.WebClient;
  readonly fetch: webApi.FetchFunction;
  readonly log: Logger;
};

/** Where somebody is to be told something. */
export type PrivatePlace = {
  readonly user: string;
  /** Null: a direct conversation, a modal or the home tab. */
  readonly channel: string | null;
  readonly thread: string | null;
  readonly responseUrl: string | null;
};

/** A message for one person. `response_type` is always said: left out, some of these ways would show it to all. */
export function ephemeralMessage(
  answer: Answer,
  thread: string | null = null,
): {
  readonly response_type: 'ephemeral';
  readonly replace_original: false;
  readonly text: string;
  readonly blocks: SlackBlock[];
} {
  const { text, blocks } = renderMessage(thread === null ? answer.card : inThread(answer.card));
  const form = formOfAnswer(answer);
  return {
    response_type: 'ephemeral',
    replace_original: false,
    text,
    blocks: form === null ? blocks : withFormButton(blocks, form),
  };
}

export const formOfAnswer = (answer: Answer): Form | null => (answer.kind === 'error' ? answer.form : null);

/** A form that could not be opened by itself is one press away, with what was typed in it. */
function withFormButton(blocks: SlackBlock[], form: Form): SlackBlock[] {
  const typed = form.fields.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]));
  const value = JSON.stringify({
    command: form.command,
    verb: form.verb,
    shown: form.shown,
    // A form with settled fields goes on asking for the others only.
    asks:
      Object.keys(form.given).length === 0
        ? null
        : form.fields.map(({ name, required }) => (required ? `${name}!` : name)),
    fields: { ...form.given, ...Object.fromEntries(typed) },
  });
  if (value.length > BUTTON_VALUE) return blocks;
  return [
    ...blocks,
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: FORM, style: 'primary', text: plain('Open the form', 75), value },
      ],
    },
  ];
}

/**
 * Throws when no way works. In a thread it is said in the thread, for which Slack documents no response address; in a
 * channel the response address comes first, since it needs nobody to be a member.
 */
export async function tellPrivately(api: ResponseApi, where: PrivatePlace, answer: Answer): Promise<void> {
  const { user, channel, thread, responseUrl } = where;
  const { text, blocks } = ephemeralMessage(answer, thread);
  const beside = (place: string) => () =>
    api.quick.chat.postEphemeral({
      channel: place,
      user,
      text,
      blocks,
      ...(thread === null ? {} : { thread_ts: thread }),
    });
  const inPlace = channel === null ? [] : [beside(channel)];
  const back =
    responseUrl === null ? [] : [() => postToResponseUrl(api, responseUrl, ephemeralMessage(answer))];
  const tries = [
    ...(thread === null ? [...back, ...inPlace] : [...inPlace, ...back]),
    () => sendDirectMessage(api, user, { text, blocks }),
  ];
  let last: unknown = null;
  for (const attempt of tries) {
    try {
      await attempt();
      return;
    } catch (error) {
      last = error;
      const why = platformCode(error) ?? wordOf(error);
      api.log.warn({ from: 'slack', why }, 'a private answer needs another way');
    }
  }
  throw last;
}

async function sendDirectMessage(
  api: ResponseApi,
  user: string,
  said: { text: string; blocks: SlackBlock[] },
) {
  const { channel } = await api.quick.conversations.open({ users: user });
  if (channel?.id === undefined) throw new Error('conversations.open gave no channel');
  await api.quick.chat.postMessage({ channel: channel.id, ...said, ...LITERAL });
}

async function postToResponseUrl(api: ResponseApi, url: string, body: object): Promise<void> {
  const sent = await api.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(RESPOND_MS),
  });
  if (!sent.ok) throw new Error(`the response address answered HTTP ${sent.status}`);
}
