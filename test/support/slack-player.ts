/**
 * People in the fake workspace: they type, press, fill in forms, and see what only they can see.
 * Must not know: the desk's insides.
 */
import type { SlackFake } from './slack-fake.js';
import { type Json, Refused } from './slack-rules.js';
import { BOT_USER, type Channel, type Message, type Shown, TEAM, type View } from './slack-state.js';
import { buttonIn, hasButton, type Pressed, stateOf } from './slack-widgets.js';
import type { Acknowledged, Delivery, Wire } from './slack-wire.js';

export class Player {
  readonly id: string;
  readonly #fake: SlackFake;
  readonly #wire: Wire;
  readonly #team: string;

  constructor(fake: SlackFake, wire: Wire, id: string, team = TEAM) {
    this.#fake = fake;
    this.#wire = wire;
    this.id = id;
    this.#team = team;
  }

  /** Everything that was shown to this person alone. */
  seen(): readonly Shown[] {
    return this.#fake.state.shown.filter(({ user }) => user === this.id).map(({ what }) => what);
  }

  last(): Shown | null {
    return this.seen().at(-1) ?? null;
  }

  /** A slash command; resolves when something private came of it. */
  says(line: string, channel = 'C0CASES01'): Promise<Shown> {
    return this.#acted(() => this.command(line, channel));
  }

