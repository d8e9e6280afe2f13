/**
 * The one grammar of typed lines: `/command verb positional… key:value key:"quoted value"`, to a command and its raw
 * fields, or to every problem with it, in order. Must not know: who asks, what a value means, any surface.
 */

import type { SaidFor } from '../../vocabulary/people-say.js';
import {
  type Command,
  type CommandFacts,
  fieldsInFull,
  type RawFields,
  type Reading,
  type Registry,
} from '../command.js';
import { referenceLike } from '../fields/references.js';
import { nearest } from '../nearest.js';
import { type Problem, problemOf } from '../problem.js';
import type { ReadingPlace } from '../reading-place.js';
import { arrange } from './arrange.js';
import { type Token, tokensOf } from './tokens.js';

export type Line<C extends CommandFacts> =
  | { readonly ok: true; readonly command: C; readonly fields: RawFields }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** What was understood all the same, to prefill a form; null when the verb was not. */
      readonly partial: { readonly command: C; readonly fields: RawFields } | null;
    };

const NONE: RawFields = {};

/** All fields of a verb filled to their limits are shorter. */
export const LINE_MAX = 8_000;

/**
 * A line to a command and its fields as written; values are not checked. `supplied` are fields that the place gives (the
 * case's own thread gives `case`): they stand in when the line does not name another.
 */
export function parseLine<C extends CommandFacts>(
  registry: Registry<C>,
  line: string,
  place: ReadingPlace,
  supplied: RawFields = NONE,
): Line<C> {
  // Nobody types so much in one go; and every pattern behind this is spared it.
  if (line.length > LINE_MAX)
    return {
      ok: false,
      problems: [problemOf(null, { code: 'too-long', reason: 'line-too-long', facts: { max: LINE_MAX } })],
      partial: null,
    };
  const tokens = tokensOf(line);
  const found = helpAsked(registry, tokens, place) ?? commandOf(registry, tokens, supplied, place);
  if ('code' in found) return { ok: false, problems: [found], partial: null };
  const { command, rest } = found;
  const { fields, problems } = arrange(command, line, rest, supplied, place);
  if (problems.length > 0) return { ok: false, problems, partial: { command, fields } };
  return { ok: true, command, fields };
}

/** Both at once: the problems of the line first, then those of its values; what follows from another is left out. */
export function parseCommand<Context, Result>(
  registry: Registry<Command<Context, Result>>,
  line: string,
  place: ReadingPlace,
  supplied: RawFields = NONE,
):
  | {
      readonly ok: true;
      readonly command: Command<Context, Result>;
      readonly fields: RawFields;
      readonly reading: Extract<Reading<Context, Result>, { ok: true }>;
    }
  | Extract<Line<Command<Context, Result>>, { ok: false }> {
  const parsed = parseLine(registry, line, place, supplied);
  const known = parsed.ok ? parsed : parsed.partial;
  if (known === null) return { ok: false, problems: parsed.ok ? [] : parsed.problems, partial: null };
  const fields = fieldsInFull(known.command, known.fields, place);
  const reading = known.command.read(fields, place);
  if (parsed.ok && reading.ok) return { ...parsed, fields, reading };
  const ofLine = parsed.ok ? [] : parsed.problems;
  const cut = ofLine.some(({ code }) => code === 'unclosed-quote');
  const ofValues = (reading.ok ? [] : reading.problems).filter(
    ({ code, field }) =>
      !ofLine.some((one) => one.field !== null && one.field === field) && !(cut && code === 'missing-field'),
  );
  return {
    ok: false,
    problems: [...ofLine, ...ofValues],
    partial: { command: known.command, fields },
  };
}

type Understood<C> = { readonly command: C; readonly rest: readonly Token[] };

