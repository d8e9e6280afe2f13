/** How a command is said, from its facts: usage lines, the README's tables, which commands somebody asks about. Must not know: any one command. */
import type { CommandFacts, Registry } from './command.js';

export type Wanted = { readonly command?: string | undefined; readonly verb?: string | undefined };

/** `/privacy log TYPE CUSTOMER [scope:…] [about_officer:yes]`; text that may have spaces ends with `…`. */
export function renderUsage(command: CommandFacts): string {
  return [`/${command.command} ${command.verb}`, ...placesOf(command), ...optionsOf(command)].join(' ');
}

export function placesOf({ fields, positionals }: CommandFacts): readonly string[] {
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

export function wordOf(text: string | undefined): string {
  return (text ?? '').trim().toLowerCase().replace(/^\//, '');
}

/** `help log` finds the verb of whichever commands have it. */
export function matching(registry: Registry, wanted: Wanted): readonly CommandFacts[] {
  const command = wordOf(wanted.command);
  const verb = wordOf(wanted.verb);
  return registry.all.filter((one) => {
    if (command === '') return verb === '' || one.verb === verb;
    if (registry.commands.includes(command))
      return one.command === command && (verb === '' || one.verb === verb);
    return verb === '' && one.verb === command;
  });
}
