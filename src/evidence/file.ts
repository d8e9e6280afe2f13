/**
 * An evidence file as bytes: the page with the data in it, or the data alone; and the two taken apart again. Must not know: what
 * the data say, how the page looks.
 */
const OPEN = '<script type="application/json" id="evidence">\n';
const CLOSE = '</script>';
const WORDS_OPEN = '<main id="record">';
const WORDS_CLOSE = '</main>';

export const DATA_ID = 'evidence';
export const WORDS_ID = 'record';

/** A page as it is before its data are put in: `frame` is what stands in place of the data. */
export type Frame = { readonly before: string; readonly after: string };

export const framed = (markup: { readonly before: string; readonly after: string }): Frame => ({
  before: `${markup.before}${OPEN}`,
  after: `${CLOSE}${markup.after}`,
});

export const mainOf = (markup: string): string => `${WORDS_OPEN}${markup}${WORDS_CLOSE}`;

export type TakenApart = {
  readonly data: string;
  /** Null: the file is data alone. */
  readonly page: { readonly words: string; readonly frame: string } | null;
};

/** Null: there are no data in it. */
export function takenApart(file: string): TakenApart | null {
  if (file.startsWith('{')) return { data: file, page: null };
  const from = file.indexOf(OPEN);
  if (from === -1) return null;
  const begin = from + OPEN.length;
  const end = file.indexOf(CLOSE, begin);
  if (end === -1) return null;
  const before = file.slice(0, begin);
  const after = file.slice(end);
  return {
    data: file.slice(begin, end),
    page: { words: wordsIn(file), frame: frameText({ before, after }) },
  };
}

/** What the hash of a frame covers. */
export const frameText = ({ before, after }: Frame): string => `${before}${after}`;

/** The text that a browser reads in the page's main part. */
export function wordsIn(markup: string): string {
  const from = markup.indexOf(WORDS_OPEN);
  const to = markup.indexOf(WORDS_CLOSE, from);
  return from === -1 || to === -1 ? '' : plainOf(markup.slice(from + WORDS_OPEN.length, to));
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Of markup that this desk wrote: every text in it is escaped. */
const plainOf = (markup: string): string =>
  markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => NAMED[name] ?? '');

export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
