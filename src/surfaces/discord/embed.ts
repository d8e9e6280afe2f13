/**
 * A card as one embed with its buttons: what messages are that were posted before Components V2 were used, since a message
 * keeps the kind it was posted as, and what goes with a file. Pure. Must not know: how it is sent; who reads it.
 */

import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  ComponentType,
} from 'discord.js';
import { type Action, actionsOf, type Block, type Card } from '../../chat/card.js';
import { renderBlock } from '../../chat/plain.js';
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
  ROWS_MAX,
} from './limits.js';
import { COLOURS, markWords, momentLine, type Options, pinged, STYLES } from './message-parts.js';
import { channelLine } from './pieces.js';
import { cut, inCode, literal } from './text.js';

/** A message of before: it cannot become one of the other kind. */
export type EmbedBody = {
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  readonly allowed_mentions: { readonly parse: []; readonly users: string[] };
};

/** Small print: what is longer belongs in the card. */
const FOOTER_SHOWN = EMBED_FOOTER_MAX / 4;

/** A card to post with a file, or to edit. */
export function renderEmbed(card: Card, options: Options = {}): EmbedBody {
  const { mark = '', thread = null } = options;
  const components = rowsOf(actionsOf(card), mark);
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

function rowsOf(actions: readonly Action[], mark: string): EmbedBody['components'] {
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
    case 'small':
    case 'rows':
    case 'checkpoint':
    case 'buttons':
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

/** Blocks in their order, as many lines as fit; what is left out is counted, with how to see it. */
function describe(card: Card, thread: string | null, room: number): string {
  const link = thread === null ? [] : [plainPiece(`<#${thread}>`)];
  const times = card.moments.length === 0 ? [] : [plainPiece(momentLine(card.moments))];
  const isWitness = ({ kind }: Block): boolean => kind === 'checkpoint';
  // What is cut is the end, and a checkpoint never is.
  const blocks = [...card.blocks.filter(isWitness), ...card.blocks.filter((block) => !isWitness(block))];
  const pieces = [...link, ...blocks.map(pieceOf), ...times];
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
