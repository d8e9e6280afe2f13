/**
 * An interaction as Discord sends it, read into what somebody asked. Pure; what is not ours is null.
 * Must not know: how it is answered, the desk's state.
 */
import {
  type APIApplicationCommandInteractionDataBasicOption,
  type APIApplicationCommandInteractionDataOption,
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmission,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  type ModalSubmitComponent,
} from 'discord.js';
import type { RawFields } from '../../chat/command.js';
import type { MissingPermissions } from '../../chat/surface.js';
import { accountOf } from '../../vocabulary/accounts.js';
import type { Account } from '../../vocabulary/values.js';
import { missingPermissions } from './channel-permissions.js';
import { ROWS_MENU } from './custom-id.js';

export type Asked = {
  readonly id: string;
  readonly token: string;
  readonly account: Account;
  /** Null: a private conversation with the bot. */
  readonly guild: string | null;
  readonly channel: {
    readonly id: string;
    readonly name: string | null;
    readonly parent: string | null;
  } | null;
  readonly missing: MissingPermissions;
  readonly ask:
    | {
        readonly kind: 'command';
        readonly command: string;
        readonly verb: string;
        readonly fields: RawFields;
      }
    | {
        readonly kind: 'complete';
        readonly command: string;
        readonly verb: string;
        readonly fields: RawFields;
        readonly field: string;
        readonly typed: string;
      }
    | { readonly kind: 'press'; readonly customId: string }
    | { readonly kind: 'form'; readonly customId: string; readonly fields: RawFields };
};

export function readInteraction(raw: APIInteraction): Asked | null {
  const user = raw.member?.user ?? raw.user;
  const ask = askOf(raw);
  if (user === undefined || ask === null) return null;
  return {
    id: raw.id,
    token: raw.token,
    account: accountOf('discord', user.id),
    guild: raw.guild_id ?? null,
    channel: channelOf(raw),
    missing: missingPermissions(raw),
    ask,
  };
}

function channelOf(raw: APIInteraction): Asked['channel'] {
  if (!('channel' in raw) || raw.channel?.id === undefined) return null;
  const { channel } = raw;
  const parent = 'parent_id' in channel && 'thread_metadata' in channel ? (channel.parent_id ?? null) : null;
  return { id: channel.id, name: 'name' in channel ? (channel.name ?? null) : null, parent };
}

function askOf(raw: APIInteraction): Asked['ask'] | null {
  switch (raw.type) {
    case InteractionType.ApplicationCommand: {
      if (raw.data.type !== ApplicationCommandType.ChatInput) return null;
      const said = verbOf(raw.data.options);
      if (said === null) return null;
      return { kind: 'command', command: raw.data.name, verb: said.verb, fields: fieldsOf(said.options) };
    }
    case InteractionType.ApplicationCommandAutocomplete: {
      const said = verbOf(raw.data.options);
      const focused = said?.options.find((one) => 'focused' in one && one.focused === true);
      if (said === null || focused === undefined) return null;
      return {
        kind: 'complete',
        command: raw.data.name,
        verb: said.verb,
        fields: fieldsOf(said.options.filter((one) => one !== focused)),
        field: focused.name,
        typed: String(focused.value),
      };
    }
    case InteractionType.MessageComponent:
      return pressOf(raw.data);
    case InteractionType.ModalSubmit:
      return { kind: 'form', customId: raw.data.custom_id, fields: submitted(raw.data) };
    default:
      return null;
  }
}

/** A button, or what was chosen in a menu of buttons. */
function pressOf(data: APIMessageComponentInteraction['data']): Asked['ask'] | null {
  if (data.component_type === ComponentType.Button) return { kind: 'press', customId: data.custom_id };
  if (data.component_type !== ComponentType.StringSelect || data.custom_id !== ROWS_MENU) return null;
  const [chosen] = data.values;
  return chosen === undefined ? null : { kind: 'press', customId: chosen };
}

type Basic = APIApplicationCommandInteractionDataBasicOption<InteractionType>;

function verbOf(
  options: readonly APIApplicationCommandInteractionDataOption<InteractionType>[] | undefined,
): { readonly verb: string; readonly options: readonly Basic[] } | null {
  const [first] = options ?? [];
  if (first?.type !== ApplicationCommandOptionType.Subcommand) return null;
  return { verb: first.name, options: first.options ?? [] };
}

/** Typed options as the grammar's text; `yes` is the only thing a yes-field says, so false is nothing. */
function fieldsOf(options: readonly Basic[]): RawFields {
  const pairs = options.flatMap((one): [string, string][] => {
    // The one option that is no field of the command (commands.ts): an account, unless one was typed.
    if (one.type === ApplicationCommandOptionType.User)
      return options.some(({ name }) => name === 'account') ? [] : [['account', String(one.value)]];
    if (one.type !== ApplicationCommandOptionType.Boolean) return [[one.name, String(one.value)]];
    return one.value ? [[one.name, 'yes']] : [];
  });
  return Object.fromEntries(pairs);
}

function submitted({ components }: APIModalSubmission): RawFields {
  const inputs = components.flatMap((each): readonly ModalSubmitComponent[] => {
    if (each.type === ComponentType.Label) return [each.component];
    return each.type === ComponentType.ActionRow ? each.components : [];
  });
  return Object.fromEntries(
    inputs.map((input) => {
      if ('values' in input) return [input.custom_id, input.values.join(',')];
      return [input.custom_id, input.value === null ? '' : String(input.value)];
    }),
  );
}
