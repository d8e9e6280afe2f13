/**
 * Text as Slack takes it: control characters escaped, too-long text cut visibly. Must not know: cards, blocks.
 */

import type { types } from '@slack/bolt';
import { showLine } from '../common/show-line.js';

/** The three characters that can begin a mention or a link (https://docs.slack.dev/messaging/formatting-message-text). */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What people typed, as Slack delivers it in commands and mentions, back to what they typed; `<@U…>` stays. */
export function unescaped(text: string): string {
  return text
    .replaceAll(/<((?:https?|mailto|tel):[^|>]*)(?:\|([^>]*))?>/g, (_, link: string, shown?: string) =>
      asTyped(link, shown),
    )
    .replaceAll(/<#(\w+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `#${name || id}`)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Slack makes links of addresses, numbers and words with a dot by itself: `ticket-881.md` was typed, not its link. */
function asTyped(link: string, shown: string | undefined): string {
  const bare = link.replace(/^(?:mailto:|tel:|https?:\/\/)/, '');
  if (/^(?:mailto|tel):/.test(link)) return shown ?? bare;
  const isItself = shown !== undefined && (shown === bare || `${shown}/` === bare);
  return isItself ? shown : link;
}

/** `_C-20008_` and `*approve*` are how Slack delivers a formatted word; in the middle of one these are letters. */
const MARKED = /(?<![^\s:：("“])([_*~`])(\S+?)\1(?![^\s.,;:!?)"”])/gu;
/** Bold in italic in code; nobody nests deeper. */
const NESTED = 4;

/** A line to be read as a command: what was typed, without formatting marks around words. */
export function lineOf(text: string): string {
  let line = unescaped(text);
  for (let times = 0; times < NESTED; times += 1) line = line.replaceAll(MARKED, '$2');
  return line.trim();
}

/** What is said to the bot: the text without its mention, or null where it is not mentioned in the text itself. */
export function saidTo(botUser: string, text: string): string | null {
  const mention = new RegExp(`<@${botUser}(?:\\|[^>]*)?>`, 'g');
  return mention.test(text) ? text.replaceAll(mention, ' ') : null;
}

/** Escaped, and cut so that it fits with `tail` behind it; never inside a character or an escape. */
export function fitted(text: string, max: number, tail = ' …'): string {
  const whole = escaped(text);
  if (whole.length <= max) return whole;
  const end = escaped(tail);
  let kept = '';
  for (const char of text) {
    const next = escaped(char);
    if (kept.length + next.length + end.length > max) break;
    kept += next;
  }
  return kept + end;
}

/** Where the whole of something cut can be read. */
export function cutTail(ref: string | null): string {
  if (ref === null) return ' … (cut)';
  return ` … (cut; the rest: ${showLine(ref)})`;
}

/** Literal: nothing in it is formatted, linked or mentioned. Slack refuses an empty text. */
export function plain(text: string, max: number, tail?: string): types.PlainTextElement {
  return { type: 'plain_text', text: fitted(text.trim() === '' ? '–' : text, max, tail), emoji: false };
}

/** The marks of Slack's formatting as letters that look alike: it has no way to escape them. Inside a word they mark nothing. */
const LOOK_ALIKE: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ', ':': '∶' };
const MARKS = /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])|:(?=[\w+-]+:)/gu;

/** For text that stands beside a mention or a link, where Slack reads formatting. */
export const unmarked = (text: string): string => text.replaceAll(MARKS, (mark) => LOOK_ALIKE[mark] ?? mark);
