/**
 * How an answer reaches the person who asked, and nobody else: in the acknowledgement, by the payload's `response_url`, as
 * an ephemeral message, or in a modal. Must not know: what was asked, the desk.
 */
import type { AckFn, types, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Answer, Form } from '../../desk/surface.js';
import { platformCode } from './client.js';
import { answerView, type FormPlace, fieldErrors, formView, workingView } from './forms.js';
import { BUTTON_VALUE } from './limits.js';
import { wordOf } from './log.js';
import { FORM, renderMessage, type SlackBlock } from './render.js';
import { plain } from './text.js';
import type { Voice } from './turns.js';

/** Longer than Slack waits is too late anyway. */
const RESPOND_MS = 8_000;

export type Ways = {
  /** Short patience: a trigger lives 3 s. */
  readonly quick: webApi.WebClient;
  readonly fetch: webApi.FetchFunction;
  readonly log: Logger;
};

/** A message for one person. `response_type` is always said: left out, some of Slack's ways would show it to all. */
export function privately(answer: Answer): {
  readonly response_type: 'ephemeral';
  readonly replace_original: false;
  readonly text: string;
  readonly blocks: SlackBlock[];
} {
  const { text, blocks } = renderMessage(answer.card);
  const form = formOfAnswer(answer);
  return {
    response_type: 'ephemeral',
    replace_original: false,
    text,
    blocks: form === null ? blocks : withFormButton(blocks, form),
  };
}

export const formOfAnswer = (answer: Answer): Form | null => (answer.kind === 'error' ? answer.form : null);

/** A form that could not be opened by itself is one press away, with what was typed in it. */
function withFormButton(blocks: SlackBlock[], form: Form): SlackBlock[] {
  const typed = form.fields.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]));
  const value = JSON.stringify({
    command: form.command,
    verb: form.verb,
    shown: form.shown,
    fields: { ...form.given, ...Object.fromEntries(typed) },
  });
  if (value.length > BUTTON_VALUE) return blocks;
  return [
    ...blocks,
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: FORM, style: 'primary', text: plain('Open the form', 75), value },
      ],
    },
  ];
}

/** Opens a modal; on top of the one it was asked from. False: the trigger was used up or too old. */
export async function openView(
  ways: Ways,
  trigger: string,
  view: types.ModalView,
  onTop: boolean,
): Promise<boolean> {
  try {
    if (onTop) await ways.quick.views.push({ trigger_id: trigger, view });
    else await ways.quick.views.open({ trigger_id: trigger, view });
    return true;
  } catch (error) {
    const why = platformCode(error) ?? wordOf(error);
    ways.log.warn({ from: 'slack', why }, 'a form could not be opened by itself');
    return false;
  }
}

async function respond(ways: Ways, url: string, body: object): Promise<void> {
  const sent = await ways.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(RESPOND_MS),
  });
  if (!sent.ok) throw new Error(`the response address answered HTTP ${sent.status}`);
}

/** A slash command: the answer, or the form it needs, comes with the acknowledgement. */
export function commandVoice(
  ways: Ways,
  ack: AckFn<ReturnType<typeof privately>>,
  from: { readonly trigger: string; readonly responseUrl: string; readonly place: FormPlace },
): Voice {
  return {
    carried: true,
    soon: async (answer) => {
      const form = formOfAnswer(answer);
      if (form !== null && (await openView(ways, from.trigger, formView(form, from.place), false))) {
        await ack();
        return true;
      }
      await ack(privately(answer));
      return false;
    },
    hold: () => ack(),
    later: (answer) => respond(ways, from.responseUrl, privately(answer)),
  };
}

/** A button on a message: acknowledged bare, answered beside the card and in its thread. */
export function messageVoice(
  ways: Ways,
  ack: AckFn<void>,
  from: {
    readonly trigger: string;
    readonly responseUrl: string;
    readonly thread: string | null;
    readonly place: FormPlace;
  },
): Voice {
  const later = (answer: Answer): Promise<void> =>
    respond(ways, from.responseUrl, {
      ...privately(answer),
      ...(from.thread === null ? {} : { thread_ts: from.thread }),
    });
  return {
    carried: false,
    soon: async (answer) => {
      const form = formOfAnswer(answer);
      const opened = form !== null && (await openView(ways, from.trigger, formView(form, from.place), false));
      await ack();
      if (!opened) await later(answer);
      return true;
    },
    hold: () => ack(),
    later,
  };
}

/** A button in a modal or on the home tab: there is no message to answer beside. */
export function viewButtonVoice(
  ways: Ways,
  ack: AckFn<void>,
  from: { readonly trigger: string; readonly modal: string | null; readonly after: () => Promise<void> },
): Voice {
  const show = async (answer: Answer): Promise<void> => {
    const view = viewOf(answer, { channel: null, thread: null });
    if (from.modal !== null) await ways.quick.views.update({ view_id: from.modal, view });
    else await openView(ways, from.trigger, view, false);
    await from.after();
  };
  return {
    carried: false,
    soon: async (answer) => {
      await ack();
      await show(answer);
      return true;
    },
    hold: () => ack(),
    later: show,
  };
}

const viewOf = (answer: Answer, place: FormPlace): types.ModalView => {
  const form = formOfAnswer(answer);
  return form === null ? answerView(answer.card) : formView(form, place);
};

type ViewAck = AckFn<
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update' | 'push'; view: types.ModalView }
>;

/** A filled-in form: problems on their fields, a "no" on top of it (what was typed stays), the answer in its place. */
export function formVoice(
  ways: Ways,
  ack: ViewAck,
  from: { readonly viewId: string; readonly fields: readonly string[]; readonly place: FormPlace },
): Voice {
  return {
    carried: true,
    soon: async (answer) => {
      const form = formOfAnswer(answer);
      const errors = form === null ? null : fieldErrors(form, from.fields);
      if (errors !== null) await ack({ response_action: 'errors', errors });
      else if (form !== null) await ack({ response_action: 'update', view: formView(form, from.place) });
      else if (answer.kind === 'error') await ack({ response_action: 'push', view: answerView(answer.card) });
      else await ack({ response_action: 'update', view: answerView(answer.card) });
      return false;
    },
    hold: () => ack({ response_action: 'update', view: workingView() }),
    later: async (answer) => {
      await ways.quick.views.update({ view_id: from.viewId, view: viewOf(answer, from.place) });
    },
  };
}

/** A mention: acknowledged by the receiver once it is done, answered in its thread for its author's eyes. */
export function mentionVoice(
  ways: Ways,
  from: { readonly channel: string; readonly user: string; readonly thread: string | null },
): Voice {
  const say = async (answer: Answer): Promise<void> => {
    const { text, blocks } = privately(answer);
    await ways.quick.chat.postEphemeral({
      channel: from.channel,
      user: from.user,
      text,
      blocks,
      ...(from.thread === null ? {} : { thread_ts: from.thread }),
    });
  };
  return {
    carried: false,
    soon: async (answer) => {
      await say(answer);
      return true;
    },
    hold: async () => undefined,
    later: say,
  };
}
