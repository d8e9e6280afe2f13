/** Keeping a disclosure from its customer for a time (domain.md section 4, "Register"). Must not know: storage. */
import type { Day } from '../../vocabulary/values.js';

/** Kept from what the customer may see, until that day. */
export const isWithheld = (withhold: Day | null, today: Day): boolean =>
  withhold !== null && today < withhold;
