/**
 * The small words the pack's sentences are built of.
 * Must not know: what any rule says.
 */
import type { RequestType } from '../vocabulary/values.js';

/** A sentence with the clause it comes from; null: no clause, a rule the desk set itself. */
export function cite(sentence: string, clause: string | null | undefined): string {
  return `${sentence} (${clause === null || clause === undefined ? "the desk's own rule" : `clause ${clause}`})`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return joined(items, 'and');
}

/** `a`, `a or b`, `a, b or c`. */
export function either(items: readonly string[]): string {
  return joined(items, 'or');
}

function joined(items: readonly string[], word: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** `consent_withdrawal` as people read it: `consent withdrawal`. */
export function spoken(word: string): string {
  return word.replaceAll('_', ' ');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The request type as a sentence begins with it: `Consent withdrawal`. */
export function typeName(type: RequestType): string {
  return capital(spoken(type));
}

/** Items under their key, keys and items in the order they came. */
export function groupedBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
