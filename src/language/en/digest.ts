/** The daily digest in English. Must not know: what is due, how it is laid out. */
import type { RequestType, Status } from '../../vocabulary/values.js';
import { plural } from './lists.js';

const WAITS: Readonly<Record<Status, string>> = {
  identity_pending: 'check the identity',
  in_progress: 'work on it',
  awaiting_subject: 'paused: the customer',
  awaiting_decision: 'a decision',
  action_approved: 'carry it out',
  decided: 'tell the customer',
  notifying_recipients: 'notices, then close',
  closed: '',
};

/** What a case waits for, in three words. */
export const waitsWords = (status: Status, type: RequestType): string =>
  status === 'in_progress' && type === 'complaint' ? 'answer the customer' : WAITS[status];

export const NOBODY = 'nobody';

/** `12 days late`, `today`, `3 days left`. */
export function leftShort(left: number): string {
  if (left === 0) return 'today';
  return left > 0 ? `${plural(left, 'day')} left` : `${plural(-left, 'day')} late`;
}

/** `undecided for 3 days`. */
export const undecidedFor = (days: number): string =>
  days <= 0 ? 'asked today' : `undecided for ${plural(days, 'day')}`;

/** A mark on a row: the receipt is not acknowledged, and should be by now. */
export const acknowledgeLate = (days: number): string =>
  days <= 0 ? '✉ today' : `✉ ${plural(days, 'day')} late`;

/** Buttons beside a row are shorter than on the card. */
export const ROW_BUTTONS: Readonly<Record<string, string>> = {
  'Identity verified': 'Verify',
  'Check categories': 'Check',
  'Recipient told': 'Told',
  'Record a notice': 'Notice',
};

export const DIGEST = {
  title: (officer: boolean): string => (officer ? "Officer's digest" : 'Daily digest'),
  counts: (counts: {
    readonly overdue: number;
    readonly today: number;
    readonly soon: number;
    readonly days: number;
    readonly unowned: number;
    readonly undecided: number;
  }): string =>
    [
      counts.overdue > 0 ? `${counts.overdue} overdue` : '',
      counts.today > 0 ? `${counts.today} today` : '',
      counts.soon > 0 ? `${counts.soon} within ${plural(counts.days, 'day')}` : '',
      counts.unowned > 0 ? `${counts.unowned} without an owner` : '',
      counts.undecided > 0 ? `${counts.undecided} to decide` : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  decide: (count: number): string => `To decide (${count})`,
  mine: (count: number): string => `Mine (${count})`,
  overdue: (count: number): string => `Overdue (${count})`,
  today: (count: number): string => `Due today (${count})`,
  within: (days: number, count: number): string => `Due within ${plural(days, 'day')} (${count})`,
  offer: (count: number): string => `To offer again (${count})`,
  more: (count: number): string => `… and ${count} more`,
  owners: 'overdue or due today.',
  legend: '✉ receipt to acknowledge',
  alsoNamed: (
    kind: 'decide' | 'kept' | 'acknowledge' | 'recipients' | 'withholding' | 'unowned' | 'early',
    count: number,
    refs: string,
  ): string => {
    const says = {
      decide: 'To decide',
      kept: 'Kept data whose term has ended, to be deleted',
      acknowledge: 'Receipt to acknowledge',
      recipients: 'Recipients to tell',
      withholding: 'No longer withheld from the customer from today',
      unowned: 'Without an owner',
      early: 'Ended early since the last digest',
    };
    return `${says[kind]} (${count}): ${refs}`;
  },
  decision: 'a decision',
  asked: (recipient: string): string => `to ${recipient}`,
  nothing: (open: number, next: string | null): string =>
    open === 0
      ? 'Nothing is due. No open cases.'
      : `Nothing is due: ${plural(open, 'open case')}${next === null ? '' : `, the next due ${next}`}.`,
  /** What is left of the one before, once today's is there. */
  folded: (day: string): string => `${day} · today’s list is below`,
} as const;

export const DIGEST_BUTTONS = {
  all: (count: number): string => `All ${count}`,
  mine: 'My cases',
  toDecide: 'To decide',
  decide: 'Decide',
  open: 'Open',
} as const;
