/**
 * A line or a press, given to the desk and answered; the answer comes last, after the posts it caused.
 * Must not know: what a command does.
 */
import type { Answer } from '../../chat/form.js';
import { type Handle, type Invocation, NONE_MISSING } from '../../chat/surface.js';
import type { Account } from '../../vocabulary/values.js';
import { type AskField, fillIn } from './forms.js';
import type { Screen } from './screen.js';

export type Speaking = { readonly name: string; readonly account: Account };

/** Where everything is said that is typed. */
const CHANNEL = '#cases';

export async function answer(
  deps: {
    readonly handle: Handle;
    readonly screen: Screen;
    /** Null where nobody can be asked. */
    readonly ask: AskField | null;
    /** Sends every post that waits; what could not be posted stays queued. */
    readonly settle: () => Promise<void>;
  },
  speaking: Speaking,
  asked: Invocation['ask'],
): Promise<void> {
  const say = (ask: Invocation['ask']): Promise<Answer> =>
    deps.handle({
      id: null,
      surface: 'terminal',
      account: speaking.account,
      channel: CHANNEL,
      threadRef: null,
      missing: NONE_MISSING,
      ask,
    });
  const first = await say(asked);
  const completed = deps.ask === null ? null : await fillIn(deps.ask, first, asked);
  const result = completed === null ? first : await say(completed);
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
