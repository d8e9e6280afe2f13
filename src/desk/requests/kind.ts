/**
 * Privacy requests as a kind of stream: their events, the row of the reading side, what is posted, what time does to them.
 * Must not know: commands, wording.
 */

import { type RequestEvent, requestEvent } from '../../domain/requests/events.js';
import { decideReminder, nextReminder } from '../../domain/requests/reminding.js';
import { applyEvent, requestFrom } from '../../domain/requests/replay.js';
import { type PrivacyRequest, resolutionOf, statusOf } from '../../domain/requests/request.js';
import type { Pack } from '../../policy/schema.js';
import { eventsOf } from '../../record/entry.js';
import type { Kind, Numbered } from '../../record/kind.js';
import type { RequestRow } from '../../record/rows.js';
import { requestPosts } from './posts.js';

type Requests = Kind<PrivacyRequest, RequestEvent, RequestRow> & {
  readonly streams: Numbered<PrivacyRequest, RequestEvent>;
};

export const requests: Requests = {
  name: 'request',
  streams: { prefix: 'PR', begin: (first) => requestFrom([first]) },
  events: eventsOf(requestEvent, {
    // Since then it says of a recipient that who it is stays withheld.
    'completed@1': (old) => old,
  }),
  apply: applyEvent,
  table: {
    keyOf: ({ ref }) => ref,
    rowsOf: async (request, packOf) => [requestRowOf(request, await packOf(request.pack.hash))],
    put: (tx, row) => tx.putRequest(row),
    stored: (tx, ref) => tx.request(ref),
    some: (tx, limit) => tx.requests({ limit }),
    subjectOf: ({ subjectId }) => subjectId,
  },
  posts: requestPosts,
  clock: {
    due: async (tx, now, take) => (await tx.dueRequests(now, take)).map(({ ref }) => ref),
    earliest: (tx) => tx.earliestDue(),
    live: async (tx, after, limit) => (await tx.requests({ open: true, after, limit })).map(({ ref }) => ref),
    tick: async (request, now, packOf) => decideReminder(request, await packOf(request.pack.hash), now),
  },
};

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
    nextDueAt: nextReminder(request, pack),
    retainedUntil: kept.sort()[0] ?? null,
    openRecipients: request.recipients.filter((task) => task.state === 'open').length,
    closedAt: phase.status === 'closed' ? phase.closedAt : null,
    pack: request.pack.name,
    packHash: request.pack.hash,
    version: request.version,
  };
}
