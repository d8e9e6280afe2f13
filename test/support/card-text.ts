/**
 * A recording of cards as text to review: what was said, and every card it caused, whole when it is new and by its changed
 * lines when it was edited. Nothing a platform may show is left out: tone, buttons with what they run and ask for, moments.
 * Must not know: any platform.
 */

import { decodeAction } from '../../src/chat/action.js';
import type { Action, Card } from '../../src/chat/card.js';
import { renderBlock } from '../../src/chat/plain.js';
import type { Place } from '../../src/chat/surface.js';
import { blanked } from './blanked.js';
import type { Recorded } from './card-recorder.js';

const TONES = { neutral: '·', good: '+', warning: '!', bad: '‼' } as const;

/** `[Return] privacy decide case:PR-2026-0001 verdict:return, as shown at 1, asks reason`. */
function actionLine({ label, style, code, asks }: Action): string {
  const saved = decodeAction(code);
  if (saved === null) throw new Error(`a button without a command: ${code}`);
  const fields = Object.entries(saved.fields).map(([name, value]) => `${name}:${value}`);
  const words = [saved.command, saved.verb, ...fields].join(' ');
  const shown = saved.shown === null ? '' : `, as shown at ${saved.shown}`;
  const form = asks.length === 0 ? '' : `, asks ${asks.join(' ')}`;
  return `[${label}${style === 'plain' ? '' : `, ${style}`}] ${words}${shown}${form}`;
}

export function cardLines(card: Card): readonly string[] {
  return [
    `${TONES[card.tone]} ${card.title}`,
    ...card.blocks.flatMap((block) => renderBlock(block).split('\n')),
    ...card.actions.map(actionLine),
    ...card.moments.map(({ label, words }) => `(${label}: ${words})`),
    ...(card.footer === null ? [] : [`-- ${card.footer}`]),
  ];
}

function placeWords(place: Place): string {
  if (place.kind === 'person') return `@${place.person}`;
  return place.kind === 'thread' ? `#${place.channel} › ${place.ref}` : `#${place.channel}`;
}

const squeezed = (line: string): string => line.replaceAll(/ {2,}/g, ' ');

/** Lines that went (`-`) and came (`+`), however columns were aligned anew. */
function changed(before: readonly string[], after: readonly string[]): readonly string[] {
  const [had, has] = [before.map(squeezed), after.map(squeezed)];
  return [
    ...had.filter((line) => !has.includes(line)).map((line) => `- ${line}`),
    ...has.filter((line) => !had.includes(line)).map((line) => `+ ${line}`),
  ];
}

const MARKS = { answer: '✓', error: '✗' } as const;

/** Hashes differ from run to run and are blanked. */
export function recordedText(recorded: readonly Recorded[]): string {
  const known = new Map<string, readonly string[]>();
  const lines: string[] = [];
  let saying = '';
  for (const { how, said, card, sent } of recorded) {
    if (said !== saying) lines.push('', said);
    saying = said;
    const now = cardLines(card);
    if (how === 'answer' || how === 'error')
      lines.push(`${MARKS[how]} ${now[0]}`, ...now.slice(1).map((line) => `  ${line}`));
    else if (sent === null) throw new Error('a post that went nowhere');
    else {
      const before = known.get(sent.id);
      known.set(sent.id, now);
      const where = placeWords(sent.place);
      if (how === 'post' || before === undefined) lines.push(`▸ ${where}`, ...now.map((line) => `┃ ${line}`));
      else lines.push(`✎ ${where}  ${card.title}`, ...changed(before, now).map((line) => `┃ ${line}`));
    }
  }
  return blanked(`${lines.slice(1).join('\n')}\n`);
}
