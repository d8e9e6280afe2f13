/**
 * Quoting a clause in the pack's own short words.
 * Must not know: cases, or how a refusal is worded around it.
 */
import type { Pack } from '../../policy/schema.js';

/** `clause 4.2: deletion and modification happen …`; only `clause 4.2` when the pack has no words for it. */
export function clauseText(pack: Pack, clause: string): string {
  const says = pack.clauses[clause];
  return says === undefined ? `clause ${clause}` : `clause ${clause}: ${says}`;
}
