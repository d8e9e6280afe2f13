/**
 * Registering the commands in a server, only when they are not what Discord has: a needless write counts against a daily
 * limit. Must not know: what the commands are.
 */
import {
  type APIApplicationCommand,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import type { Logger } from 'pino';
import { codeOf, failureOf } from './failures.js';

type Command = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** Without its commands a server is served all the same: buttons and forms work. */
export async function registerIn(given: {
  readonly rest: REST;
  readonly application: string;
  readonly guild: string;
  readonly commands: readonly Command[];
  readonly log: Logger;
}): Promise<void> {
  const { rest, application, guild, commands, log } = given;
  try {
    const written = await registerCommands(rest, application, guild, commands);
    log.info({ guild }, written ? 'commands registered' : 'commands are as registered');
  } catch (error) {
    log.error(
      { guild, code: codeOf(error) },
      `the commands could not be registered: ${failureOf(error).message}; add the bot with the scope applications.commands`,
    );
  }
}

/** True when they were written. Throws what Discord answers. */
async function registerCommands(
  rest: REST,
  application: string,
  guild: string,
  commands: readonly Command[],
): Promise<boolean> {
  const route = Routes.applicationGuildCommands(application, guild);
  const there = (await rest.get(route)) as readonly APIApplicationCommand[];
  if (spelled(there) === spelled(commands)) return false;
  await rest.put(route, { body: commands });
  return true;
}

type Described = {
  readonly name: string;
  readonly description: string;
  readonly type?: number | undefined;
  readonly default_member_permissions?: string | null | undefined;
  readonly options?: readonly object[] | undefined;
};

/** What we say about commands, without ids, versions and what Discord fills in; the order of commands is nothing. */
function spelled(commands: readonly Described[]): string {
  const own = commands.map(({ name, description, type = 1, default_member_permissions, options = [] }) => ({
    name,
    description,
    type,
    permissions: default_member_permissions ?? null,
    options: options.map(plain),
  }));
  return JSON.stringify(own.sort((one, other) => (one.name < other.name ? -1 : 1)));
}

const OPTION_KEYS = [
  'type',
  'name',
  'description',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
] as const;

function plain(option: object): object {
  const given: Readonly<Record<string, unknown>> = { ...option };
  const list = (name: string): readonly unknown[] => (Array.isArray(given[name]) ? given[name] : []);
  return {
    ...Object.fromEntries(OPTION_KEYS.map((key) => [key, given[key] ?? null])),
    required: given.required === true,
    autocomplete: given.autocomplete === true,
    choices: list('choices').map((each) => {
      const { name, value } = each as { name: string; value: string | number };
      return [name, value];
    }),
    options: list('options').map((each) => plain(each as object)),
  };
}
