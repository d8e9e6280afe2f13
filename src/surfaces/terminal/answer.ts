/**
 * A line or a press, given to the desk and answered; the answer comes last, after the posts it caused.
 * Must not know: what a command does.
 */
import { type Action, card, text } from '../../chat/card.js';
import type { Answer } from '../../chat/form.js';
import { type Handle, type Invocation, NONE_MISSING } from '../../chat/surface.js';
import type { Account } from '../../vocabulary/values.js';
import { type AskField, type Filled, fillButton, fillMissing } from './forms.js';
import type { Screen } from './screen.js';

export type Speaking = { readonly name: string; readonly account: Account };

/** Where everything is said that is typed. */
const CHANNEL = '#cases';

export type Answering = {
  readonly handle: Handle;
  readonly screen: Screen;
  /** Null where nobody can be asked. */
  readonly ask: AskField | null;
  /** Sends every post that waits; what could not be posted stays queued. */
  readonly settle: () => Promise<void>;
};

type Ask = Invocation['ask'];

export async function answer(deps: Answering, speaking: Speaking, asked: Ask): Promise<void> {
  const say = sayer(deps, speaking);
  const first = await say(asked);
  if (deps.ask === null) return finish(deps, speaking, { kind: 'answered', answer: first });
  return finishForm(deps, speaking, await fillMissing({ ask: deps.ask, say }, first, asked));
}

/** Says what was filled in, and asks on for what only those answers make necessary. */
async function finishForm(deps: Answering, speaking: Speaking, filled: Filled): Promise<void> {
  if (filled.kind !== 'say') return finish(deps, speaking, filled);
  const say = sayer(deps, speaking);
  const { ask } = filled;
  const said = await say(ask.kind === 'fields' || ask.kind === 'press' ? { ...ask, filled: true } : ask);
  const more: Filled =
    deps.ask === null
      ? { kind: 'answered', answer: said }
      : await fillMissing({ ask: deps.ask, say }, said, ask);
  return finishForm(deps, speaking, more);
}

/** Where nobody can be asked, the desk itself says what is missing. */
export async function answerPress(
  deps: Answering,
  speaking: Speaking,
  action: Action,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  if (deps.ask === null) return answer(deps, speaking, { kind: 'press', code: action.code, fields });
  const filled = await fillButton({ ask: deps.ask, say: sayer(deps, speaking) }, action, fields);
  return finishForm(deps, speaking, filled);
}

const sayer =
  ({ handle }: Answering, speaking: Speaking) =>
  (ask: Ask): Promise<Answer> =>
    handle({
      id: null,
      surface: 'terminal',
      account: speaking.account,
      channel: CHANNEL,
      threadRef: null,
      missing: NONE_MISSING,
      ask,
    });

async function finish(
  deps: Answering,
  speaking: Speaking,
  filled: Exclude<Filled, { kind: 'say' }>,
): Promise<void> {
  if (filled.kind === 'left')
    return deps.screen.answer(
      speaking.name,
      card('Left', 'neutral', [text('The question was left; nothing was done.')]),
    );
  const result = filled.answer;
  await deps.settle();
  await deps.screen.show({
    kind: result.kind,
    to: `@${speaking.name}`,
    thread: null,
    private: true,
    card: result.card,
    code: result.kind === 'error' ? result.code : null,
    clause: result.kind === 'error' ? result.clause : null,
  });
}
