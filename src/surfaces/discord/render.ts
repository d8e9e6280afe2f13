/**
 * A card as a message of components (Components V2): one container, each row with its button beside it, the card's buttons,
 * and last what is never cut. Pure. Must not know: how it is sent; who reads it.
 */
import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  type APITextDisplayComponent,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import type { Action, Block, Card, Row, RowsBlock } from '../../chat/card.js';
import { showLine } from '../common/show-line.js';
import { buttonId, hasMark, ROWS_MENU } from './custom-id.js';
import {
  BUTTON_LABEL_MAX,
  BUTTONS_PER_ROW,
  CHOICE_MAX,
  COMPONENTS_MAX,
  COMPONENTS_TEXT_MAX,
  EMBED_TITLE_MAX,
  ROWS_MAX,
  SELECT_OPTIONS_MAX,
} from './limits.js';
import { COLOURS, markWords, momentLine, type Options, pinged, STYLES } from './message-parts.js';
import { checkpointPiece, headingOf, pieceOf, rowText, SMALL, TONE_MARKS } from './pieces.js';
import { cut, literal } from './text.js';

export type MessageBody = {
  readonly flags: number;
  readonly components: APIMessageTopLevelComponent[];
  readonly allowed_mentions: { readonly parse: []; readonly users: string[] };
};

/** What is longer belongs in the card. */
const FOOTER_SHOWN = 512;
/** A row's text on a telephone is two lines. */
const ROW_SHOWN = 300;
const MENU = 'Open another…';

/** What is used up while a message is put together. */
type Room = {
  components: number;
  open: boolean;
  text: number;
  left: number;
  readonly ids: Set<string>;
  readonly menu: Row[];
};

/** A card to post or edit. */
export function renderMessage(card: Card, options: Options = {}): MessageBody {
  const { mark = '', thread = null, guildOf = () => null } = options;
  const ids = new Set<string>();
  const rows = buttonRows(card.actions, mark, ids);
  const marked = rows[0]?.components.some((one) => hasMark(one.custom_id, mark)) === true;
  const witness = card.blocks.flatMap((block) =>
    block.kind === 'checkpoint' ? [checkpointPiece(block)] : [],
  );
  const end = [
    ...(card.moments.length === 0 ? [] : [momentLine(card.moments)]),
    ...(card.footer === null
      ? []
      : [`${SMALL}${cut(literal(card.footer.replaceAll('\n', ' ')), FOOTER_SHOWN)}`]),
    ...(mark === '' || marked ? [] : [`${SMALL}${markWords(mark)}`]),
  ];
  const head = [
    ...(card.line === true || card.title === ''
      ? []
      : [`### ${TONE_MARKS[card.tone]}${cut(literal(card.title), EMBED_TITLE_MAX)}`]),
    ...(thread === null ? [] : [`<#${thread}>`]),
  ];
  const fixed = [...head, ...end, ...witness];
  const room: Room = {
    // The container, the first text, one behind the buttons, a menu, a notice, the end, and what is never cut.
    components:
      COMPONENTS_MAX - 7 - witness.length - rows.reduce((sum, row) => sum + 1 + row.components.length, 0),
    text:
      COMPONENTS_TEXT_MAX -
      fixed.reduce((sum, text) => sum + text.length + 1, 0) -
      restNotice(card, 99_999).length,
    open: true,
    left: 0,
    ids,
    menu: [],
  };
  const inside = bodyOf(card, { room, head, rows, guildOf });
  if (room.left > 0) inside.push(textOf(restNotice(card, room.left).trim()));
  if (room.menu.length > 0) inside.push(menuOf(room));
  if (!card.blocks.some(({ kind }) => kind === 'buttons')) inside.push(...rows);
  if (end.length > 0) inside.push(textOf(end.join('\n')));
  inside.push(...witness.map(textOf));
  const components: APIMessageTopLevelComponent[] =
    card.line === true
      ? inside
      : [{ type: ComponentType.Container, accent_color: COLOURS[card.tone], components: inside }];
  return {
    flags: MessageFlags.IsComponentsV2,
    components,
    allowed_mentions: { parse: [], users: pinged(card) },
  };
}

/** The same for one reader only: nobody is notified. `extra` is a button that opens a form. */
export function renderPrivate(
  card: Card,
  extra: { readonly label: string; readonly customId: string } | null = null,
  options: Options = {},
): MessageBody {
  const body = renderMessage(card, options);
  const first: APIMessageTopLevelComponent[] =
    extra === null
      ? []
      : [
          {
            type: ComponentType.ActionRow,
            components: [
              {
                type: ComponentType.Button,
                style: STYLES.primary,
                label: extra.label,
                custom_id: extra.customId,
              },
            ],
          },
        ];
  return {
    flags: body.flags | MessageFlags.Ephemeral,
    components: [...body.components, ...first],
    allowed_mentions: { parse: [], users: [] },
  };
}

const textOf = (content: string): APITextDisplayComponent => ({ type: ComponentType.TextDisplay, content });

type Building = {
  readonly room: Room;
  readonly head: readonly string[];
  readonly rows: readonly ButtonRow[];
  readonly guildOf: NonNullable<Options['guildOf']>;
};

