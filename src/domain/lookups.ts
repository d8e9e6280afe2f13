/**
 * Looking customers up, as it stands on the ledger: one entry a person, customer and hour, and the officer told when one person
 * looks up more than the pack allows for (P-7.2). Pure. Must not know: storage, which command it was.
 */
import { z } from 'zod';
import { afterSeconds, compareInstants } from '../policy/calendar.js';
import type { Instant, Person } from '../vocabulary/values.js';

export const LOOKED_UP_BY = ['list', 'disclosures', 'may', 'register', 'reveal', 'export'] as const;
export type LookedUpBy = (typeof LOOKED_UP_BY)[number];

export const lookupEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('customer_looked_up'),
    by: z.enum(LOOKED_UP_BY),
    /** The customer's id; of a reference that is nobody's, a keyed mark that says nothing outside that day. */
    customer: z.string(),
    known: z.boolean(),
    /** How many different customers it made within the hour. */
    within: z.number().int(),
    /** The officer is told with this entry. */
    told: z.boolean(),
  }),
]);
export type LookupEvent = z.infer<typeof lookupEvent>;

export type Lookup = { readonly at: Instant; readonly person: Person | null; readonly event: LookupEvent };

const HOUR_SECONDS = 3600;

/** Whether an entry counts at `now`: what a clock that ran ahead wrote does not. */
export const isWithinHour = (at: Instant, now: Instant): boolean =>
  compareInstants(at, now) <= 0 && compareInstants(afterSeconds(at, HOUR_SECONDS), now) > 0;

/** Null: this person looked this customer up within the hour, which is on record. */
export function lookup(
  before: readonly Lookup[],
  now: Instant,
  person: Person,
  asked: Pick<LookupEvent, 'by' | 'customer' | 'known'>,
  perHour: number,
): LookupEvent | null {
  const own = before.filter((one) => one.person === person && isWithinHour(one.at, now));
  const seen = new Set(own.map(({ event }) => event.customer));
  if (seen.has(asked.customer)) return null;
  const within = seen.size + 1;
  const told = within > perHour && !own.some(({ event }) => event.told);
  return { type: 'customer_looked_up', ...asked, within, told };
}
