/**
 * Recipients of the result as they may be named: where all that one got is withheld for now, who it is stays with the officer,
 * who asked, and the auditor (domain.md, "By law and in secret"). Pure. Must not know: wording, storage.
 */
import { sameWords } from '../../vocabulary/spelling.js';
import type { Day } from '../../vocabulary/values.js';
import { amongThem } from '../people.js';
import type { Circumstances } from './handling.js';
import type { RecipientTask } from './request.js';

/** Who looks: null is whoever is in a channel. */
export type Looker = Pick<Circumstances, 'today' | 'actor' | 'may' | 'same'>;

type Withheld = Pick<RecipientTask, 'kept'>;

export function isKept({ kept }: Withheld, today: Day, looker: Omit<Looker, 'today'> | null): boolean {
  if (kept === null || today >= kept.until) return false;
  return (
    looker === null || !(looker.may('desk.audit') || amongThem(looker.same, kept.askers, looker.actor.person))
  );
}

/** Its name, or the number of the disclosure, by which whoever tells it may name it too. */
export function recipientName(
  task: Pick<RecipientTask, 'recipient' | 'disclosures' | 'kept'>,
  today: Day,
  looker: Omit<Looker, 'today'> | null,
): string {
  return isKept(task, today, looker) ? (task.disclosures[0] ?? '') : task.recipient;
}

export const openRecipients = (
  { recipients }: { readonly recipients: readonly RecipientTask[] },
  today: Day,
  looker: Omit<Looker, 'today'> | null,
): readonly string[] =>
  recipients.filter(({ state }) => state === 'open').map((task) => recipientName(task, today, looker));

/** The task that somebody named, by recipient or by disclosure. */
export const taskNamed = (
  { recipients }: { readonly recipients: readonly RecipientTask[] },
  name: string,
): RecipientTask | undefined =>
  recipients.find(
    ({ recipient, disclosures }) =>
      sameWords(recipient, name) || disclosures.some((ref) => sameWords(ref, name)),
  );

/** The names of this case's recipients as somebody may read them wherever they stand; any other name stays. */
export function recipientSeen(
  { recipients }: { readonly recipients: readonly RecipientTask[] },
  today: Day,
  looker: Omit<Looker, 'today'> | null,
): (name: string) => string {
  return (name) => {
    const task = recipients.find(({ recipient }) => recipient === name);
    return task === undefined ? name : recipientName(task, today, looker);
  };
}
