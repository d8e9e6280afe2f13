/**
 * Whether a case kept its days: acknowledged by its day, closed by its due day (clause 4.2). Pure, and read from the open part
 * of the record alone. Must not know: storage, wording.
 */
import { civilDay } from '../../policy/calendar.js';
import type { Day } from '../../vocabulary/values.js';
import type { PrivacyRequest } from './request.js';

export type Acknowledged = {
  /** The day of the first notice of any kind: every notice acknowledges. Null: none was recorded. */
  readonly day: Day | null;
  /** Null: it is not due yet, or the case ended before the day and had nothing left to acknowledge. */
  readonly onTime: boolean | null;
};

/** As seen on `today`, days before which are over. */
export function acknowledgementOf(
  { phase, dates, notices }: PrivacyRequest,
  zone: string,
  today: Day,
): Acknowledged {
  const day = notices.map(({ sentAt }) => civilDay(sentAt, zone)).sort()[0] ?? null;
  if (day !== null) return { day, onTime: day <= dates.ackDue };
  const ended = phase.status === 'closed' ? civilDay(phase.closedAt, zone) : null;
  const open = dates.ackDue >= today || (ended !== null && ended <= dates.ackDue);
  return { day, onTime: open ? null : false };
}

/** `closed` null: it is open and not late yet. */
export function onTime(
  request: PrivacyRequest,
  zone: string,
  today: Day,
): { readonly acknowledged: Acknowledged; readonly closed: boolean | null } {
  const { phase, dates } = request;
  const closed =
    phase.status === 'closed'
      ? civilDay(phase.closedAt, zone) <= dates.due
      : dates.due < today
        ? false
        : null;
  return { acknowledged: acknowledgementOf(request, zone, today), closed };
}
