/**
 * What can happen to a privacy request, as written in its ledger stream. `personal` is the part that is sealed
 * with the subject's key; everything else is hashed and readable. Parsed on load, so an older or altered entry fails loudly.
 * Must not know: commands, storage, wording.
 */
import { z } from 'zod';
import type { Day, Instant, Person, SubjectId } from '../../vocabulary/values.js';
import { CATEGORIES, NOTICE_KINDS, OUTCOMES, REQUEST_TYPES, REQUESTERS } from '../../vocabulary/values.js';
import { FORGOTTEN_WHY } from '../erasure.js';

// Branding only: the shapes were checked when the entry was written, and its hash vouches for them since.
const day = z.iso.date().transform((text) => text as Day);
const instant = z.string().transform((text) => text as Instant);
const person = z.string().transform((text) => text as Person);
const subjectId = z.string().transform((text) => text as SubjectId);
const category = z.enum(CATEGORIES);

/** A sealed part; null when the subject's key was destroyed. */
const sealed = <S extends z.ZodRawShape>(shape: S) => z.strictObject(shape).nullable();
const text = z.string();
const optionalText = z.string().nullable();

/** `explained` and `consent` of commands.md: the day, and a pointer into the company's own system. */
const told = z.strictObject({ day, ref: optionalText });
export type Told = z.infer<typeof told>;

/** A value before and after it was amended. */
const change = <V extends z.ZodType>(value: V) => z.strictObject({ from: value, to: value });

const dates = z.strictObject({
  receiptDay: day,
  ackDue: day,
  actDue: day.nullable(),
  due: day,
  target: day,
});
export type CaseDates = z.infer<typeof dates>;

export const CHECK_RESULTS = ['done', 'none_held', 'retained'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];
export const PROPOSABLE = ['fulfilled', 'partially_fulfilled', 'refused', 'no_data_held'] as const;
export type ProposedOutcome = (typeof PROPOSABLE)[number];
export const EARLY_OUTCOMES = [
  'withdrawn_by_subject',
  'duplicate',
  'not_controller',
  'identity_not_verified',
  'logged_in_error',
] as const;
export type EarlyOutcome = (typeof EARLY_OUTCOMES)[number];

const proposalTerms = {
  outcome: z.enum(PROPOSABLE),
  ground: z.string().nullable(),
  until: day.nullable(),
};
const sealedTerms = {
  law: optionalText,
  facts: optionalText,
  evidence: optionalText,
  nameEvidence: optionalText,
};

/** What runs beside the due date: acknowledge the receipt, act on a withdrawal, tell the recipients. */
export const CLOCKS = ['acknowledge', 'act', 'recipients'] as const;
export type ClockName = (typeof CLOCKS)[number];

/** `consent_blocked`: the consent basis is blocked for good (withdrawal); `storage_only`: kept, usable by law only. */
export const FREEZE_STATES = [
  'none',
  'active',
  'lifted',
  'erased',
  'objection',
  'storage_only',
  'consent_blocked',
] as const;
export type FreezeState = (typeof FREEZE_STATES)[number];

