/**
 * Notices: what the customer was told, and which of it tells of the decision that stands (domain.md, "Details").
 * Pure. Must not know: storage, surfaces, the clock.
 */
import { civilDay, compareInstants } from '../../policy/calendar.js';
import { type Instant, NOTICE_KINDS, type NoticeKind } from '../../vocabulary/values.js';
import { done, no, refused } from '../refusal.js';
import type { Circumstances, RequestDecision } from './handling.js';
import { type Notice, type PrivacyRequest, resolutionOf } from './request.js';

/** Those that tell the customer what was decided: of none before the decision. */
const OF_A_DECISION: readonly NoticeKind[] = [
  'refusal',
  'pre_lift',
  'completion',
  'partial',
  'service_impact',
  'complaint_answer',
];

export function decideNotice(
  _request: PrivacyRequest,
  input: {
    readonly kind: NoticeKind;
    readonly via: string | null;
    readonly sentAt: Instant;
    readonly ref: string;
  },
  { now }: Pick<Circumstances, 'now'>,
): RequestDecision {
  if (compareInstants(input.sentAt, now) > 0) return refused(no('future', 'sent-in-future', null, {}));
  return done({
    type: 'notice_recorded',
    kind: input.kind,
    via: input.via,
    sentAt: input.sentAt,
    personal: { ref: input.ref },
  });
}

/** Whether a notice counts towards closing: recorded after the decision it tells of, and not sent on a day before it. */
export function counts(request: PrivacyRequest, notice: Notice, zone: string): boolean {
  if (notice.round !== request.round) return false;
  if (notice.kind === 'retention_explanation') return notice.after.retained;
  if (!OF_A_DECISION.includes(notice.kind)) return true;
  const resolution = resolutionOf(request);
  return (
    resolution !== null &&
    notice.after.decided === request.proposals &&
    civilDay(notice.sentAt, zone) >= civilDay(resolution.decidedAt, zone)
  );
}

/** What whoever recorded it should know: that it tells of no decision yet, or that it was recorded before. */
export function noticeDoubt(request: PrivacyRequest, zone: string): 'early' | 'again' | null {
  const last = request.notices.at(-1);
  if (last === undefined) return null;
  if (!counts(request, last, zone)) return 'early';
  const before = request.notices.slice(0, -1);
  return before.some((one) => one.kind === last.kind && counts(request, one, zone)) ? 'again' : null;
}

/** What the customer could be told now so that it counts, what is still missing first. */
export function tellable(request: PrivacyRequest, missing: readonly NoticeKind[]): readonly NoticeKind[] {
  const decided = resolutionOf(request) !== null;
  const now = NOTICE_KINDS.filter((kind) => decided || !OF_A_DECISION.includes(kind));
  return [...missing, ...now.filter((kind) => !missing.includes(kind))];
}
