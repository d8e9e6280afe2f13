/**
 * What is shown, one record after the other, as lines of JSON or for people; cards with buttons are remembered for `/press`.
 * Must not know: why something is shown.
 */
import { type Card, card, text } from '../../chat/card.js';
import type { Instant } from '../../vocabulary/values.js';
import { jsonLine, type Shown, textLines } from './render.js';
import type { ShownCards } from './shown-cards.js';

export type Screen = {
  readonly show: (
    record: Omit<Shown, 'at' | 'clause' | 'file'> & Partial<Pick<Shown, 'clause' | 'file'>>,
  ) => Promise<void>;
  /** To the one who speaks. */
  readonly answer: (speaker: string, card: Card) => Promise<void>;
  readonly problem: (speaker: string, code: string, says: string, next: string) => Promise<void>;
};

export function createScreen(deps: {
  readonly json: boolean;
  readonly colours: boolean;
  readonly write: (text: string) => Promise<void>;
  readonly now: () => Instant;
  readonly cards: ShownCards;
}): Screen {
  const show: Screen['show'] = async (record) => {
    const whole: Shown = { clause: null, file: null, ...record, at: deps.now() };
    if (whole.kind !== 'error') deps.cards.add(whole.card);
    await deps.write(deps.json ? jsonLine(whole) : textLines(whole, deps.colours));
  };
  const toSpeaker = (speaker: string) => ({ to: `@${speaker}`, thread: null, private: true });
  return {
    show,
    answer: (speaker, answered) =>
      show({ kind: 'answer', ...toSpeaker(speaker), card: answered, code: null }),
    problem: (speaker, code, says, next) =>
      show({
        kind: 'error',
        ...toSpeaker(speaker),
        card: card('Please check this', 'warning', [text(says), text(`→ ${next}`)]),
        code,
      }),
  };
}
