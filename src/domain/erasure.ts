/**
 * Forgetting a customer, as it stands on the ledger: whose data key was destroyed, for which case and why. A subject without a
 * key and without such an entry was tampered with. Must not know: when a customer may be forgotten, how keys are kept.
 */
import { z } from 'zod';
import type { SubjectId } from '../vocabulary/values.js';

/** `erasure_fulfilled`: the customer asked for it. `record_expired`: the desk's own record was kept as long as the pack says. */
export const FORGOTTEN_WHY = ['erasure_fulfilled', 'record_expired'] as const;

export type ForgottenWhy = (typeof FORGOTTEN_WHY)[number];

export const erasureEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('customer_forgotten'),
    subjectId: z.string().transform((text) => text as SubjectId),
    /** The destroyed key, by the id that the entries it sealed carry. */
    keyId: z.string(),
    /** The case whose closing it follows; null: there was none, only disclosures and consents. */
    case: z.string().nullable(),
    why: z.enum(FORGOTTEN_WHY),
  }),
]);
export type ErasureEvent = z.infer<typeof erasureEvent>;
