/**
 * A card as a Discord message: one embed, its buttons, and the people it notifies. Pure.
 * Must not know: how it is sent; who reads it.
 */

import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Action, Block, Card, Moment, Tone } from '../../chat/card.js';
import { renderBlock } from '../../chat/plain.js';
import { idOn } from '../../vocabulary/accounts.js';
import { showLine } from '../common/show-line.js';
import { buttonId, hasMark } from './custom-id.js';
import {
  BUTTON_LABEL_MAX,
  BUTTONS_PER_ROW,
  CONTENT_MAX,
  EMBED_DESCRIPTION_MAX,
  EMBED_FOOTER_MAX,
  EMBED_TITLE_MAX,
  EMBEDS_TOTAL_MAX,
  MENTIONED_USERS_MAX,
  ROWS_MAX,
} from './limits.js';
import { cut, inCode, literal, USER_ID } from './text.js';

export type MessageBody = {
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  readonly allowed_mentions: { readonly parse: []; readonly users: string[] };
};

type Options = {
  /** By which the message is found again when its outcome is unknown; empty: none. */
  readonly mark?: string;
  /** The case's thread, where the card itself does not lead to it. */
  readonly thread?: string | null;
};

const COLOURS: Readonly<Record<Tone, number>> = {
  neutral: 0x5b6b7c,
  good: 0x2d8a4e,
  warning: 0xd9a514,
  bad: 0xc9372c,
};

const STYLES = {
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
} as const satisfies Record<Action['style'], ButtonStyle>;

/** Small print: what is longer belongs in the card. */
const FOOTER_SHOWN = EMBED_FOOTER_MAX / 4;

/** How a mark stands at the end of a footer. */
export const markWords = (mark: string): string => `post ${mark}`;

/** A card to post or edit. */
export function renderMessage(card: Card, options: Options = {}): MessageBody {
  const { mark = '', thread = null } = options;
  const components = rowsOf(card.actions, mark);
  const marked = components[0]?.components.some(({ custom_id: id }) => hasMark(id, mark)) === true;
  const sign = mark === '' || marked ? [] : [markWords(mark)];
  const words = card.footer === null ? [] : [cut(card.footer, FOOTER_SHOWN)];
  const footer = [...words, ...sign].join(' · ');
  const title = cut(literal(card.title), EMBED_TITLE_MAX);
  const room = Math.min(EMBED_DESCRIPTION_MAX, EMBEDS_TOTAL_MAX - title.length - footer.length);
  const users = pinged(card);
  return {
    content: users.length === 0 ? '' : cut(users.map((id) => `<@${id}>`).join(' '), CONTENT_MAX),
    embeds: [
      {
        ...(title === '' ? {} : { title }),
        color: COLOURS[card.tone],
        ...described(describe(card, thread, room)),
        ...(footer === '' ? {} : { footer: { text: footer } }),
      },
    ],
    components,
    allowed_mentions: { parse: [], users },
  };
}

/** The same for one reader only: nobody is notified. `extra` is a button that opens a form. */
export function renderPrivate(
  card: Card,
  extra: { readonly label: string; readonly customId: string } | null = null,
): MessageBody {
  const body = renderMessage(card);
  const row = (label: string, custom_id: string): MessageBody['components'][number] => ({
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.Button, style: ButtonStyle.Primary, label, custom_id }],
  });
  return {
    ...body,
    content: '',
    components:
      extra === null
        ? body.components
        : [row(extra.label, extra.customId), ...body.components.slice(0, ROWS_MAX - 1)],
    allowed_mentions: { parse: [], users: [] },
  };
}

/** Discord accounts in the ping blocks: the one place a mention comes from. */
function pinged(card: Card): string[] {
  const ids = card.blocks.flatMap((block) =>
    block.kind !== 'ping'
      ? []
      : block.people.flatMap(({ accounts }) => idOn('discord', accounts, USER_ID) ?? []),
  );
  return [...new Set(ids)].slice(0, MENTIONED_USERS_MAX);
}

