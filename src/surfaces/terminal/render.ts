/**
 * Everything the terminal shows, as one kind of record: what would appear where, on any platform. JSON and text are two
 * views of it (commands.md, "The terminal"). Must not know: where a record came from.
 */

import { actionsOf, type Card } from '../../chat/card.js';
import { renderBody, renderPlain } from '../../chat/plain.js';
import type { Instant } from '../../vocabulary/values.js';
import { printable } from './text.js';

export type Shown = {
  readonly kind: 'post' | 'edit' | 'answer' | 'file' | 'error';
  /** `#cases` or `@mei`. */
  readonly to: string;
  readonly thread: string | null;
  readonly private: boolean;
  readonly at: Instant;
  readonly card: Card;
  readonly code: string | null;
  readonly clause: string | null;
  readonly file: { readonly name: string; readonly type: string; readonly path: string } | null;
};

/** One JSON object, exactly the fields of commands.md. */
export function jsonLine(shown: Shown): string {
  const { card } = shown;
  const facts = card.blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
  return JSON.stringify({
    kind: shown.kind,
    to: shown.to,
    thread: shown.thread,
    private: shown.private,
    at: shown.at,
    ref: card.ref,
    card: {
      title: card.title,
      tone: card.tone,
      text: renderBody(card),
      facts: Object.fromEntries(facts),
      actions: actionsOf(card).map((action) => action.label),
    },
    code: shown.code,
    ...(shown.clause === null ? {} : { clause: shown.clause }),
    ...(shown.file === null ? {} : { file: shown.file }),
    text: renderPlain(card),
  });
}

type Paint = (text: string) => string;
const paint =
  (code: string): Paint =>
  (text) =>
    `\u001b[${code}m${text}\u001b[0m`;
const plain: Paint = (text) => text;

const TONES = { neutral: '36', good: '32', warning: '33', bad: '31' } as const;

/** The same for people: where it appears, then the card behind a bar; colours only on a terminal. */
export function textLines(shown: Shown, colours: boolean): string {
  const { card } = shown;
  const tone = colours ? paint(TONES[card.tone]) : plain;
  const bold = colours ? paint('1') : plain;
  const dim = colours ? paint('2') : plain;
  if (shown.kind === 'edit') return dim(`✎ ${shown.to}  ${card.title}: ${statusOf(card)}`);
  if (shown.file !== null) return `${dim(`⇩ ${shown.to}`)}  ${shown.file.name}  ${shown.file.path}`;
  const [title = '', ...body] = printable(renderPlain(card)).split('\n');
  const where = shown.thread === null ? shown.to : `${shown.to} › ${shown.thread}`;
  if (shown.kind === 'post') {
    const lines = [`${tone('┃')} ${bold(title)}`, ...body.map((line) => `${tone('┃')} ${line}`)];
    return [dim(`▸ ${where}`), ...lines].join('\n');
  }
  const mark = shown.kind === 'error' ? '✗' : '✓';
  return [`${tone(mark)} ${bold(title)}`, ...body.map((line) => `  ${line}`)].join('\n');
}

function statusOf(card: Card): string {
  for (const block of card.blocks)
    if (block.kind === 'facts') {
      const status = block.facts.find(([label]) => label === 'Status');
      if (status !== undefined) return status[1];
    }
  const last = card.blocks.at(-1);
  return last?.kind === 'text' ? last.text : 'updated';
}
