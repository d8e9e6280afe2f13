/**
 * Literal text for Discord: nothing in it mentions, links or formats; and cutting, so that one sees that something is
 * missing. Must not know: cards.
 */

/** The id of a user, of which an account is made. */
export const USER_ID = /^\d{15,25}$/;

const INVISIBLE = '\u200b';

/**
 * Markdown, mentions, emoji and links undone. A backslash before punctuation is never shown; `@everyone` needs an
 * invisible space, since no backslash undoes it.
 */
export function literal(text: string): string {
  return text
    .replaceAll(/[\\*_~`|<>[\]]/g, (mark) => `\\${mark}`)
    .replaceAll(/:(?=\/\/|[\w+-]+:)/g, '\\:')
    .replaceAll(/@(?=everyone|here)/gi, `@${INVISIBLE}`)
    .replaceAll(/^(\s*)([#+-]|\d+(?=[.)]))/gm, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}${INVISIBLE}` : `${space}\\${mark}`,
    );
}

/** Text inside a code block, where only the closing fence means anything. */
export function inCode(text: string): string {
  return text.replaceAll('`'.repeat(3), `\`${INVISIBLE}\`${INVISIBLE}\``);
}

/** At most `max` characters, with `…` where something was cut; never half a character, never a lone backslash. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text
    .slice(0, max - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/(?<!\\)((?:\\\\)*)\\$/, '$1');
  return `${kept}…`;
}
