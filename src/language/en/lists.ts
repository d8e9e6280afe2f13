/** Lists and small words in English. Must not know: what is listed. */

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string => joined(items, 'and');

/** `a`, `a or b`, `a, b or c`. */
export const either = (items: readonly string[]): string => joined(items, 'or');

/** `a, b, c`. */
export const commas = (items: readonly string[]): string => items.join(', ');

function joined(items: readonly string[], word: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** `it` of one thing, `them` of several. */
export const themOf = (items: { readonly length: number }): string => (items.length === 1 ? 'it' : 'them');

/** `is` of one thing, `are` of several. */
export const areOf = (items: { readonly length: number }): string => (items.length === 1 ? 'is' : 'are');

/** `consent_withdrawal` as people read it: `consent withdrawal`. */
export const spoken = (word: string): string => word.replaceAll('_', ' ');

/** ` (clause 4.2)` after what the clause says; nothing where the pack gives no clause. */
export const underClause = (clause: string | null | undefined): string =>
  clause === null || clause === undefined ? '' : ` (clause ${clause})`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `1 day`, `2 days`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
