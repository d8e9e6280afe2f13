/**
 * Which token of a line belongs to which field of its verb: named ones by their name, plain ones by their place.
 * Must not know: other commands, what a value means.
 */
import { personalDataKinds } from '../../vocabulary/personal-data.js';
import { type CommandFacts, type FieldSpec, missing, type RawFields, unknownOption } from '../command.js';
import { isDate } from '../fields/dates.js';
import { referenceLike } from '../fields/references.js';
import { lettersApart, saidFor } from '../nearest.js';
import { type Problem, personalDataIn, problemOf } from '../problem.js';
import type { ReadingPlace } from '../reading-place.js';
import type { Token } from './tokens.js';

type Found = { readonly at: number; readonly problem: Problem };

/** One line on its way to fields. */
type Arranging = {
  readonly command: CommandFacts;
  readonly line: string;
  readonly supplied: RawFields;
  readonly place: ReadingPlace;
  readonly fields: Map<string, string>;
  /** Named with nothing behind the colon. */
  readonly emptied: Set<string>;
  readonly complain: (at: number, problem: Problem) => void;
};

/** Tokens to fields, and every problem in the order of the line; values are as written, none empty. */
export function arrange(
  command: CommandFacts,
  line: string,
  tokens: readonly Token[],
  supplied: RawFields,
  place: ReadingPlace,
): { readonly fields: RawFields; readonly problems: readonly Problem[] } {
  const found: Found[] = [];
  const arranging: Arranging = {
    command,
    line,
    supplied,
    place,
    fields: new Map(),
    emptied: new Set(),
    complain: (at, problem) => found.push({ at, problem }),
  };
  const plain: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const more = named(arranging, token, tokens.slice(index + 1, index + 1 + DATE_WORDS));
    if (more === null) plain.push(token);
    else index += more;
  }
  placePlain(arranging, withWholeDates(arranging, plain));
  const fields = Object.fromEntries([...arranging.fields].filter(([, value]) => value !== ''));
  return { fields, problems: found.sort((a, b) => a.at - b.at).map(({ problem }) => problem) };
}

/** Takes a token that names a field; gives how many of those behind it belong to its value, or null: it names none. */
function named(arranging: Arranging, token: Token, behind: readonly Token[]): number | null {
  const { command, line, place, fields, emptied, complain } = arranging;
  const { option } = token;
  const spec = specNamed(command, option?.word);
  if (token.unclosed !== null) complain(token.at, unclosed(spec?.name ?? null, token));
  if (option === null) return null;
  if (spec === undefined) {
    const like = likeField(command, token, place);
    if (like === null) return null;
    complain(token.at, unknownOption(command, wordOf(option.word), like));
    return 0;
  }
  if (fields.has(spec.name)) {
    complain(token.at, twice(spec.name, option.value));
    return 0;
  }
  const following = behind.filter((each) => specNamed(command, each.option?.word) === undefined);
  const more = option.quoted ? 0 : dateWords(spec, option.value, following, place);
  const last = more === 0 ? undefined : following[more - 1];
  const value = last === undefined ? option.value : `${option.value}${line.slice(token.end, last.end)}`;
  fields.set(spec.name, value.trim());
  if (value.trim() === '' && token.unclosed === null) {
    emptied.add(spec.name);
    complain(token.at, empty(command, spec));
  }
  return more;
}

const wordOf = (word: string): string => word.normalize('NFKC').toLowerCase();

const specNamed = (command: CommandFacts, word: string | undefined): FieldSpec | undefined =>
  word === undefined ? undefined : command.fields.find(({ name }) => name === wordOf(word));

/** No date has more words behind its first: `Nov 20, 2026 at 14:30`. */
const DATE_WORDS = 4;

/** How many of the following words belong to a date that begins with `first`: `20 Nov 2026`, `yesterday 14:30`. */
function dateWords(spec: FieldSpec, first: string, following: readonly Token[], place: ReadingPlace): number {
  const open = following.findIndex(({ quoted }) => quoted);
  const words = (open < 0 ? following : following.slice(0, open))
    .slice(0, DATE_WORDS)
    .map(({ text }) => text);
  for (let count = words.length; count > 0; count -= 1) {
    if (isDate(spec, [first, ...words.slice(0, count)].join(' '), place)) return count;
  }
  return 0;
}

/** Plain words that are one date together become one token, where a date may still come. */
function withWholeDates(
  { command, line, fields, place }: Arranging,
  plain: readonly Token[],
): readonly Token[] {
  const dates = command.fields.filter(
    ({ name, kind }) =>
      ['day', 'moment', 'dated', 'month'].includes(kind) &&
      command.positionals.includes(name) &&
      !fields.has(name),
  );
  if (dates.length === 0) return plain;
  const whole: Token[] = [];
  for (let index = 0; index < plain.length; index += 1) {
    const token = plain[index];
    if (token === undefined) continue;
    const behind = plain.slice(index + 1, index + 1 + DATE_WORDS);
    const more = token.quoted
      ? 0
      : Math.max(...dates.map((spec) => dateWords(spec, token.text, behind, place)));
    const last = behind[more - 1];
    whole.push(
      last === undefined
        ? token
        : { ...token, end: last.end, text: line.slice(token.at, last.end), option: null },
    );
    index += more;
  }
  return whole;
}

