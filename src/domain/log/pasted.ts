/**
 * A signed note as people paste it from a chat, back to its own bytes: carriage returns, a lost last line break, lines run
 * together, a code fence, marks of quoting and words before it are forgiven, since nothing of a note holds a space.
 * Must not know: whose note it is.
 */
import { type Note, noteText, parseNote, parseTreeHead } from './note.js';

/** Longer than any note; what is longer is not looked at. */
export const PASTED_MAX = 4000;

const DASHES = /^[—–―-]+$/u;
/** Fences, marks of quotes on Slack, Discord and the terminal, and what cannot be seen. */
const MARKS = /^(?:`{1,3}[a-z]*|>+|&gt;|[▏┃│|]+|[\u200b-\u200d\ufeff]+)$/u;
const AROUND = /^(?:`+|&gt;|>)|[\u200b-\u200d\ufeff]|`+$/gu;

/** Null: no signed note of a checkpoint is in it. */
export function pastedNote(text: string): string | null {
  const words = text
    .slice(0, PASTED_MAX)
    .split(/\s+/u)
    .filter((word) => word !== '' && !MARKS.test(word))
    .map((word) => word.replaceAll(AROUND, ''));
  const first = words.findIndex((word) => DASHES.test(word));
  if (first < 3) return null;
  const head = `${words.slice(first - 3, first).join('\n')}\n`;
  if (parseTreeHead(head) === null) return null;
  const lines: string[] = [];
  for (let at = first; DASHES.test(words[at] ?? ''); at += 3)
    lines.push(`— ${words[at + 1] ?? ''} ${words[at + 2] ?? ''}\n`);
  const note: Note | null = parseNote(`${head}\n${lines.join('')}`);
  return note === null ? null : noteText(note);
}
