/**
 * What people do in Slack, as invocations: commands, buttons, filled-in forms, mentions, the message shortcut, the home tab.
 * Must not know: what a command does; whether somebody may do it.
 */
import type { App, ViewSubmitAction } from '@slack/bolt';
import { card, text } from '../../desk/cards/words.js';
import { type CommandFacts, formOf, type Registry } from '../../desk/command.js';
import { decodeAction, type SavedAction } from '../../desk/grammar/action.js';
import type { Problem } from '../../desk/problem.js';
import type { Form } from '../../desk/surface.js';
import { FORM_VIEW, fieldsShown, filledIn, formView, memoryOf } from './forms.js';
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
import { ASK, FORM, pressOf, RUN } from './render.js';
import { unescaped } from './text.js';
import type { Turns } from './turns.js';
import {
  commandVoice,
  formVoice,
  mentionVoice,
  messageVoice,
  openView,
  privately,
  viewButtonVoice,
  type Ways,
} from './voices.js';

/** The message shortcut's callback_id; the manifest names it. */
export const LOG_SHORTCUT = 'log_request';

export type Commands = Registry<
  CommandFacts & {
    readonly read: (fields: Readonly<Record<string, string>>) => {
      readonly ok: boolean;
      readonly problems?: readonly Problem[];
    };
  }
>;

export type Inbound = {
  readonly registry: Commands;
  readonly turns: Turns;
  readonly ways: Ways;
  /** The case or disclosure whose thread begins with this message, or null. */
  readonly refOfThread: (channel: string, ts: string) => Promise<string | null>;
  readonly publishHome: (user: string, teams: readonly (string | null | undefined)[]) => Promise<void>;
  readonly botUser: string;
  /** `https://acme.slack.com/`, for links to messages. */
  readonly workspaceUrl: string;
};

const nowhere = async (): Promise<null> => null;

export function listen(app: App, inbound: Inbound): void {
  for (const command of inbound.registry.commands) onCommand(app, `/${command}`, inbound);
  onPress(app, inbound);
  onSubmission(app, inbound);
  onShortcut(app, inbound);
  onMention(app, inbound);
  app.event('app_home_opened', async ({ body }) => {
    const { team_id: team, event } = homePayload.parse(body);
    if (event.tab === 'home') await inbound.publishHome(event.user, [team]);
  });
}

function onCommand(app: App, name: string, { turns, ways }: Inbound): void {
  app.command(name, async ({ ack, body }) => {
    const said = commandPayload.parse(body);
    const channel = shared(said.channel_id);
    await turns.take(
      {
        id: `command:${said.trigger_id}`,
        user: said.user_id,
        teams: [said.team_id],
        channel,
        threadRef: nowhere,
        ask: { kind: 'line', line: `${name} ${unescaped(said.text)}` },
      },
      commandVoice(ways, ack, {
        trigger: said.trigger_id,
        responseUrl: said.response_url,
        place: { channel, thread: null },
      }),
    );
  });
}

/** A direct conversation is no channel: nothing can be bound to it. */
const shared = (channel: string | undefined): string | null =>
  channel === undefined || channel.startsWith('D') ? null : channel;

function onPress(app: App, inbound: Inbound): void {
  const { turns, ways, registry } = inbound;
  app.action({ type: 'block_actions', action_id: new RegExp(`^${RUN}:`) }, async ({ ack, body }) => {
    const press = pressPayload.parse(body);
    const { code } = pressOf(press.actions[0]?.value ?? '');
    const teams = [press.team?.id, press.user.team_id];
    const { thread, place } = placeOf(press);
    const { view, response_url: responseUrl } = press;
    const voice =
      view !== undefined || responseUrl === undefined
        ? viewButtonVoice(ways, ack, {
            trigger: press.trigger_id,
            modal: view?.type === 'modal' ? view.id : null,
            after: () => (view?.type === 'home' ? inbound.publishHome(press.user.id, teams) : nothing()),
          })
        : messageVoice(ways, ack, { trigger: press.trigger_id, responseUrl, thread, place });
    await turns.take(
      {
        id: pressId(press),
        user: press.user.id,
        teams,
        channel: place.channel,
        threadRef: nowhere,
        ask: { kind: 'press', code, fields: {} },
      },
      voice,
    );
  });
  app.action(
    { type: 'block_actions', action_id: new RegExp(`^(?:${ASK}:|${FORM}$)`) },
    async ({ ack, body }) => {
      const press = pressPayload.parse(body);
      const [action] = press.actions;
      const form =
        action?.action_id === FORM ? savedFormOf(registry, action.value) : askedForm(registry, action);
      const onTop = press.view?.type === 'modal';
      // The form first: its trigger lives three seconds, and nothing is done before it is sent.
      const opened =
        form !== null &&
        (await openView(ways, press.trigger_id, formView(form, placeOf(press).place), onTop));
      await ack();
      if (!opened && form !== null && press.response_url !== undefined)
        await ways.fetch(press.response_url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(privately(formAnswer(form))),
        });
    },
  );
}