/** Gives plain tokens to the positionals that were not named; too many of them are read as repeating a named one. */
function placePlain(arranging: Arranging, plain: readonly Token[]): void {
  const { command, line, fields, supplied, emptied, complain } = arranging;
  const specs = command.positionals
    .flatMap((name) => command.fields.filter((spec) => spec.name === name))
    .filter((spec, index) => {
      const value = supplied[spec.name];
      if (value === undefined || fields.has(spec.name) || isReference(spec, plain[index])) return true;
      fields.set(spec.name, value);
      return false;
    });
  const open = specs.filter(({ name }) => !fields.has(name));
  const repeated = specs.some((spec, index) => fields.has(spec.name) && isReference(spec, plain[index]));
  const fits = plain.length <= open.length || open.at(-1)?.freeText === true;
  const order = (fits && !repeated) || plain.length === 0 ? open : specs;

  let at = 0;
  const left: Token[] = [];
  for (const [index, token] of plain.entries()) {
    const spec = order[at];
    const takes = spec !== undefined && (spec.freeText || token.option === null);
    if (!takes) {
      left.push(token);
      continue;
    }
    at += 1;
    const tail = spec.freeText && at === order.length ? plain.slice(index) : [token];
    const value = (tail.length === 1 ? plainText(line, token) : spacedAsTyped(line, tail)).trim();
    if (!fields.has(spec.name)) fields.set(spec.name, value);
    // `text: hello` is told once, as the empty name it is.
    else if (!emptied.has(spec.name)) complain(token.at, twice(spec.name, value));
    if (tail.length > 1) break;
  }
  const [first] = left;
  if (first !== undefined && emptied.size === 0)
    complain(first.at, unexpected(arranging, plain, left, order[at - 1] ?? null));
}

function isReference({ kind }: FieldSpec, token: Token | undefined): boolean {
  return token !== undefined && referenceLike(kind, token.text);
}

/** What a token stands for alone: unquoted, or with its colon and quotes as typed. */
function plainText(line: string, token: Token): string {
  return token.quoted ? token.text : line.slice(token.at, token.end);
}

/** Neighbours keep the spacing between them; where an option stood between two, one space. */
function spacedAsTyped(line: string, tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => {
      const before = tokens[index - 1];
      const gap = before === undefined ? '' : line.slice(before.end, token.at);
      return (/\S/u.test(gap) ? ' ' : gap) + line.slice(token.at, token.end);
    })
    .join('');
}

/** The field that the word before the colon is at most two letters from, or what people mean by it; never a link's scheme. */
function likeField(command: CommandFacts, { option }: Token, { said }: ReadingPlace): string | null {
  const word = wordOf(option?.word ?? '');
  if (option === null || !/^[a-z_]{1,40}$/.test(word) || option.value.startsWith('//')) return null;
  const names = command.fields.map(({ name }) => name);
  const near = names
    .map((name) => ({ name, apart: lettersApart(word, name) }))
    .sort((a, b) => a.apart - b.apart)[0];
  if (near === undefined || near.apart > 2) return null;
  return (near.apart > 1 ? saidFor(word, names, said.fields) : null) ?? near.name;
}

function twice(field: string, value: string): Problem {
  return problemOf(field, { code: 'duplicate-option', reason: 'given-twice', facts: {}, read: value });
}

function empty(command: CommandFacts, { name, required, freeText }: FieldSpec): Problem {
  if (required && !freeText) return missing(command, name);
  return problemOf(name, {
    code: required ? 'missing-field' : 'invalid-value',
    reason: 'empty',
    facts: { name, required, quotable: freeText },
  });
}

function unclosed(field: string | null, { text, option, unclosed: closer }: Token): Problem {
  return problemOf(field, {
    code: 'unclosed-quote',
    reason: 'quote-not-closed',
    facts: { closer: closer ?? '"' },
    read: option?.value ?? text,
  });
}

/** No number is so long, however it is spaced. */
const SPACED_NUMBER = 400;

/** Text nobody takes. A phone number typed with spaces ends up here in pieces: then that is what it is about. */
function unexpected(
  { command, line, place }: Arranging,
  plain: readonly Token[],
  left: readonly Token[],
  last: FieldSpec | null,
): Problem {
  const kinds = personalDataKinds(spacedAsTyped(line, plain).slice(0, SPACED_NUMBER), place.country);
  if (kinds.length > 0) return problemOf(last?.name ?? null, personalDataIn(kinds));
  const options = command.fields
    .filter(({ name }) => !command.positionals.includes(name))
    .map(({ name }) => name);
  const names = command.fields.map(({ name }) => name);
  const meant = left
    .map(({ option }) => (option === null ? null : saidFor(option.word, names, place.said.fields)))
    .find((name) => name !== null);
  return problemOf(null, {
    code: 'unexpected-text',
    reason: 'belongs-to-no-field',
    facts: { options, meant: meant ?? null },
    read: spacedAsTyped(line, left),
    allowed: options,
    suggestion: meant === undefined ? null : `${meant}:…`,
  });
}
