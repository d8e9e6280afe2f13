/** What was put right in a case, in English, for the answer, the thread and `/privacy why`. Must not know: rules, surfaces. */

import type { EventOf } from '../../domain/requests/events.js';
import type { Instant } from '../../vocabulary/values.js';
import { dayWords, minuteWords } from './dates.js';
import { commas } from './lists.js';
import { keptFrom } from './people.js';
import { VIA_WORDS } from './requests.js';

const way = (via: string): string => VIA_WORDS[via] ?? 'by another way';

/** A sentence for each thing that changed, old and new; where it is on record is for those who may see evidence. */
export function amendedSays(event: EventOf<'amended'>, zone: string): string {
  const { scope, receivedAt, via, about, withdraws, dates, returns = false, personal } = event;
  const joined = scope?.to.filter((one) => !scope.from.includes(one)) ?? [];
  const left = scope?.from.filter((one) => !scope.to.includes(one)) ?? [];
  const given = withdraws?.from.filter((one) => !withdraws.to.includes(one)) ?? [];
  const taken = withdraws?.to.filter((one) => !withdraws.from.includes(one)) ?? [];
  return [
    joined.length === 0 ? '' : `${commas(joined)} joined the scope, the checklist and the freeze.`,
    left.length === 0 ? '' : `${commas(left)} left the scope, the checklist and the freeze.`,
    receivedAt === undefined
      ? ''
      : `Received ${minuteWords(receivedAt.to, zone)}, not ${minuteWords(receivedAt.from, zone)}.`,
    dates === undefined ? '' : `It is due ${dayWords(dates.due)} now.`,
    via === undefined ? '' : `It came ${way(via.to)}, not ${way(via.from)}.`,
    personal?.ref === undefined ? '' : 'Where it is on record is put right.',
    about === undefined
      ? ''
      : about.to.length > 0
        ? `It is ${keptFrom(about.to)}.`
        : 'It is not about the officer after all.',
    taken.length === 0 ? '' : `Withdrawn too: ${commas(taken)}.`,
    given.length === 0 ? '' : `Given back: ${commas(given)}.`,
    returns ? 'What was proposed or decided no longer fits, so the case is in progress again.' : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

export const amendedTold = (who: string, event: EventOf<'amended'>, zone: string): string =>
  `${who} amended the case. ${amendedSays(event, zone)}`;

/** `Amended by @lyon, Mon 23 Nov 2026 10:00: received …, before that …`. */
export function formerReceiptSays(
  { from, at, reason }: { readonly from: Instant; readonly at: Instant; readonly reason: string | null },
  who: string,
  zone: string,
): string {
  return `${minuteWords(from, zone)} until ${who} amended it ${minuteWords(at, zone)}${reason === null ? '' : ` (${reason})`}`;
}
