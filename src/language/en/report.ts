/** The words of the monthly report, in English. Must not know: how it is counted, where it is shown. */
import type { LegalBasis, Outcome } from '../../vocabulary/values.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2026-11` as `November 2026`. */
export function monthWords(month: string): string {
  return `${MONTHS[Number(month.slice(5)) - 1] ?? month} ${month.slice(0, 4)}`;
}

/** `2026-11` as `Nov 2026`. */
export const monthShort = (month: string): string => monthWords(month).replace(/^(\w{3})\w*/, '$1');

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  fulfilled: 'Fulfilled',
  partially_fulfilled: 'Partly fulfilled',
  refused: 'Refused',
  withdrawn_by_subject: 'Withdrawn',
  identity_not_verified: 'Not verified',
  no_data_held: 'No data held',
  duplicate: 'Duplicate',
  not_controller: 'Not ours',
  logged_in_error: 'Logged in error',
};

const BASES: Readonly<Record<LegalBasis, string>> = {
  consent: 'consent',
  transaction: 'transaction',
  required_by_law: 'required by law',
};

/** A word of a closed list as people say it; a word of a newer list as it is written. */
const said = (words: Readonly<Record<string, string>>, word: string): string =>
  words[word] ?? word.replaceAll('_', ' ');
export const outcomeName = (word: string): string => said(OUTCOMES, word);
export const basisName = (word: string): string => said(BASES, word);
export const ownerName = (owner: string): string => (owner === '' ? 'nobody' : `@${owner}`);

export const percentWords = (percent: number | null): string => (percent === null ? '–' : `${percent} %`);
export const daysWords = (days: number | null): string =>
  days === null ? '–' : `${days} day${days === 1 ? '' : 's'}`;

export const REPORT = {
  title: (month: string, whole: boolean): string => `Report · ${monthWords(month)}${whole ? '' : ', so far'}`,
  pictureTitle: (month: string, whole: boolean): string =>
    `Privacy desk, ${monthWords(month)}${whole ? '' : ' (so far)'}`,
  opened: 'Opened',
  closed: 'Closed',
  open: 'Open',
  overdue: 'Overdue',
  onTime: 'On time',
  daysToClose: 'Days to close',
  acknowledged: 'Acknowledged on time',
  grounds: 'Grounds',
  disclosures: 'Disclosures sent',
  recipients: 'Recipients',
  refusals: 'Refused by the desk',
  byType: 'Opened, by type',
  byOutcome: 'Closed, by outcome',
  byOwner: 'Open, by owner',
  byRecipient: 'Disclosures sent, by recipient',
  overMonths: 'Month by month',
  median: 'Median days to close',
  ninetieth: 'Nine in ten within',
  spread: (median: string, ninetieth: string): string => `median ${median}, nine in ten within ${ninetieth}`,
  of: (part: number, whole: number): string => `${part} of ${whole}`,
  others: (count: number): string => `${count} other${count === 1 ? '' : 's'}`,
  /** The same figure of the months it is compared with. */
  before: (figures: readonly (readonly [month: string, figure: string])[]): string =>
    figures.length === 0
      ? ''
      : ` (${figures.map(([month, figure]) => `${monthShort(month)}: ${figure}`).join(', ')})`,
  none: 'No case was opened, closed or left open, nothing was disclosed, and nothing was refused.',
  files: 'The picture and the table with the same figures follow.',
  until: (day: string): string => `As it stood at the end of ${day}.`,
  soFar: (day: string): string => `As it stood on ${day}.`,
} as const;