function rowsOf(actions: readonly Action[], mark: string): MessageBody['components'] {
  const ids = new Set<string>();
  const buttons = actions.flatMap((action): APIButtonComponentWithCustomId[] => {
    const custom_id = buttonId(action.code, action.asks, ids.size === 0 ? mark : '');
    // Discord refuses a message with the same id twice; the same code twice is the same button.
    if (ids.has(custom_id)) return [];
    ids.add(custom_id);
    return [
      {
        type: ComponentType.Button,
        style: STYLES[action.style],
        label: cut(action.label, BUTTON_LABEL_MAX),
        custom_id,
      },
    ];
  });
  const count = Math.min(ROWS_MAX, Math.ceil(buttons.length / BUTTONS_PER_ROW));
  return Array.from({ length: count }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(row * BUTTONS_PER_ROW, (row + 1) * BUTTONS_PER_ROW),
  }));
}

const described = (description: string): { readonly description?: string } =>
  description === '' ? {} : { description };

/** A run of lines that stands or falls together with what opens and closes it. */
type Piece = { readonly open: string; readonly lines: readonly string[]; readonly close: string };

function pieceOf(block: Block): Piece {
  switch (block.kind) {
    case 'text':
    case 'next':
    case 'ping':
      return plainPiece(literal(renderBlock(block)));
    case 'channels':
      return plainPiece(block.channels.map(channelLine).join('\n'));
    case 'quote':
      return plainPiece(
        block.text
          .split('\n')
          .map((line) => `> ${literal(line)}`)
          .join('\n'),
      );
    case 'facts':
      return plainPiece(
        block.facts.map(([label, value]) => `**${literal(label)}:** ${literal(value)}`).join('\n'),
      );
    case 'bars':
    case 'table':
      return { open: '```\n', lines: inCode(renderBlock(block)).split('\n'), close: '\n```' };
    default:
      return block satisfies never;
  }
}

const plainPiece = (text: string): Piece => ({ open: '', lines: text.split('\n'), close: '' });

/** In the reader's own zone and language: Discord writes the dates (https://docs.discord.com/developers/reference). */
function momentLine(moments: readonly Moment[]): string {
  const dates = moments.map(
    ({ label, at }) => `${literal(label)} <t:${Math.floor(Date.parse(at) / 1000)}:f>`,
  );
  return `-# Your time: ${dates.join(' · ')}`;
}

/** Blocks in their order, as many lines as fit; what is left out is counted, with how to see it. */
function describe(card: Card, thread: string | null, room: number): string {
  const link = thread === null ? [] : [plainPiece(`<#${thread}>`)];
  const times = card.moments.length === 0 ? [] : [plainPiece(momentLine(card.moments))];
  const pieces = [...link, ...card.blocks.map(pieceOf), ...times];
  const whole = pieces.map(({ open, lines, close }) => open + lines.join('\n') + close).join('\n');
  if (whole.length <= room) return whole;
  const most = room - restNotice(card, 99_999).length;
  let shown = '';
  let left = 0;
  for (const { open, lines, close } of pieces) {
    let body = '';
    for (const line of lines) {
      const before = shown.length + open.length + body.length + close.length + 2;
      const space = most - before;
      if (left === 0 && line.length <= space) body += `${body === '' ? '' : '\n'}${line}`;
      else if (left === 0 && body === '' && open === '' && space > 80) {
        body = cut(line, space);
        left += 1;
      } else left += 1;
    }
    if (body !== '') shown += `${shown === '' ? '' : '\n'}${open}${body}${close}`;
  }
  return `${shown}${restNotice(card, left)}`;
}

function restNotice(card: Card, lines: number): string {
  const how = card.ref === null ? 'Ask for less at a time: a filter, a case, a verb.' : showLine(card.ref);
  return `\n✂ ${lines} more line${lines === 1 ? '' : 's'} did not fit here. → ${how}`;
}

/** A link for whoever may see the channel. */
function channelLine({
  surface,
  channel,
  text,
}: Extract<Block, { kind: 'channels' }>['channels'][number]): string {
  const isOurs = surface === 'discord' && USER_ID.test(channel);
  return `${isOurs ? `<#${channel}>` : literal(`${surface} ${channel}`)}: ${literal(text)}`;
}
