/**
 * A button is a saved invocation: `v1|disclosure.decide|3|disclosure=DR-2026-0017&verdict=approve`, and back.
 * Must not know: which commands exist, or who may press.
 */

export type SavedAction = {
  readonly command: string;
  readonly verb: string;
  readonly fields: Readonly<Record<string, string>>;
  /** The version of the case or disclosure that was on the card, so that a late press is told. */
  readonly shown: number | null;
};

/** Discord's limit on a custom_id is 100 characters; in bytes, it holds everywhere. */
export const ACTION_BYTES = 100;
const VERSION = 'v1';
const WORD = /^[a-z][a-z_]*$/;

/** Throws when it would not fit, or could not be read back: buttons carry references and choices, not text. */
export function encodeAction({ command, verb, fields, shown }: SavedAction): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${escaped(value)}`);
  const code = [VERSION, `${command}.${verb}`, shown === null ? '' : String(shown), pairs.join('&')].join(
    '|',
  );
  if (Buffer.byteLength(code) > ACTION_BYTES) {
    throw new Error(`a button of /${command} ${verb} needs more than ${ACTION_BYTES} bytes`);
  }
  if (decodeAction(code) === null) throw new Error(`a button of /${command} ${verb} cannot be encoded`);
  return code;
}

/** The saved invocation, or null when this is none. */
export function decodeAction(code: string): SavedAction | null {
  const [version, words = '', shown = '', pairs = '', ...more] = code.split('|');
  const [command = '', verb = '', ...rest] = words.split('.');
  if (version !== VERSION || more.length > 0 || rest.length > 0) return null;
  if (!WORD.test(command) || !WORD.test(verb) || !/^(?:0|[1-9]\d{0,14})?$/.test(shown)) return null;
  const fields = new Map<string, string>();
  for (const pair of pairs === '' ? [] : pairs.split('&')) {
    const [name = '', value, ...others] = pair.split('=');
    const text = value === undefined ? null : unescaped(value);
    if (!WORD.test(name) || text === null || others.length > 0 || fields.has(name)) return null;
    fields.set(name, text);
  }
  return { command, verb, fields: Object.fromEntries(fields), shown: shown === '' ? null : Number(shown) };
}

/** Only what the code itself uses, controls, and halves of characters, which would not survive the way. */
function escaped(value: string): string {
  return value.replaceAll(/[%|&=]|\p{Cc}|\p{Cs}/gu, (unit) => `%${unit.charCodeAt(0).toString(16)};`);
}

function unescaped(value: string): string | null {
  if (/%(?![0-9a-f]{1,4};)/.test(value)) return null;
  return value.replaceAll(/%([0-9a-f]{1,4});/g, (_, unit: string) =>
    String.fromCharCode(Number.parseInt(unit, 16)),
  );
}