export const requestEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('request_logged'),
    ref: z.string(),
    subjectId,
    request: z.enum(REQUEST_TYPES),
    scope: z.array(category),
    via: z.string(),
    receivedAt: instant,
    dates,
    pack: z.strictObject({ name: z.string(), hash: z.string() }),
    freezes: z.boolean(),
    needsIdentity: z.boolean(),
    needsChecklist: z.boolean(),
    /** Officers the complaint is about: they decide nothing in it and are pinged for nothing (P-7.3). */
    about: z.array(person),
    withdraws: z.array(z.string()),
    /** Consents the customer named: these alone are withdrawn; absent: all in scope. */
    named: z.array(z.string()).optional(),
    /** Who asks in the customer's place; absent: the customer. */
    requester: z.enum(REQUESTERS).optional(),
    personal: sealed({
      reference: text,
      ref: optionalText,
      note: optionalText,
      force: optionalText,
      /** Where it is on record that they may ask for the customer. */
      mandate: text.optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('contact_added'),
    via: z.string(),
    receivedAt: instant,
    /** Categories it brings that the case did not have: scope, freeze and checklist grow by them at once. */
    adds: z.array(category).optional(),
    /** Consents the widened withdrawal is about, beside those it was about before. */
    withdraws: z.array(z.string()).optional(),
    /** The consents the customer named, so far; null: all in scope from here on. */
    named: z.array(z.string()).nullable().optional(),
    /** Where it was received earlier than the case: its dates from here on. */
    dates: dates.optional(),
    /** A proposal, or a decision that was not carried out, no longer fits: the case is in progress again. */
    returns: z.boolean().optional(),
    /** Officers the complaint turns out to be about. */
    about: z.array(person).optional(),
    /** Who asked in the customer's place; absent: the customer. */
    requester: z.enum(REQUESTERS).optional(),
    personal: sealed({ ref: optionalText, note: optionalText, mandate: text.optional() }),
  }),
  /** What was put right, each with what it was before; absent: it stays. */
  z.strictObject({
    type: z.literal('amended'),
    scope: change(z.array(category)).optional(),
    receivedAt: change(instant).optional(),
    via: change(z.string()).optional(),
    about: change(z.array(person)).optional(),
    /** The consents a withdrawal is about from here on. */
    withdraws: change(z.array(z.string())).optional(),
    dates: dates.optional(),
    /** The proposal or decision no longer fits: the case is in progress again. */
    returns: z.boolean().optional(),
    personal: sealed({ reason: text, ref: text.optional(), refBefore: optionalText.optional() }),
  }),
  z.strictObject({
    type: z.literal('identity_checked'),
    method: z.string(),
    result: z.enum(['pass', 'fail']),
    attempt: z.number().int(),
    final: z.boolean(),
    /** Only where the pack starts the clock with the proof of identity. */
    dates: dates.optional(),
    personal: sealed({ ref: text }),
  }),
  /** An officer took a pass back: the attempt stays used. */
  z.strictObject({
    type: z.literal('identity_revoked'),
    /** No attempt is left: it has finally failed. */
    final: z.boolean(),
    /** Only where the pack starts the clock with the proof of identity. */
    dates: dates.optional(),
    personal: sealed({ reason: text }),
  }),
  z.strictObject({ type: z.literal('assigned'), to: person }),
  /** The owner is off the staff list: nobody owns the case, and its reminders rest no more. */
  z.strictObject({ type: z.literal('owner_left'), person }),
  z.strictObject({ type: z.literal('owner_renamed'), from: person, to: person }),
  z.strictObject({
    type: z.literal('paused'),
    /** The pack's reason word that stops the clock; null: the clock goes on. */
    stops: z.string().nullable(),
    personal: sealed({ reason: text }),
  }),
  z.strictObject({ type: z.literal('resumed'), dates: dates.nullable() }),
  z.strictObject({
    type: z.literal('categories_checked'),
    categories: z.array(category),
    result: z.enum(CHECK_RESULTS),
    personal: sealed({ ref: optionalText }),
  }),
  z.strictObject({
    type: z.literal('retention_recorded'),
    categories: z.array(category),
    until: day,
    /** Absent: not given, since the pack does not ask for it. */
    explainedOn: day.optional(),
    consentOn: day.optional(),
    personal: sealed({ law: text, explainedRef: optionalText, consentRef: optionalText }),
  }),
  z.strictObject({
    type: z.literal('outcome_proposed'),
    number: z.number().int(),
    ...proposalTerms,
    /** True where the pack lets the agent fulfil without the officer (`decision: agent`). */
    settled: z.boolean(),
    personal: sealed(sealedTerms),
  }),
  z.strictObject({ type: z.literal('proposal_retracted'), number: z.number().int() }),
  z.strictObject({
    type: z.literal('proposal_approved'),
    number: z.number().int(),
    personal: sealed({ reason: optionalText }),
  }),
  z.strictObject({
    type: z.literal('proposal_returned'),
    number: z.number().int(),
    personal: sealed({ reason: text }),
  }),
  z.strictObject({
    type: z.literal('request_refused'),
    number: z.number().int(),
    ground: z.string(),
    personal: sealed({
      law: optionalText,
      facts: optionalText,
      evidence: optionalText,
      reason: optionalText,
    }),
  }),
  z.strictObject({
    type: z.literal('extended'),
    from: day,
    dates,
    reason: z.string(),
    /** Absent: not given, since the pack does not ask for it. */
    explainedOn: day.optional(),
    consentOn: day.optional(),
    personal: sealed({ reason: text, explainedRef: optionalText, consentRef: optionalText }),
  }),
  z.strictObject({
    type: z.literal('completed'),
    /** One task a recipient whose executed disclosures intersect the scope (P-3.1e). */
    recipients: z.array(
      z.strictObject({
        recipient: z.string(),
        disclosures: z.array(z.string()),
        due: day,
        /** Where all it got is withheld then: who asked for it, and so knows. */
        kept: z.strictObject({ until: day, askers: z.array(person) }).optional(),
      }),
    ),
    personal: sealed({ evidence: text }),
  }),
  z.strictObject({
    type: z.literal('notice_recorded'),
    kind: z.enum(NOTICE_KINDS),
    via: z.string().nullable(),
    sentAt: instant,
    personal: sealed({ ref: text }),
  }),
  z.strictObject({
    type: z.literal('recipient_notified'),
    recipient: z.string(),
    how: z.enum(['notified', 'acknowledged']),
    via: z.string().nullable(),
    personal: sealed({ ref: optionalText }),
  }),
  z.strictObject({
    type: z.literal('recipient_excused'),
    recipient: z.string(),
    personal: sealed({ reason: text }),
  }),
  z.strictObject({
    type: z.literal('closed'),
    outcome: z.enum(OUTCOMES),
    freeze: z.enum(FREEZE_STATES),
    /** The case that goes on instead, of a duplicate. */
    of: z.string().optional(),
    /** Of an early ending: where the customer said so, and why. */
    personal: sealed({ ref: optionalText, reason: optionalText }).optional(),
  }),
  z.strictObject({ type: z.literal('reopened'), personal: sealed({ reason: text }) }),
  z.strictObject({ type: z.literal('snoozed'), until: day, personal: sealed({ reason: text }) }),
  z.strictObject({ type: z.literal('note_added'), personal: sealed({ text }) }),
  z.strictObject({ type: z.literal('reference_revealed') }),
  /** The customer's data key was destroyed with this entry: every sealed part above it is unreadable. */
  z.strictObject({ type: z.literal('customer_forgotten'), why: z.enum(FORGOTTEN_WHY) }),
  z.strictObject({
    type: z.literal('retention_ended'),
    categories: z.array(category),
    personal: sealed({ evidence: text }),
  }),
  z.strictObject({
    type: z.literal('reminded'),
    kinds: z.array(z.string()),
    daysLeft: z.number().int(),
    pinged: z.array(z.string()),
  }),
  /** Of a clock beside the due date. */
  z.strictObject({
    type: z.literal('clock_reminded'),
    clock: z.enum(CLOCKS),
    due: day,
    kinds: z.array(z.string()),
    daysLeft: z.number().int(),
    pinged: z.array(z.string()),
  }),
  z.strictObject({
    type: z.literal('proposal_escalated'),
    number: z.number().int(),
    hours: z.number().int(),
    to: z.array(z.string()),
  }),
  /** The clock had run ahead: what was posted later than this counts for its own moment alone (rule 12). */
  z.strictObject({ type: z.literal('clock_put_back') }),
  /** A command the desk did not carry out (domain.md: refusals go on the ledger too). */
  z.strictObject({
    type: z.literal('command_refused'),
    command: z.string(),
    code: z.string(),
    clause: z.string().nullable(),
  }),
]);

export type RequestEvent = z.infer<typeof requestEvent>;
export type EventOf<T extends RequestEvent['type']> = Extract<RequestEvent, { type: T }>;
