/**
 * Facts, rows and tables in Slack's own blocks. What somebody wrote stands where Slack reads no formatting: in rich text, or
 * with its marks replaced. Must not know: whole cards, where they go.
 */
import type { types } from '@slack/bolt';
import type { Row, RowsBlock, Tone } from '../../chat/card.js';
import type { MessageRef } from '../../vocabulary/values.js';
import { button } from './buttons.js';
import { CONTEXT_TEXT, FIELD_TEXT, SECTION_TEXT, TABLE_CELL, TABLE_COLUMNS, TABLE_ROWS } from './limits.js';
import { escaped, fitted, plain, unmarked } from './text.js';

export type SlackBlock = types.KnownBlock;

/** Where a card is read, and what Slack takes there. */
export type Reading = {
  /** `https://acme.slack.com/`, for links to messages; null: not known yet. */
  readonly workspace: string | null;
  /** Slash commands are not delivered there. */
  readonly inThread: boolean;
  /** Whether Slack takes its own table there: one a message, none in a view. */
  readonly table: boolean;
};

export const ANYWHERE: Reading = { workspace: null, inThread: false, table: false };

export const TONE_MARKS: Readonly<Record<Tone, string>> = {
  neutral: '',
  good: '🟢 ',
  warning: '🟠 ',
  bad: '🔴 ',
};
/** Sections a table may fill before its rows are counted instead. */
const TABLE_SECTIONS = 3;
/** A row without a button is as long as one with it. */
const ROW_TEXT = 300;

export const section = (text: types.PlainTextElement | types.MrkdwnElement): SlackBlock => ({
  type: 'section',
  text,
});

export const small = (text: string): SlackBlock => ({
  type: 'context',
  elements: [plain(text, CONTEXT_TEXT)],
});

type RichText = types.RichTextElement;
const words = (text: string, bold = false): RichText => ({
  type: 'text',
  text,
  ...(bold ? { style: { bold: true } } : {}),
});

const rich = (elements: RichText[]): SlackBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

/** A line each: `Due  Wed 2026-12-23 (13 days left)`. In rich text nothing is parsed, and nothing need be escaped. */
export function factLines(facts: readonly (readonly [string, string])[], tail: string): SlackBlock[] {
  const shown = facts.filter(([, value]) => value.trim() !== '');
  if (shown.length === 0) return [];
  return [
    rich(
      shown.flatMap(([label, value], index) => [
        words(`${index === 0 ? '' : '\n'}${cut(label, 200, ' …')}  `, true),
        words(cut(value, FIELD_TEXT, tail)),
      ]),
    ),
  ];
}

function cut(text: string, max: number, tail: string): string {
  if (text.length <= max) return text;
  return text.slice(0, max - tail.length).replace(/[\uD800-\uDBFF]$/, '') + tail;
}

/** `https://acme.slack.com/archives/C0CASES/p1700000000000100`. */
const linkTo = (at: MessageRef | null, workspace: string | null): string | null =>
  at === null || workspace === null || !/^\d+\.\d+$/.test(at.id)
    ? null
    : `${workspace}archives/${at.channel}/p${at.id.replace('.', '')}`;

/** A line with its button beside it; lines without one stand together. */
export function rowBlocks({ title, rows, more }: RowsBlock, { workspace }: Reading): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  const mark = TONE_MARKS[rows[0]?.tone ?? 'neutral'];
  if (title !== null)
    blocks.push(section({ type: 'mrkdwn', text: `${mark}*${literal(title)}*`, verbatim: true }));
  for (const [index, row] of rows.entries()) {
    const text: types.MrkdwnElement = { type: 'mrkdwn', text: rowText(row, workspace), verbatim: true };
    blocks.push({
      type: 'section',
      text,
      ...(row.action === null ? {} : { accessory: button(row.action, `${row.ref}:${index}`) }),
    });
  }
  if (more !== null) blocks.push(small(more));
  return blocks;
}

function rowText({ ref, at, when, tone, words: said, waits, action }: Row, workspace: string | null): string {
  const link = linkTo(at, workspace);
  const name = link === null ? literal(ref) : `<${link}|${literal(ref)}>`;
  const late = when === '' ? '' : ` · ${tone === 'neutral' ? literal(when) : `*${literal(when)}*`}`;
  const rest = [...said, ...(action === null && waits !== '' ? [waits] : [])];
  return `${name}${late}\n${fitted(unmarked(rest.join(' · ')), ROW_TEXT)}`;
}

const literal = (text: string): string => escaped(unmarked(text));

/** Slack's own table, where it is taken and the rows fit; else a row a line. */
export function tableBlocks(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  { table }: Reading,
): SlackBlock[] {
  if (!table || rows.length === 0 || rows.length >= TABLE_ROWS || columns.length > TABLE_COLUMNS)
    return lineBlocks(rows);
  const cells = (row: readonly string[]): types.RawTextElement[] =>
    columns.map((_, at) => ({ type: 'raw_text', text: cut(row[at]?.trim() || '–', TABLE_CELL, ' …') }));
  return [
    {
      type: 'table',
      rows: [cells(columns), ...rows.map(cells)],
      column_settings: columns.map(() => ({ is_wrapped: true })),
    },
  ];
}

/** A row a line: columns would break on a telephone. */
export function lineBlocks(rows: readonly (readonly string[])[]): SlackBlock[] {
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
