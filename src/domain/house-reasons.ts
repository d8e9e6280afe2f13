/** Why the desk itself says no: staff, permissions, channels, the ledger. Must not know: cases, wording. */
import type { RefusalCode } from '../vocabulary/refusals.js';
import type { Person, Role } from '../vocabulary/values.js';

/** Each reason's code and the facts its words need. */
export type HouseReasons = {
  'not-on-staff': { readonly code: 'not-on-staff'; readonly facts: Record<string, never> };
  'role-not-permitted': {
    readonly code: 'not-permitted';
    readonly facts: { readonly roles: readonly Role[]; readonly permitted: readonly Role[] };
  };
  'training-ended': {
    readonly code: 'training-expired';
    readonly facts: { readonly person: Person; readonly until: string };
  };
};

/** Fails to compile when a reason names a code that is none. */
export type HouseCodes = HouseReasons[keyof HouseReasons]['code'] & RefusalCode;
