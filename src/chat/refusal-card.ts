import { isReference } from '../vocabulary/references.js';
import type { Step } from '../vocabulary/step.js';
import { type Block, type Card, card, text } from './card.js';

/** `clause` is the clause with the pack's short wording of it, null when there is none to quote. */
export function refusalCard(
  refusal: { readonly says: string; readonly step?: Step | null; readonly hint?: string | null },
  clause: string | null,
  about: string | null = null,
): Card {
  const why = clause === null ? [] : [text(`${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`)];
  const hint = refusal.hint ? [text(`→ ${refusal.hint}`)] : [];
  const next: readonly Block[] = refusal.step ? [{ kind: 'next', step: refusal.step }] : [];
  const ref = about !== null && isReference(about) ? about : null;
  return card('Not done', 'warning', [text(refusal.says), ...why, ...hint, ...next], { ref });
}