  async command(line: string, channel = 'C0CASES01', id?: string, trigger?: string): Promise<Acknowledged> {
    const [command = '', ...rest] = line.split(' ');
    const { state } = this.#fake;
    const acknowledged = await this.#wire.deliver({
      kind: 'slash_commands',
      ...(id === undefined ? {} : { id }),
      payload: {
        token: 'verification',
        command,
        text: rest.join(' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
        user_id: this.id,
        user_name: 'somebody',
        team_id: this.#team,
        team_domain: 'acme',
        channel_id: channel,
        channel_name: 'channel',
        api_app_id: 'A0',
        is_enterprise_install: 'false',
        trigger_id: trigger ?? state.newTrigger(this.id),
        response_url: `${this.#fake.base}/response/${state.newResponse(this.id, channel)}`,
      },
    });
    const { payload } = acknowledged;
    if (payload !== null && Object.keys(payload).length > 0) this.#fake.whisper(this.id, channel, payload);
    return acknowledged;
  }

  /** A button of a message, by its words; `version` counts from its first form. */
  presses(
    label: string,
    channel: Channel,
    message: Message,
    version = message.versions.length - 1,
  ): Promise<Shown> {
    return this.#acted(async () => {
      await this.#wire.deliver(this.press(label, channel, message, version));
    });
  }

  press(label: string, channel: Channel, message: Message, version = message.versions.length - 1): Delivery {
    const button = buttonIn(message.versions[version] ?? [], label);
    const thread = message.thread === null ? {} : { thread_ts: message.thread };
    return this.#pressOf(button, {
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: false,
        ...thread,
      },
      channel: { id: channel.id, name: 'channel' },
      message: { type: 'message', ts: message.ts, user: BOT_USER, text: message.text, ...thread },
      response_url: `${this.#fake.base}/response/${this.#fake.state.newResponse(this.id, channel.id)}`,
    });
  }

  /** A button of the last thing shown to this person alone. */
  pressesShown(label: string): Promise<Shown> {
    const shown = this.seen().findLast((each) => 'blocks' in each && hasButton(each.blocks, label));
    if (shown === undefined || !('blocks' in shown)) throw new Error(`no private button ${label}`);
    const button = buttonIn(shown.blocks, label);
    return this.#acted(async () => {
      await this.#wire.deliver(this.#pressOf(button, this.#containerOf(shown)));
    });
  }

  #containerOf(shown: Extract<Shown, { readonly blocks: readonly Json[] }>): Json {
    if (shown.kind === 'ephemeral')
      return {
        container: {
          type: 'message',
          message_ts: this.#fake.state.nextTs(),
          channel_id: shown.channel,
          is_ephemeral: true,
        },
        channel: { id: shown.channel, name: 'channel' },
        response_url: `${this.#fake.base}/response/${this.#fake.state.newResponse(this.id, shown.channel)}`,
      };
    const id = shown.kind === 'modal' ? shown.viewId : 'VHOME';
    return { container: { type: 'view', view_id: id }, view: { id, type: shown.kind, hash: 'h' } };
  }

  #pressOf({ action_id, value, block, chosen }: Pressed, where: Json): Delivery {
    const { state } = this.#fake;
    return {
      kind: 'interactive',
      payload: {
        type: 'block_actions',
        api_app_id: 'A0',
        token: 'verification',
        team: { id: this.#team, domain: 'acme' },
        user: { id: this.id, username: 'somebody', team_id: this.#team },
        trigger_id: state.newTrigger(this.id),
        actions: [
          chosen === true
            ? {
                type: 'overflow',
                action_id,
                block_id: block,
                selected_option: { text: { type: 'plain_text', text: 'chosen' }, value },
                action_ts: state.nextTs(),
              }
            : { type: 'button', action_id, block_id: block, value, action_ts: state.nextTs() },
        ],
        ...where,
      },
    };
  }

  /** Fills in the modal on top and sends it; fields left out stay as they began. */
  fills(values: Readonly<Record<string, string>>): Promise<Shown> {
    const view = this.#fake.state.top(this.id);
    if (view === null) throw new Error('no modal is open');
    return this.#acted(async () => {
      const { payload } = await this.#wire.deliver(this.submission(view, values));
      this.#afterSubmission(view, payload);
    });
  }

  submission(view: View, values: Readonly<Record<string, string>>): Delivery {
    return {
      kind: 'interactive',
      payload: {
        type: 'view_submission',
        api_app_id: 'A0',
        token: 'verification',
        team: { id: this.#team, domain: 'acme' },
        user: { id: this.id, name: 'somebody', team_id: this.#team },
        trigger_id: this.#fake.state.newTrigger(this.id),
        view: { ...view.json, id: view.id, hash: view.hash, state: { values: stateOf(view.json, values) } },
      },
    };
  }

  #afterSubmission(view: View, acknowledged: Json | null): void {
    const { state } = this.#fake;
    if (acknowledged === null) return;
    switch (acknowledged.response_action) {
      case undefined:
        state.close(this.id);
        state.show(this.id, { kind: 'closed' });
        return;
      case 'errors': {
        const inputs = (view.json.blocks as Json[])
          .filter(({ type }) => type === 'input')
          .map((block) => block.block_id);
        const errors = acknowledged.errors as Json;
        for (const id of Object.keys(errors))
          if (!inputs.includes(id)) throw new Refused('invalid_arguments', `no input ${id}`);
        state.show(this.id, { kind: 'errors', errors });
        return;
      }
      case 'update':
        state.update(view.id, acknowledged.view);
        return;
      case 'push':
        state.open(this.id, acknowledged.view, 'push');
        return;
      default:
        throw new Refused('invalid_arguments', String(acknowledged.response_action));
    }
  }

  mentions(text: string, channel: Channel, thread: string | null = null): Promise<Shown> {
    return this.#acted(async () => {
      await this.#wire.deliver(this.mention(text, channel, thread));
    });
  }

  mention(text: string, channel: Channel, thread: string | null): Delivery {
    const { state } = this.#fake;
    const ts = state.nextTs();
    const event = {
      type: 'app_mention',
      user: this.id,
      text: `<@${BOT_USER}> ${text}`,
      ts,
      event_ts: ts,
      channel: channel.id,
      team: this.#team,
    };
    return this.#event(thread === null ? event : { ...event, thread_ts: thread });
  }

  opensHome(): Promise<Shown> {
    return this.#acted(async () => {
      await this.#wire.deliver(
        this.#event({ type: 'app_home_opened', user: this.id, channel: `D${this.id}`, tab: 'home' }),
      );
    });
  }

  #event(event: Json): Delivery {
    return {
      kind: 'events_api',
      payload: {
        type: 'event_callback',
        token: 'verification',
        team_id: this.#team,
        api_app_id: 'A0',
        event_id: this.#fake.state.next('Ev'),
        event_time: 1,
        authorizations: [
          {
            team_id: TEAM,
            enterprise_id: null,
            user_id: BOT_USER,
            is_bot: true,
            is_enterprise_install: false,
          },
        ],
        event,
      },
    };
  }

  /** “Log a privacy request” in a message's menu. */
  shortcut(channel: Channel, message: { readonly ts: string; readonly text: string }): Promise<Shown> {
    return this.#acted(async () => {
      await this.#wire.deliver({
        kind: 'interactive',
        payload: {
          type: 'message_action',
          callback_id: 'log_request',
          token: 'verification',
          action_ts: this.#fake.state.nextTs(),
          team: { id: this.#team, domain: 'acme' },
          user: { id: this.id, name: 'somebody', team_id: this.#team },
          channel: { id: channel.id, name: 'channel' },
          trigger_id: this.#fake.state.newTrigger(this.id),
          response_url: `${this.#fake.base}/response/${this.#fake.state.newResponse(this.id, channel.id)}`,
          message_ts: message.ts,
          message: { type: 'message', user: 'U0SOMEBODY', ts: message.ts, text: message.text },
        },
      });
    });
  }

  async #acted(act: () => Promise<unknown>): Promise<Shown> {
    const before = this.seen().length;
    await act();
    await this.#fake.state.until(() => this.seen().length > before, `an answer to ${this.id}`);
    const shown = this.last();
    if (shown === null) throw new Error('nothing was shown');
    return shown;
  }
}
