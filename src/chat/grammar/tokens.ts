/**
 * A line cut into words and quoted pieces, as typed. Must not know: commands, fields, what a colon means to a verb.
 */

export type Token = {
  /** Where it stands in the line. */
  readonly at: number;
  readonly end: number;
  /** What it stands for, quotes and escapes undone. */
  readonly text: string;
  /** The word before the first colon outside quotes, and what follows it; null without such a colon. */
  readonly option: { readonly word: string; readonly value: string } | null;
  /** Whether it begins with a quote: then it is plain text whatever is in it. */
  readonly quoted: boolean;
  readonly closed: boolean;
};

/** An opening mark and what closes it; a phone may write the closing mark at both ends. */
const CLOSERS: Readonly<Record<string, string>> = { '"': '"', '“': '”', '”': '”' };

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
    return { at, end: whole.end, text: whole.text, option: null, quoted: true, closed: whole.closed };
  }
  const end = wordEnd(line, at);
  const text = line.slice(at, end);
  const colon = text.indexOf(':');
  if (colon < 1) return { at, end, text, option: null, quoted: false, closed: true };
  const word = text.slice(0, colon);
  const value = quotedAt(line, at + colon + 1);
  if (value === null) {
    return { at, end, text, option: { word, value: text.slice(colon + 1) }, quoted: false, closed: true };
  }
  return {
    at,
    end: value.end,
    text: line.slice(at, value.end),
    option: { word, value: value.text },
    quoted: false,
    closed: value.closed,
  };
}

function wordEnd(line: string, at: number): number {
  const space = line.slice(at).search(/\s/u);
  return space < 0 ? line.length : at + space;
}

function quotedAt(line: string, at: number): { text: string; end: number; closed: boolean } | null {
  const closer = CLOSERS[line.charAt(at)];
  if (closer === undefined) return null;
  let text = '';
  for (let here = at + 1; here < line.length; here += 1) {
    const char = line.charAt(here);
    if (char === closer) return { text, end: here + 1, closed: true };
    const next = line.charAt(here + 1);
    if (char === '\\' && next !== '' && '"\\“”'.includes(next)) {
      text += next;
      here += 1;
    } else {
      text += char;
    }
  }
  return { text, end: line.length, closed: false };
}

/** In quotes when it must be, so that it reads back as the same text. */
export function quoted(value: string): string {
  if (/^[\p{L}\p{N}._,/#@+-]+$/u.test(value)) return value;
  return `"${value.replaceAll(/["\\]/g, (mark) => `\\${mark}`)}"`;
}
