/** What `/desk export` says, in English. Must not know: what is exported, rules, surfaces. */
import type { Day } from '../../vocabulary/values.js';

const ONE_OF = 'give one of case, customer, register:yes and month';

/** Each continues the name of its field. */
export const EXPORT = {
  missing: `is missing: ${ONE_OF}`,
  cannotGo: (other: string) => `cannot go with ${other}: ${ONE_OF}`,
  registerOnly: 'goes with register:yes only',
  notBefore: (day: Day) => `must not be before ${day}`,
  tablesAreCsv: 'goes with a case or a customer only: a table is a CSV file',
  oneCustomer: 'goes with a case, a customer, or register:yes with a customer',
  whose: 'is missing: a copy for the customer is of one customer only',
  notBegun: 'has not begun yet',
  noCustomer: 'names nobody of whom this desk has a record',
  noRecord: (ref: string) => `names no case, disclosure or consent of this desk: ${ref}`,
  withheld: (ref: string, until: Day) =>
    `cannot be the customer: ${ref} is withheld from them until ${until}`,
} as const;
