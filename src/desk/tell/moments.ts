/** A typed moment placed in the policy's zone. Must not know: any one verb. */
import { Temporal } from 'temporal-polyfill';
import type { Moment } from '../../chat/fields/read-date.js';
import { startOfDay } from '../../policy/calendar.js';
import type { Instant } from '../../vocabulary/values.js';

/** A day means its beginning, a local time is in the policy's zone (commands.md, `received`). */
export function placeMoment(moment: Moment, zone: string): Instant {
  switch (moment.kind) {
    case 'instant':
      return moment.instant;
    case 'day':
      return startOfDay(moment.day, zone);
    case 'local':
      // Branded: Temporal has just printed it.
      return Temporal.PlainDateTime.from(moment.local)
        .toZonedDateTime(zone)
        .toInstant()
        .toString() as Instant;
    default:
      return moment satisfies never;
  }
}
