/**
 * What people do in Slack, as invocations: commands, buttons, filled-in forms, mentions, the message shortcut, the home tab.
 * Must not know: what a command does; whether somebody may do it.
 */
import type { App, ViewSubmitAction } from '@slack/bolt';
import { ACTION_BYTES, decodeAction } from '../../chat/action.js';
import { formOf, type Registry } from '../../chat/command.js';
import type { Invocation } from '../../chat/surface.js';
import { withoutReferences } from '../../vocabulary/references.js';
import type { Answers } from './answer.js';
import { ASK, FORM, MENU, pressOf, RUN } from './buttons.js';
import type { PrivatePlace, ResponseApi } from './ephemeral.js';
import { asksShown, FORM_VIEW, type FormPlace, fieldsShown, filledIn, memoryOf } from './forms.js';
import type { Homes } from './home.js';
import {
  commandPayload,
  homePayload,
  mentionPayload,
  type PressPayload,
  pressPayload,
  savedForm,
  shortcutPayload,
  submissionPayload,
} from './payloads.js';
import {
  commandResponder,
  formResponder,
  mentionResponder,
  messageResponder,
  viewButtonResponder,
} from './responders.js';
import { lineOf, saidTo } from './text.js';

/** The message shortcut's callback_id; the manifest names it. */
export const LOG_SHORTCUT = 'log_request';

export type ReadDeps = {
  readonly registry: Registry;
  readonly answers: Answers;
  readonly api: ResponseApi;
  /** The case or disclosure whose thread begins with this message, or null. */
  readonly refOfThread: (channel: string, ts: string) => Promise<string | null>;
  readonly homes: Homes;
  readonly botUser: string;
  /** `https://acme.slack.com/`, for links to messages. */
  readonly workspaceUrl: string;
};

const nowhere = async (): Promise<null> => null;

export function listen(app: App, deps: ReadDeps): void {
  for (const command of deps.registry.commands) onCommand(app, `/${command}`, deps);
  onPress(app, deps);
  onSubmission(app, deps);
  onShortcut(app, deps);
  onMention(app, deps);
  app.event('app_home_opened', async ({ body }) => {
    const { team_id: team, event } = homePayload.parse(body);
    if (event.tab === 'home') await deps.homes.open(event.user, [team]);
  });
}

function onCommand(app: App, name: string, { answers, api }: ReadDeps): void {
  app.command(name, async ({ ack, body }) => {
    const said = commandPayload.parse(body);
    const channel = shared(said.channel_id);
    await answers.take(
      {
        id: `command:${said.trigger_id}`,
        user: said.user_id,
        teams: [said.team_id],
        channel,
        threadRef: nowhere,
        ask: { kind: 'line', line: `${name} ${lineOf(said.text)}` },
      },
      commandResponder(api, ack, {
        trigger: said.trigger_id,
        where: { user: said.user_id, channel, thread: null, responseUrl: said.response_url },
        place: { channel, thread: null },
      }),
    );
  });
}

/** A direct conversation is no channel: nothing can be bound to it. */
const shared = (channel: string | undefined): string | null =>
  channel === undefined || channel.startsWith('D') ? null : channel;

