/**
 * A card as Block Kit. Bare strings become `plain_text`, which Slack neither formats nor links; the only `mrkdwn` is the
 * desk's own labels and the mentions of a ping. Must not know: where a card goes, what its buttons do.
 */

import type { Block, Card, Moment } from '../../chat/card.js';
import { renderPlain } from '../../chat/plain.js';
import { mentionLine, slashLine } from '../../chat/step-line.js';
import { idOn } from '../../vocabulary/accounts.js';
import { buttonRow } from './buttons.js';
import {
  BLOCKS_TEXT,
  HEADER_TEXT,
  MESSAGE_BLOCKS,
  MESSAGE_TEXT,
  SECTION_TEXT,
  VIEW_BLOCKS,
} from './limits.js';
import {
  ANYWHERE,
  factLines,
  lineBlocks,
  type Reading,
  rowBlocks,
  type SlackBlock,
  section,
  small,
  TONE_MARKS,
  tableBlocks,
} from './rows.js';
import { cutTail, escaped, fitted, plain, unmarked } from './text.js';

export type SlackMessage = { readonly text: string; readonly blocks: SlackBlock[] };

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
export function renderMessage(card: Card, reading: Reading = ANYWHERE): SlackMessage {
  return {
    text: fitted(spoken(card, reading), MESSAGE_TEXT, cutTail(card.ref)),
    blocks: renderCard(card, MESSAGE_BLOCKS, reading),
  };
}

/** For a notification and for those who have no blocks: in a thread, its first words are all there is to it. */
function spoken(card: Card, { inThread }: Reading): string {
  if (!inThread) return renderPlain(card);
  const blocks = card.blocks.map(
    (block): Block => (block.kind === 'next' ? { kind: 'text', text: stepWords(block, true) } : block),
  );
  return renderPlain({ ...card, blocks });
}

/** A card as the blocks of a modal. */
export const renderInView = (card: Card): SlackBlock[] => renderCard(card, VIEW_BLOCKS, ANYWHERE);

function renderCard(card: Card, most: number, reading: Reading): SlackBlock[] {
  const tail = cutTail(card.ref);
  const mark = TONE_MARKS[card.tone];
  const head: SlackBlock[] = card.line
    ? []
    : [{ type: 'header', text: plain(`${mark}${card.title.replaceAll(/\s+/g, ' ')}`, HEADER_TEXT) }];
  const buttons = card.actions.length === 0 ? [] : [buttonRow(card.actions)];
  const inside = card.blocks.some(({ kind }) => kind === 'buttons');
  let tables = reading.table ? 1 : 0;
  const parts = card.blocks
    .filter(({ kind }) => kind !== 'checkpoint')
    .map((block) => {
      if (block.kind === 'buttons') return buttons;
      // Slack takes one table a message.
      const table = block.kind === 'table' && tables > 0;
      const rendered = renderBlock(block, tail, { ...reading, table });
      if (rendered.some(({ type }) => type === 'table')) tables -= 1;
      return rendered;
    });
  const body = parts.flat();
  const witness = card.blocks.flatMap((block) => (block.kind === 'checkpoint' ? checkpoint(block) : []));
  const end: SlackBlock[] = [
    ...(card.moments.length === 0 ? [] : [momentLine(card.moments)]),
    ...(card.footer === null ? [] : [small(card.footer)]),
    ...(inside ? [] : buttons),
    ...witness,
  ];
  const whole = [...head, ...body, ...end];
  if (whole.length <= most && lengthOf(whole) <= BLOCKS_TEXT) return whole;
  return shortened({ head, body, end, tail, most });
}

/** As many parts as fit, and how many are left out; the end, with the buttons and a checkpoint, always stands. */
function shortened(of: {
  readonly head: SlackBlock[];
  readonly body: SlackBlock[];
  readonly end: SlackBlock[];
  readonly tail: string;
  readonly most: number;
}): SlackBlock[] {
  const { head, body, end, tail, most } = of;
  const inBody = body.filter(({ type }) => type === 'actions');
  // One block and its words are for saying what is left out.
  const room = most - 1 - head.length - end.length - inBody.length;
  const words = BLOCKS_TEXT - lengthOf([...head, ...end, ...inBody]) - LEFT_OUT_TEXT;
  let shown = 0;
  for (let used = 0; shown < Math.min(room, body.length); shown += 1) {
    used += lengthOf(body.slice(shown, shown + 1));
    if (used > words) break;
  }
  const kept = body.slice(0, shown);
  const left = small(`${body.length - shown} parts are left out${tail}`);
  return [...head, ...kept, ...inBody.filter((block) => !kept.includes(block)), left, ...end];
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

function renderBlock(block: Block, tail: string, reading: Reading): SlackBlock[] {
  switch (block.kind) {
    case 'text':
      return block.text.trim() === '' ? [] : [section(plain(block.text, SECTION_TEXT, tail))];
    case 'small':
      return block.text.trim() === '' ? [] : [small(block.text)];
    case 'facts':
      if (block.as === 'said') return [];
      return block.as === 'small' ? smallFacts(block.facts) : factLines(block.facts, tail);
    case 'bars':
      return [
        section(plain(block.title, SECTION_TEXT, tail)),
        ...lineBlocks(block.bars.map(([label, count]) => [label, String(count)])),
      ];
    case 'table':
      return tableBlocks(block.columns, block.rows, reading);
    case 'rows':
      return rowBlocks(block, reading);
    case 'next':
      return [section(plain(stepWords(block, reading.inThread), SECTION_TEXT, tail))];
    case 'quote':
      return [section(plain(block.text.replaceAll(/^/gm, '▏ '), SECTION_TEXT, tail))];
    case 'channels':
      return [
        section({ type: 'mrkdwn', text: block.channels.map(channelLine).join('\n').slice(0, SECTION_TEXT) }),
      ];
    case 'ping':
      return renderPing(block);
    case 'checkpoint':
      return checkpoint(block);
    case 'buttons':
      return [];
    default:
      return block satisfies never;
  }
}

const stepWords = ({ step }: Extract<Block, { kind: 'next' }>, inThread: boolean): string =>
  `→ Next: ${inThread ? mentionLine(step) : slashLine(step)}`;

const smallFacts = (facts: readonly (readonly [string, string])[]): SlackBlock[] =>
  facts.length === 0 ? [] : [small(facts.map(([label, value]) => `${label}: ${value}`).join(' · '))];

/** Small, and as it is: whoever pastes it elsewhere pastes every letter. */
function checkpoint({ title, lines }: Extract<Block, { kind: 'checkpoint' }>): SlackBlock[] {
  return [
    small(title),
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: lines.join('\n') }] }],
    },
  ];
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
  if (mentions.length === 0) return words === '' ? [] : [section(plain(words, SECTION_TEXT))];
  const named = mentions.slice(0, MENTIONS).join(' ');
  const said = fitted(unmarked(words), SECTION_TEXT - named.length - 1);
  return [section({ type: 'mrkdwn', text: `${named} ${said}`.trim(), verbatim: true })];
}

type ChannelSaid = Extract<Block, { kind: 'channels' }>['channels'][number];

/** A link for whoever may see the channel; Slack says “private channel” to the others. */
function channelLine({ surface, channel, text }: ChannelSaid): string {
  const isOurs = surface === 'slack' && /^[CG][A-Z0-9]+$/.test(channel);
  return `${isOurs ? `<#${channel}>` : escaped(`${surface} ${channel}`)}: ${escaped(text)}`;
}

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
