/** What time does to a case: reminders, and escalations of what is late (dates.md). Pure. Must not know: storage, who is posted to. */
import { civilDay, daysBetween } from '../../policy/calendar.js';
import { escalationsReached, nextReminderAt, remindersDue } from '../../policy/reminders.js';
import type { Pack } from '../../policy/schema.js';
import type { Instant } from '../../vocabulary/values.js';
import type { RequestEvent } from './events.js';
import { isOpen, type PrivacyRequest } from './request.js';

/** What is due by `now`; empty: nothing. A role is pinged once for each due day. */
export function decideReminder(request: PrivacyRequest, pack: Pack, now: Instant): readonly RequestEvent[] {
  const { due } = request.dates;
  const kinds = remindersDue(pack, remindedOf(request), now);
  if (kinds.length === 0) return [];
  const pinged = escalationsReached(pack, kinds).filter(
    (role) => !request.escalated.includes(`${role}:${due}`),
  );
  const daysLeft = daysBetween(civilDay(now, pack.zone), due);
  return [{ type: 'reminded', kinds: [...kinds], daysLeft, pinged: [...pinged] }];
}

/** When this case next has something to say: a reminder or an overdue notice; null when it is closed. */
export function nextReminder(request: PrivacyRequest, pack: Pack): Instant | null {
  return isOpen(request) ? nextReminderAt(pack, remindedOf(request)) : null;
}

const remindedOf = ({ dates, type, loggedAt, lastRemindedAt, snoozedUntil }: PrivacyRequest) => ({
  due: dates.due,
  type,
  loggedAt,
  lastRemindedAt,
  snoozedUntil,
});
