/**
 * A card as Block Kit. Bare strings become `plain_text`, which Slack neither formats nor links; the only `mrkdwn` is the
 * desk's own labels and the mentions of a ping. Must not know: where a card goes, what its buttons do.
 */

import type { types } from '@slack/bolt';
import type { Action, Block, Card, Moment } from '../../chat/card.js';
import { renderPlain } from '../../chat/plain.js';
import { slashLine } from '../../chat/step-line.js';
import { idOn } from '../../vocabulary/accounts.js';
import {
  ACTIONS,
  BLOCKS_TEXT,
  BUTTON_TEXT,
  BUTTON_VALUE,
  CONTEXT_TEXT,
  FIELD_TEXT,
  HEADER_TEXT,
  MESSAGE_BLOCKS,
  MESSAGE_TEXT,
  SECTION_FIELDS,
  SECTION_TEXT,
  VIEW_BLOCKS,
} from './limits.js';
import { cutTail, escaped, fitted, plain } from './text.js';

export type SlackBlock = types.KnownBlock;
export type SlackMessage = { readonly text: string; readonly blocks: SlackBlock[] };

/** What a press means, at the head of its action_id: run it, ask for fields first, or open a whole form. */
export const RUN = 'run';
export const ASK = 'ask';
export const FORM = 'form';

const TONE_MARKS = { neutral: '', good: '🟢 ', warning: '🟠 ', bad: '🔴 ' } as const;
/** Sections a table may fill before its rows are counted instead. */
const TABLE_SECTIONS = 3;
/** Characters for saying that something is left out. */
const LEFT_OUT_TEXT = 200;
/** Mentions in one section: 24 characters each at most. */
const MENTIONS = 100;

/** Nothing we post is to be linked, unfurled or parsed beyond what the blocks say. */
export const LITERAL = {
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;

/** A card as a message: the notification's text, and the blocks people see. */
export function renderMessage(card: Card): SlackMessage {
  return {
    text: fitted(renderPlain(card), MESSAGE_TEXT, cutTail(card.ref)),
    blocks: renderCard(card, MESSAGE_BLOCKS),
  };
}

/** A card as the blocks of a modal. */
export const renderInView = (card: Card): SlackBlock[] => renderCard(card, VIEW_BLOCKS);

function renderCard(card: Card, most: number): SlackBlock[] {
  const tail = cutTail(card.ref);
  const head: SlackBlock = {
    type: 'header',
    text: plain(`${TONE_MARKS[card.tone]}${card.title.replaceAll(/\s+/g, ' ')}`, HEADER_TEXT),
  };
  const body = card.blocks.flatMap((block) => renderBlock(block, tail));
  const end: SlackBlock[] = [
    ...(card.moments.length === 0 ? [] : [momentLine(card.moments)]),
    ...(card.footer === null ? [] : [small(card.footer)]),
    ...(card.actions.length === 0 ? [] : [buttons(card.actions)]),
  ];
  const whole = [head, ...body, ...end];
  if (whole.length <= most && lengthOf(whole) <= BLOCKS_TEXT) return whole;
  // One block and its words are for saying what is left out.
  const room = most - 2 - end.length;
  const words = BLOCKS_TEXT - lengthOf([head, ...end]) - LEFT_OUT_TEXT;
  let shown = 0;
  for (let used = 0; shown < Math.min(room, body.length); shown += 1) {
    used += lengthOf(body.slice(shown, shown + 1));
    if (used > words) break;
  }
  const left = small(`${body.length - shown} parts are left out${tail}`);
  return [head, ...body.slice(0, shown), left, ...end];
}

/** Characters of text in blocks, buttons' labels too. */
function lengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + lengthOf(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === 'text' && typeof inner === 'string' ? inner.length : lengthOf(inner)),
    0,
  );
}

function renderBlock(block: Block, tail: string): SlackBlock[] {
  switch (block.kind) {
    case 'text':
      return block.text.trim() === '' ? [] : [section(plain(block.text, SECTION_TEXT, tail))];
    case 'facts':
      return renderFacts(block.facts, tail);
    case 'bars':
      return [
        section(plain(block.title, SECTION_TEXT, tail)),
        ...renderRows(block.bars.map(([label, count]) => [label, String(count)])),
      ];
    case 'table':
      return renderRows(block.rows);
    case 'next':
      return [section(plain(`→ Next: ${slashLine(block.step)}`, SECTION_TEXT, tail))];
    case 'quote':
      return [section(plain(block.text.replaceAll(/^/gm, '▏ '), SECTION_TEXT, tail))];
    case 'channels':
      return [
        section({ type: 'mrkdwn', text: block.channels.map(channelLine).join('\n').slice(0, SECTION_TEXT) }),
      ];
    case 'ping':
      return renderPing(block);
    default:
      return block satisfies never;
  }
}

