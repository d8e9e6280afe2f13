import type { Permission } from '../vocabulary/permissions.js';
import { type Block, type Card, card } from './card.js';
import type { CommandFacts, FieldSpec, Registry } from './command.js';
import { nearest, type Problem, problemOf } from './problem.js';

type Wanted = { readonly command?: string | undefined; readonly verb?: string | undefined };

/** `/privacy log TYPE CUSTOMER [scope:…] [about_officer:yes]`; text that may have spaces ends with `…`. */
export function renderUsage(command: CommandFacts): string {
  return [`/${command.command} ${command.verb}`, ...placesOf(command), ...optionsOf(command)].join(' ');
}

function placesOf({ fields, positionals }: CommandFacts): readonly string[] {
  return positionals.map((name, index) => {
    const spec = fields.find((one) => one.name === name);
    const tail = spec?.freeText === true && index === positionals.length - 1 ? '…' : '';
    const word = `${name.toUpperCase()}${tail}`;
    return spec?.required === true ? word : `[${word}]`;
  });
}

function optionsOf({ fields, positionals }: CommandFacts): readonly string[] {
  return fields
    .filter(({ name }) => !positionals.includes(name))
    .map(({ name, kind, required }) => {
      const option = `${name}:${kind === 'yes' ? 'yes' : '…'}`;
      return required ? option : `[${option}]`;
    });
}

/** What the asker may do, or one command of it, or one verb with its fields and examples. */
export function helpCard(registry: Registry, wanted: Wanted, may: (permission: Permission) => boolean): Card {
  const asked = matching(registry, wanted);
  const mine = asked.filter(({ permission }) => may(permission));
  const [only] = mine;
  if (only === undefined) {
    const blocks: readonly Block[] = [
      { kind: 'text', text: 'Nothing here is yours to do. /desk officer says whom to ask.' },
    ];
    return cardOf(asked.length === 1 && asked[0] ? titleOf(asked[0]) : 'What you can do', blocks, null);
  }
  if (asked.length === 1) return verbCard(only);
  return cardOf(
    wanted.command === undefined ? 'What you can do' : `What you can do with /${only.command}`,
    registry.commands.flatMap((command) => listOf(mine.filter((one) => one.command === command))),
    `One verb with its fields and examples: /desk help ${only.command} ${only.verb}`,
  );
}

/** The problem with what help was asked about, or null: an unknown command or verb, with the nearest. */
export function helpProblem(registry: Registry, wanted: Wanted): Problem | null {
  if (matching(registry, wanted).length > 0) return null;
  const command = wordOf(wanted.command);
  const isCommand = registry.commands.includes(command);
  const read = isCommand ? wordOf(wanted.verb) : command;
  const allowed = isCommand ? registry.verbsOf(command) : registry.commands;
  return problemOf(isCommand ? 'verb' : 'command', {
    code: isCommand ? 'unknown-verb' : 'unknown-command',
    says: `must be one of ${allowed.join(', ')}`,
    read,
    allowed,
    suggestion: nearest(read, allowed),
  });
}

/** The README's tables: every command with its usage, what it does and the permission it needs. */
export function commandTable(registry: Registry): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const tables = registry.commands.map((command) => {
    const rows = registry.all
      .filter((one) => one.command === command)
      .map((one) => `| \`${cell(renderUsage(one))}\` | ${cell(one.summary)} | \`${one.permission}\` |`);
    return [`### /${command}`, '', '| say | it does | permission |', '|---|---|---|', ...rows].join('\n');
  });
  return `${tables.join('\n\n')}\n`;
}

function wordOf(text: string | undefined): string {
  return (text ?? '').trim().toLowerCase().replace(/^\//, '');
}

/** `help log` finds the verb of whichever commands have it. */
function matching(registry: Registry, wanted: Wanted): readonly CommandFacts[] {
  const command = wordOf(wanted.command);
  const verb = wordOf(wanted.verb);
  return registry.all.filter((one) => {
    if (command === '') return verb === '' || one.verb === verb;
    if (registry.commands.includes(command))
      return one.command === command && (verb === '' || one.verb === verb);
    return verb === '' && one.verb === command;
  });
}

function listOf(commands: readonly CommandFacts[]): readonly Block[] {
  if (commands.length === 0) return [];
  const rows = commands.map((one) => [
    [`/${one.command} ${one.verb}`, ...placesOf(one)].join(' '),
    one.summary,
  ]);
  return [{ kind: 'table', columns: ['say', 'it does'], rows }];
}

function verbCard(command: CommandFacts): Card {
  const facts = command.fields.map((spec) => [nameOf(spec), meaningOf(spec)] as const);
  const blocks: readonly Block[] = [
    { kind: 'text', text: command.summary },
    { kind: 'quote', text: renderUsage(command) },
    ...(facts.length === 0 ? [] : [{ kind: 'facts', facts } as const]),
    { kind: 'text', text: 'For example' },
    { kind: 'quote', text: command.examples.join('\n') },
  ];
  return cardOf(titleOf(command), blocks, 'Every field may be named; text with spaces goes in "quotes".');
}

function nameOf({ name, required }: FieldSpec): string {
  return required ? name : `${name} (optional)`;
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
