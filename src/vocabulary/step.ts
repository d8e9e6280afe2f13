/**
 * A next step: one command as plain data, which each surface says in its own way (a slash command, a mention in a Slack
 * thread, Discord's options). A blank to fill in is `…`. Must not know: commands, surfaces.
 */
export type Step = {
  /** Without the slash: `privacy`. */
  readonly command: string;
  readonly verb: string;
  /** In the order they are said; the case, disclosure or customer first. */
  readonly fields: Readonly<Record<string, string>>;
};

export const step = (command: string, verb: string, fields: Step['fields'] = {}): Step => ({
  command,
  verb,
  fields,
});
