/**
 * From an interaction to the desk and back: commands, buttons, forms and completions, each answered once.
 * Must not know: discord.js's client, how posts are delivered.
 */
import type { APIInteraction } from 'discord.js';
import type { Logger } from 'pino';
import { formOf, type Registry } from '../../desk/command.js';
import { decodeAction } from '../../desk/grammar/action.js';
import type { Suggest } from '../../desk/suggest.js';
import type { Form, Handle, Invocation } from '../../desk/surface.js';
import type { Answers } from './answers.js';
import { readCustomId } from './custom-id.js';
import type { Drafts } from './drafts.js';
import { type Asked, readInteraction } from './interaction.js';
import type { ThreadPlace } from './threads.js';

export type Inbox = {
  readonly take: (raw: APIInteraction) => void;
  /** Resolves when everything taken so far is answered. */
  readonly settled: () => Promise<void>;
};

export function createInbox(deps: {
  readonly handle: Handle;
  readonly answers: Answers;
  readonly drafts: Drafts;
  readonly threadRef: (thread: ThreadPlace) => Promise<string | null>;
  readonly registry: Registry;
  readonly suggest: Suggest;
  readonly allowed: (guild: string) => boolean;
  readonly log: Logger;
}): Inbox {
  const { handle, answers, drafts, registry, log } = deps;
  const working = new Set<Promise<void>>();

  async function work(asked: Asked): Promise<void> {
    if (asked.guild !== null && !deps.allowed(asked.guild)) return refuseServer(asked);
    const { ask } = asked;
    switch (ask.kind) {
      case 'complete':
        return complete(asked, ask);
      case 'command': {
        const { command, verb, fields } = ask;
        return run(asked, { kind: 'fields', command, verb, fields, shown: null });
      }
      case 'press':
        return press(asked, ask.customId);
      case 'form':
        return submit(asked, ask.customId, ask.fields);
      default:
        return ask satisfies never;
    }
  }

  async function run(asked: Asked, ask: Invocation['ask']): Promise<void> {
    return answers.answer(asked, async () =>
      handle({
        id: `discord:${asked.id}`,
        surface: 'discord',
        account: asked.account,
        channel: asked.guild === null ? null : (asked.channel?.parent ?? asked.channel?.id ?? null),
        threadRef: await threadRefOf(asked),
        ask,
      }),
    );
  }

  /** A thread is a convenience: when it cannot be looked up, the case is asked for. */
  async function threadRefOf({ channel }: Asked): Promise<string | null> {
    if (channel === null || channel.parent === null) return null;
    return deps.threadRef({ ...channel, parent: channel.parent }).catch(() => null);
  }

  async function press(asked: Asked, customId: string): Promise<void> {
    const read = readCustomId(customId);
    if (read.kind === 'draft') {
      const form = drafts.find(read.id);
      return form === null ? forgotten(asked) : answers.ask(asked, form);
    }
    const form = read.asks.length === 0 ? null : formFor(read.code, read.asks);
    return form === null
      ? run(asked, { kind: 'press', code: read.code, fields: {} })
      : answers.ask(asked, form);
  }

  /** A form is the first response, so it is opened before the desk is asked; the press is checked when it is sent. */
  function formFor(code: string, asks: readonly string[]): Form | null {
    const saved = decodeAction(code);
    const command = saved === null ? null : registry.lookup(saved.command, saved.verb);
    if (saved === null || command === null) return null;
    const form = formOf(command, saved.fields, [], saved.shown, asks);
    // Of several fields only the command's own required ones must be filled in: the rest depend on each other.
    const required = new Set(command.fields.filter((spec) => spec.required).map(({ name }) => name));
    const only = form.fields.length === 1;
    const fields = form.fields.map((field) => ({ ...field, required: only || required.has(field.name) }));
    return fields.length === 0 ? null : { ...form, fields };
  }

  async function submit(
    asked: Asked,
    customId: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<void> {
    const read = readCustomId(customId);
    if (read.kind === 'saved') return run(asked, { kind: 'press', code: read.code, fields });
    const form = drafts.find(read.id);
    if (form === null) return forgotten(asked);
    const { command, verb, given, shown } = form;
    return run(asked, { kind: 'fields', command, verb, fields: { ...given, ...fields }, shown });
  }

  async function complete(asked: Asked, ask: Extract<Asked['ask'], { kind: 'complete' }>): Promise<void> {
    const ref = await threadRefOf(asked);
    const supplied: Record<string, string> = {};
    if (ref?.startsWith('PR-')) supplied.case = ref;
    if (ref?.startsWith('DR-')) supplied.disclosure = ref;
    const { command, verb, field, typed, fields } = ask;
    const given = { ...supplied, ...fields };
    const question = { account: asked.account, command, verb, field, typed, given };
    const found = await deps.suggest(question).catch((error: unknown) => {
      log.error({ err: error }, 'a field could not be completed');
      return [];
    });
    return answers.suggest(asked, found);
  }

  /** Forms are remembered where they were shown, which may be another instance. */
  const forgotten = (asked: Asked): Promise<void> =>
    answers.tellLast(
      asked,
      'This form is no longer remembered. Nothing was changed.',
      'Begin again with the command or the button.',
    );

  async function refuseServer(asked: Asked): Promise<void> {
    if (asked.ask.kind === 'complete') return answers.suggest(asked, []);
    return answers.tell(
      asked,
      'This server is not one of the desk’s.',
      'Whoever runs the desk can add it to DISCORD_GUILDS.',
    );
  }

  return {
    take: (raw) => {
      const asked = readInteraction(raw);
      if (asked === null) return;
      const task: Promise<void> = work(asked)
        .catch((error: unknown) => log.error({ err: error, interaction: asked.id }, 'an interaction failed'))
        .finally(() => working.delete(task));
      working.add(task);
    },
    settled: async () => {
      while (working.size > 0) await Promise.all(working);
    },
  };
}
