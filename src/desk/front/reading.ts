/** What the policy in force and the desk's language say of reading what is typed. Must not know: commands, surfaces. */
import type { ReadingPlace } from '../../chat/reading-place.js';
import { peopleSay } from '../../language/en/people-say.js';
import type { Pack } from '../../policy/schema.js';
import type { Instant } from '../../vocabulary/values.js';

export function readingPlace(pack: Pack, now: Instant): ReadingPlace {
  return {
    now,
    zone: pack.zone,
    country: pack.calendar.country,
    customerPattern: pack.customer?.pattern ?? null,
    said: peopleSay,
  };
}
