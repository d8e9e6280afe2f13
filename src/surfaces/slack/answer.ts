/**
 * One thing that came from Slack, worked on: admit the person, let the desk commit, then acknowledge. What takes longer than
 * 1.5 s is acknowledged without its answer and answered afterwards, since Slack waits 3 s at most (platform.md, "Slack").
 * Must not know: Bolt, how an answer is shown.
 */
import type { Logger } from 'pino';
import type { Answer } from '../../chat/form.js';
import { type Handle, type Invocation, NONE_MISSING } from '../../chat/surface.js';
import { accountOf } from '../../vocabulary/accounts.js';
import { inTime, LATE } from '../common/timing.js';
import type { AdmissionCheck } from './admission.js';
import { wordOf } from './log.js';
import { asksOfItsChannel, type MembershipCheck } from './membership.js';
import { Redeliveries } from './redelivery.js';

const ACKNOWLEDGE_AFTER_MS = 1_500;
/** With more than this at once, the last would wait too long: they are acknowledged sooner and answered afterwards. */
const AT_ONCE = 10;

/** A command, a press, a filled-in form, a shortcut or a mention. */
export type Incoming = {
  /** The same when Slack delivers it again. */
  readonly id: string;
  readonly user: string;
  /** Every workspace the payload names for this person. */
  readonly teams: readonly (string | null | undefined)[];
  readonly channel: string | null;
  /** The case the place is about, looked up where there is a thread. */
  readonly threadRef: () => Promise<string | null>;
  readonly ask: Invocation['ask'];
};

/** How this kind of payload is acknowledged and answered. */
export type Responder = {
  /** Whether `respond` puts the answer into the acknowledgement, so that a redelivery must carry it too. */
  readonly inAcknowledgement: boolean;
  /** Acknowledges and answers. True: the answer reached the person whatever becomes of the acknowledgement. */
  readonly respond: (answer: Answer) => Promise<boolean>;
  /** Acknowledges without an answer. */
  readonly acknowledge: () => Promise<void>;
  /** Acknowledges a redelivery of what was answered before: what was shown stays. */
  readonly acknowledgeAgain: (answer: Answer) => Promise<void>;
  /** Answers after `acknowledge`. */
  readonly respondLater: (answer: Answer) => Promise<void>;
};

export type Answers = {
  readonly take: (incoming: Incoming, responder: Responder) => Promise<void>;
  /** Resolves when everything that was begun is answered. */
  readonly settled: () => Promise<void>;
};

type Deps = {
  readonly handle: Handle;
  readonly admission: AdmissionCheck;
  readonly missingIn: MembershipCheck;
  readonly log: Logger;
};

export function createAnswers(deps: Deps): Answers {
  const redeliveries = new Redeliveries();
  const open = new Set<Promise<void>>();

  async function work(incoming: Incoming, responder: Responder): Promise<void> {
    const handled = redeliveries.once(incoming.id, () => answerTo(deps, incoming));
    const answer = await inTime(handled.answer, ACKNOWLEDGE_AFTER_MS * Math.min(1, AT_ONCE / open.size));
    if (answer === LATE) {
      await responder.acknowledge().catch((error: unknown) => notAcknowledged(error));
    } else {
      if (handled.answered) return responder.acknowledgeAgain(answer);
      if (!responder.inAcknowledgement) handled.answered = true;
      try {
        if (await responder.respond(answer)) handled.answered = true;
        return;
      } catch (error) {
        handled.answered = false;
        // The socket it came through is gone. The work is done all the same, so it is answered another way.
        notAcknowledged(error);
      }
    }
    const late = await handled.answer;
    if (handled.answered) return;
    handled.answered = true;
    await responder.respondLater(late).catch((error: unknown) => {
      handled.answered = false;
      deps.log.warn({ from: 'slack' }, `an answer could not be shown: ${wordOf(error)}`);
    });
  }

  const notAcknowledged = (error: unknown): void =>
    deps.log.warn({ from: 'slack' }, `an acknowledgement failed: ${wordOf(error)}`);

  return {
    take: (incoming, responder) => {
      const begun = Promise.resolve().then(() => work(incoming, responder));
      const working = begun.finally(() => open.delete(working));
      open.add(working);
      return working;
    },
    settled: async () => {
      await Promise.allSettled([...open]);
    },
  };
}

async function answerTo({ handle, admission, missingIn }: Deps, incoming: Incoming): Promise<Answer> {
  const verdict = await admission.admit(incoming.user, incoming.teams);
  if (!verdict.admitted)
    return { kind: 'error', card: verdict.card, code: 'not-admitted', clause: null, form: null };
  const { channel, ask } = incoming;
  return handle({
    id: `slack:${incoming.id}`,
    surface: 'slack',
    account: accountOf('slack', incoming.user),
    channel,
    threadRef: await incoming.threadRef(),
    missing: channel !== null && asksOfItsChannel(ask) ? await missingIn(channel) : NONE_MISSING,
    ask,
  });
}
