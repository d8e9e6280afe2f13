/** The status of a case in two or three words, for tables. Must not know: the case. */
import type { Status } from '../../vocabulary/values.js';

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
