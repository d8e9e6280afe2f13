import type { Moment } from '../../chat/card.js';
import type { PrivacyRequest } from '../../domain/requests/request.js';
import { dayWords, minuteWords } from '../../language/en/dates.js';
import { ERASED } from '../../language/en/people.js';
import { addDays, daysBetween, startOfDay } from '../../policy/calendar.js';
import { type Day, type Instant, maskReference, type RequestType } from '../../vocabulary/values.js';

export const TYPE_TITLES: Readonly<Record<RequestType, string>> = {
  access: 'Access',
  correction: 'Correction',
  deletion: 'Deletion',
  stop_handling: 'Stop handling',
  consent_withdrawal: 'Consent withdrawal',
  complaint: 'Complaint',
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `30 days left`, `due today`, `overdue by 2 days`. */
export function leftWords(due: Day, today: Day): string {
  const left = daysBetween(today, due);
  if (left === 0) return 'due today';
  return left > 0 ? `${plural(left, 'day')} left` : `overdue by ${plural(-left, 'day')}`;
}

/** `Mon 2026-03-02 (30 days left)`. */
export const dueWords = (due: Day, today: Day): string => `${dayWords(due)} (${leftWords(due, today)})`;

/** A reference as others may see it; null: the customer was forgotten. */
export const maskedOrErased = (reference: string | null): string =>
  reference === null ? ERASED : maskReference(reference);

export const maskedCustomer = (request: PrivacyRequest): string => maskedOrErased(request.reference);
/** A moment as the policy's zone tells it. */
export const moment = (label: string, at: Instant, zone: string): Moment => ({
  label,
  at,
  words: minuteWords(at, zone),
});

/** A due day is over when the next one begins in the policy's zone, wherever its reader is. */
export const dueMoment = (due: Day, zone: string): Moment =>
  moment('due before', startOfDay(addDays(due, 1), zone), zone);
