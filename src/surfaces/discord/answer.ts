/**
 * Answering an interaction: within three seconds, once, privately. The answer itself when it is there in time, else a
 * word to wait and the answer later; a form only ever first. Must not know: how the answer was come by, posts.
 */
import {
  type APIApplicationCommandOptionChoice,
  type APIInteractionResponse,
  type APIMessage,
  InteractionResponseType,
  MessageFlags,
  type REST,
  Routes,
} from 'discord.js';
import type { Logger } from 'pino';
import { type Card, card, text } from '../../chat/card.js';
import type { Answer, Form } from '../../chat/form.js';
import type { Suggestion } from '../../chat/suggestion.js';
import { draftId, formId } from './custom-id.js';
import { codeOf, failureOf } from './failures.js';
import { fitted, renderModal } from './forms.js';
import type { Asked } from './interaction.js';
import { CHOICE_MAX, CHOICES_MAX, CODES } from './limits.js';
import type { Drafts } from './remembered-forms.js';
import { type MessageBody, renderPrivate } from './render.js';
import { cut } from './text.js';

/** What Discord's own rules made of answers since the start; for `/desk doctor`. */
export type AnswerCounts = { late: number; taken: number; lost: number };

export type Answers = {
  /** Answers with what `work` gives: at once, or after a word to wait. */
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

const FILL_IN = 'Fill it in';
const WAITING = Symbol('waiting');
/** After an instance that works on it has said to wait; with that, there is a second left of Discord's three. */
const LAST_WORD_MS = 500;
/** Ends of a command that was taken back: another instance may have done it. */
const TAKEN_BACK = new Set(['fault', 'changed-meanwhile', 'ledger-broken']);

export function createAnswers(deps: {
  readonly rest: REST;
  readonly application: () => string;
  readonly drafts: Drafts;
  readonly counts: AnswerCounts;
  /** Milliseconds after which the person is told to wait; Discord gives up at 3000. */
  readonly deferAfterMs: number;
  readonly log: Logger;
}): Answers {
  const { rest, drafts, counts, log } = deps;

  /** `taken`: somebody answered this before, another instance or our own lost attempt. */
  async function first(asked: Asked, body: APIInteractionResponse): Promise<'given' | 'taken' | 'lost'> {
    try {
      await twice(() => rest.post(Routes.interactionCallback(asked.id, asked.token), { body, auth: false }));
      return 'given';
    } catch (error) {
      return note(asked, error);
    }
  }

  async function later(asked: Asked, body: MessageBody): Promise<void> {
    try {
      const route = Routes.webhookMessage(deps.application(), asked.token, '@original');
      await twice(() => rest.patch(route, { body, auth: false }));
    } catch (error) {
      note(asked, error);
    }
  }

  /** Counted, never fatal: what was asked is done all the same, and posted. */
  function note(asked: Asked, error: unknown): 'taken' | 'lost' {
    const code = codeOf(error);
    if (code === CODES.alreadyAcknowledged) {
      counts.taken += 1;
      return 'taken';
    }
    if (code === CODES.unknownInteraction || code === CODES.invalidWebhookToken) counts.late += 1;
    else counts.lost += 1;
    log.warn(
      { interaction: asked.id, code },
      code === null ? `an answer was lost: ${failureOf(error).message}` : 'Discord did not take an answer',
    );
    return 'lost';
  }

  async function answer(asked: Asked, work: () => Promise<Answer>): Promise<void> {
    const working = work();
    const patience = new AbortController();
    const result = await Promise.race([working, waited(deps.deferAfterMs, patience.signal)]);
    patience.abort();
    if (result === WAITING) {
      const data = { flags: MessageFlags.Ephemeral } as const;
      await first(asked, { type: InteractionResponseType.DeferredChannelMessageWithSource, data });
      const late = await working;
      // The other instance, which did it, answers: the token is the same.
      if (!isRepeated(late)) await correct(asked, late);
      return;
    }
    if (isRepeated(result)) return;
    // A form cannot answer a form: what was typed into that one is in the one behind the button.
    const opens = asked.ask.kind !== 'form' && result.kind === 'error' && result.code === 'missing-field';
    if (opens && result.form !== null) {
      // Another instance may have said to wait: then there is no form any more, but a button that opens it.
      if ((await ask(asked, result.form)) === 'taken' && (await waits(asked)))
        await later(asked, bodyOf(result));
      return;
    }
    const data = { ...bodyOf(result), flags: MessageFlags.Ephemeral };
    const outcome = await first(asked, { type: InteractionResponseType.ChannelMessageWithSource, data });
    if (outcome === 'taken') await correct(asked, result);
  }

  /** In place of what was said first. What was not done here says nothing against another instance that did it. */
  async function correct(asked: Asked, result: Answer): Promise<void> {
    const takenBack = result.kind === 'error' && TAKEN_BACK.has(result.code);
    if (!takenBack || (await waits(asked))) await later(asked, bodyOf(result));
  }

  /** Whether the person still sees no more than the word to wait. */
  async function waits(asked: Asked): Promise<boolean> {
    try {
      const route = Routes.webhookMessage(deps.application(), asked.token, '@original');
      const { flags } = (await rest.get(route, { auth: false })) as APIMessage;
      return ((flags ?? 0) & MessageFlags.Loading) !== 0;
    } catch (error) {
      // No message: a form is open. Where nothing can be learned, the answer is the better guess.
      return codeOf(error) !== CODES.unknownMessage;
    }
  }

  async function ask(asked: Asked, form: Form): ReturnType<typeof first> {
    const shown = fitted(form);
    const id = formId(shown) ?? draftId(drafts.keep(shown), false, shown);
    return first(asked, { type: InteractionResponseType.Modal, data: renderModal(shown, id) });
  }

  async function tell(asked: Asked, says: string, next: string, form: Form | null = null): Promise<void> {
    const button = form === null ? null : buttonFor(form, FILL_IN);
    const data = { ...renderPrivate(told(says, next), button), flags: MessageFlags.Ephemeral };
    await first(asked, { type: InteractionResponseType.ChannelMessageWithSource, data });
  }

  /** A message cannot hold a form, so it holds a button that opens one with what was given. */
  function bodyOf(result: Answer): MessageBody {
    const form = result.kind === 'error' ? result.form : null;
    if (form === null || form.fields.length === 0) return renderPrivate(result.card);
    const label = result.kind === 'error' && result.code === 'missing-field' ? FILL_IN : 'Correct it';
    return renderPrivate(result.card, buttonFor(form, label));
  }

  const buttonFor = (form: Form, label: string): { readonly label: string; readonly customId: string } => ({
    label,
    customId: draftId(drafts.keep(form), true, form),
  });

  return {
    answer,
    ask: async (asked, form) => {
      await ask(asked, form);
    },
    tell: (asked, says, next) => tell(asked, says, next),
    tellLast: async (asked, says, next, form) => {
      await waited(deps.deferAfterMs + LAST_WORD_MS, new AbortController().signal);
      await tell(asked, says, next, form);
    },
    suggest: async (asked, found) => {
      const choices = found.slice(0, CHOICES_MAX).flatMap(choiceOf);
      await first(asked, {
        type: InteractionResponseType.ApplicationCommandAutocompleteResult,
        data: { choices },
      });
    },
  };
}

const told = (says: string, next: string): Card =>
  card('Not done', 'warning', [text(says), text(`→ ${next}`)]);

/** A value that would be cut would be another value. */
function choiceOf({ value, label }: Suggestion): APIApplicationCommandOptionChoice<string>[] {
  return value === '' || value.length > CHOICE_MAX ? [] : [{ name: cut(label, CHOICE_MAX), value }];
}

/** An answer does no harm twice: a first one that was taken is refused (40060), a later one says the same again. */
async function twice(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (codeOf(error) !== null) throw error;
    await work();
  }
}

const isRepeated = (result: Answer): boolean => result.kind === 'error' && result.code === 'repeated';

function waited(ms: number, signal: AbortSignal): Promise<typeof WAITING> {
  return new Promise((settle) => {
    const timer = setTimeout(() => settle(WAITING), ms);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