function onPress(app: App, deps: ReadDeps): void {
  const pressed = (name: RegExp, askOf: (value: string) => Invocation['ask']): void =>
    app.action({ type: 'block_actions', action_id: name }, async ({ ack, body }) => {
      const press = pressPayload.parse(body);
      const teams = [press.team?.id, press.user.team_id];
      const { view, trigger_id: trigger } = press;
      const { place, where } = placeOf(press);
      const [action] = press.actions;
      const ask = askOf(action?.selected_option?.value ?? action?.value ?? '');
      const responder =
        view === undefined
          ? messageResponder(deps.api, ack, { trigger, where, place })
          : viewButtonResponder(deps.api, ack, {
              trigger,
              where,
              modal: view.type === 'modal' ? view.id : null,
              asks: ask.kind === 'form',
              after: () => deps.homes[view.type === 'home' ? 'open' : 'refresh'](press.user.id, teams),
            });
      await deps.answers.take(
        {
          id: pressId(press),
          user: press.user.id,
          teams,
          channel: place.channel,
          threadRef: nowhere,
          ask,
        },
        responder,
      );
    });
  // Nothing is done before a form is sent; but whoever could not send it is told so now.
  pressed(new RegExp(`^(?:${RUN}:|${ASK}:|${MENU}$)`), (value) => {
    const { code, asks } = pressOf(value);
    const saved = asks.length === 0 ? null : decodeAction(code);
    return saved === null ? { kind: 'press', code, fields: {} } : { kind: 'form', ...saved, asks };
  });
  // What was typed before, with what is wrong with it.
  pressed(new RegExp(`^${FORM}$`), (value) => {
    const saved = savedForm.safeParse(jsonIn(value));
    return saved.success
      ? { kind: 'form', ...saved.data }
      : { kind: 'press', code: value.slice(0, ACTION_BYTES), fields: {} };
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function placeOf(press: PressPayload): { readonly place: FormPlace; readonly where: PrivatePlace } {
  const channel = shared(press.channel?.id);
  const thread = press.container?.thread_ts ?? press.message?.thread_ts ?? null;
  const place = { channel, thread };
  return { place, where: { user: press.user.id, ...place, responseUrl: press.response_url ?? null } };
}

/** The same press delivered twice has all of these alike; a second press has another `action_ts`. */
function pressId(press: PressPayload): string {
  const [action] = press.actions;
  const where = press.view?.id ?? press.container?.message_ts ?? press.message?.ts ?? '';
  const parts = [press.team?.id, press.channel?.id, where, action?.action_id, action?.action_ts];
  return ['press', ...parts, press.user.id].join(':');
}

function onSubmission(app: App, { answers, api, registry, homes }: ReadDeps): void {
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: FORM_VIEW }, async ({ ack, body }) => {
    const { view, user, team, trigger_id: trigger } = submissionPayload.parse(body);
    const { command, verb, given, shown, ...place } = memoryOf(view.private_metadata);
    const fields = { ...given, ...filledIn(view.state.values) };
    await answers.take(
      {
        // Each sending has a trigger of its own, also of the same form with a mistake put right; a redelivery has not.
        id: `form:${view.id}:${trigger}`,
        user: user.id,
        teams: [team?.id, user.team_id],
        channel: place.channel,
        threadRef: nowhere,
        ask: { kind: 'fields', command, verb, fields, shown, filled: true },
      },
      formResponder(api, ack, {
        viewId: view.id,
        beneath: view.previous_view_id ?? null,
        where: { user: user.id, ...place, responseUrl: null },
        fields: fieldsShown(view.blocks),
        place,
        sent: () => {
          const found = registry.lookup(command, verb);
          return found === null ? null : formOf(found, fields, [], shown, asksShown(view.blocks));
        },
      }),
    );
    await homes.refresh(user.id, [team?.id, user.team_id]);
  });
}

/** The form for a new request with a link to the message; never its text. */
function onShortcut(app: App, { registry, answers, api, workspaceUrl }: ReadDeps): void {
  app.shortcut({ type: 'message_action', callback_id: LOG_SHORTCUT }, async ({ ack, body }) => {
    const asked = shortcutPayload.parse(body);
    const { user, team, trigger_id: trigger, response_url: responseUrl = null } = asked;
    const thread = asked.message.thread_ts ?? null;
    const reply = thread !== null && thread !== asked.message_ts ? `?thread_ts=${thread}` : '';
    const ref = `${workspaceUrl}archives/${asked.channel.id}/p${asked.message_ts.replace('.', '')}${reply}`;
    const [command, verb] = ['privacy', 'log'];
    await answers.take(
      {
        id: `shortcut:${trigger}`,
        user: user.id,
        teams: [team?.id, user.team_id],
        channel: null,
        threadRef: nowhere,
        ask: {
          kind: 'form',
          command,
          verb,
          fields: { ref },
          shown: null,
          asks: registry.lookup(command, verb)?.fields.map(({ name }) => name) ?? [],
        },
      },
      messageResponder(api, ack, {
        trigger,
        where: { user: user.id, channel: shared(asked.channel.id), thread, responseUrl },
        place: { channel: null, thread: null },
      }),
    );
  });
}

function onMention(app: App, { answers, api, refOfThread, botUser }: ReadDeps): void {
  app.event('app_mention', async ({ body }) => {
    const { event_id: id, team_id: team, event } = mentionPayload.parse(body);
    // A bot's words, and words changed after they were read, are not acted on.
    if (event.bot_id !== undefined || event.edited !== undefined) return;
    const { user, channel, thread_ts: thread = null } = event;
    // Reported of replies in the bot's threads: an event whose text does not name the bot.
    const text = saidTo(botUser, event.text);
    if (text === null) return;
    await answers.take(
      {
        id: `event:${id}`,
        user,
        teams: [team, event.team, event.user_team, event.source_team],
        channel: shared(channel),
        threadRef: () => (thread === null ? nowhere() : refOfThread(channel, thread)),
        ask: { kind: 'line', line: lineOf(text) },
      },
      mentionResponder(
        api,
        { channel, user, thread, responseUrl: null },
        !channel.startsWith('D') && mayNameCustomer(text),
      ),
    );
  });
}

/** Three digits in a row that are none of the desk's own references, nor of a date. */
const mayNameCustomer = (text: string): boolean =>
  /\d{3}/.test(withoutReferences(text).replaceAll(/\d{4}-\d{2}-\d{2}/g, ''));
