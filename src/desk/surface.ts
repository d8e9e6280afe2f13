/**
 * The surface port: what the desk asks of a chat platform, and the plain data that crosses it.
 * Must not know: Slack, Discord, the terminal, storage.
 */
import type { Account, Instant } from '../domain/values.js';

export type Tone = 'neutral' | 'good' | 'warning' | 'bad';

/** A bare string is literal: renderers escape it, so no text can mention, link or format. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'quote'; readonly text: string }
  /** People to notify: the one place a mention comes from. `person` is the staff handle, `accounts` theirs. */
  | {
      readonly kind: 'ping';
      readonly people: readonly { readonly person: string; readonly accounts: readonly string[] }[];
      readonly text: string;
    };

/** A button: a saved invocation (at most 100 bytes), and the fields a form must ask for before it can run. */
export type Action = {
  readonly label: string;
  readonly style: 'primary' | 'danger' | 'plain';
  readonly code: string;
  /** Names of fields to ask for when pressed, `reason!` where this button needs what its command may leave out. Empty: runs at once. */
  readonly asks: readonly string[];
};

export function askedField(ask: string): { readonly name: string; readonly required: boolean } {
  return ask.endsWith('!') ? { name: ask.slice(0, -1), required: true } : { name: ask, required: false };
}

/** A moment the card's words tell in the policy's zone, for platforms that show it in each reader's own zone and language. */
export type Moment = {
  /** What happens then: `received`, `due before`. */
  readonly label: string;
  readonly at: Instant;
  /** The same in the policy's zone. */
  readonly words: string;
};

export type Card = {
  readonly title: string;
  readonly tone: Tone;
  readonly blocks: readonly Block[];
  readonly actions: readonly Action[];
  readonly moments: readonly Moment[];
  readonly footer: string | null;
  /** The case or disclosure it is about. */
  readonly ref: string | null;
};

export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly required: boolean;
  /** Closed list, or null for text. */
  readonly choices: readonly string[] | null;
  readonly many: boolean;
  readonly multiline: boolean;
  readonly value: string | null;
  readonly problem: string | null;
};

/** A form that finishes an invocation: what was given is kept in it, what is missing is asked for. */
export type Form = {
  readonly title: string;
  readonly command: string;
  readonly verb: string;
  /** Fields already settled and not shown (e.g. from a button). */
  readonly given: Readonly<Record<string, string>>;
  readonly shown: number | null;
  readonly fields: readonly FormField[];
};

/** What the asker is told: always private. */
export type Answer =
  | { readonly kind: 'answer'; readonly card: Card }
  /** The desk says no, or the input was wrong; nothing changed but (for a refusal) the ledger. */
  | {
      readonly kind: 'error';
      readonly card: Card;
      readonly code: string;
      /** Bare clause number, e.g. `4.2`; null when no rule of the policy is behind it. */
      readonly clause: string | null;
      /** To let the person correct it on the spot; null when a form would not help. */
      readonly form: Form | null;
    };

/** Where a post goes: a channel, a case's thread in a channel, or one person. */
export type Place =
  /** `opens`: the case whose head card this is; a surface whose threads are made by hand opens its thread with it. */
  | { readonly kind: 'channel'; readonly channel: string; readonly opens?: string }
  | { readonly kind: 'thread'; readonly channel: string; readonly ref: string; readonly parent: MessageRef }
  | { readonly kind: 'person'; readonly person: string; readonly accounts: readonly string[] };

/** A posted message as its surface can find it again, days later: plain data, opaque to the desk. */
export type MessageRef = { readonly channel: string; readonly id: string };

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
