/**
 * What a button or a form carries: a saved invocation, what its form asks for, and the mark by which a post whose outcome
 * is unknown is found again. Must not know: what the invocation does, Discord's payloads.
 */
import { ACTION_BYTES, encodeAction } from '../../chat/action.js';
import { CUSTOM_ID_MAX } from './limits.js';

/** The id of a menu whose values are ids of buttons. */
export const ROWS_MENU = 'rows';

/** `v1|words|shown|pairs` of the code, then these two. */
const CODE_PARTS = 4;

export type CustomId =
  /** A saved invocation; `asks` non-empty: a form first. */
  | { readonly kind: 'saved'; readonly code: string; readonly asks: readonly string[] }
  /** A form that was too much for an id: the surface remembers it. `open`: the button that opens it. */
  | { readonly kind: 'draft'; readonly id: string; readonly open: boolean; readonly of: DraftOf | null };

/** What a draft finishes: with it, a form that is forgotten can be made anew. */
type DraftOf = { readonly command: string; readonly verb: string; readonly shown: number | null };

/**
 * `code|asks|mark`. What does not fit is left out, the mark first: a button without its mark is found by the footer, one
 * without `asks` runs at once and is told what is missing.
 */
export function buttonId(code: string, asks: readonly string[], mark: string): string {
  const candidates = [
    [code, asks.join(','), mark].join('|').replace(/\|+$/, ''),
    [code, asks.join(',')].join('|').replace(/\|$/, ''),
    code,
  ];
  const fits = candidates.find((id) => id.length <= CUSTOM_ID_MAX);
  if (fits === undefined) throw new Error(`a button's code is longer than ${ACTION_BYTES} bytes`);
  return fits;
}

/** A form's own id: the code when it fits, or null: to be remembered as a draft. */
export function formId(form: {
  readonly command: string;
  readonly verb: string;
  readonly given: Readonly<Record<string, string>>;
  readonly shown: number | null;
}): string | null {
  const pairs = Object.entries(form.given).reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    0,
  );
  if (pairs > ACTION_BYTES) return null;
  try {
    return encodeAction({ ...form, fields: form.given });
  } catch {
    // encodeAction throws for exactly one reason that can happen here: it does not fit.
    return null;
  }
}

/** `draft|id|command.verb|shown`, always within the limit: the words are short. */
export const draftId = (id: string, open: boolean, { command, verb, shown }: DraftOf): string =>
  `${open ? 'open' : 'draft'}|${id}|${command}.${verb}|${shown ?? ''}`;

export function readCustomId(text: string): CustomId {
  const parts = text.split('|');
  const [first = '', second = ''] = parts;
  if (first === 'open' || first === 'draft')
    return { kind: 'draft', id: second, open: first === 'open', of: draftOf(parts[2], parts[3]) };
  const asks = parts[CODE_PARTS] ?? '';
  return {
    kind: 'saved',
    code: parts.slice(0, CODE_PARTS).join('|'),
    asks: asks === '' ? [] : asks.split(','),
  };
}

function draftOf(words = '', shown = ''): DraftOf | null {
  const [command = '', verb = ''] = words.split('.');
  return command === '' || verb === '' ? null : { command, verb, shown: shown === '' ? null : Number(shown) };
}

/** Whether this id carries the mark. */
export const hasMark = (text: string, mark: string): boolean => text.split('|')[CODE_PARTS + 1] === mark;
