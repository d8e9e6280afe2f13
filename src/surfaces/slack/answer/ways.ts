/**
 * How an answer reaches the person who asked, and nobody else: in the acknowledgement, in a modal, or as a private message.
 * Must not know: what was asked, the desk.
 */
import type { AckFn, types } from '@slack/bolt';
import type { Answer, Form } from '../../../chat/form.js';
import { platformCode } from '../api.js';
import { answerView, type FormPlace, fieldErrors, formView, workingView } from '../forms.js';
import { wordOf } from '../log.js';
import { inTime, type Voice } from './in-time.js';
import { formOfAnswer, privately, type Spot, type Ways, whisper } from './private.js';

/** Of the three seconds Slack waits for an acknowledgement, and a trigger lives: the rest is for the way there. */
const OPEN_BY_MS = 2_500;

/** A voice is made when its delivery arrives. */
const openBy = (): number => performance.now() + OPEN_BY_MS;

/** Opens a modal; on top of the one it was asked from. False: the trigger was used up or too old, or it took too long. */
async function openView(
  ways: Ways,
  trigger: string,
  view: types.ModalView,
  { onTop, by }: { readonly onTop: boolean; readonly by: number },
): Promise<boolean> {
  const { views } = ways.quick;
  const asked = { trigger_id: trigger, view };
  const left = by - performance.now();
  if (left <= 0) return false;
  try {
    const opened = await inTime(onTop ? views.push(asked) : views.open(asked), left);
    if (opened === null) throw new Error('it took too long');
    return true;
  } catch (error) {
    const why = platformCode(error) ?? wordOf(error);
    ways.log.warn({ from: 'slack', why }, 'a form could not be opened by itself');
    return false;
  }
}

/** A slash command: the answer, or the form it needs, comes with the acknowledgement. */
export function commandVoice(
  ways: Ways,
  ack: AckFn<ReturnType<typeof privately>>,
  from: { readonly trigger: string; readonly spot: Spot; readonly place: FormPlace },
): Voice {
  const by = openBy();
  return {
    carried: true,
    soon: async (answer) => {
      const form = formOfAnswer(answer);
      const how = { onTop: false, by };
      if (form !== null && (await openView(ways, from.trigger, formView(form, from.place), how))) {
        await ack();
        return true;
      }
      await ack(privately(answer));
      return false;
    },
    hold: () => ack(),
    again: () => ack(),
    later: (answer) => whisper(ways, from.spot, answer),
  };
}

/** A button on a message, or its menu: acknowledged bare, answered beside it and in its thread. */
export function messageVoice(
  ways: Ways,
  ack: AckFn<void>,
  from: { readonly trigger: string; readonly spot: Spot; readonly place: FormPlace },
): Voice {
  const by = openBy();
  return {
    carried: false,
    soon: async (answer) => {
      const form = formOfAnswer(answer);
      const how = { onTop: false, by };
      const opened = form !== null && (await openView(ways, from.trigger, formView(form, from.place), how));
      await ack();
      if (!opened) await whisper(ways, from.spot, answer);
      return true;
    },
    hold: () => ack(),
    again: () => ack(),
    later: (answer) => whisper(ways, from.spot, answer),
  };
}

/** A button in a modal or on the home tab: there is no message to answer beside. */
export function viewButtonVoice(
  ways: Ways,
  ack: AckFn<void>,
  from: {
    readonly trigger: string;
    readonly spot: Spot;
    readonly modal: string | null;
    /** Whether the modal is to be there again when the form on top of it is closed. */
    readonly asks: boolean;
    readonly after: () => Promise<void>;
  },
): Voice {
  const by = openBy();
  const shown = async (view: types.ModalView): Promise<boolean> => {
    if (from.modal === null || from.asks)
      return openView(ways, from.trigger, view, { onTop: from.modal !== null, by });
    return updated(ways, from.modal, view);
  };
  const show = async (answer: Answer): Promise<void> => {
    const view = viewOf(answer, { channel: null, thread: null });
    if (!(await shown(view))) await whisper(ways, from.spot, answer);
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
    again: () => ack(),
    later: show,
  };
}

/** False: the modal was closed meanwhile, or Slack does not say. */
async function updated(ways: Ways, modal: string, view: types.ModalView): Promise<boolean> {
  try {
    await ways.quick.views.update({ view_id: modal, view });
    return true;
  } catch (error) {
    const why = platformCode(error) ?? wordOf(error);
    ways.log.warn({ from: 'slack', why }, 'a modal could not be changed');
    return false;
  }
}

const viewOf = (answer: Answer, place: FormPlace): types.ModalView => {
  const form = formOfAnswer(answer);
  return form === null ? answerView(answer.card) : formView(form, place);
};

type ViewAck = AckFn<
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update' | 'push'; view: types.ModalView }
>;

/**
 * A filled-in form: problems on their fields, a "no" on top of it (what was typed stays), the answer in its place. After the
 * word to wait the form is gone from the screen, so a "no" comes with a new one, as it was filled in.
 */
export function formVoice(
  ways: Ways,
  ack: ViewAck,
  from: {
    readonly viewId: string;
    readonly spot: Spot;
    readonly fields: readonly string[];
    readonly place: FormPlace;
    /** The form as it was sent; null when its command is gone. */
    readonly sent: () => Form | null;
  },
): Voice {
  const withForm = (answer: Answer): Answer =>
    answer.kind === 'error' && answer.form === null && answer.code !== 'repeated'
      ? { ...answer, form: from.sent() }
      : answer;
  const lateView = (answer: Answer): types.ModalView => {
    const form = formOfAnswer(withForm(answer));
    if (form === null) return answerView(answer.card);
    return formView(form, from.place, answer.card);
  };
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
    again: (answer) => ack({ response_action: 'update', view: lateView(answer) }),
    later: async (answer) => {
      if (!(await updated(ways, from.viewId, lateView(answer))))
        await whisper(ways, from.spot, withForm(answer));
    },
  };
}

/** A mention: acknowledged by the receiver once it is done, answered in its thread for its author's eyes. */
export function mentionVoice(ways: Ways, spot: Spot): Voice {
  const say = (answer: Answer): Promise<void> => whisper(ways, spot, answer);
  return {
    carried: false,
    soon: async (answer) => {
      await say(answer);
      return true;
    },
    hold: async () => undefined,
    again: async () => undefined,
    later: say,
  };
}
