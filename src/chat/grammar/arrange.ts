/**
 * Which token of a line belongs to which field of its verb: named ones by their name, plain ones by their place.
 * Must not know: other commands, what a value means.
 */
import { findPersonalData } from '../../vocabulary/personal-data.js';
import { type CommandFacts, type FieldSpec, missing, type RawFields, unknownOption } from '../command.js';
import type { ReadingPlace } from '../fields/field.js';
import { referenceLike } from '../fields/kinds.js';
import { lettersApart, listed, type Problem, personalDataIn, problemOf } from '../problem.js';
import type { Token } from './tokens.js';

type Found = { readonly at: number; readonly problem: Problem };

/** Tokens to fields, and every problem in the order of the line; values are as written, none empty. */
export function arrange(
  command: CommandFacts,
  line: string,
  tokens: readonly Token[],
  supplied: RawFields,
  at: ReadingPlace,
): { readonly fields: RawFields; readonly problems: readonly Problem[] } {
  const names = command.fields.map(({ name }) => name);
  const fields = new Map<string, string>();
  const found: Found[] = [];
  const plain: Token[] = [];
  const complain = (at: number, problem: Problem) => found.push({ at, problem });

  for (const token of tokens) {
    const word = token.option?.word.toLowerCase() ?? '';
    const spec = command.fields.find(({ name }) => name === word);
    if (!token.closed) complain(token.at, unclosed(spec?.name ?? null, token));
    if (token.option === null || (spec === undefined && likeField(token, names) === null)) {
      plain.push(token);
    } else if (spec === undefined) {
      complain(token.at, unknownOption(token.option.word, likeField(token, names), names));
    } else if (fields.has(word)) {
      complain(token.at, twice(word, token.option.value));
    } else {
      const value = token.option.value.trim();
      fields.set(word, value);
      if (value === '' && token.closed) complain(token.at, empty(command, spec));
    }
  }
  place(command, line, plain, fields, supplied, complain, at);
  for (const [name, value] of fields) if (value === '') fields.delete(name);
  return {
    fields: Object.fromEntries(fields),
    problems: found.sort((a, b) => a.at - b.at).map(({ problem }) => problem),
  };
}

/** Gives plain tokens to the positionals that were not named; too many of them are read as repeating a named one. */
function place(
  command: CommandFacts,
  line: string,
  plain: readonly Token[],
  fields: Map<string, string>,
  supplied: RawFields,
  complain: (at: number, problem: Problem) => void,
  { country }: ReadingPlace,
): void {
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
    if (fields.has(spec.name)) complain(token.at, twice(spec.name, value));
    else fields.set(spec.name, value);
    if (tail.length > 1) break;
  }
  const [first] = left;
  if (first !== undefined)
    complain(first.at, unexpected(command, line, plain, left, order[at - 1] ?? null, country));
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

/** The field that the word before the colon is at most two letters from; never a link's scheme. */
function likeField({ option }: Token, names: readonly string[]): string | null {
  const word = option?.word.toLowerCase() ?? '';
  if (option === null || !/^[a-z_]{1,40}$/.test(word) || option.value.startsWith('//')) return null;
  const near = names
    .map((name) => ({ name, apart: lettersApart(word, name) }))
    .sort((a, b) => a.apart - b.apart)[0];
  return near !== undefined && near.apart <= 2 ? near.name : null;
}

function twice(field: string, value: string): Problem {
  return problemOf(field, { code: 'duplicate-option', says: 'was given twice: keep one', read: value });
}

function empty(command: CommandFacts, { name, required }: FieldSpec): Problem {
  if (required) return missing(command, name);
  return problemOf(name, {
    code: 'invalid-value',
    says: `is empty: write ${name}:value without a space, or leave it out`,
  });
}

function unclosed(field: string | null, { text, option }: Token): Problem {
  return problemOf(field, {
    code: 'unclosed-quote',
    says:
      field === null
        ? 'A quote is not closed: end it with "'
        : 'has a quote that is not closed: end it with "',
    read: option?.value ?? text,
  });
}

/** Text nobody takes. A phone number typed with spaces ends up here in pieces: then that is what it is about. */
function unexpected(
  command: CommandFacts,
  line: string,
  plain: readonly Token[],
  left: readonly Token[],
  last: FieldSpec | null,
  country: string,
): Problem {
  const kind = findPersonalData(spacedAsTyped(line, plain).slice(0, 4000), country);
  if (kind !== null) return problemOf(last?.name ?? null, personalDataIn(kind));
  const optional = command.fields
    .filter(({ name }) => !command.positionals.includes(name))
    .map(({ name }) => name);
  const hint =
    optional.length === 0
      ? 'leave it out'
      : `name its field (${listed(optional)}) and put text with spaces in "quotes"`;
  return problemOf(null, {
    code: 'unexpected-text',
    says: `There is text that belongs to no field: ${hint}`,
    read: spacedAsTyped(line, left),
    allowed: optional,
  });
}
