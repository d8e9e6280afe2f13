/**
 * A line cut into words and quoted pieces, as typed. Must not know: commands, fields, what a colon means to a verb.
 */
import { quotedAt } from './quotes.js';

export type Token = {
  /** Where it stands in the line. */
  readonly at: number;
  readonly end: number;
  /** What it stands for, quotes and escapes undone. */
  readonly text: string;
  /** The word before the first colon outside quotes, and what follows it; null without such a colon. */
  readonly option: {
    readonly word: string;
    readonly value: string;
    /** Whether the value stands in quotes. */
    readonly quoted: boolean;
  } | null;
  /** Whether it begins with a quote: then it is plain text whatever is in it. */
  readonly quoted: boolean;
  /** The mark that its quote wants at its end; null: every quote is closed. */
  readonly unclosed: string | null;
};

/** Of a keyboard for any script. */
const COLON = /[:：﹕]/u;

/** Quotes open at the beginning of a word or right after its first colon; elsewhere they are letters. */
export function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/u.test(line.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(line, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(line: string, at: number): Token {
  const whole = quotedAt(line, at);
  if (whole !== null) {
    return { at, end: whole.end, text: whole.text, option: null, quoted: true, unclosed: whole.unclosed };
  }
  const end = wordEnd(line, at);
  const text = line.slice(at, end);
  const colon = text.search(COLON);
  if (colon < 1) return { at, end, text, option: null, quoted: false, unclosed: null };
  const word = text.slice(0, colon);
  const value = quotedAt(line, at + colon + 1);
  if (value === null) {
    const option = { word, value: text.slice(colon + 1), quoted: false };
    return { at, end, text, option, quoted: false, unclosed: null };
  }
  return {
    at,
    end: value.end,
    text: line.slice(at, value.end),
    option: { word, value: value.text, quoted: true },
    quoted: false,
    unclosed: value.unclosed,
  };
}

const SPACE = /\s/gu;

function wordEnd(line: string, at: number): number {
  SPACE.lastIndex = at;
  return SPACE.exec(line)?.index ?? line.length;
}

/** In quotes when it must be, so that it reads back as the same text. */
export function quoted(value: string): string {
  if (/^[\p{L}\p{M}\p{N}._,/#@+-]+$/u.test(value)) return value;
  return `"${value.replaceAll(/["\\“”„«»「」『』‘’]/gu, (mark) => `\\${mark}`)}"`;
}
