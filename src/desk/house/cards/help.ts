/** `/desk help`: what the asker may do, one command of it, or one verb with its fields and examples. Must not know: surfaces. */
import { type Block, type Card, card } from '../../../chat/card.js';
import type { CommandFacts, FieldSpec, Registry } from '../../../chat/command.js';
import { nearest } from '../../../chat/nearest.js';
import { type Problem, problemOf } from '../../../chat/problem.js';
import { matching, placesOf, renderUsage, type Wanted, wordOf } from '../../../chat/usage.js';
import { HELP } from '../../../language/en/help.js';
import type { PeopleSay } from '../../../vocabulary/people-say.js';
import type { Permission } from '../../../vocabulary/permissions.js';

/** What the asker may do, or one command of it, or one verb with its fields and examples. */
export function helpCard(registry: Registry, wanted: Wanted, may: (permission: Permission) => boolean): Card {
  const asked = matching(registry, wanted);
  const mine = asked.filter(({ permission }) => may(permission));
  const [only] = mine;
  if (only === undefined) {
    const blocks: readonly Block[] = [{ kind: 'text', text: HELP.nothing }];
    return cardOf(asked.length === 1 && asked[0] ? titleOf(asked[0]) : HELP.title, blocks, null);
  }
  if (asked.length === 1) return verbCard(only);
  return cardOf(
    wanted.command === undefined ? HELP.title : HELP.titleOf(only.command),
    registry.commands.flatMap((command) => listOf(mine.filter((one) => one.command === command))),
    HELP.more(only.command, only.verb),
  );
}

/** The problem with what help was asked about, or null: an unknown command or verb, with the nearest. */
export function helpProblem(registry: Registry, wanted: Wanted, said: PeopleSay): Problem | null {
  if (matching(registry, wanted).length > 0) return null;
  const command = wordOf(wanted.command);
  const isCommand = registry.commands.includes(command);
  const read = isCommand ? wordOf(wanted.verb) : command;
  const allowed = isCommand ? registry.verbsOf(command) : registry.commands;
  return problemOf(isCommand ? 'verb' : 'command', {
    code: isCommand ? 'unknown-verb' : 'unknown-command',
    reason: 'not-listed',
    facts: { allowed },
    read,
    allowed,
    suggestion: nearest(read, allowed, isCommand ? said.verbs : {}),
  });
}

function listOf(commands: readonly CommandFacts[]): readonly Block[] {
  if (commands.length === 0) return [];
  const rows = commands.map((one) => [
    [`/${one.command} ${one.verb}`, ...placesOf(one)].join(' '),
    one.summary,
  ]);
  return [{ kind: 'table', columns: HELP.columns, rows }];
}

function verbCard(command: CommandFacts): Card {
  const facts = command.fields.map((spec) => [nameOf(spec), meaningOf(spec)] as const);
  const blocks: readonly Block[] = [
    { kind: 'text', text: command.summary },
    { kind: 'quote', text: renderUsage(command) },
    ...(facts.length === 0 ? [] : [{ kind: 'facts', facts } as const]),
    { kind: 'text', text: HELP.examples },
    { kind: 'quote', text: command.examples.join('\n') },
  ];
  return cardOf(titleOf(command), blocks, HELP.naming);
}

function nameOf({ name, required }: FieldSpec): string {
  return required ? name : HELP.optional(name);
}

/** The choices follow only where the description does not name them already. */
function meaningOf({ description, choices, kind }: FieldSpec): string {
  const unsaid = kind !== 'yes' && choices?.some((choice) => !description.includes(choice)) === true;
  return unsaid ? `${description}: ${choices.join(', ')}` : description;
}

function titleOf({ command, verb }: CommandFacts): string {
  return `/${command} ${verb}`;
}

function cardOf(title: string, blocks: readonly Block[], footer: string | null): Card {
  return card(title, 'neutral', blocks, { footer });
}
