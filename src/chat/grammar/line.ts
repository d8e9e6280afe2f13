/**
 * The one grammar of typed lines: `/command verb positional… key:value key:"quoted value"`, to a command and its raw
 * fields, or to every problem with it, in order. Must not know: who asks, what a value means, any surface.
 */

import type { Command, CommandFacts, RawFields, Reading, Registry } from '../command.js';
import type { ReadingPlace } from '../fields/field.js';
import { referenceLike } from '../fields/kinds.js';
import { listed, nearest, type Problem, problemOf } from '../problem.js';
import { arrange } from './arrange.js';
import { quoted, type Token, tokensOf } from './tokens.js';

export type Line<C extends CommandFacts> =
  | { readonly ok: true; readonly command: C; readonly fields: RawFields }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** What was understood all the same, to prefill a form; null when the verb was not. */
      readonly partial: { readonly command: C; readonly fields: RawFields } | null;
    };

const NONE: RawFields = {};

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
  const tokens = tokensOf(line);
  const found = commandOf(registry, tokens, supplied);
  if ('code' in found) return { ok: false, problems: [found], partial: null };
  const { command, rest } = found;
  const { fields, problems } = arrange(command, line, rest, supplied, place);
  if (problems.length > 0) return { ok: false, problems, partial: { command, fields } };
  return { ok: true, command, fields };
}

/** Raw fields to the command's typed input, ready to be planned, or every problem with them. */
export function parseFields<Context, Result>(
  command: Command<Context, Result>,
  fields: RawFields,
  place: ReadingPlace,
): Reading<Context, Result> {
  return command.read(fields, place);
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
  const reading = known.command.read(known.fields, place);
  if (parsed.ok && reading.ok) return { ...parsed, reading };
  const ofLine = parsed.ok ? [] : parsed.problems;
  const cut = ofLine.some(({ code }) => code === 'unclosed-quote');
  const ofValues = (reading.ok ? [] : reading.problems).filter(
    ({ code, field }) =>
      !ofLine.some((one) => one.field !== null && one.field === field) && !(cut && code === 'missing-field'),
  );
  return {
    ok: false,
    problems: [...ofLine, ...ofValues],
    partial: { command: known.command, fields: known.fields },
  };
}

/** A line that parses to these fields: the first positionals bare, the rest named. */
export function formatLine(command: CommandFacts, fields: RawFields): string {
  const given = new Map(Object.entries(fields).filter(([, value]) => value.trim() !== ''));
  const words = [`/${command.command}`, command.verb];
  for (const name of command.positionals) {
    const value = given.get(name)?.trim();
    if (value === undefined || !/^[\w./#,-]+$/.test(value)) break;
    words.push(value);
    given.delete(name);
  }
  for (const [name, value] of given) words.push(`${name}:${quoted(value.trim())}`);
  return words.join(' ');
}

/** The command the line begins with. A mention may leave the first word out where the verb, or a reference, tells. */
function commandOf<C extends CommandFacts>(
  registry: Registry<C>,
  tokens: readonly Token[],
  supplied: RawFields,
): { readonly command: C; readonly rest: readonly Token[] } | Problem {
  const first = (tokens[0]?.text ?? '').toLowerCase();
  const word = first.replace(/^\//, '');
  if (registry.commands.includes(word)) {
    const verbs = registry.verbsOf(word);
    const verb = (tokens[1]?.text ?? '').toLowerCase();
    const command = registry.lookup(word, verb);
    if (command !== null) return { command, rest: tokens.slice(2) };
    const suggestion = nearest(verb, verbs);
    const says =
      verb === ''
        ? `Say what to do: /${word} and one of ${listed(verbs)}`
        : `/${word} has no such verb${suggestion === null ? `; it has ${listed(verbs)}` : ''}`;
    return problemOf(null, { code: 'unknown-verb', says, read: verb, allowed: verbs, suggestion });
  }
  const byVerb = registry.all.filter(({ verb }) => verb === word);
  const meant = byVerb.length > 1 ? byVerb.filter((one) => names(one, tokens.slice(1), supplied)) : byVerb;
  const only = meant.length === 1 ? meant[0] : undefined;
  if (only !== undefined && !first.startsWith('/')) return { command: only, rest: tokens.slice(1) };
  const allowed = registry.commands.map((one) => `/${one}`);
  const spelled = nearest(word, registry.commands);
  const whole = byVerb.map((one) => `/${one.command} ${one.verb}`);
  return problemOf(null, {
    code: 'unknown-command',
    says:
      word === ''
        ? `Begin with ${listed(allowed)}`
        : `There is no such command; there are ${listed(allowed)}`,
    read: first,
    allowed,
    suggestion: spelled === null ? (whole.length > 0 ? listed(whole) : null) : `/${spelled}`,
  });
}

/** Whether a reference in the line, or the place it was said in, belongs to this command's own field. */
function names(command: CommandFacts, tokens: readonly Token[], supplied: RawFields): boolean {
  const spec = command.fields.find(({ name }) => name === command.positionals[0]);
  if (spec === undefined) return false;
  const first = tokens.find(({ text }) => /^(?:pr|dr|co)-\d/i.test(text));
  if (first !== undefined) return referenceLike(spec.kind, first.text);
  return Object.hasOwn(supplied, spec.name);
}
