/** A refusal in words. Must not know: what refused, where it is read. */
import type { Reason, Reasons, Refusal } from '../domain/refusal.js';
import { disclosureRefusals } from './en/refusals/disclosures.js';
import { houseRefusals } from './en/refusals/house.js';
import { requestRefusals } from './en/refusals/requests.js';
import type { Words, WordsOf } from './words.js';

const REFUSALS: WordsOf<Reasons> = { ...requestRefusals, ...disclosureRefusals, ...houseRefusals };

export function refusalWords(refusal: Refusal): Words {
  return wordsFor(refusal.reason, refusal.facts);
}

/** Reason and facts are of one refusal, so the facts fit the function that the reason names. */
function wordsFor<R extends Reason>(reason: R, facts: Reasons[R]['facts']): Words {
  return REFUSALS[reason](facts);
}
