/**
 * What can happen to a disclosure request, as written in its ledger stream; `personal` is the part that is sealed with
 * the customer's key. Parsed on load, so an older or altered entry fails loudly. Must not know: commands, storage, wording.
 */
import { z } from 'zod';
import type { Day, Instant, Person, SubjectId } from '../../vocabulary/values.js';
import { CATEGORIES, LEGAL_BASES, REQUEST_TYPES } from '../../vocabulary/values.js';
import { FORGOTTEN_WHY } from '../erasure.js';

// Branding only: the shapes were checked when the entry was written, and its hash vouches for them since.
const day = z.iso.date().transform((text) => text as Day);
const instant = z.string().transform((text) => text as Instant);
const person = z.string().transform((text) => text as Person);
const subjectId = z.string().transform((text) => text as SubjectId);
const categories = z.array(z.enum(CATEGORIES));
const round = z.number().int();

/** A sealed part; null when the customer's key was destroyed. */
const sealed = <S extends z.ZodRawShape>(shape: S) => z.strictObject(shape).nullable();
const text = z.string();
const optionalText = z.string().nullable();

const hold = z.strictObject({
  case: z.string(),
  type: z.enum(REQUEST_TYPES),
  categories,
  clause: z.string(),
  note: z.string().nullable(),
});

const terms = {
  /** An organisation, never a person: readable, so that the register outlives the customer's key. */
  recipient: z.string(),
  categories,
  basis: z.enum(LEGAL_BASES),
  consent: z.string().nullable(),
  template: z.string().nullable(),
  withhold: day.nullable(),
};
const sealedTerms = {
  purpose: text,
  order: optionalText,
  authority: optionalText,
  law: optionalText,
  instrument: optionalText,
  evidence: optionalText,
};

export const VOID_REASONS = ['frozen', 'consent_withdrawn', 'standing_revoked'] as const;
export type VoidReason = (typeof VOID_REASONS)[number];

export const disclosureEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('disclosure_requested'),
    ref: z.string(),
    subjectId,
    pack: z.strictObject({ name: z.string(), hash: z.string() }),
    ...terms,
    personal: sealed({ reference: text, ...sealedTerms }),
  }),
  /** The same number asked anew, changed or not: an approval it had is void. */
  z.strictObject({
    type: z.literal('disclosure_amended'),
    round,
    ...terms,
    personal: sealed(sealedTerms),
  }),
  z.strictObject({ type: z.literal('disclosure_blocked'), holds: z.array(hold) }),
  /** No freeze is in the way any more: it may be offered again. */
  z.strictObject({ type: z.literal('disclosure_unblocked') }),
  z.strictObject({
    type: z.literal('disclosure_approved'),
    round,
    /** What may be sent: what was asked, or fewer. */
    categories,
    /** The last day of the approval. */
    expires: day,
    clause: z.string(),
    /** Freezes it passes by the officer's own decision. */
    holds: z.array(hold),
    by: person,
    /** The standing approval used, instead of a decision on this one. */
    standing: z.number().int().nullable(),
    personal: sealed({ reason: optionalText }),
  }),
  z.strictObject({ type: z.literal('disclosure_denied'), round, personal: sealed({ reason: text }) }),
  z.strictObject({ type: z.literal('disclosure_cancelled') }),
  z.strictObject({ type: z.literal('disclosure_expired') }),
  z.strictObject({
    type: z.literal('disclosure_voided'),
    why: z.enum(VOID_REASONS),
    clause: z.string(),
    holds: z.array(hold),
  }),
  z.strictObject({
    type: z.literal('disclosure_sent'),
    sentAt: instant,
    sentDay: day,
    personal: sealed({ method: text, ref: optionalText }),
  }),
  /** The customer's data key was destroyed with this entry: every sealed part above it is unreadable. */
  z.strictObject({ type: z.literal('customer_forgotten'), why: z.enum(FORGOTTEN_WHY) }),
  /** The clock had run ahead: who was told of it too early is told again in time (rule 12). */
  z.strictObject({ type: z.literal('clock_put_back') }),
  z.strictObject({
    type: z.literal('disclosure_escalated'),
    round,
    hours: z.number().int(),
    to: z.array(z.enum(['deputy', 'admin'])),
  }),
  /** A command the desk did not carry out (domain.md: refusals go on the ledger too). */
  z.strictObject({
    type: z.literal('command_refused'),
    command: z.string(),
    code: z.string(),
    clause: z.string().nullable(),
  }),
]);

export type DisclosureEvent = z.infer<typeof disclosureEvent>;
export type DisclosureEventOf<T extends DisclosureEvent['type']> = Extract<DisclosureEvent, { type: T }>;
