/**
 * One delivery from Slack, worked on: admit the person, let the desk commit, then acknowledge. What takes longer than 1.5 s
 * is acknowledged bare and answered afterwards, since Slack waits 3 s at most (platform.md, "Slack").
 * Must not know: Bolt, how an answer is shown.
 */
import type { Logger } from 'pino';
import type { Answer } from '../../../chat/form.js';
import type { Handle, Invocation } from '../../../chat/surface.js';
import type { Gate } from '../admission.js';
import { wordOf } from '../log.js';
import { Repeats } from '../redelivery.js';

const HOLD_MS = 1_500;
/** With more than this at once, the last would wait too long: they are acknowledged sooner and answered afterwards. */
const AT_EASE = 10;

export type Turn = {
  readonly id: string;
  readonly user: string;
  /** Every workspace the payload names for this person. */
  readonly teams: readonly (string | null | undefined)[];
  readonly channel: string | null;
  /** The case the place is about, looked up where there is a thread. */
  readonly threadRef: () => Promise<string | null>;
  readonly ask: Invocation['ask'];
};

/** How this kind of delivery is answered. */
export type Voice = {
  /** Whether `soon` says the answer in the acknowledgement itself, so that a redelivery is to have it too. */
  readonly carried: boolean;
  /** Acknowledges and answers. True: it reached the person whatever becomes of the acknowledgement. */
  readonly soon: (answer: Answer) => Promise<boolean>;
  /** Acknowledges without an answer. */
  readonly hold: () => Promise<void>;
  /** Acknowledges a redelivery of what was surely answered: what was shown stays. */
  readonly again: (answer: Answer) => Promise<void>;
  /** Answers after that. */
  readonly later: (answer: Answer) => Promise<void>;
};

export type Turns = {
  readonly take: (turn: Turn, voice: Voice) => Promise<void>;
  /** Resolves when everything that was begun is answered. */
  readonly settled: () => Promise<void>;
};

export function createTurns(deps: {
  readonly handle: Handle;
  readonly gate: Gate;
  readonly log: Logger;
}): Turns {
  const repeats = new Repeats();
  const open = new Set<Promise<void>>();

  async function answerTo(turn: Turn): Promise<Answer> {
    const admission = await deps.gate.admit(turn.user, turn.teams);
    if (!admission.admitted)
      return { kind: 'error', card: admission.card, code: 'not-admitted', clause: null, form: null };
    return deps.handle({
      id: `slack:${turn.id}`,
      surface: 'slack',
      account: admission.account,
      channel: turn.channel,
      threadRef: await turn.threadRef(),
      ask: turn.ask,
    });
  }

  async function work(turn: Turn, voice: Voice): Promise<void> {
    const told = repeats.once(turn.id, () => answerTo(turn));
    const answer = await inTime(told.answer, HOLD_MS * Math.min(1, AT_EASE / open.size));
    if (answer !== null) {
      if (told.surely) return voice.again(answer);
      if (!voice.carried) told.surely = true;
      try {
        if (await voice.soon(answer)) told.surely = true;
        return;
      } catch (error) {
        told.surely = false;
        // The socket it came through is gone: it is done all the same, so it is said another way.
        deps.log.warn({ from: 'slack' }, `an acknowledgement failed: ${wordOf(error)}`);
      }
    } else {
      await voice.hold().catch((error: unknown) => {
        deps.log.warn({ from: 'slack' }, `an acknowledgement failed: ${wordOf(error)}`);
      });
    }
    const late = await told.answer;
    if (told.surely) return;
    told.surely = true;
    await voice.later(late).catch((error: unknown) => {
      told.surely = false;
      deps.log.warn({ from: 'slack' }, `an answer could not be shown: ${wordOf(error)}`);
    });
  }

  return {
    take: (turn, voice) => {
      const begun = Promise.resolve().then(() => work(turn, voice));
      const working = begun.finally(() => open.delete(working));
      open.add(working);
      return working;
    },
    settled: async () => {
      await Promise.allSettled([...open]);
    },
  };
}

/** What is worked on, or null when it takes longer than Slack is to be kept waiting. */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((settle) => {
    timer = setTimeout(() => settle(null), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