const nothing = async (): Promise<void> => undefined;

function placeOf(press: PressPayload) {
  const channel = shared(press.channel?.id);
  const thread = press.container?.thread_ts ?? press.message?.thread_ts ?? null;
  return { thread, place: { channel, thread } };
}

/** The same press delivered twice has all of these alike; a second press has another `action_ts`. */
function pressId(press: PressPayload): string {
  const [action] = press.actions;
  const where = press.view?.id ?? press.container?.message_ts ?? press.message?.ts ?? '';
  const parts = [press.team?.id, press.channel?.id, where, action?.action_id, action?.action_ts];
  return ['press', ...parts, press.user.id].join(':');
}

function askedForm(registry: Commands, action: PressPayload['actions'][number] | undefined): Form | null {
  const { code, asks } = pressOf(action?.value ?? '');
  const saved = decodeAction(code);
  return saved === null ? null : formFrom(registry, saved, asks);
}

/** What was typed before, with what is wrong with it. */
function savedFormOf(registry: Commands, value: string): Form | null {
  return formFrom(registry, savedForm.parse(JSON.parse(value)), null);
}

function formFrom(registry: Commands, saved: SavedAction, asks: readonly string[] | null): Form | null {
  const command = registry.lookup(saved.command, saved.verb);
  if (command === null) return null;
  const reading = asks === null ? command.read(saved.fields) : null;
  return formOf(command, saved.fields, reading?.problems ?? [], saved.shown, asks);
}

const formAnswer = (form: Form) => ({
  kind: 'error' as const,
  code: 'missing-field',
  clause: null,
  form,
  card: card(form.title, 'neutral', [text('The form could not be opened by itself.')]),
});

function onSubmission(app: App, { turns, ways }: Inbound): void {
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: FORM_VIEW }, async ({ ack, body }) => {
    const { view, user, team, trigger_id: trigger } = submissionPayload.parse(body);
    const { command, verb, given, shown, ...place } = memoryOf(view.private_metadata);
    const fields = { ...given, ...filledIn(view.state.values) };
    await turns.take(
      {
        // Each sending has a trigger of its own, also of the same form with a mistake put right; a redelivery has not.
        id: `form:${view.id}:${trigger}`,
        user: user.id,
        teams: [team?.id, user.team_id],
        channel: place.channel,
        threadRef: nowhere,
        ask: { kind: 'fields', command, verb, fields, shown },
      },
      formVoice(ways, ack, { viewId: view.id, fields: fieldsShown(view.blocks), place }),
    );
  });
}

/** The form for a new request with a link to the message; never its text. */
function onShortcut(app: App, { registry, ways, workspaceUrl }: Inbound): void {
  app.shortcut({ type: 'message_action', callback_id: LOG_SHORTCUT }, async ({ ack, body }) => {
    const asked = shortcutPayload.parse(body);
    const thread = asked.message.thread_ts;
    const reply = thread !== undefined && thread !== asked.message_ts ? `?thread_ts=${thread}` : '';
    const ref = `${workspaceUrl}archives/${asked.channel.id}/p${asked.message_ts.replace('.', '')}${reply}`;
    const log = registry.lookup('privacy', 'log');
    const view = log && formView(formOf(log, { ref }, [], null), { channel: null, thread: null });
    if (view !== null) await openView(ways, asked.trigger_id, view, false);
    await ack();
  });
}

function onMention(app: App, { turns, ways, refOfThread, botUser }: Inbound): void {
  app.event('app_mention', async ({ body }) => {
    const { event_id: id, team_id: team, event } = mentionPayload.parse(body);
    // A bot's words, and words changed after they were read, are not acted on.
    if (event.bot_id !== undefined || event.edited !== undefined) return;
    const { user, channel, thread_ts: thread = null } = event;
    const text = event.text.replaceAll(new RegExp(`<@${botUser}(?:\\|[^>]*)?>`, 'g'), ' ');
    await turns.take(
      {
        id: `event:${id}`,
        user,
        teams: [team, event.team, event.user_team, event.source_team],
        channel: shared(channel),
        threadRef: () => (thread === null ? nowhere() : refOfThread(channel, thread)),
        ask: { kind: 'line', line: unescaped(text).trim() },
      },
      mentionVoice(ways, { channel, user, thread }),
    );
  });
}
