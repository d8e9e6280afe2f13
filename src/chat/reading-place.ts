/** Where and when something typed is read: all that its meaning depends on beside the text. Must not know: any one field. */
import type { PeopleSay } from '../vocabulary/people-say.js';
import type { Instant } from '../vocabulary/values.js';

export type ReadingPlace = {
  /** For `today`, `-3d`, a day without a year, and the year of a bare number. */
  readonly now: Instant;
  /** The policy's zone, in which days begin. */
  readonly zone: string;
  /** ISO 3166: how national phone numbers are read by the personal-data guard. */
  readonly country: string;
  /** What a customer's reference looks like in the policy pack; null: the desk's own pattern. */
  readonly customerPattern: string | null;
  /** Words people use for the desk's own, in the desk's language. */
  readonly said: PeopleSay;
};
