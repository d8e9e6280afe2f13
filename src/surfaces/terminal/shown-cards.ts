/**
 * The cards with buttons the terminal has shown, so that `/press` finds them, as they were once shown, after a restart too.
 * Must not know: what a button does.
 */
import { z } from 'zod';
import { type Action, actionsOf, type Card } from '../../chat/card.js';

import { CARDS_MAX } from './limits.js';

const entry = z.object({
  ref: z.string().nullable(),
  actions: z.array(
    z.object({
      label: z.string(),
      style: z.enum(['primary', 'danger', 'plain']),
      code: z.string(),
      asks: z.array(z.string()),
    }),
  ),
});
type Entry = z.infer<typeof entry>;

export class ShownCards {
  private readonly cards: Entry[];
  /** Whether something was shown since it was last saved. */
  changed = false;

  constructor(saved: string | null) {
    this.cards = saved === null ? [] : cardsOf(saved);
  }

  add(card: Card): void {
    const actions = actionsOf(card);
    if (actions.length === 0) return;
    // A row is about another thing than its card, and its button is found under that too.
    const beside = card.blocks.flatMap((block) => (block.kind === 'rows' ? block.rows : []));
    for (const { ref, action } of beside) if (action !== null) this.remember(ref, [action]);
    this.remember(card.ref, actions);
  }

  private remember(ref: string | null, actions: readonly Action[]): void {
    this.cards.push({ ref, actions: actions.map((action) => ({ ...action, asks: [...action.asks] })) });
    if (this.cards.length > CARDS_MAX) this.cards.splice(0, this.cards.length - CARDS_MAX);
    this.changed = true;
  }

  /** A number counts the buttons of the last card; a label is looked for from the last card back. */
  find(button: number | string, ref: string | null): Action | null {
    const cards = this.cards.filter((card) => ref === null || card.ref === ref);
    if (typeof button === 'number') return cards.at(-1)?.actions[button - 1] ?? null;
    const wanted = button.toLowerCase();
    for (const card of cards.toReversed()) {
      const found = card.actions.find((action) => action.label.toLowerCase() === wanted);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** The labels one could press, newest card first, each once. */
  labels(ref: string | null): readonly string[] {
    const cards = this.cards.filter((card) => ref === null || card.ref === ref).toReversed();
    return [...new Set(cards.flatMap((card) => card.actions.map((action) => action.label)))];
  }

  save(): string {
    this.changed = false;
    return JSON.stringify(this.cards);
  }
}

/** What was damaged is forgotten: its buttons can be had again by showing the case. */
function cardsOf(saved: string): Entry[] {
  try {
    return z.array(entry).parse(JSON.parse(saved));
  } catch {
    return [];
  }
}