/** Blocks in their order; texts that stand together are one component. */
function bodyOf(card: Card, { room, head, rows, guildOf }: Building): APIComponentInContainer[] {
  const inside: APIComponentInContainer[] = [];
  let text = [...head];
  const flush = (): void => {
    if (text.length > 0) inside.push(textOf(text.join('\n')));
    text = [];
  };
  for (const block of card.blocks) {
    if (block.kind === 'rows') {
      for (const part of rowParts(block, room, guildOf))
        if (typeof part === 'string') text.push(part);
        else {
          flush();
          inside.push(part);
        }
    } else if (block.kind === 'buttons') {
      flush();
      inside.push(...rows);
    } else text.push(...linesOf(block, room));
  }
  flush();
  if (inside.length === 0 && rows.length === 0) inside.push(textOf('–'));
  return inside;
}

/** As many lines as there is room for; the others are counted. */
function linesOf(block: Exclude<Block, RowsBlock>, room: Room): readonly string[] {
  const { open, lines, close } = pieceOf(block);
  const shown: string[] = [];
  let space = room.text - open.length - close.length - 1;
  for (const line of lines) {
    const fits = room.left === 0 && line.length + 1 <= space;
    // The first line of much is better begun than left out.
    const begun = room.left === 0 && !fits && shown.length === 0 && open === '' && space > 80;
    if (fits) shown.push(line);
    else if (begun) shown.push(cut(line, space - 1));
    if (!fits) room.left += 1;
    if (fits || begun) space -= Math.min(space, line.length + 1);
  }
  if (shown.length === 0) return [];
  opened(room);
  room.text = space;
  return [open + shown.join('\n') + close];
}

/** A row with its button is three components; where there is no room for them, it stands in the menu. */
function* rowParts(
  block: RowsBlock,
  room: Room,
  guildOf: NonNullable<Options['guildOf']>,
): Generator<string | APIComponentInContainer> {
  const heading = headingOf(block);
  if (heading !== null && takes(room, heading)) {
    opened(room);
    yield heading;
  }
  for (const row of block.rows) {
    const text = cut(rowText(row, guildOf), ROW_SHOWN);
    if (!takes(room, text)) continue;
    const accessory = row.action === null || room.components < 4 ? null : buttonOf(row.action, '', room.ids);
    if (accessory === null) {
      if (row.action !== null && room.menu.length < SELECT_OPTIONS_MAX) room.menu.push(row);
      opened(room);
      yield text;
      continue;
    }
    room.components -= 3;
    room.open = false;
    yield { type: ComponentType.Section, components: [textOf(text)], accessory };
  }
  if (block.more === null || !takes(room, block.more)) return;
  opened(room);
  yield `${SMALL}${literal(block.more)}`;
}

/** A text behind a section is a component of its own; texts that stand together are one. */
function opened(room: Room): void {
  if (!room.open) room.components -= 1;
  room.open = true;
}

function takes(room: Room, text: string): boolean {
  if (room.left === 0 && text.length + 4 <= room.text) {
    room.text -= text.length + 4;
    return true;
  }
  room.left += 1;
  return false;
}

type ButtonRow = {
  readonly type: ComponentType.ActionRow;
  readonly components: APIButtonComponentWithCustomId[];
};

/** Null: the same button is there already; Discord refuses a message with the same id twice. */
function buttonOf(action: Action, mark: string, ids: Set<string>): APIButtonComponentWithCustomId | null {
  const custom_id = buttonId(action.code, action.asks, mark);
  if (ids.has(custom_id)) return null;
  ids.add(custom_id);
  return {
    type: ComponentType.Button,
    style: STYLES[action.style],
    label: cut(action.label, BUTTON_LABEL_MAX),
    custom_id,
  };
}

function buttonRows(actions: readonly Action[], mark: string, ids: Set<string>): ButtonRow[] {
  const buttons = actions.flatMap((action) => buttonOf(action, ids.size === 0 ? mark : '', ids) ?? []);
  const count = Math.min(ROWS_MAX, Math.ceil(buttons.length / BUTTONS_PER_ROW));
  return Array.from({ length: count }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(row * BUTTONS_PER_ROW, (row + 1) * BUTTONS_PER_ROW),
  }));
}

/** The rows whose buttons found no room, each with what its button does. */
function menuOf({ menu }: Room): APIComponentInContainer {
  const found = new Map(
    menu.flatMap(({ ref, when, words, action }) => {
      if (action === null) return [];
      const value = buttonId(action.code, action.asks, '');
      const label = cut([action.label, ref, when].filter((word) => word !== '').join(' · '), CHOICE_MAX);
      return [[value, { label, value, description: cut(words.join(' · ') || ref, CHOICE_MAX) }] as const];
    }),
  );
  const select: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: ROWS_MENU,
    placeholder: MENU,
    options: [...found.values()],
  };
  return { type: ComponentType.ActionRow, components: [select] };
}

function restNotice(card: Card, lines: number): string {
  const how = card.ref === null ? 'Ask for less at a time: a filter, a case, a verb.' : showLine(card.ref);
  return `\n✂ ${lines} more line${lines === 1 ? '' : 's'} did not fit here. → ${how}`;
}
