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
    .replaceAll(/<((?:https?|mailto):[^|>]*)(?:\|([^>]*))?>/g, (_, link: string, shown?: string) =>
      link.startsWith('mailto:') ? (shown ?? link.slice('mailto:'.length)) : link,
    )
    .replaceAll(/<#(\w+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `#${name || id}`)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
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
