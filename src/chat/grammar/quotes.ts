/**
 * Quotation marks of every keyboard: where a quoted piece ends, whichever mark it begins with. Must not know: commands, fields.
 */

/** An opening mark and the marks that properly close it; a phone may write the closing mark at both ends. */
const CLOSERS: Readonly<Record<string, string>> = {
  '"': '"',
  '＂': '＂',
  '“': '”',
  '”': '”',
  '„': '“”',
  '‟': '”',
  '«': '»',
  '»': '«»',
  '「': '」',
  '『': '』',
  '‘': '’',
  '‚': '‘’',
};
/** Mixed pairs close too, where nothing else can be meant: at the end of a word. */
const ANY_DOUBLE = '"＂“”„«»」』';
const ESCAPED = '"\\“”„«»「」『』‘’';

export type Quoted = {
  readonly text: string;
  readonly end: number;
  /** What would have closed it, null: it is closed. */
  readonly unclosed: string | null;
};

/** The quoted piece that begins here, escapes undone, or null: no quote begins here. */
export function quotedAt(line: string, at: number): Quoted | null {
  const opener = line.charAt(at);
  const closers = Object.hasOwn(CLOSERS, opener) ? CLOSERS[opener] : undefined;
  if (closers === undefined) return null;
  const end = closingAt(line, at, opener, closers);
  if (end === null)
    return { text: unescaped(line.slice(at + 1)), end: line.length, unclosed: closers.slice(-1) };
  return { text: unescaped(line.slice(at + 1, end)), end: end + 1, unclosed: null };
}

/**
 * Where it closes. Quotes inside that begin after a space and end properly are its own. Another kind of mark at the end of a word
 * closes it too, unless a proper one still comes before the next quote begins.
 */
function closingAt(line: string, at: number, opener: string, closers: string): number | null {
  const inside: string[] = [];
  let other: number | null = null;
  let closedInside: number | null = null;
  for (let here = at + 1; here < line.length; here += 1) {
    const char = line.charAt(here);
    if (char === '\\' && ESCAPED.includes(line.charAt(here + 1) || ' ')) {
      here += 1;
    } else if (other !== null && begins(line, here, char)) {
      return other;
    } else if (opener !== char && inside.at(-1)?.includes(char) === true) {
      inside.pop();
      closedInside = here;
    } else if (closers.includes(char) && isEnd(line, here, char)) {
      return here;
    } else if (opensInside(line, here, char)) {
      inside.push(CLOSERS[char] ?? '');
    } else if (
      other === null &&
      !'‘‚'.includes(opener) &&
      ANY_DOUBLE.includes(char) &&
      isWordEnd(line, here)
    ) {
      other = here;
    }
  }
  if (other !== null) return other;
  // The last mark closed a quote inside, and nothing closed the whole: the inner one was never begun.
  return closedInside !== null && closers.includes(line.charAt(closedInside)) ? closedInside : null;
}

/** A new quoted piece: after a space or a field's colon. */
const begins = (line: string, at: number, char: string): boolean =>
  Object.hasOwn(CLOSERS, char) && /[\s:：]/u.test(line.charAt(at - 1)) && !isWordEnd(line, at);

/** An apostrophe closes a single quote only at the end of a word: ‘don’t worry’. */
const isEnd = (line: string, at: number, char: string): boolean =>
  char === '’' || char === '‘' ? isWordEnd(line, at) : true;

const isWordEnd = (line: string, at: number): boolean =>
  !/\s/u.test(line.charAt(at - 1)) && !/[^\s,，、;；.。)）]/u.test(line.charAt(at + 1));

const opensInside = (line: string, at: number, char: string): boolean =>
  '“„«「『'.includes(char) && /[\s(（]/u.test(line.charAt(at - 1)) && !isWordEnd(line, at);

function unescaped(text: string): string {
  return text.replaceAll(/\\(["\\“”„«»「」『』‘’])/gu, '$1');
}
