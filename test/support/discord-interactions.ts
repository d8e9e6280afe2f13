/**
 * The Discord fake's interactions: one first response within three seconds, later ones while the token lives.
 * Must not know: who caused the interaction.
 */
import type { Answering, Call } from './discord-http.js';
import {
  checkMessage,
  checkModal,
  IS_COMPONENTS,
  invalid,
  list,
  only,
  Refused,
  text,
} from './discord-rules.js';
import { newMessage, shown } from './discord-shown.js';
import type { Interaction, Json, Message, State } from './discord-state.js';

const FIRST_MS = 3000;
const TOKEN_MS = 15 * 60_000;
const EPHEMERAL = 64;
const LOADING = 128;
const TYPE = { command: 2, component: 3, complete: 4, form: 5 } as const;
const RESPONSE = { message: 4, deferred: 5, choices: 8, modal: 9 } as const;

export function createInteractions(state: State): Answering {
  function callback({ body }: Call, [id, token]: readonly string[]): null {
    const interaction = state.interactions.get(id ?? '');
    const late = interaction !== undefined && state.now() - interaction.at > FIRST_MS;
    if (interaction === undefined || interaction.token !== token)
      throw new Refused(404, 10062, 'Unknown interaction');
    if (interaction.ack !== null) throw new Refused(400, 40060, 'Interaction has already been acknowledged.');
    if (late) throw new Refused(404, 10062, 'Unknown interaction');
    const given = only('response', body, ['type', 'data']);
    const seen = responseTo(interaction, given);
    interaction.ack = { type: Number(given.type), at: state.now() };
    if (seen !== null) see(interaction, seen);
    return null;
  }

  function responseTo(interaction: Interaction, { type, data }: Json): Interaction['seen'] {
    const completing = interaction.type === TYPE.complete;
    if (completing !== (type === RESPONSE.choices)) throw invalid('type', 'is not for this interaction');
    switch (type) {
      case RESPONSE.message:
        return { kind: 'message', message: private_(interaction, data, 'response') };
      case RESPONSE.deferred:
        only('data', data, ['flags']);
        return null;
      case RESPONSE.modal:
        if (interaction.type === TYPE.form) throw invalid('type', 'a form cannot answer a form');
        return { kind: 'modal', modal: checkModal(data) };
      case RESPONSE.choices:
        return { kind: 'choices', choices: choicesIn(data) };
      default:
        throw invalid('type', 'unknown');
    }
  }

  function private_(interaction: Interaction, data: unknown, what: 'response' | 'edit'): Message {
    const given = checkMessage(data, what, 0);
    const channel = state.channels.get(interaction.channel);
    if (channel === undefined) throw new Refused(404, 10003, 'Unknown Channel');
    return {
      ...newMessage(state, channel, given, null, []),
      ...(what === 'edit' ? { flags: EPHEMERAL | (Number(given.flags ?? 0) & IS_COMPONENTS) } : {}),
    };
  }

  function see(interaction: Interaction, seen: NonNullable<Interaction['seen']>): void {
    interaction.seen = seen;
    interaction.settle(seen);
  }

  const byToken = (token: string | undefined): Interaction => {
    const found = [...state.interactions.values()].find((each) => each.token === token);
    if (found === undefined) throw new Refused(404, 10015, 'Unknown Webhook');
    if (state.now() - found.at > TOKEN_MS) throw new Refused(401, 50027, 'Invalid Webhook Token');
    return found;
  };

  function editOriginal({ body }: Call, [application, token]: readonly string[]): Json {
    if (application !== state.application) throw new Refused(404, 10015, 'Unknown Webhook');
    const interaction = byToken(token);
    const editable =
      interaction.ack?.type === RESPONSE.message || interaction.ack?.type === RESPONSE.deferred;
    if (!editable) throw new Refused(404, 10008, 'Unknown Message');
    const message = private_(interaction, body, 'edit');
    see(interaction, { kind: 'message', message });
    return shown(state, message, false);
  }

  /** While the person is told to wait, the original says so in its flags. */
  function original([application, token]: readonly string[]): Json {
    if (application !== state.application) throw new Refused(404, 10015, 'Unknown Webhook');
    const interaction = byToken(token);
    if (interaction.seen?.kind === 'message') return shown(state, interaction.seen.message, false);
    const channel = state.channels.get(interaction.channel);
    if (interaction.ack?.type !== RESPONSE.deferred || channel === undefined)
      throw new Refused(404, 10008, 'Unknown Message');
    return shown(state, newMessage(state, channel, { flags: EPHEMERAL | LOADING }, null, []), false);
  }

  function followUp({ body, files }: Call, [application, token]: readonly string[]): Json {
    if (application !== state.application) throw new Refused(404, 10015, 'Unknown Webhook');
    const interaction = byToken(token);
    const channel = state.channels.get(interaction.channel);
    if (interaction.ack === null || channel === undefined) throw new Refused(404, 10015, 'Unknown Webhook');
    const message = newMessage(state, channel, checkMessage(body, 'response', files.length), null, files);
    if (message.flags !== EPHEMERAL) throw invalid('flags', 'everybody would see it');
    interaction.followUps.push(message);
    return shown(state, message, false);
  }

  return (call) => {
    const first = /^\/interactions\/(\d+)\/([\w-]+)\/callback$/.exec(call.path);
    if (call.method === 'POST' && first !== null)
      return { status: 204, body: callback(call, first.slice(1)) };
    const later = /^\/webhooks\/(\d+)\/([\w-]+)\/messages\/@original$/.exec(call.path);
    if (call.method === 'GET' && later !== null) return { status: 200, body: original(later.slice(1)) };
    if (call.method === 'PATCH' && later !== null)
      return { status: 200, body: editOriginal(call, later.slice(1)) };
    const after = /^\/webhooks\/(\d+)\/([\w-]+)$/.exec(call.path);
    if (call.method === 'POST' && after !== null)
      return { status: 200, body: followUp(call, after.slice(1)) };
    throw new Refused(404, 0, `404: Not Found: ${call.method} ${call.path}`);
  };
}

function choicesIn(data: unknown): readonly { readonly name: string; readonly value: string }[] {
  return list('choices', only('data', data, ['choices']).choices, 25).map((each) => {
    const choice = only('choice', each, ['name', 'value']);
    return {
      name: text('choice.name', choice.name, 1, 100),
      value: text('choice.value', choice.value, 1, 100),
    };
  });
}
