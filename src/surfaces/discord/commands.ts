/**
 * The desk's commands as Discord's application commands: a subcommand per verb, a typed option per field. Pure.
 * Must not know: how they are registered, what a command does.
 */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { CommandFacts, FieldSpec, Registry } from '../../chat/command.js';
import { CHOICES_MAX, COMMAND_TOTAL_MAX, OPTION_TEXT_MAX, OPTIONS_MAX } from './limits.js';

/** What each top-level command is for; Discord shows it to administrators only. */
const PURPOSES: Readonly<Record<string, string>> = {
  privacy: 'Privacy requests: log, decide, close',
  disclosure: 'Disclosures to third parties',
  desk: 'The desk itself: help, staff, channels, reports',
};

/** Everything that is registered in a server. Throws when Discord would refuse it. */
export function applicationCommands(registry: Registry): RESTPostAPIChatInputApplicationCommandsJSONBody[] {
  return registry.commands.map((name) => {
    const options = registry.all.filter(({ command }) => command === name).map(subcommand);
    const command: RESTPostAPIChatInputApplicationCommandsJSONBody = {
      type: ApplicationCommandType.ChatInput,
      name,
      description: PURPOSES[name] ?? name,
      // Closed: in each server an administrator opens them to the people who work here (Integrations).
      default_member_permissions: '0',
      contexts: [InteractionContextType.Guild],
      integration_types: [ApplicationIntegrationType.GuildInstall],
      options,
    };
    if (options.length > OPTIONS_MAX) throw new Error(`/${name} has more than ${OPTIONS_MAX} verbs`);
    if (lengthOf(command) > COMMAND_TOTAL_MAX) throw new Error(`/${name} is longer than Discord takes`);
    return command;
  });
}

function subcommand(facts: CommandFacts): APIApplicationCommandSubcommandOption {
  if (facts.fields.length > OPTIONS_MAX)
    throw new Error(`/${facts.command} ${facts.verb} has too many fields`);
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: facts.verb,
    description: facts.summary,
    // No option is `required`: what is missing is asked for in a form, and a case's thread supplies the case.
    options: [
      ...[...facts.fields].sort((one, other) => Number(other.required) - Number(one.required)).map(option),
      ...(facts.fields.some(({ kind }) => kind === 'account') ? [MEMBER] : []),
    ],
  };
}

/** A member of the server, chosen and not typed: their account here. What it is called is ours alone (interaction.ts). */
const MEMBER: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.User,
  name: 'member',
  description: 'Whose Discord account, chosen from this server',
};

function option(spec: FieldSpec): APIApplicationCommandBasicOption {
  const { name, description, kind, choices, many, maxLength, suggests } = spec;
  if (kind === 'yes') return { type: ApplicationCommandOptionType.Boolean, name, description };
  if (kind === 'number')
    return { type: ApplicationCommandOptionType.Integer, name, description, min_value: 1 };
  const text = { type: ApplicationCommandOptionType.String, name, description } as const;
  if (choices !== null && !many && choices.length <= CHOICES_MAX)
    return { ...text, choices: choices.map((choice) => ({ name: choice, value: choice })) };
  const length = maxLength === null ? {} : { max_length: Math.min(maxLength, OPTION_TEXT_MAX) };
  return { ...text, ...length, ...(suggests !== null ? { autocomplete: true } : {}) };
}

/** As Discord adds it up: names, descriptions and choices of everything in a command. */
function lengthOf(command: RESTPostAPIChatInputApplicationCommandsJSONBody): number {
  const optionLength = (one: APIApplicationCommandOption): number => {
    const choices = 'choices' in one ? (one.choices ?? []) : [];
    const inner = 'options' in one ? (one.options ?? []) : [];
    return (
      one.name.length +
      one.description.length +
      choices.reduce((sum, choice) => sum + choice.name.length + String(choice.value).length, 0) +
      inner.reduce((sum, each) => sum + optionLength(each), 0)
    );
  };
  const options = (command.options ?? []).reduce((sum, one) => sum + optionLength(one), 0);
  return command.name.length + command.description.length + options;
}
