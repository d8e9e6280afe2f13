/**
 * From an interaction to the desk and back: commands, buttons, forms and completions, each answered once.
 * Must not know: discord.js's client, how posts are delivered.
 */

import type { APIInteraction } from 'discord.js';
import type { Logger } from 'pino';
import { decodeAction } from '../../chat/action.js';
import { formOf } from '../../chat/command.js';
import type { Form } from '../../chat/form.js';
import type { FrontDesk, Invocation } from '../../chat/surface.js';
import { idOf } from '../../vocabulary/accounts.js';
import { suppliedBy } from '../../vocabulary/references.js';
import type { Answers } from './answer.js';
import { readCustomId } from './custom-id.js';
import type { FollowUps } from './follow-ups.js';
import { type Asked, readInteraction } from './interaction.js';
import type { RememberedForms } from './remembered-forms.js';
import type { ThreadPlace } from './threads.js';

export type Interactions = {
  readonly take: (raw: APIInteraction) => void;
  /** Resolves when everything taken so far is answered. */
  readonly settled: () => Promise<void>;
};

type Deps = {
  readonly desk: Pick<FrontDesk, 'handle' | 'suggest' | 'registry'>;
  readonly answers: Answers;
  readonly forms: RememberedForms;
  readonly followUps: Pick<FollowUps, 'note'>;
  readonly threadRef: (thread: ThreadPlace) => Promise<string | null>;
  /** Whether one can write in this channel itself; true where its kind is not known. */
  readonly takesMessages: (channel: string) => boolean;
  /** Whether the desk works in this server. */
  readonly allowed: (guild: string) => boolean;
  readonly log: Logger;
};

export function createInteractions(deps: Deps): Interactions {
  const working = new Set<Promise<void>>();
  return {
    take: (raw) => {
      const asked = readable(deps, raw);
      if (asked === null) return;
      if (asked.ask.kind !== 'complete') deps.followUps.note(idOf(asked.account), asked.token);
      const task: Promise<void> = work(deps, asked)
        .catch((error: unknown) =>
          deps.log.error({ err: error, interaction: asked.id }, 'an interaction failed'),
        )
        .finally(() => working.delete(task));
      working.add(task);
    },
    settled: async () => {
      while (working.size > 0) await Promise.all(working);
    },
  };
}

/** One that is not as documented is nobody's command, and must not end the process. */
function readable({ log }: Deps, raw: APIInteraction): Asked | null {
  try {
    return readInteraction(raw);
  } catch (error) {
    log.error({ err: error }, 'an interaction could not be read');
    return null;
  }
}

async function work(deps: Deps, asked: Asked): Promise<void> {
  if (asked.guild !== null && !deps.allowed(asked.guild)) return refuseServer(deps, asked);
  const { ask } = asked;
  switch (ask.kind) {
    case 'complete':
      return complete(deps, asked, ask);
    case 'command': {
      const { command, verb, fields } = ask;
      return run(deps, asked, { kind: 'fields', command, verb, fields, shown: null });
    }
    case 'press':
      return press(deps, asked, ask.customId);
    case 'form':
      return submit(deps, asked, ask.customId, ask.fields);
    default:
      return ask satisfies never;
  }
}

async function run(deps: Deps, asked: Asked, ask: Invocation['ask']): Promise<void> {
  return deps.answers.answer(asked, async () =>
    deps.desk.handle({
      id: `discord:${asked.id}`,
      surface: 'discord',
      account: asked.account,
      channel: asked.guild === null ? null : (asked.channel?.parent ?? asked.channel?.id ?? null),
      threadRef: await threadRefOf(deps, asked),
      missing: missingIn(deps, asked),
      ask,
    }),
  );
}

/** A forum takes posts, and no messages: said in one of its posts, only its own kind tells. */
function missingIn({ takesMessages }: Deps, { channel, missing }: Asked): Invocation['missing'] {
  if (channel === null || channel.parent === null || takesMessages(channel.parent)) return missing;
  return { ...missing, forPosts: ['to be a text channel', ...missing.forPosts] };
}

/** A thread is a convenience: when it cannot be looked up, the case is asked for. */
async function threadRefOf(deps: Deps, { channel }: Asked): Promise<string | null> {
  if (channel === null || channel.parent === null) return null;
  return deps.threadRef({ ...channel, parent: channel.parent }).catch(() => null);
}

async function press(deps: Deps, asked: Asked, customId: string): Promise<void> {
  const read = readCustomId(customId);
  if (read.kind === 'draft') {
    const form = deps.forms.find(read.id);
    return form === null ? tellForgotten(deps, asked, null) : deps.answers.ask(asked, form);
  }
  // Of a button that asks, the form is the answer, and the first response; or the refusal, where no field would help.
  const saved = read.asks.length === 0 ? null : decodeAction(read.code);
  return saved === null
    ? run(deps, asked, { kind: 'press', code: read.code, fields: {} })
    : run(deps, asked, { kind: 'form', ...saved, asks: read.asks });
}

async function submit(
  deps: Deps,
  asked: Asked,
  customId: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const read = readCustomId(customId);
  if (read.kind === 'saved')
    return run(deps, asked, { kind: 'press', code: read.code, fields, filled: true });
  const form = deps.forms.find(read.id);
  if (form === null)
    return tellForgotten(deps, asked, read.of === null ? null : formAgain(deps, read.of, fields));
  const { command, verb, given, shown } = form;
  const all = { ...given, ...fields };
  return run(deps, asked, { kind: 'fields', command, verb, fields: all, shown, filled: true });
}

async function complete(
  deps: Deps,
  asked: Asked,
  ask: Extract<Asked['ask'], { kind: 'complete' }>,
): Promise<void> {
  const { command, verb, field, typed, fields } = ask;
  const given = { ...suppliedBy(await threadRefOf(deps, asked)), ...fields };
  const question = { account: asked.account, command, verb, field, typed, given };
  const found = await deps.desk.suggest(question).catch((error: unknown) => {
    deps.log.error({ err: error }, 'a field could not be completed');
    return [];
  });
  return deps.answers.suggest(asked, found);
}

/** A form that is forgotten, with what was typed into it; what it was opened with is lost. */
function formAgain(
  { desk }: Deps,
  { command, verb, shown }: Pick<Form, 'command' | 'verb' | 'shown'>,
  fields: Readonly<Record<string, string>>,
): Form | null {
  const found = desk.registry.lookup(command, verb);
  const typed = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''));
  return found === null ? null : formOf(found, typed, [], shown);
}

/** Forms are remembered where they were shown, which may be another instance. */
const tellForgotten = ({ answers }: Deps, asked: Asked, form: Form | null): Promise<void> =>
  answers.tellLast(
    asked,
    'This form is no longer remembered. Nothing was changed.',
    form === null
      ? 'Begin again with the command or the button.'
      : 'What you typed is in a new one: fill it in. What you gave before the form opened must be given again.',
    form,
  );

async function refuseServer({ answers }: Deps, asked: Asked): Promise<void> {
  if (asked.ask.kind === 'complete') return answers.suggest(asked, []);
  return answers.tell(
    asked,
    'This server is not one of the desk’s.',
    'Whoever runs the desk can add it to DISCORD_GUILDS.',
  );
}
