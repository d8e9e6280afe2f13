/**
 * The reading side of a case, derived from its state and pinned pack: the same function writes the row at commit and
 * rebuilds it from the ledger (domain.md rule 10). Must not know: storage, the clock.
 */

import { requestEvent } from '../../domain/requests/events.js';
import { requestFrom } from '../../domain/requests/replay.js';
import {
  isOpen,
  type PrivacyRequest,
  resolutionOf,
  type StampedEvent,
  statusOf,
} from '../../domain/requests/request.js';
import { nextReminderAt } from '../../policy/reminders.js';
import type { Pack } from '../../policy/schema.js';
import { fromEntry } from '../../record/entry.js';
import type { RequestRow } from '../../record/rows.js';
import type { OpenEntry } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';

/** When this case next has something to say: a reminder or an overdue notice; null when it is closed. */
function nextDueAtOf(request: PrivacyRequest, pack: Pack): Instant | null {
  if (!isOpen(request)) return null;
  return nextReminderAt(pack, {
    due: request.dates.due,
    type: request.type,
    loggedAt: request.loggedAt,
    lastRemindedAt: request.lastRemindedAt,
    snoozedUntil: request.snoozedUntil,
  });
}

export function requestRowOf(request: PrivacyRequest, pack: Pack): RequestRow {
  const kept = request.retentions.filter((retention) => !retention.ended).map((retention) => retention.until);
  const { phase } = request;
  const outcome = phase.status === 'closed' ? phase.outcome : (resolutionOf(request)?.outcome ?? null);
  return {
    ref: request.ref,
    subjectId: request.subjectId,
    type: request.type,
    status: statusOf(request),
    outcome,
    owner: request.owner,
    scope: request.scope,
    loggedAt: request.loggedAt,
    receivedAt: request.receivedAt,
    receiptDay: request.dates.receiptDay,
    due: request.dates.due,
    target: request.dates.target,
    ackDue: request.dates.ackDue,
    acknowledged: request.notices.length > 0,
    freeze: request.freeze,
    nextDueAt: nextDueAtOf(request, pack),
    retainedUntil: kept.sort()[0] ?? null,
    openRecipients: request.recipients.filter((task) => task.state === 'open').length,
    closedAt: phase.status === 'closed' ? phase.closedAt : null,
    pack: request.pack.name,
    packHash: request.pack.hash,
    version: request.version,
  };
}

export function stampedRequestEvent(entry: OpenEntry): StampedEvent {
  return { seq: entry.seq, at: entry.at, actor: entry.actor, event: fromEntry(requestEvent, entry) };
}

export function requestOf(entries: readonly OpenEntry[]): PrivacyRequest {
  return requestFrom(entries.map(stampedRequestEvent));
}
