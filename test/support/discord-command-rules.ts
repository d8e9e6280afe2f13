/**
 * What Discord refuses when commands are registered, and what it makes of those it takes.
 * Must not know: the desk's commands.
 */
import { invalid, list, only, text } from './discord-rules.js';
import type { Json } from './discord-state.js';

const NAME = /^[-_\p{Ll}\p{N}]{1,32}$/u;
const COMMAND_KEYS = [
  'type',
  'name',
  'description',
  'options',
  'default_member_permissions',
  'contexts',
  'integration_types',
  'nsfw',
];
const OPTION_KEYS = [
  'type',
  'name',
  'description',
  'required',
  'choices',
  'autocomplete',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'options',
];
const SUBCOMMAND = 1;

export function checkCommands(body: unknown): readonly Json[] {
  const commands = list('commands', body, 100).map((each, index) => {
    const command = only(`[${index}]`, each, COMMAND_KEYS);
    name(`[${index}]`, command.name);
    text(`[${index}].description`, command.description, 1, 100);
    list(`[${index}].options`, command.options, 25).forEach((option, at) => {
      checkOption(`[${index}].options[${at}]`, option, true);
    });
    if (sizeOf(command) > 8000) throw invalid(`[${index}]`, 'exceeds maximum size of 8000');
    return command;
  });
  unique('commands', commands);
  return commands;
}

function checkOption(path: string, value: unknown, top: boolean): Json {
  const option = only(path, value, OPTION_KEYS);
  name(path, option.name);
  text(`${path}.description`, option.description, 1, 100);
  if (option.type === SUBCOMMAND) {
    if (!top) throw invalid(path, 'a subcommand cannot be inside a subcommand');
    const inner = list(`${path}.options`, option.options, 25).map((each, index) =>
      checkOption(`${path}.options[${index}]`, each, false),
    );
    unique(path, inner);
    const firstOptional = inner.findIndex((each) => each.required !== true);
    if (firstOptional >= 0 && inner.slice(firstOptional).some((each) => each.required === true))
      throw invalid(path, 'required options must be placed before non-required options');
    return option;
  }
  if (![3, 4, 5, 6, 7, 8, 9, 10, 11].includes(Number(option.type))) throw invalid(`${path}.type`, 'unknown');
  const choices = list(`${path}.choices`, option.choices, 25);
  for (const choice of choices) {
    const each = only(`${path}.choices`, choice, ['name', 'value']);
    text(`${path}.choices.name`, each.name, 1, 100);
    text(`${path}.choices.value`, each.value, 1, 100);
  }
  if (choices.length > 0 && option.autocomplete === true)
    throw invalid(path, 'choices and autocomplete are mutually exclusive');
  if (option.type !== 3 && (option.max_length !== undefined || option.min_length !== undefined))
    throw invalid(path, 'lengths are for strings only');
  return option;
}

function name(path: string, value: unknown): void {
  if (typeof value !== 'string' || !NAME.test(value)) throw invalid(`${path}.name`, 'is not a command name');
}

function unique(path: string, named: readonly Json[]): void {
  if (new Set(named.map((each) => each.name)).size !== named.length)
    throw invalid(path, 'names must be unique');
}

function sizeOf(one: Json): number {
  const inner = [...((one.options as Json[]) ?? []), ...((one.choices as Json[]) ?? [])];
  const own = String(one.name).length + String(one.description ?? one.value ?? '').length;
  return inner.reduce((sum, each) => sum + sizeOf(each), own);
}

/** As Discord gives it back: with ids, defaults written out or left away, contexts ignored in a server. */
export function registered(
  command: Json,
  ids: {
    readonly id: string;
    readonly version: string;
    readonly application: string;
    readonly guild: string;
  },
): Json {
  const { contexts: _contexts, integration_types: _types, options, ...rest } = command;
  return {
    ...rest,
    id: ids.id,
    version: ids.version,
    application_id: ids.application,
    guild_id: ids.guild,
    nsfw: false,
    name_localizations: null,
    description_localizations: null,
    ...(options === undefined ? {} : { options: (options as Json[]).map(returned) }),
  };
}

function returned(option: Json): Json {
  const { required, autocomplete, options, ...rest } = option;
  return {
    ...rest,
    ...(required === true ? { required } : {}),
    ...(autocomplete === true ? { autocomplete } : {}),
    ...(options === undefined ? {} : { options: (options as Json[]).map(returned) }),
  };
}
