/**
 * The responses to an interaction: the first one within three seconds, and edits of it while its token lives. Each is tried
 * twice, and what Discord does not take is counted, never fatal: what was asked is done all the same, and posted.
 * Must not know: what is answered.
 */
import {
  type APIDMChannel,
  type APIInteractionResponse,
  type APIMessage,
  MessageFlags,
  type REST,
  Routes,
} from 'discord.js';
import type { Logger } from 'pino';
import { idOf } from '../../vocabulary/accounts.js';
import { limited } from './api.js';
import { codeOf, failureOf } from './failures.js';
import type { Asked } from './interaction.js';
import { CODES } from './limits.js';
import type { MessageBody } from './render.js';

/** What Discord's own rules made of answers since the start; for `/desk doctor`. */
export type AnswerCounts = { late: number; taken: number; lost: number };

/** `taken`: somebody answered this before, another instance or our own lost attempt. `late`: Discord waits no more. */
export type Outcome = 'given' | 'taken' | 'late' | 'lost';

export type Responses = {
  readonly first: (asked: Asked, body: APIInteractionResponse) => Promise<Outcome>;
  /** In place of the first response. */
  readonly edit: (asked: Asked, body: MessageBody) => Promise<void>;
  /** Whether the person still sees no more than that the bot is thinking. */
  /** As a direct message, where nothing can be said in its place any more. Never rejects. */
  readonly direct: (asked: Asked, body: MessageBody) => Promise<void>;
  readonly stillDeferred: (asked: Asked) => Promise<boolean>;
};

export function createResponses(deps: {
  readonly rest: REST;
  /** For what is no answer any more. */
  readonly posting: REST;
  readonly application: string;
  readonly counts: AnswerCounts;
  readonly log: Logger;
}): Responses {
  const { rest, posting, counts, log } = deps;
  const original = (asked: Asked) => Routes.webhookMessage(deps.application, asked.token, '@original');

  function counted(asked: Asked, error: unknown): 'taken' | 'late' | 'lost' {
    const code = codeOf(error);
    if (code === CODES.alreadyAcknowledged) {
      counts.taken += 1;
      return 'taken';
    }
    const late = code === CODES.unknownInteraction || code === CODES.invalidWebhookToken;
    if (late) counts.late += 1;
    else counts.lost += 1;
    log.warn(
      { interaction: asked.id, code },
      code === null ? `an answer was lost: ${failureOf(error).message}` : 'Discord did not take an answer',
    );
    return late ? 'late' : 'lost';
  }

  return {
    first: (asked, body) =>
      twice(() => rest.post(Routes.interactionCallback(asked.id, asked.token), { body, auth: false })).then(
        (): Outcome => 'given',
        (error: unknown) => counted(asked, error),
      ),
    edit: async (asked, body) => {
      await twice(() => rest.patch(original(asked), { body: edited(body), auth: false })).catch(
        (error: unknown) => counted(asked, error),
      );
    },
    direct: async (asked, body) => {
      try {
        const opened = await posting.post(Routes.userChannels(), {
          body: { recipient_id: idOf(asked.account) },
          ...limited(),
        });
        await posting.post(Routes.channelMessages((opened as APIDMChannel).id), { body, ...limited() });
      } catch (error) {
        log.warn({ interaction: asked.id, code: codeOf(error) }, 'a late answer could not be told either');
      }
    },
    stillDeferred: async (asked) => {
      try {
        const { flags } = (await rest.get(original(asked), { auth: false })) as APIMessage;
        return ((flags ?? 0) & MessageFlags.Loading) !== 0;
      } catch (error) {
        // No message: a form is open. Where nothing can be learned, the answer is the better guess.
        return codeOf(error) !== CODES.unknownMessage;
      }
    },
  };
}

/** Who sees it was said first; what kind it is, is said now. */
const edited = (body: MessageBody): object => ({ ...body, flags: MessageFlags.IsComponentsV2 });

/** An answer does no harm twice: a first one that was taken is refused (40060), an edit says the same again. */
async function twice(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (codeOf(error) !== null) throw error;
    await work();
  }
}
