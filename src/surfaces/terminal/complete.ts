/**
 * What Tab completes: commands and verbs, then the fields of a verb and the words of its closed lists. And which lines may be
 * kept between runs: those made of such words alone. Must not know: what a command does.
 */
import type { CommandFacts, Registry } from '../../chat/command.js';
import { isReference } from '../../vocabulary/references.js';

const OWN_WORDS = ['/as ', '/clock ', '/press '];

/** The completions of the last word, and that word. */
export function completer(
  registry: Registry,
): (line: string) => readonly [found: readonly string[], of: string] {
  const heads = [...OWN_WORDS, ...registry.all.map(({ command, verb }) => `/${command} ${verb} `)];
  return (line) => {
    const command = commandOf(registry, line);
    if (command === null) return [heads.filter((head) => head.startsWith(line)), line];
    const word = /\S*$/.exec(line)?.[0] ?? '';
    return [wordsOf(command, word).filter((found) => found.startsWith(word)), word];
  };
}

function commandOf(registry: Registry, line: string): CommandFacts | null {
  const [, command = '', verb = ''] = /^\/(\w+)\s+(\w+)\s/.exec(line) ?? [];
  return registry.lookup(command, verb);
}

function wordsOf(command: CommandFacts, word: string): readonly string[] {
  const [, name] = /^(\w+):/.exec(word) ?? [];
  if (name !== undefined) {
    const choices = command.fields.find((field) => field.name === name)?.choices ?? [];
    const before = word.slice(0, Math.max(word.indexOf(':'), word.lastIndexOf(',')) + 1);
    return choices.map((choice) => `${before}${choice}`);
  }
  const places = command.fields.filter((field) => command.positionals.includes(field.name));
  return [
    ...places.flatMap(({ choices }) => choices ?? []),
    ...command.fields.map((field) => `${field.name}:`),
  ];
}

const HARMLESS = /^(?:\d{1,4}|[+-]\d{1,4}[wdhm]|\d{4}-\d{2}(?:-\d{2})?(?:T\d{2}:\d{2}(?::\d{2})?)?)$/;

/**
 * Whether a line may lie in a file in the clear: the desk's own words, its references, short numbers and dates. A customer's
 * reference, a name or free text would outlive the erasure of that customer.
 */
export function namesNobody(registry: Registry): (line: string) => boolean {
  const words = new Set(['as', 'clock', 'press']);
  for (const { command, verb, fields } of registry.all) {
    for (const word of [command, verb]) words.add(word);
    for (const field of fields) for (const word of [field.name, ...(field.choices ?? [])]) words.add(word);
  }
  const known = (word: string): boolean =>
    words.has(word) || HARMLESS.test(word) || isReference(word.toUpperCase());
  return (line) => {
    if (!line.startsWith('/')) return false;
    // `/as lyon`, `/press Approve DR-2026-0001`: staff and buttons, no customers.
    if (/^\/as\s+[a-z]{1,20}(?:@[a-z]+)?$/.test(line)) return true;
    const rest = line.replace(/^\/press\s+[A-Z]?[a-z]+(?=\s|$)/, '/press').slice(1);
    return rest
      .trim()
      .split(/[\s,]+/)
      .flatMap((word) => word.split(/:(?!\d\d)/).filter((part) => part !== ''))
      .every(known);
  };
}
