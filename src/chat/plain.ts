/** A card as plain text, for the terminal and for notifications. Must not know: any platform. */
import stringWidth from 'string-width';
import type { Block, Card, RowsBlock } from './card.js';
import { slashLine } from './step-line.js';

/**
 * Aligns columns with two spaces between; the first row may be a header. The last column is not measured: nothing stands
 * behind it, and measuring a long text costs milliseconds.
 */
function alignRows(rows: readonly (readonly string[])[]): string[] {
  const padded = Math.max(0, ...rows.map((row) => row.length)) - 1;
  const measured = rows.map((row) => row.slice(0, padded).map((cell) => stringWidth(cell)));
  const widths = Array.from({ length: Math.max(0, padded) }, (_, column) =>
    measured.reduce((widest, row) => Math.max(widest, row[column] ?? 0), 0),
  );
  return rows.map((row, at) =>
    row
      .map(
        (cell, column) =>
          cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - (measured[at]?.[column] ?? 0))),
      )
      .join('  ')
      .trimEnd(),
  );
}

const BAR_WIDTH = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar in proportion to the longest, to an eighth of a column; what is more than none is seen. */
function barOf(count: number, most: number): string {
  if (count === 0) return '';
  const eighths = Math.max(1, Math.round((count / most) * BAR_WIDTH * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

/** A heading and aligned lines, each with its button; `number`: by which a button is pressed, where it has one. */
function renderRows(block: RowsBlock, number: (label: string) => string): string {
  const lines = block.rows.map(({ ref, when, words, waits, action }) => [
    ref,
    ...words,
    waits,
    when,
    action === null ? '' : number(action.label),
  ]);
  const used = lines.map((line) => line.filter((_, at) => lines.some((other) => (other[at] ?? '') !== '')));
  return [
    ...(block.title === null ? [] : [block.title]),
    ...alignRows(used),
    ...(block.more === null ? [] : [block.more]),
  ].join('\n');
}

export function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'small':
      return block.text;
    case 'rows':
      return renderRows(block, (label) => `[${label}]`);
    case 'buttons':
      return '';
    case 'checkpoint':
      return [block.title, ...block.lines].join('\n');
    case 'facts':
      return alignRows(block.facts.map(([label, value]) => [`${label}:`, value])).join('\n');
    case 'table':
      return alignRows([block.columns, ...block.rows]).join('\n');
    case 'bars': {
      const most = Math.max(0, ...block.bars.map(([, count]) => count));
      const rows = block.bars.map(([label, count]) => [label, `${barOf(count, most)} ${count}`.trimStart()]);
      return [block.title, ...alignRows(rows)].join('\n');
    }
    case 'next':
      return `→ Next: ${slashLine(block.step)}`;
    case 'quote':
      return block.text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
    case 'channels':
      return block.channels.map(({ surface, channel, text }) => `${surface} ${channel}: ${text}`).join('\n');
    case 'ping': {
      const names = block.people.map(({ person }) => `@${person}`).join(' ');
      return names === '' ? block.text : `${names}: ${block.text}`;
    }
    default:
      return block satisfies never;
  }
}

/** The card's body without its title, for the `text` of commands.md's JSON. */
export function renderBody(card: Card): string {
  return card.blocks
    .filter(({ kind }) => kind !== 'facts' && kind !== 'buttons')
    .map(renderBlock)
    .join('\n');
}

/** The whole card as text: title, blocks, footer, and its buttons where they stand, numbered as they are pressed. */
export function renderPlain(card: Card): string {
  let beside = card.actions.length;
  const numbered = (label: string): string => {
    beside += 1;
    return `[${beside}] ${label}`;
  };
  const buttons = card.actions.map((action, index) => `[${index + 1}] ${action.label}`).join('  ');
  const inside = card.blocks.some(({ kind }) => kind === 'buttons');
  const parts = [
    card.title,
    ...card.blocks.map((block) => {
      if (block.kind === 'buttons') return buttons;
      return block.kind === 'rows' ? renderRows(block, numbered) : renderBlock(block);
    }),
    ...(inside ? [] : [buttons]),
    card.footer ?? '',
  ];
  return parts.filter((part) => part !== '').join('\n');
}
