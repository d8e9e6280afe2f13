import { type Block, type Card, card, type Tone } from '../../chat/card.js';
import type { StaffRow } from '../../record/rows.js';
import { maskedText } from '../../vocabulary/mask.js';

export type Told = {
  readonly says: string;
  readonly tone?: Tone;
  /** Free text of a person; the customer is masked in it. */
  readonly quote?: string | null;
  readonly ping?: readonly StaffRow[];
};

/** `reference`: the customer's, or null when it was erased. */
export function toldCard(
  { says, tone = 'neutral', quote, ping = [] }: Told,
  about: { readonly title: string; readonly ref: string; readonly reference: string | null },
  more: Partial<Pick<Card, 'actions' | 'moments'>> = {},
): Card {
  const people = ping.map(({ person, accounts }) => ({ person, accounts }));
  const words: Block =
    people.length === 0 ? { kind: 'text', text: says } : { kind: 'ping', people, text: says };
  const quoted: readonly Block[] = quote ? [{ kind: 'quote', text: maskedText(quote, about.reference) }] : [];
  return card(about.title, tone, [words, ...quoted], { ref: about.ref, ...more });
}
