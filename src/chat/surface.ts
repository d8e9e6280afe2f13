/**
 * The surface port: what the desk asks of a chat platform, and the plain data that crosses it.
 * Must not know: Slack, Discord, the terminal, storage.
 */
import type { Account, MessageRef } from '../vocabulary/values.js';
import type { Card } from './card.js';
import type { Registry } from './command.js';
import type { Answer } from './form.js';
import type { HomeOf } from './home.js';
import type { Suggest } from './suggestion.js';

/** Where a post goes: a channel, a case's thread in a channel, or one person. */
export type Place =
  /** `opens`: the case whose head card this is; a surface whose threads are made by hand opens its thread with it. */
  | { readonly kind: 'channel'; readonly channel: string; readonly opens?: string }
  | { readonly kind: 'thread'; readonly channel: string; readonly ref: string; readonly parent: MessageRef }
  | { readonly kind: 'person'; readonly person: string; readonly accounts: readonly string[] };
export type UploadFile = {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** The case or disclosure it is about, where it is about one. */
  readonly ref?: string;
};

/** What the bot may not do in a channel, in the platform's own words. */
export type MissingPermissions = {
  /** Without which no post arrives there. */
  readonly forPosts: readonly string[];
  /** Without which a case gets no thread there. */
  readonly forThreads: readonly string[];
};

/** The bot may do everything it needs, or the platform does not say. */
export const NONE_MISSING: MissingPermissions = { forPosts: [], forThreads: [] };

/** What somebody asked, on whichever surface. */
export type Invocation = {
  /** The platform's id of this delivery, for doing it once; null where deliveries never repeat (terminal). */
  readonly id: string | null;
  readonly surface: string;
  readonly account: Account;
  readonly channel: string | null;
  /** The case whose thread it was said in; fills in `case` where the verb has one. */
  readonly threadRef: string | null;
  /** What the bot may not do in `channel`. */
  readonly missing: MissingPermissions;
  readonly ask:
    | { readonly kind: 'line'; readonly line: string }
    | {
        readonly kind: 'fields';
        readonly command: string;
        readonly verb: string;
        readonly fields: Readonly<Record<string, string>>;
        readonly shown: number | null;
        /** It comes from a form, which could not ask for what only its answers make necessary: that is asked for next. */
        readonly filled?: true;
      }
    /**
     * A button that asks for fields (`asks`; null: for all): nothing is done. It is answered with `missing-field` and the
     * form, or refused at once where no field would change that.
     */
    | {
        readonly kind: 'form';
        readonly command: string;
        readonly verb: string;
        readonly fields: Readonly<Record<string, string>>;
        readonly shown: number | null;
        readonly asks: readonly string[] | null;
      }
    /** A pressed button: its code, and what its form was filled in with. */
    | {
        readonly kind: 'press';
        readonly code: string;
        readonly fields: Readonly<Record<string, string>>;
        readonly filled?: true;
      };
};

export type Handle = (invocation: Invocation) => Promise<Answer>;

/** All that a surface is given of the desk. */
export type FrontDesk = {
  /** Does what was asked, and says what the asker is told. */
  readonly handle: Handle;
  /** Completes a field while it is typed. */
  readonly suggest: Suggest;
  readonly home: HomeOf;
  readonly readers: Readers;
  /** The accounts that are this name's now, none where they went to another; null: a name nobody ever had. */
  readonly accountsOf: (person: string) => Promise<readonly string[] | null>;
  /** The case or disclosure whose thread begins with this message, or null. */
  readonly refOfThread: (message: MessageRef) => Promise<string | null>;
  /** The platform says that a channel takes nothing any more: on record, and administrators are told. Never rejects. */
  readonly channelLost: (surface: string, channel: string, why: ChannelLoss) => Promise<void>;
  /** Whether the rest of the desk works; rejects, or is false, where it does not. */
  readonly ready: () => Promise<boolean>;
  readonly registry: Registry;
};

/** Who may read this case or disclosure: for conversations whose members must be named. */
export type Readers = (
  surface: string,
  ref: string,
) => Promise<{
  /** One account each on this surface. */
  readonly may: readonly string[];
  /** Every account there of those who may not, or not any more. */
  readonly mayNot: readonly string[];
}>;

/**
 * Six members, none optional. Where `retry` is true, an earlier attempt under this key may have gone through.
 * - `start` resolves when the surface works, or goes on trying by itself.
 * - `post` makes exactly one attempt and returns where the message is. On a retry it looks for `key` on the platform
 *   first, and posts only if it is not there.
 * - `edit` replaces a card and returns where it now is: a card that somebody deleted is posted again in the same place,
 *   on a retry after looking for `key`, and so it is on a platform that cannot edit.
 * - `upload` sends a file, on a retry after looking for `key`; a platform without files posts where it can be read.
 * - `stop` resolves when what was begun is answered and nothing new is taken.
 * `post`, `edit` and `upload` throw DeliveryFailure.
 */
export interface Surface {
  readonly name: string;
  start(desk: FrontDesk): Promise<void>;
  post(place: Place, card: Card, key: string, retry: boolean): Promise<MessageRef>;
  edit(message: MessageRef, place: Place, card: Card, key: string, retry: boolean): Promise<MessageRef>;
  upload(place: Place, file: UploadFile, key: string, retry: boolean): Promise<MessageRef>;
  stop(): Promise<void>;
}

/** Why no post arrives in a channel any more. */
export type ChannelLoss = 'deleted' | 'archived' | 'closed';

/** What a surface that cannot be served at all says to the person who starts the desk, in plain words. */
export class SurfaceProblem extends Error {
  override readonly name: string = 'SurfaceProblem';
}

/** A post that did not (surely) arrive. `sent: 'perhaps'` means the outcome is unknown: reconcile before resending. */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure';
  readonly retryable: boolean;
  readonly sent: 'no' | 'perhaps';
  readonly retryAfterSeconds: number | null;
  /** What a person has to do before it can arrive; null: it may by itself, or nobody knows. */
  readonly remedy: string | null;
  /** What became of the channel it was meant for; null: that is not why. */
  readonly lost: ChannelLoss | null;
  constructor(
    message: string,
    details: {
      readonly retryable: boolean;
      readonly sent: 'no' | 'perhaps';
      readonly retryAfterSeconds?: number | null;
      readonly remedy?: string | null;
      readonly lost?: ChannelLoss | null;
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.retryable = details.retryable;
    this.sent = details.sent;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
    this.remedy = details.remedy ?? null;
    this.lost = details.lost ?? null;
  }
}
