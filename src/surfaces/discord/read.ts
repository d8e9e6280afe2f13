/**
 * From an interaction to the desk and back: commands, buttons, forms and completions, each answered once.
 * Must not know: discord.js's client, how posts are delivered.
 */

import type { APIInteraction } from 'discord.js';
import type { Logger } from 'pino';
import { decodeAction } from '../../chat/action.js';
import { formOf, type Registry } from '../../chat/command.js';
import type { Form } from '../../chat/form.js';
import type { Suggest } from '../../chat/suggestion.js';
import type { Handle, Invocation } from '../../chat/surface.js';
import { suppliedBy } from '../../vocabulary/references.js';
import type { Answers } from './answer.js';
import { readCustomId } from './custom-id.js';
import { type Asked, readInteraction } from './interaction.js';
import type { Drafts } from './remembered-forms.js';
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
        lacks: asked.lacks,
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
    // Of a button that asks, the form is the answer, and the first response; or the refusal, where no field would help.
    const saved = read.asks.length === 0 ? null : decodeAction(read.code);
    return saved === null
      ? run(asked, { kind: 'press', code: read.code, fields: {} })
      : run(asked, { kind: 'form', ...saved, asks: read.asks });
  }

  async function submit(
    asked: Asked,
    customId: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<void> {
    const read = readCustomId(customId);
    if (read.kind === 'saved') return run(asked, { kind: 'press', code: read.code, fields });
    const form = drafts.find(read.id);
    if (form === null) return forgotten(asked, read.of === null ? null : anew(read.of, fields));
    const { command, verb, given, shown } = form;
    return run(asked, { kind: 'fields', command, verb, fields: { ...given, ...fields }, shown });
  }

  async function complete(asked: Asked, ask: Extract<Asked['ask'], { kind: 'complete' }>): Promise<void> {
    const ref = await threadRefOf(asked);
    const supplied = suppliedBy(ref);
    const { command, verb, field, typed, fields } = ask;
    const given = { ...supplied, ...fields };
    const question = { account: asked.account, command, verb, field, typed, given };
    const found = await deps.suggest(question).catch((error: unknown) => {
      log.error({ err: error }, 'a field could not be completed');
      return [];
    });
    return answers.suggest(asked, found);
  }

  /** A form that is forgotten, with what was typed into it; what it was opened with is lost. */
  function anew(
    { command, verb, shown }: Pick<Form, 'command' | 'verb' | 'shown'>,
    fields: Readonly<Record<string, string>>,
  ): Form | null {
    const found = registry.lookup(command, verb);
    const typed = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''));
    return found === null ? null : formOf(found, typed, [], shown);
  }

  /** Forms are remembered where they were shown, which may be another instance. */
  const forgotten = (asked: Asked, form: Form | null = null): Promise<void> =>
    answers.tellLast(
      asked,
      'This form is no longer remembered. Nothing was changed.',
      form === null
        ? 'Begin again with the command or the button.'
        : 'What you typed is in a new one: fill it in. What you gave before the form opened must be given again.',
      form,
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
