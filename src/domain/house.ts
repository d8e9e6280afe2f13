/** What the desk itself did, as events: channels bound, packs published, digests posted, evidence exported. Must not know: staff, cases. */
import { z } from 'zod';
import type { SubjectId } from '../vocabulary/values.js';
import { day } from './staff-events.js';

// Branding only: the shape was checked when the entry was written, and its hash vouches for it since.
const subjectId = z.string().transform((text) => text as SubjectId);

export const CHANNEL_USES = ['cases', 'officer', 'digest'] as const;

/** Deleted, archived, or closed to the desk. */
export const CHANNEL_LOSSES = ['deleted', 'archived', 'closed'] as const;
export type ChannelLoss = (typeof CHANNEL_LOSSES)[number];

export const channelEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('channel_bound'),
    surface: z.string(),
    channel: z.string(),
    uses: z.array(z.enum(CHANNEL_USES)),
    locale: z.string().nullable(),
  }),
  /** A post found no way into it, and one by one the others would not either, until somebody acts. */
  z.strictObject({
    type: z.literal('channel_lost'),
    surface: z.string(),
    channel: z.string(),
    why: z.enum(CHANNEL_LOSSES),
  }),
]);

export type ChannelEvent = z.infer<typeof channelEvent>;

export const policyEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('policy_published'),
    name: z.string(),
    hash: z.string(),
    text: z.string(),
  }),
]);

/** Why no checkpoint was signed that day. The desk goes on working; the officer is told, and the doctor says it too. */
export const notSigned = z.discriminatedUnion('what', [
  /** This entry of a stream that moved is not what it should be. */
  z.strictObject({ what: z.literal('stream-broken'), stream: z.string(), seq: z.number().int() }),
  /** The log has fewer leaves than a checkpoint that was signed: an older copy of the database was put in its place. */
  z.strictObject({ what: z.literal('log-behind'), size: z.number().int(), signed: z.number().int() }),
  /** The leaves that a checkpoint of this size covered are not those that are there. */
  z.strictObject({ what: z.literal('log-other'), signed: z.number().int() }),
  /** What is kept of the log cannot be read: hashes are missing or damaged. */
  z.strictObject({ what: z.literal('log-damaged') }),
  /** The desk's own look at the record found something else that is wrong. */
  z.strictObject({ what: z.literal('not-sound') }),
]);
export type NotSigned = z.infer<typeof notSigned>;

export const digestEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('digest_posted'),
    surface: z.string(),
    channel: z.string(),
    day,
    /** The number of the checkpoint it carried; null in a digest that is not the officer's. */
    checkpoint: z.number().int().nullable(),
    /** Why the officer's digest carries none of its own. */
    notSigned: notSigned.nullable(),
  }),
]);

/** What an export is of, bounded by what was there when it was asked: later entries never slip in. */
const exported = z.discriminatedUnion('kind', [
  /** Of a case or disclosure: up to which entry of its stream, and up to which checkpoint. */
  z.strictObject({
    kind: z.literal('case'),
    ref: z.string(),
    entries: z.number().int(),
    checkpoints: z.number().int(),
  }),
  /** Everything of one customer: which records, each up to which entry. */
  z.strictObject({
    kind: z.literal('customer'),
    customer: subjectId,
    records: z.array(z.strictObject({ ref: z.string(), entries: z.number().int() })),
    checkpoints: z.number().int(),
  }),
  /** Disclosures sent on or after, on or before these days; of one customer, or (absent) of all. */
  z.strictObject({
    kind: z.literal('register'),
    from: day.nullable(),
    to: day.nullable(),
    customer: subjectId.optional(),
  }),
  /** Cases received in it: `2026-11`. */
  z.strictObject({ kind: z.literal('month'), month: z.string() }),
]);

export const AUDIENCES = ['desk', 'subject'] as const;

export const FORMATS = ['html', 'json'] as const;

const exportEvent = z.strictObject({
  type: z.literal('export_made'),
  of: exported,
  /** `subject`: it may be handed to the customer, so what is withheld from them is not in it. */
  audience: z.enum(AUDIENCES),
  /** Of a record or a customer: a page, or its data alone. Absent: a table, or data of an older version. */
  format: z.enum(FORMATS).optional(),
  name: z.string(),
  /** SHA-256 (hex) of the file's bytes. */
  sha256: z.string(),
});

export type ExportEvent = z.infer<typeof exportEvent>;

/** A command the desk did not carry out and that was about nothing on record (domain.md: refusals go on the ledger too). */
const attemptEvent = z.strictObject({
  type: z.literal('command_refused'),
  command: z.string(),
  code: z.string(),
  clause: z.string().nullable(),
});

/** What was written before the record had a key was verified and sealed; `left`: the streams that did not verify. */
const sealedEvent = z.strictObject({
  type: z.literal('record_sealed'),
  streams: z.number().int(),
  entries: z.number().int(),
  left: z.array(z.string()),
});

/** Found by the desk itself, in words as they were told; `digest` (SHA-256, hex) tells one set of findings from another. */
const told = { says: z.array(z.string()), digest: z.string() };
const selfCheckEvent = z.strictObject({ type: z.literal('self_check_failed'), ...told });
/** The database is behind what this desk wrote last, and whoever started it accepted that. */
const restoredEvent = z.strictObject({ type: z.literal('restored_accepted'), ...told });

/** What the desk found out about its own record; and, where its own stream is broken, attempts that were refused. */
export const auditsEvent = z.discriminatedUnion('type', [
  attemptEvent,
  sealedEvent,
  selfCheckEvent,
  restoredEvent,
]);
export type AuditsEvent = z.infer<typeof auditsEvent>;
export const deskEvent = z.discriminatedUnion('type', [exportEvent, attemptEvent]);
export type DeskEvent = z.infer<typeof deskEvent>;
export type DigestEvent = z.infer<typeof digestEvent>;
export type PolicyEvent = z.infer<typeof policyEvent>;
