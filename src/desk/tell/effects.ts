/**
 * What a commit wants posted, named and not rendered: the outbox makes the text from the state at sending time.
 * Must not know: any platform.
 */
import { z } from 'zod';
import { notSigned } from '../../domain/house.js';

export const effect = z.discriminatedUnion('kind', [
  /** The head card of a case or disclosure: posted the first time, edited ever after. */
  z.strictObject({ kind: z.literal('card'), ref: z.string() }),
  /** What entry `seq` of the stream did, told in the thread. */
  z.strictObject({ kind: z.literal('thread'), ref: z.string(), seq: z.number().int() }),
  /**
   * A proposal with its buttons in the thread; edited (buttons gone) when it is ruled on. `officer`: in the officer's channel
   * instead, with what is kept from the thread.
   */
  z.strictObject({
    kind: z.literal('proposal'),
    ref: z.string(),
    number: z.number().int(),
    officer: z.boolean().optional(),
  }),
  /** A private word to one person about entry `seq`. */
  z.strictObject({ kind: z.literal('private'), ref: z.string(), seq: z.number().int(), person: z.string() }),
  /** Entry `seq` shown in the officer's channel (complaints, suspected impersonation, escalations). */
  z.strictObject({ kind: z.literal('officer'), ref: z.string(), seq: z.number().int() }),
  z.strictObject({
    kind: z.literal('digest'),
    day: z.string(),
    channel: z.string(),
    officer: z.boolean(),
    /** The officer's: the number of the checkpoint it carries, or why none was signed. Left out by older versions. */
    checkpoint: z.number().int().nullable().optional(),
    notSigned: notSigned.nullable().optional(),
  }),
  /** The digest before that of `day`, once that is there: one line, and the officer's checkpoint. */
  z.strictObject({
    kind: z.literal('folded'),
    day: z.string(),
    channel: z.string(),
    officer: z.boolean(),
  }),
  /** The file that entry `seq` of the desk's own stream records: made from the ledger when it is sent, for who asked. */
  z.strictObject({ kind: z.literal('file'), ref: z.literal('desk'), seq: z.number().int() }),
  /** A table that its reader was shown and wants as a file: for that account alone. */
  z.strictObject({
    kind: z.literal('table'),
    ref: z.literal('desk'),
    name: z.string(),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    person: z.string(),
    account: z.string(),
  }),
  /** A part of the report that entry `seq` of the reports' stream records. */
  z.strictObject({
    kind: z.literal('report'),
    ref: z.literal('reports'),
    seq: z.number().int(),
    part: z.enum(['card', 'picture', 'table']),
  }),
]);
export type Effect = z.infer<typeof effect>;

/** An effect as an outbox row keeps it: with the channel (or `@person`) it goes to. */
export const addressedEffect = z
  .looseObject({ at: z.string() })
  .transform(({ at, ...rest }) => ({ at, effect: effect.parse(rest) }));
