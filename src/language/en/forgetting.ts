/** Forgetting a customer, in English: when, what holds it back, what is left. Must not know: rules, surfaces. */
import type { ForgottenWhy } from '../../domain/erasure.js';
import type { Forgetting, HeldBack } from '../../domain/forgetting.js';
import { addDays } from '../../policy/calendar.js';
import type { Day } from '../../vocabulary/values.js';
import { dayWords } from './dates.js';

export const FORGOTTEN_BECAUSE: Readonly<Record<ForgottenWhy, string>> = {
  erasure_fulfilled: 'as they asked',
  record_expired: 'the record was kept as long as the policy says',
};

export const FORGOTTEN_TOLD: Readonly<Record<ForgottenWhy, string>> = {
  erasure_fulfilled:
    'The customer is forgotten, as they asked: their reference and every free text are unreadable from here on.',
  record_expired: 'The customer is forgotten: the record was kept as long as the policy says.',
};

export const FORGETTING_LABEL = 'Forgetting';
export const FORGOTTEN_LABEL = 'Forgotten';

/** `erased Sat 2027-01-02`: on the card of a case whose customer is forgotten. */
export const forgottenOn = (day: Day): string => `the customer’s key was destroyed on ${dayWords(day)}`;

/** What a forgotten customer's case says of what is gone, what is left and what nobody can reach. */
export const WHAT_IS_LEFT: readonly string[] = [
  'Erased: the customer’s reference and every free text, in the ledger, the lists and each file made from here on.',
  'Kept: what was asked and done, when, by whom and under which clause; the counts and the proofs.',
  'Out of reach: words already posted in threads and private messages, until the platform’s own retention takes them; files already handed out; backups from before, until they age out.',
];

/** The one line of a closed erasure: when, or what stands in the way. Null: there is nothing to forget. */
export function forgettingWords({ held }: Forgetting): string {
  if (held.length === 0) return 'with the next digest: the reference and every free text become unreadable';
  const last = held
    .flatMap((one) => ('until' in one ? [one.until] : []))
    .sort()
    .at(-1);
  const waits = held.filter((one) => one.what !== 'case_record').map(heldWords);
  const on = last === undefined ? null : dayWords(last);
  if (waits.length === 0) return `on ${on}: the reference and every free text become unreadable`;
  return `held back: ${waits.join('; ')}${on === null ? '' : `; not before ${on}`}`;
}

function heldWords(one: HeldBack): string {
  switch (one.what) {
    case 'open_case':
      return `${one.ref} is open`;
    case 'live_disclosure':
      return `${one.ref} is not settled`;
    case 'live_consent':
      return `${one.ref} is in force`;
    case 'objection':
      return `the objection of ${one.ref} stands`;
    case 'retained':
      return `${one.ref} keeps data until ${dayWords(one.last)}, then /privacy done ${one.ref} evidence:…`;
    case 'case_record':
      return `the record of ${one.ref} is kept until ${dayWords(addDays(one.until, -1))}`;
    case 'disclosure_record':
    case 'consent_record':
      return `${one.ref} is kept on record until ${dayWords(addDays(one.until, -1))}`;
    case 'withheld':
      return `${one.ref} is withheld until ${dayWords(one.until)}`;
    default:
      return one satisfies never;
  }
}
