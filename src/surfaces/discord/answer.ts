/**
 * Answering an interaction: within three seconds, once, privately. The answer itself when it is there in time, else a
 * deferred response and the answer later; a form only ever first. Must not know: how the answer was found, posts.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type APIApplicationCommandOptionChoice, InteractionResponseType, MessageFlags } from 'discord.js';
import { type Card, card, text } from '../../chat/card.js';
import type { Answer, Form } from '../../chat/form.js';
import type { Suggestion } from '../../chat/suggestion.js';
import { inTime, LATE } from '../common/timing.js';
import { draftId, formId } from './custom-id.js';
import { fitted, renderModal } from './forms.js';
import type { Asked } from './interaction.js';
import { CHOICE_MAX, CHOICES_MAX } from './limits.js';
import type { Options } from './message-parts.js';
import type { RememberedForms } from './remembered-forms.js';
import { type MessageBody, renderPrivate } from './render.js';
import type { Outcome, Responses } from './responses.js';
import { cut } from './text.js';

export type Answers = {
  /** Answers with what `work` gives: at once, or after a deferred response. */
  readonly answer: (asked: Asked, work: () => Promise<Answer>) => Promise<void>;
  /** The first response is the form. */
  readonly ask: (asked: Asked, form: Form) => Promise<void>;
  readonly tell: (asked: Asked, says: string, next: string) => Promise<void>;
  /**
   * Of what this instance knows nothing about and another may: told if that one has said nothing by then. With a form,
   * behind a button, where there is one to go on with.
   */
  readonly tellLast: (asked: Asked, says: string, next: string, form: Form | null) => Promise<void>;
  readonly suggest: (asked: Asked, found: readonly Suggestion[]) => Promise<void>;
};

type Deps = {
  readonly responses: Responses;
  readonly forms: RememberedForms;
  /** Milliseconds after which the response is deferred; Discord gives up at 3000. */
  readonly deferAfterMs: number;
  readonly guildOf: NonNullable<Options['guildOf']>;
};

const FILL_IN = 'Fill it in';
/** After an instance that works on it has deferred; with that, there is a second left of Discord's three. */
const LAST_TO_ANSWER_MS = 500;
/** Ends of a command that was rolled back: another instance may have done it. */
const ROLLED_BACK = new Set(['fault', 'changed-meanwhile', 'ledger-broken']);

export function createAnswers(deps: Deps): Answers {
  return {
    answer: (asked, work) => answer(deps, asked, work),
    ask: async (asked, form) => {
      await openForm(deps, asked, form);
    },
    tell: (asked, says, next) => tell(deps, asked, says, next, null),
    tellLast: async (asked, says, next, form) => {
      await delay(deps.deferAfterMs + LAST_TO_ANSWER_MS);
      await tell(deps, asked, says, next, form);
    },
    suggest: async (asked, found) => {
      const choices = found.slice(0, CHOICES_MAX).flatMap(choiceOf);
      await deps.responses.first(asked, {
        type: InteractionResponseType.ApplicationCommandAutocompleteResult,
        data: { choices },
      });
    },
  };
}

async function answer(deps: Deps, asked: Asked, work: () => Promise<Answer>): Promise<void> {
  const working = work();
  const result = await inTime(working, deps.deferAfterMs);
  if (result !== LATE) return answerFirst(deps, asked, result);
  const data = { flags: MessageFlags.Ephemeral } as const;
  const type = InteractionResponseType.DeferredChannelMessageWithSource;
  const deferred = await deps.responses.first(asked, { type, data });
  const late = await working;
  if (deferred === 'late') {
    if (!isRepeated(late)) await deps.responses.direct(asked, bodyOf(deps, late));
    return;
  }
  // The other instance, which did it, answers: the token is the same.
  if (!isRepeated(late)) await replaceFirst(deps, asked, late);
}

async function answerFirst(deps: Deps, asked: Asked, result: Answer): Promise<void> {
  if (isRepeated(result)) return;
  // A form cannot answer a form: what was typed into that one is in the one behind the button.
  const opens = asked.ask.kind !== 'form' && result.kind === 'error' && result.code === 'missing-field';
  // A form without a field is none: an old button whose fields were renamed since.
  if (opens && result.form !== null && result.form.fields.length > 0) {
    const outcome = await openForm(deps, asked, result.form);
    // Another instance may have deferred: then no form can be opened any more, but a button that opens it can be shown.
    if (outcome === 'taken' && (await deps.responses.stillDeferred(asked)))
      await deps.responses.edit(asked, bodyOf(deps, result));
    return;
  }
  const outcome = await respond(deps, asked, bodyOf(deps, result));
  if (outcome === 'taken') await replaceFirst(deps, asked, result);
  // They saw that the bot did not respond, and would think that nothing was done.
  if (outcome === 'late') await deps.responses.direct(asked, bodyOf(deps, result));
}

/** In place of what was said first. What was not done here says nothing against another instance that did it. */
async function replaceFirst(deps: Deps, asked: Asked, result: Answer): Promise<void> {
  const rolledBack = result.kind === 'error' && ROLLED_BACK.has(result.code);
  if (!rolledBack || (await deps.responses.stillDeferred(asked)))
    await deps.responses.edit(asked, bodyOf(deps, result));
}

function openForm({ responses, forms }: Deps, asked: Asked, form: Form): Promise<Outcome> {
  const shown = fitted(form);
  const id = formId(shown) ?? draftId(forms.keep(shown), false, shown);
  return responses.first(asked, { type: InteractionResponseType.Modal, data: renderModal(shown, id) });
}

async function tell(deps: Deps, asked: Asked, says: string, next: string, form: Form | null): Promise<void> {
  const button = form === null ? null : buttonFor(deps, form, FILL_IN);
  await respond(deps, asked, renderPrivate(notDone(says, next), button, deps));
}

function respond({ responses }: Deps, asked: Asked, body: MessageBody): Promise<Outcome> {
  return responses.first(asked, {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: body,
  });
}

/** A message cannot hold a form, so it holds a button that opens one with what was given. */
function bodyOf(deps: Deps, result: Answer): MessageBody {
  const form = result.kind === 'error' ? result.form : null;
  if (form === null || form.fields.length === 0) return renderPrivate(result.card, null, deps);
  const label = result.kind === 'error' && result.code === 'missing-field' ? FILL_IN : 'Correct it';
  return renderPrivate(result.card, buttonFor(deps, form, label), deps);
}

const buttonFor = (
  { forms }: Deps,
  form: Form,
  label: string,
): { readonly label: string; readonly customId: string } => ({
  label,
  customId: draftId(forms.keep(form), true, form),
});

const notDone = (says: string, next: string): Card =>
  card('Not done', 'warning', [text(says), text(`→ ${next}`)]);

/** A value that would be cut would be another value. */
function choiceOf({ value, label }: Suggestion): APIApplicationCommandOptionChoice<string>[] {
  return value === '' || value.length > CHOICE_MAX ? [] : [{ name: cut(label, CHOICE_MAX), value }];
}

const isRepeated = (result: Answer): boolean => result.kind === 'error' && result.code === 'repeated';
