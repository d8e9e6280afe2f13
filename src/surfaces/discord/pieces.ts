/**
 * The blocks of a card as Discord's markdown, a piece each: lines that may be left out one by one. Pure.
 * Must not know: components, limits of a whole message.
 */
import stringWidth from 'string-width';
import type { Block, Row, RowsBlock, Tone } from '../../chat/card.js';
import { renderBlock } from '../../chat/plain.js';
import { idOn } from '../../vocabulary/accounts.js';
import { PHONE_COLUMNS } from './limits.js';
import type { Options } from './message-parts.js';
import { inCode, literal, USER_ID } from './text.js';

/** A run of lines, with what opens and closes it whatever is left out. */
export type Piece = { readonly open: string; readonly lines: readonly string[]; readonly close: string };

export const TONE_MARKS: Readonly<Record<Tone, string>> = {
  neutral: '',
  good: '🟢 ',
  warning: '🟠 ',
  bad: '🔴 ',
};

const plainPiece = (text: string): Piece => ({ open: '', lines: text.split('\n'), close: '' });
const NOTHING: Piece = { open: '', lines: [], close: '' };
export const SMALL = '-# ';
const small = (text: string): string => text.replaceAll(/^/gm, SMALL);
const bold = (text: string): string => `**${literal(text)}**`;

export function pieceOf(block: Exclude<Block, RowsBlock>): Piece {
  switch (block.kind) {
    case 'text':
    case 'next':
      return renderBlock(block).trim() === '' ? NOTHING : plainPiece(literal(renderBlock(block)));
    case 'small':
      return plainPiece(small(literal(block.text)));
    case 'ping':
      return plainPiece(pingWords(block));
    case 'channels':
      return plainPiece(block.channels.map(channelLine).join('\n'));
    case 'quote':
      return plainPiece(literal(block.text).replaceAll(/^/gm, '> '));
    case 'facts':
      return factsPiece(block);
    case 'table':
      return tablePiece(block);
    case 'bars':
      return codeOr(renderBlock(block), () => [
        bold(block.title),
        ...block.bars.map(([label, count]) => `${literal(label)} · ${count}`),
      ]);
    case 'buttons':
    case 'checkpoint':
      return NOTHING;
    default:
      return block satisfies never;
  }
}

/** Mentions stand with what is asked; only people the card names are notified, by the message's allowed mentions. */
function pingWords({ people, text }: Extract<Block, { kind: 'ping' }>): string {
  const names = people.map(({ person, accounts }) => {
    const user = idOn('discord', accounts, USER_ID);
    return user === null ? literal(`@${person}`) : `<@${user}>`;
  });
  return [...names, literal(text)].join(' ').trim();
}

function factsPiece({ facts, as }: Extract<Block, { kind: 'facts' }>): Piece {
  const shown = facts.filter(([, value]) => value.trim() !== '');
  if (as === 'said' || shown.length === 0) return NOTHING;
  if (as === 'small')
    return plainPiece(small(shown.map(([label, value]) => literal(`${label}: ${value}`)).join(' · ')));
  return plainPiece(shown.map(([label, value]) => `**${literal(label)}:** ${literal(value)}`).join('\n'));
}

/** Columns where a telephone has room for them; else a row a line, its first cell in bold. */
function tablePiece(block: Extract<Block, { kind: 'table' }>): Piece {
  return codeOr(renderBlock(block), () =>
    block.rows.map((row) => {
      const [first = '', ...rest] = row.filter((cell) => cell.trim() !== '');
      return [bold(first), ...rest.map(literal)].join(' · ');
    }),
  );
}

function codeOr(text: string, rows: () => readonly string[]): Piece {
  const lines = inCode(text).split('\n');
  if (lines.every((line) => stringWidth(line) <= PHONE_COLUMNS))
    return { open: '```\n', lines, close: '\n```' };
  return { open: '', lines: rows(), close: '' };
}

/** Every letter as it is. */
export const checkpointPiece = ({ title, lines }: Extract<Block, { kind: 'checkpoint' }>): string =>
  `${small(literal(title))}\n\`\`\`\n${inCode(lines.join('\n'))}\n\`\`\``;

export const headingOf = ({ title, rows }: RowsBlock): string | null =>
  title === null ? null : `${TONE_MARKS[rows[0]?.tone ?? 'neutral']}${bold(title)}`;

/** The reference, which leads to its thread, and what is most wanted of it; then the rest in small print. */
export function rowText(row: Row, guildOf: NonNullable<Options['guildOf']>): string {
  const { ref, at, when, tone, words, waits, action } = row;
  const guild = at === null ? null : guildOf(at.channel);
  const name =
    at === null || guild === null
      ? literal(ref)
      : `[${literal(ref)}](https://discord.com/channels/${guild}/${at.channel}/${at.id})`;
  const late = when === '' ? '' : ` · ${tone === 'neutral' ? literal(when) : bold(when)}`;
  const rest = [...words, ...(action === null && waits !== '' ? [waits] : [])];
  return `${name}${late}\n${SMALL}${literal(rest.join(' · ').replaceAll('\n', ' '))}`;
}

/** A link for whoever may see the channel. */
export function channelLine({
  surface,
  channel,
  text,
}: Extract<Block, { kind: 'channels' }>['channels'][number]): string {
  const isOurs = surface === 'discord' && USER_ID.test(channel);
  return `${isOurs ? `<#${channel}>` : literal(`${surface} ${channel}`)}: ${literal(text)}`;
}