/** A word of the line without its slash, whatever width it was typed in. */
function wordOf(token: Token | undefined): string {
  return (token?.text ?? '').slice(0, 64).normalize('NFKC').toLowerCase().replace(/^\//, '');
}

/** `/help`, `?`, `/privacy help`, `/privacy log --help`: the same as `/desk help privacy log`. */
function helpAsked<C extends CommandFacts>(
  registry: Registry<C>,
  tokens: readonly Token[],
  { said }: ReadingPlace,
): Understood<C> | null {
  const help = registry.all.find(({ verb }) => verb === 'help');
  if (help === undefined) return null;
  const words = tokens.slice(0, 4).map(wordOf);
  const isHelp = (word: string | undefined): boolean => word !== undefined && said.help.includes(word);
  const [first = '', second = '', third] = words;
  if (isHelp(first)) return { command: help, rest: tokens.slice(1) };
  if (!registry.commands.includes(first) || registry.lookup(first, second) === help) return null;
  if (isHelp(second)) return { command: help, rest: [tokens[0], ...tokens.slice(2)].flatMap(bare) };
  const isVerb = registry.lookup(first, second) !== null;
  const asks = isHelp(third) && (third?.startsWith('-') === true || tokens.length === 3);
  return isVerb && asks ? { command: help, rest: [tokens[0], tokens[1]].flatMap(bare) } : null;
}

/** A command's word as a value: without its slash. */
function bare(token: Token | undefined): readonly Token[] {
  if (token === undefined) return [];
  return /^[/／]/u.test(token.text) ? [{ ...token, at: token.at + 1, text: token.text.slice(1) }] : [token];
}

/** The command the line begins with. A mention may leave the first word out where the verb, or a reference, tells. */
function commandOf<C extends CommandFacts>(
  registry: Registry<C>,
  tokens: readonly Token[],
  supplied: RawFields,
  { said }: ReadingPlace,
): Understood<C> | Problem {
  const word = wordOf(tokens[0]);
  if (registry.commands.includes(word)) {
    const verb = wordOf(tokens[1]);
    const command = registry.lookup(word, verb);
    return command === null
      ? noSuchVerb(registry, word, verb, said.verbs)
      : { command, rest: tokens.slice(2) };
  }
  const slashed = /^[/／]/u.test(tokens[0]?.text ?? '');
  const byVerb = registry.all.filter(({ verb }) => verb === word);
  const meant = byVerb.length > 1 ? byVerb.filter((one) => names(one, tokens.slice(1), supplied)) : byVerb;
  const only = meant.length === 1 ? meant[0] : undefined;
  if (only !== undefined && !slashed) return { command: only, rest: tokens.slice(1) };
  const commands = registry.commands.map((one) => `/${one}`);
  const spelled = nearest(word, registry.commands);
  const whole = byVerb.map((one) => `/${one.command} ${one.verb}`);
  return problemOf(null, {
    code: 'unknown-command',
    ...(word === ''
      ? { reason: 'no-command', facts: { commands } }
      : { reason: 'no-such-command', facts: { commands } }),
    read: slashed ? `/${word}` : word,
    allowed: commands,
    suggestion: spelled === null ? (whole.length > 0 ? whole.join(' or ') : null) : `/${spelled}`,
  });
}

function noSuchVerb(registry: Registry, command: string, verb: string, said: SaidFor): Problem {
  const verbs = registry.verbsOf(command);
  const facts = { command, verbs };
  if (verb === '') return problemOf(null, { code: 'unknown-verb', reason: 'no-verb', facts, allowed: verbs });
  const suggestion = nearest(verb, verbs, said);
  return problemOf(null, {
    code: 'unknown-verb',
    reason: 'no-such-verb',
    facts,
    read: verb,
    allowed: verbs,
    suggestion,
  });
}

/** Whether a reference in the line, or the place it was said in, belongs to this command's own field. */
function names(command: CommandFacts, tokens: readonly Token[], supplied: RawFields): boolean {
  const spec = command.fields.find(({ name }) => name === command.positionals[0]);
  if (spec === undefined) return false;
  const first = tokens.find(({ text }) => ANY_REFERENCE.some((kind) => referenceLike(kind, text)));
  if (first !== undefined) return referenceLike(spec.kind, first.text);
  return Object.hasOwn(supplied, spec.name);
}

const ANY_REFERENCE = ['case', 'disclosure', 'consent'] as const;
