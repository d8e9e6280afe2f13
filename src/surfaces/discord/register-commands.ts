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

/** True when they were written. Throws what Discord answers. */
export async function registerCommands(
  rest: REST,
  application: string,
  guild: string,
  commands: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[],
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
