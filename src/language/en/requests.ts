/** Privacy requests in English: types, statuses, outcomes, freezes. Must not know: rules, surfaces. */
import type { ClockName, FreezeState } from '../../domain/requests/events.js';
import type { Outcome, Requester, RequestType, Status } from '../../vocabulary/values.js';

const TYPES: Readonly<Record<RequestType, string>> = {
  access: 'an access request',
  correction: 'a correction request',
  deletion: 'a deletion request',
  stop_handling: 'a stop handling request',
  consent_withdrawal: 'a consent withdrawal request',
  complaint: 'a complaint',
};
/** `a deletion request`. */
export const aRequest = (type: RequestType): string => TYPES[type];

const CLOCK_WORDS: Readonly<Record<ClockName, string>> = {
  acknowledge: 'the receipt is to be acknowledged',
  act: 'the withdrawal is to be acted on',
  recipients: 'the recipients are to be told',
};
/** `the receipt is to be acknowledged: 2 days late`. */
export function clockWords(clock: ClockName, daysLeft: number): string {
  const days = `${Math.abs(daysLeft)} day${Math.abs(daysLeft) === 1 ? '' : 's'}`;
  const when = daysLeft === 0 ? 'today' : daysLeft > 0 ? `in ${days}` : `${days} late`;
  return `${CLOCK_WORDS[clock]}: ${when}`;
}

const STATUSES: Readonly<Record<Status, string>> = {
  identity_pending: 'waiting for the identity check',
  in_progress: 'in progress',
  awaiting_subject: 'paused, waiting for the customer',
  awaiting_decision: "waiting for the officer's decision",
  action_approved: 'approved and waiting to be carried out',
  decided: 'decided and waiting for its notices',
  notifying_recipients: 'done and waiting for its notices and recipients',
  closed: 'closed',
};
/** Where a case stands, after `PR-2026-0001 is …`. */
export const statusWords = (status: Status): string => STATUSES[status];

/** The same in two or three words, for tables. */
export const STATUS_SHORT: Readonly<Record<Status, string>> = {
  identity_pending: 'identity check',
  in_progress: 'in progress',
  awaiting_subject: 'paused',
  awaiting_decision: 'decision asked',
  action_approved: 'to carry out',
  decided: 'refusal to send',
  notifying_recipients: 'to close',
  closed: 'closed',
};

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  fulfilled: 'fulfilled',
  partially_fulfilled: 'partially fulfilled',
  refused: 'refused',
  withdrawn_by_subject: 'withdrawn by the customer',
  identity_not_verified: 'identity not verified',
  no_data_held: 'no data held',
  duplicate: 'duplicate of another case',
  not_controller: 'not ours to answer',
  logged_in_error: 'logged in error',
};
export const outcomeWords = (outcome: Outcome): string => OUTCOMES[outcome];

const REQUESTERS: Readonly<Record<Requester, string>> = {
  self: 'the customer',
  representative: 'a representative',
  heir: 'an heir',
  parent: 'a parent',
};
export const askedBy = (requester: Requester): string => `asked by ${REQUESTERS[requester]}`;
export const requesterWords = (requester: Requester): string => REQUESTERS[requester];

/** How a case ended; of a duplicate, the case that goes on. */
export const endedWords = ({
  outcome,
  of,
}: {
  readonly outcome: Outcome;
  readonly of?: string | null | undefined;
}): string => (outcome === 'duplicate' && of ? `duplicate of ${of}` : outcomeWords(outcome));

export const FREEZE_WORDS: Readonly<Record<FreezeState, string>> = {
  none: 'none',
  active: 'in force',
  lifted: 'lifted',
  erased: 'data erased',
  objection: 'permanent: handling stopped',
  storage_only: 'storage only',
  consent_blocked: 'consent withdrawn for good',
};

export const VIA_WORDS: Readonly<Record<string, string>> = {
  service_center: 'at the service centre',
  phone: 'by phone',
  email: 'by e-mail',
  written: 'in writing',
  chat: 'in chat',
};

/** What the buttons of a case say. */
export const BUTTONS = {
  approve: 'Approve',
  return: 'Return',
  refuse: 'Refuse',
  take: 'Take it',
  verified: 'Identity verified',
  notVerified: 'Identity failed',
  check: 'Check categories',
  retain: 'Record what is kept',
  propose: 'Propose',
  resume: 'Resume',
  done: 'Done',
  recipient: 'Recipient told',
  notice: 'Record a notice',
  close: 'Close',
  closeUnverified: 'Close: not verified',
  reopen: 'Reopen',
  acknowledge: 'Acknowledge',
  pause: 'Pause',
  retract: 'Take it back',
  extend: 'Extend',
  amend: 'Put right',
  revoke: 'Identity: take back',
  endEarly: 'End early',
  note: 'Note',
  show: 'Show',
} as const;
