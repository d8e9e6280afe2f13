/**
 * How an answer reaches the person who asked, and nobody else: in the acknowledgement, in a modal, or as a private message.
 * Must not know: what was asked, the desk.
 */
import type { AckFn, types } from '@slack/bolt';
import { text } from '../../chat/card.js';
import type { Answer, Form } from '../../chat/form.js';
import { STANDS_IN_PUBLIC } from '../../language/en/mentions.js';
import { inTime, LATE } from '../common/timing.js';
import type { Responder } from './answer.js';
import {
  ephemeralMessage,
  formOfAnswer,
  type PrivatePlace,
  type ResponseApi,
  tellPrivately,
} from './ephemeral.js';
import { platformCode } from './failures.js';
import { answerView, type FormPlace, fieldErrors, formView, workingView } from './forms.js';
import { wordOf } from './log.js';

/** Of the three seconds Slack waits for an acknowledgement, and a trigger lives: the rest is for the way there. */
const OPEN_BY_MS = 2_500;

/** A responder is made when its delivery arrives. */
const openBy = (): number => performance.now() + OPEN_BY_MS;

/** Opens a modal; on top of the one it was asked from. False: the trigger was used up or too old, or it took too long. */
async function openView(
  api: ResponseApi,
  trigger: string,
  view: types.ModalView,
  { onTop, by }: { readonly onTop: boolean; readonly by: number },
): Promise<boolean> {
  const { views } = api.quick;
  const asked = { trigger_id: trigger, view };
  const left = by - performance.now();
  if (left <= 0) return false;
  try {
    const opened = await inTime(onTop ? views.push(asked) : views.open(asked), left);
    if (opened === LATE) throw new Error('it took too long');
    return true;
  } catch (error) {
    const why = platformCode(error) ?? wordOf(error);
    api.log.warn({ from: 'slack', why }, 'a form could not be opened by itself');
    return false;
  }
}

/** What is missing opens by itself. A refusal is read first, with its form behind a button. */
function formToOpen(answer: Answer): Form | null {
  const form = formOfAnswer(answer);
  return form === null || form.says === null ? form : null;
}

/** A slash command: the answer, or the form it needs, comes with the acknowledgement. */
export function commandResponder(
  api: ResponseApi,
  ack: AckFn<ReturnType<typeof ephemeralMessage>>,
  from: { readonly trigger: string; readonly where: PrivatePlace; readonly place: FormPlace },
): Responder {
  const by = openBy();
  return {
    inAcknowledgement: true,
    respond: async (answer) => {
      const form = formToOpen(answer);
      const how = { onTop: false, by };
      if (form !== null && (await openView(api, from.trigger, formView(form, from.place), how))) {
        await ack();
        return true;
      }
      await ack(ephemeralMessage(answer));
      return false;
    },
    acknowledge: () => ack(),
    acknowledgeAgain: () => ack(),
    respondLater: (answer) => tellPrivately(api, from.where, answer),
  };
}

/** A button on a message, or its menu: acknowledged bare, answered beside it and in its thread. */
export function messageResponder(
  api: ResponseApi,
  ack: AckFn<void>,
  from: { readonly trigger: string; readonly where: PrivatePlace; readonly place: FormPlace },
): Responder {
  const by = openBy();
  return {
    inAcknowledgement: false,
    respond: async (answer) => {
      const form = formToOpen(answer);
      const how = { onTop: false, by };
      const opened = form !== null && (await openView(api, from.trigger, formView(form, from.place), how));
      await ack();
      if (!opened) await tellPrivately(api, from.where, answer);
      return true;
    },
    acknowledge: () => ack(),
    acknowledgeAgain: () => ack(),
    respondLater: (answer) => tellPrivately(api, from.where, answer),
  };
}

/** A button in a modal or on the home tab: there is no message to answer beside. */
export function viewButtonResponder(
  api: ResponseApi,
  ack: AckFn<void>,
  from: {
    readonly trigger: string;
    readonly where: PrivatePlace;
    readonly modal: string | null;
    /** Whether the modal is to be there again when the form on top of it is closed. */
    readonly asks: boolean;
    readonly after: () => Promise<void>;
  },
): Responder {
  const by = openBy();
  const shown = async (view: types.ModalView): Promise<boolean> => {
    if (from.modal === null || from.asks)
      return openView(api, from.trigger, view, { onTop: from.modal !== null, by });
    return updated(api, from.modal, view);
  };
  const show = async (answer: Answer): Promise<void> => {
    const view = viewOf(answer, { channel: null, thread: null });
    if (!(await shown(view))) await tellPrivately(api, from.where, answer);
    await from.after();
  };
  return {
    inAcknowledgement: false,
    respond: async (answer) => {
      await ack();
      await show(answer);
      return true;
    },
    acknowledge: () => ack(),
    acknowledgeAgain: () => ack(),
    respondLater: show,
  };
}

/** False: the modal was closed meanwhile, or Slack does not say. */
async function updated(api: ResponseApi, modal: string, view: types.ModalView): Promise<boolean> {
  try {
    await api.quick.views.update({ view_id: modal, view });
    return true;
  } catch (error) {
    const why = platformCode(error) ?? wordOf(error);
    api.log.warn({ from: 'slack', why }, 'a modal could not be changed');
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
 * A filled-in form: problems on their fields, a refusal on top of it (what was typed stays), the answer in its place. After a
 * late acknowledgement the form is gone from the screen, so a refusal comes with a new one, as it was filled in.
 */
export function formResponder(
  api: ResponseApi,
  ack: ViewAck,
  from: {
    readonly viewId: string;
    /** The modal under it, which shows what was before; null: none. */
    readonly beneath: string | null;
    readonly where: PrivatePlace;
    readonly fields: readonly string[];
    readonly place: FormPlace;
    /** The form as it was sent; null when its command is gone. */
    readonly sent: () => Form | null;
  },
): Responder {
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
    inAcknowledgement: true,
    respond: async (answer) => {
      const form = formOfAnswer(answer);
      const errors = form === null ? null : fieldErrors(form, from.fields);
      if (errors !== null) await ack({ response_action: 'errors', errors });
      else if (form !== null) await ack({ response_action: 'update', view: formView(form, from.place) });
      else if (answer.kind === 'error') await ack({ response_action: 'push', view: answerView(answer.card) });
      else await ack({ response_action: 'update', view: answerView(answer.card) });
      if (answer.kind === 'answer' && from.beneath !== null)
        await updated(api, from.beneath, answerView(answer.card));
      return false;
    },
    acknowledge: () => ack({ response_action: 'update', view: workingView() }),
    acknowledgeAgain: (answer) => ack({ response_action: 'update', view: lateView(answer) }),
    respondLater: async (answer) => {
      if (!(await updated(api, from.viewId, lateView(answer))))
        await tellPrivately(api, from.where, withForm(answer));
    },
  };
}

/** A mention: acknowledged by the receiver once it is done, answered in its thread for its author's eyes. */
export function mentionResponder(
  api: ResponseApi,
  where: PrivatePlace,
  /** It may name a customer, and stands where others read it. */
  exposes: boolean,
): Responder {
  const warned = (answer: Answer): Answer =>
    exposes
      ? { ...answer, card: { ...answer.card, blocks: [...answer.card.blocks, text(STANDS_IN_PUBLIC)] } }
      : answer;
  const say = (answer: Answer): Promise<void> => tellPrivately(api, where, warned(answer));
  return {
    inAcknowledgement: false,
    respond: async (answer) => {
      await say(answer);
      return true;
    },
    acknowledge: async () => undefined,
    acknowledgeAgain: async () => undefined,
    respondLater: say,
  };
}
