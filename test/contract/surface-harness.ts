/**
 * A platform with a surface on it, as the contract needs it: places to post to, everything that can be read there, and what
 * people and networks do to it. Must not know: what is asserted.
 */
import type { Place, Surface } from '../../src/chat/surface.js';
import type { MessageRef } from '../../src/vocabulary/values.js';

/** What a platform has. What it has not is printed, and its cases assert what happens instead. */
export type Can = {
  /** Be looked through for what an earlier attempt has left. */
  readonly lookBack: boolean;
  /** Lose a card, because somebody deleted it. */
  readonly deleteCards: boolean;
  /** Archive or lock a thread. */
  readonly lockThreads: boolean;
  /** Keep the bot out of a channel. */
  readonly closeChannels: boolean;
  /** Tell who has an account. */
  readonly knowAccounts: boolean;
  /** Refuse a message that is too long. */
  readonly limitMessages: boolean;
  /** Refuse a file that is too large; in bytes, or null. */
  readonly largestFile: number | null;
};

export type Seen = {
  readonly ref: MessageRef;
  /** All its words, as a reader sees them. */
  readonly words: string;
  readonly inThread: boolean;
  readonly file: { readonly name: string; readonly bytes: Buffer } | null;
};

export type Call = 'post' | 'edit' | 'upload';

export type Stage = {
  /** Started. */
  readonly surface: Surface;
  readonly can: Can;
  readonly channel: Extract<Place, { kind: 'channel' }>;
  /** Somebody with an account here, and somebody without. */
  readonly person: Extract<Place, { kind: 'person' }>;
  readonly stranger: Extract<Place, { kind: 'person' }>;
  /** Everything that can be read anywhere, in the order it came. */
  readonly seen: () => readonly Seen[];
  /** Accounts that were notified, and broadcasts like `@everyone`. */
  readonly notified: () => readonly string[];
  /** What the platform had to refuse. */
  readonly refused: () => readonly string[];
  /** The next call of this kind is done, and its answer is lost. */
  readonly loseAnswer: (call: Call) => void;
  /** The next call of this kind hangs until it is let go. */
  readonly hold: (call: Call) => { readonly arrived: Promise<void>; readonly letGo: () => void };
  readonly deleteCard: (message: MessageRef) => void;
  readonly archiveThread: (ref: string, locked: boolean) => void;
  readonly closeChannel: (closed: boolean) => void;
  /** Another process: a new surface on the same platform, started. */
  readonly restart: () => Promise<Surface>;
  readonly close: () => Promise<void>;
};

export const CASE = 'PR-2026-0001';

/** A promise that somebody else settles. */
export function signal(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((settle) => {
    open = settle;
  });
  return { passed, open };
}
