/**
 * People in front of the Discord fake: they use commands as registered, press buttons that are there, fill in forms as
 * shown, and see what Discord would show them. Must not know: how the bot makes any of it.
 */
import { randomBytes } from 'node:crypto';
import type { Emit } from './discord-routes.js';
import { shown, shownChannel } from './discord-shown.js';
import {
  appPermissions,
  type Channel,
  type Interaction,
  type Json,
  type Message,
  maySee,
  type Seen,
  type State,
} from './discord-state.js';

export type Fields = Readonly<Record<string, string>>;

export type Sent = {
  /** What the person sees in the end. */
  readonly seen: Promise<Seen>;
  readonly interaction: Interaction;
};

export type Human = {
  readonly id: string;
  readonly name: string;
  readonly uses: (command: string, verb: string, fields: Fields, where: Channel) => Sent;
  readonly completes: (
    command: string,
    verb: string,
    field: string,
    typed: string,
    given: Fields,
    where: Channel,
  ) => Sent;
  readonly presses: (label: string, message: Message) => Sent;
  readonly fills: (modal: Json, fields: Fields, where: Channel) => Sent;
};

const OPTION = { string: 3, integer: 4, boolean: 5 } as const;

export function person(state: State, emit: Emit, name: string): Human {
  const user = state.newUser(name);
  state.users.set(user.id, user);
  state.granted.add(user.id);

  function send(type: number, data: Json, where: Channel, more: Json = {}): Sent {
    if (!maySee(state, where, user.id)) throw new Error(`${name} does not see ${where.name}`);
    if (where.archived && type !== 5) throw new Error(`${where.name} is archived`);
    let settle: (seen: Seen) => void = () => undefined;
    const seen = new Promise<Seen>((resolve) => {
      settle = resolve;
    });
    const interaction: Interaction = {
      id: state.snowflake(),
      token: randomBytes(24).toString('base64url'),
      type,
      user: user.id,
      channel: where.id,
      at: state.now(),
      ack: null,
      seen: null,
      settle,
      followUps: [],
    };
    state.interactions.set(interaction.id, interaction);
    const self = { id: user.id, username: name, discriminator: '0', global_name: null, avatar: null };
    const inGuild =
      where.guild === null
        ? { user: self, context: 1 }
        : {
            guild_id: where.guild,
            guild: { id: where.guild, locale: 'en-US', features: [] },
            member: {
              user: self,
              roles: [],
              joined_at: new Date(0).toISOString(),
              permissions: '0',
              flags: 0,
              deaf: false,
              mute: false,
            },
            context: 0,
          };
    emit('INTERACTION_CREATE', {
      id: interaction.id,
      application_id: state.application,
      type,
      token: interaction.token,
      version: 1,
      channel_id: where.id,
      channel: partial(shownChannel(state, where)),
      app_permissions: String(appPermissions(state, where)),
      locale: 'en-US',
      guild_locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: { 0: state.guild },
      attachment_size_limit: 10_485_760,
      ...inGuild,
      data,
      ...more,
    });
    return { seen, interaction };
  }

  const optionOf = (options: readonly Json[], key: string, value: string, focused: boolean): Json => {
    const spec = options.find((each) => each.name === key);
    if (spec === undefined) throw new Error(`there is no option ${key}`);
    const choices = (spec.choices as { value: string }[] | undefined) ?? [];
    if (choices.length > 0 && !choices.some((each) => each.value === value))
      throw new Error(`${key} offers no ${value}: Discord would not send it`);
    if (typeof spec.max_length === 'number' && value.length > spec.max_length)
      throw new Error(`${key} is too long`);
    const typed =
      spec.type === OPTION.boolean ? value === 'yes' : spec.type === OPTION.integer ? Number(value) : value;
    return { name: key, type: spec.type, value: typed, ...(focused ? { focused: true } : {}) };
  };

  const commandNamed = (
    command: string,
    verb: string,
  ): { readonly command: Json; readonly options: readonly Json[] } => {
    const found = state.commands.find((each) => each.name === command);
    const sub = (found?.options as Json[] | undefined)?.find((each) => each.name === verb);
    if (found === undefined || sub === undefined) throw new Error(`/${command} ${verb} is not registered`);
    if (found.default_member_permissions === '0' && !state.granted.has(user.id))
      throw new Error(`/${command} is closed to ${name}`);
    return { command: found, options: (sub.options as Json[] | undefined) ?? [] };
  };

  const said = (command: Json, verb: string, options: readonly Json[]): Json => ({
    id: command.id,
    name: command.name,
    type: 1,
    guild_id: state.guild,
    options: [{ type: 1, name: verb, options }],
  });

  return {
    id: user.id,
    name,
    uses: (command, verb, fields, where) => {
      const known = commandNamed(command, verb);
      const options = Object.entries(fields).map(([key, value]) =>
        optionOf(known.options, key, value, false),
      );
      return send(2, said(known.command, verb, options), where);
    },
    completes: (command, verb, field, typed, given, where) => {
      const known = commandNamed(command, verb);
      if (known.options.find((each) => each.name === field)?.autocomplete !== true)
        throw new Error(`${field} is not completed`);
      const others = Object.entries(given).map(([key, value]) => optionOf(known.options, key, value, false));
      return send(
        4,
        said(known.command, verb, [...others, optionOf(known.options, field, typed, true)]),
        where,
      );
    },
    presses: (label, message) => {
      const button = [...buttonsOf(message), ...buttonsIn(message.stale)].find(
        (each) => each.label === label,
      );
      const where = state.channels.get(message.channel);
      if (button === undefined || where === undefined) throw new Error(`there is no button ${label}`);
      const data = { custom_id: button.custom_id, component_type: 2 };
      return send(3, data, where, { message: shown(state, message, false) });
    },
    fills: (modal, fields, where) => send(5, filled(modal, fields), where),
  };
}

