/** Whom a typed reference means, where it could be taken for another's. Must not know: what is asked about the customer. */
import { no, type Refusal } from '../../domain/refusal.js';
import type { Tx } from '../../record/store.js';

/** Asked about, whichever of the two spellings is on record: letters of another script can make two references one to the eye (rule 13). */
export async function lookAlikeRefusal(
  tx: Tx,
  reference: string | undefined,
  sure: boolean | undefined,
): Promise<Refusal | null> {
  if (reference === undefined || sure === true || !(await tx.drawnLikeAnother(reference))) return null;
  return no('confirm-needed', 'looks-like-another', null, {});
}
