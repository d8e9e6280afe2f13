/**
 * The surface port: what the desk asks of a chat platform, and the plain data that crosses it.
 * Must not know: Slack, Discord, the terminal, storage.
 */
import type { Account, MessageRef } from '../vocabulary/values.js';
import type { Card } from './card.js';
import type { Answer } from './form.js';

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

/** What somebody asked, at whichever door. */
export type Invocation = {
  /** The platform's id of this delivery, for doing it once; null where deliveries never repeat (terminal). */
  readonly id: string | null;
  readonly surface: string;
  readonly account: Account;
  readonly channel: string | null;
  /** The case whose thread it was said in; fills in `case` where the verb has one. */
  readonly threadRef: string | null;
  /** What the desk’s account is not given in this channel, in the platform’s words; left out where nothing is known of it. */
  readonly lacks?: { readonly forPosts: readonly string[]; readonly forThreads: readonly string[] };
  readonly ask:
    | { readonly kind: 'line'; readonly line: string }
    | {
        readonly kind: 'fields';
        readonly command: string;
        readonly verb: string;
        readonly fields: Readonly<Record<string, string>>;
        readonly shown: number | null;
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
    | { readonly kind: 'press'; readonly code: string; readonly fields: Readonly<Record<string, string>> };
};

export type Handle = (invocation: Invocation) => Promise<Answer>;

/**
 * Six members, none optional.
 * - `post` makes exactly one attempt and returns where the message is. When `retry` is true an earlier attempt may
 *   have gone through: the surface looks for `key` on the platform first, and posts only if it is not there.
 * - `edit` replaces a card and returns where it now is: a card that somebody deleted is posted again in the same place,
 *   after looking for `key`, and so it is on a platform that cannot edit.
 * - `upload` sends a file; a platform without files posts where it can be read.
 * All three throw DeliveryFailure.
 */
export interface Surface {
  readonly name: string;
  start(handle: Handle): Promise<void>;
  post(place: Place, card: Card, key: string, retry: boolean): Promise<MessageRef>;
  edit(message: MessageRef, place: Place, card: Card, key: string): Promise<MessageRef>;
  upload(place: Place, file: UploadFile, key: string): Promise<MessageRef>;
  stop(): Promise<void>;
}

/** A post that did not (surely) arrive. `sent: 'perhaps'` means the outcome is unknown: reconcile before resending. */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure';
  readonly retryable: boolean;
  readonly sent: 'no' | 'perhaps';
  readonly retryAfterSeconds: number | null;
  constructor(
    message: string,
    details: { retryable: boolean; sent: 'no' | 'perhaps'; retryAfterSeconds?: number; cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.retryable = details.retryable;
    this.sent = details.sent;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
  }
}