type Button = { readonly label: string; readonly custom_id: string };

export const buttonsOf = (message: Message): readonly Button[] => buttonsIn(message.components);

/** Buttons that were there before the last edits. */
export const staleButtonsOf = (message: Message): readonly Button[] => buttonsIn(message.stale);

export const buttonsIn = (components: readonly Json[]): readonly Button[] =>
  components.flatMap((each): readonly Button[] => {
    if (each.type === 2) return [each as unknown as Button];
    const side = each.accessory as Json | undefined;
    return buttonsIn([
      ...((each.components as Json[] | undefined) ?? []),
      ...(side === undefined ? [] : [side]),
    ]);
  });

const partial = ({ permission_overwrites: _overwrites, owner_id: _owner, ...rest }: Json): Json => rest;

/** The form as a person can send it: required fields filled in, menus only with what they offer. */
function filled(modal: Json, fields: Fields): Json {
  const labels = modal.components as { component: Json }[];
  const names = labels.map(({ component }) => String(component.custom_id));
  for (const name of Object.keys(fields))
    if (!names.includes(name)) throw new Error(`the form has no field ${name}: ${names.join(', ')}`);
  return {
    custom_id: modal.custom_id,
    components: labels.map(({ component }, id) => ({
      type: 18,
      id: id * 2 + 1,
      component: {
        type: component.type,
        id: id * 2 + 2,
        custom_id: component.custom_id,
        ...typedInto(component, fields),
      },
    })),
  };
}

function typedInto(component: Json, fields: Fields): Json {
  const name = String(component.custom_id);
  const given = fields[name];
  if (component.type === 4) {
    const value = given ?? String(component.value ?? '');
    if (component.required !== false && value === '') throw new Error(`${name} is required`);
    if (value.length > Number(component.max_length ?? 4000)) throw new Error(`${name} is too long`);
    return { value };
  }
  const options = component.options as { value: string; default?: boolean }[];
  const values =
    given === undefined
      ? options.filter((each) => each.default === true).map((each) => each.value)
      : given.split(',').filter((each) => each !== '');
  for (const value of values)
    if (!options.some((each) => each.value === value)) throw new Error(`${name} offers no ${value}`);
  if (values.length < Number(component.min_values ?? 1)) throw new Error(`${name} is required`);
  if (values.length > Number(component.max_values ?? 1)) throw new Error(`${name} takes fewer`);
  return { values };
}
