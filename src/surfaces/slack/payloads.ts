/**
 * What of Slack's payloads is read, checked: everything else in them is ignored. Must not know: the desk.
 */
import { z } from 'zod';

const team = z.looseObject({ id: z.string() }).nullish();
const user = z.looseObject({ id: z.string(), team_id: z.string().optional() });

export const commandPayload = z.looseObject({
  command: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
  response_url: z.string(),
  user_id: z.string(),
  team_id: z.string(),
  channel_id: z.string(),
});

export const pressPayload = z.looseObject({
  team,
  user,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.looseObject({ id: z.string() }).optional(),
  container: z
    .looseObject({ message_ts: z.string().optional(), thread_ts: z.string().optional() })
    .optional(),
  message: z.looseObject({ ts: z.string().optional(), thread_ts: z.string().optional() }).optional(),
  view: z.looseObject({ id: z.string(), type: z.string() }).optional(),
  actions: z
    .array(
      z.looseObject({
        action_id: z.string(),
        action_ts: z.string(),
        value: z.string().default(''),
        /** Of a menu. */
        selected_option: z.looseObject({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});
export type PressPayload = z.infer<typeof pressPayload>;

export const submissionPayload = z.looseObject({
  team,
  user,
  trigger_id: z.string(),
  view: z.looseObject({
    id: z.string(),
    previous_view_id: z.string().nullish(),
    private_metadata: z.string(),
    blocks: z.array(z.looseObject({ block_id: z.string().optional(), optional: z.boolean().optional() })),
    state: z.looseObject({ values: z.unknown() }),
  }),
});

export const shortcutPayload = z.looseObject({
  team,
  user,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.looseObject({ id: z.string() }),
  message_ts: z.string(),
  message: z.looseObject({ thread_ts: z.string().optional() }),
});

export const mentionPayload = z.looseObject({
  event_id: z.string(),
  team_id: z.string().optional(),
  event: z.looseObject({
    user: z.string(),
    text: z.string(),
    ts: z.string(),
    channel: z.string(),
    thread_ts: z.string().optional(),
    team: z.string().optional(),
    user_team: z.string().optional(),
    source_team: z.string().optional(),
    bot_id: z.string().optional(),
    edited: z.unknown().optional(),
  }),
});

export const homePayload = z.looseObject({
  team_id: z.string().optional(),
  event: z.looseObject({ user: z.string(), tab: z.string().default('home') }),
});

/** A form that a button opens: what was typed before, whatever became of it. */
export const savedForm = z.object({
  command: z.string(),
  verb: z.string(),
  fields: z.record(z.string(), z.string()),
  shown: z.number().nullable(),
  /** Null: every field. */
  asks: z.array(z.string()).nullable().default(null),
});