/** Label and value side by side, five a section. */
function renderFacts(facts: readonly (readonly [string, string])[], tail: string): SlackBlock[] {
  const sections: SlackBlock[] = [];
  for (let at = 0; at < facts.length; at += SECTION_FIELDS / 2) {
    const fields = facts
      .slice(at, at + SECTION_FIELDS / 2)
      .flatMap(([label, value]) => [
        { type: 'mrkdwn' as const, text: `*${fitted(label, 200)}*` },
        plain(value, FIELD_TEXT, tail),
      ]);
    sections.push({ type: 'section', fields });
  }
  return sections;
}

/** A row a line: columns would break on a telephone. */
function renderRows(rows: readonly (readonly string[])[]): SlackBlock[] {
  const lines = rows.map((row) => `• ${row.filter((cell) => cell.trim() !== '').join(' · ')}`);
  const texts: string[] = [];
  let shown = 0;
  for (const line of lines) {
    const whole = fitted(line, SECTION_TEXT / 2);
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + whole.length <= SECTION_TEXT)
      texts[texts.length - 1] = `${last}\n${whole}`;
    else if (texts.length < TABLE_SECTIONS) texts.push(whole);
    else break;
    shown += 1;
  }
  const sections = texts.map((text) => section({ type: 'plain_text', text, emoji: false }));
  return shown === lines.length ? sections : [...sections, small(`… and ${lines.length - shown} more rows`)];
}

/** The one place a mention comes from: colleagues by their Slack account; by name, literally, where they have none. */
function renderPing({ people, text }: Extract<Block, { kind: 'ping' }>): SlackBlock[] {
  const mentions: string[] = [];
  const names: string[] = [];
  for (const { person, accounts } of people) {
    const user = idOn('slack', accounts, /^[UW][A-Z0-9]+$/);
    if (user === null) names.push(`@${person}`);
    else mentions.push(`<@${user}>`);
  }
  const words = [...names, text].join(' ').trim();
  return [
    ...(mentions.length === 0
      ? []
      : [section({ type: 'mrkdwn', text: mentions.slice(0, MENTIONS).join(' ') })]),
    ...(words === '' ? [] : [section(plain(words, SECTION_TEXT))]),
  ];
}

type ChannelSaid = Extract<Block, { kind: 'channels' }>['channels'][number];

/** A link for whoever may see the channel; Slack says “private channel” to the others. */
function channelLine({ surface, channel, text }: ChannelSaid): string {
  const isOurs = surface === 'slack' && /^[CG][A-Z0-9]+$/.test(channel);
  return `${isOurs ? `<#${channel}>` : escaped(`${surface} ${channel}`)}: ${escaped(text)}`;
}

export const section = (text: types.PlainTextElement | types.MrkdwnElement): SlackBlock => ({
  type: 'section',
  text,
});

export const small = (text: string): SlackBlock => ({
  type: 'context',
  elements: [plain(text, CONTEXT_TEXT)],
});

/**
 * In the reader's own zone and language: Slack writes the dates (https://docs.slack.dev/messaging/formatting-message-text),
 * and the words stand where it cannot.
 */
function momentLine(moments: readonly Moment[]): SlackBlock {
  const dates = moments.map(({ label, at, words }) => {
    const seconds = Math.floor(Date.parse(at) / 1000);
    return `${escaped(label)} <!date^${seconds}^{date_short_pretty} {time}|${escaped(words)}>`;
  });
  return { type: 'context', elements: [{ type: 'mrkdwn', text: `Your time: ${dates.join(' · ')}` }] };
}

function buttons(actions: readonly Action[]): SlackBlock {
  return {
    type: 'actions',
    elements: actions.slice(0, ACTIONS).map((action, index) => button(action, index)),
  };
}

/** The value is the saved invocation; a button that asks first carries the fields' names on a second line. */
export function button(action: Action, index: number): types.Button {
  const { label, style, code, asks } = action;
  return {
    type: 'button',
    text: plain(label, BUTTON_TEXT),
    action_id: `${asks.length === 0 ? RUN : ASK}:${index}`,
    value: valueWithin(asks.length === 0 ? code : `${code}\n${asks.join(',')}`),
    ...(style === 'plain' ? {} : { style }),
  };
}

/** The saved invocation and the fields to ask for, back from a button's value. */
export function pressOf(value: string): { readonly code: string; readonly asks: readonly string[] } {
  const [code = '', asks = ''] = value.split('\n');
  return { code, asks: asks.split(',').filter((name) => name !== '') };
}

/** Throws: a button cut short would mean something else, so it is refused here and not by Slack. */
function valueWithin(value: string): string {
  if (value.length > BUTTON_VALUE)
    throw new Error(`a button's value has more than ${BUTTON_VALUE} characters`);
  return value;
}
