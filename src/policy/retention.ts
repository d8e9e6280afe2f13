/**
 * How long the desk's own record of a customer is kept, as the pack says (`desk`). A pack that says nothing keeps what is below.
 * Must not know: what is on record, the clock.
 */
import { type Day, LEGAL_BASES, type LegalBasis } from '../vocabulary/values.js';
import { calendarOf } from './calendar.js';
import { addPeriod } from './dates.js';
import { type Period, periodOf } from './period.js';
import type { Pack } from './schema.js';

/** Evidence.md: three years after closing, as long as somebody may still ask what became of a request. */
const RETENTION = 'P3Y';
/** The thirty days that clause 4.2 gives a deletion, given to the desk's own pointer to the customer. */
const ERASURE = 'P30D';

/** Evidence.md, "Lookup is on the record". */
const LOOKUPS_AN_HOUR = 30;

export const lookupsAnHour = ({ desk }: Pack): number => desk?.lookups?.perHour ?? LOOKUPS_AN_HOUR;

export function recordKept({ desk }: Pack): {
  readonly retention: Period;
  readonly erasure: Period;
  /** Only those that differ. */
  readonly disclosures: readonly { readonly basis: LegalBasis; readonly kept: Period }[];
} {
  return {
    retention: periodOf(desk?.retention ?? RETENTION),
    erasure: periodOf(desk?.erasure ?? ERASURE),
    disclosures: LEGAL_BASES.flatMap((basis) => {
      const kept = desk?.disclosures?.[basis];
      return kept === undefined ? [] : [{ basis, kept: periodOf(kept) }];
    }),
  };
}

/** The first day on which the record of a case that closed on this day need not be kept any more. */
export const recordEnds = (pack: Pack, closed: Day): Day =>
  addPeriod(calendarOf(pack), closed, pack.desk?.retention ?? RETENTION);

/** The same for a case that erased all of a customer's data: until then it may be reopened as it was. */
export const erasureEnds = (pack: Pack, closed: Day): Day =>
  addPeriod(calendarOf(pack), closed, pack.desk?.erasure ?? ERASURE);

/** The same for a disclosure sent on this day, by the law it rests on. */
export const disclosureEnds = (pack: Pack, basis: LegalBasis, sent: Day): Day =>
  addPeriod(calendarOf(pack), sent, pack.desk?.disclosures?.[basis] ?? pack.desk?.retention ?? RETENTION);
