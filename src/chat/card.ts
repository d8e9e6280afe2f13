/** A card: what a post or an answer shows, as plain data every surface renders in its own way. Must not know: any platform. */
import type { Step } from '../vocabulary/step.js';
import type { Instant } from '../vocabulary/values.js';
import { encodeAction } from './action.js';
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
  /** Counts to be compared at a glance; where no bars can be drawn, each with its number. */
  | {
      readonly kind: 'bars';
      readonly title: string;
      readonly bars: readonly (readonly [label: string, count: number])[];
    }
  | { readonly kind: 'quote'; readonly text: string }
  /** What to do next: a command each surface says in its own way, on a line of its own. */
  | { readonly kind: 'next'; readonly step: Step }
  /** Channels by their platform's id, each with what is said of it: told as a link where they are of the reader's platform. */
  | {
      readonly kind: 'channels';
      readonly channels: readonly {
        readonly surface: string;
        readonly channel: string;
        readonly text: string;
      }[];
    }
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

/** A button that runs a command; `asks` names what a form must ask for first. */
export function button(
  label: string,
  style: Action['style'],
  words: {
    readonly command: string;
    readonly verb: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly shown?: number | null;
  },
  asks: readonly string[] = [],
): Action {
  const { command, verb, fields, shown = null } = words;
  return { label, style, code: encodeAction({ command, verb, fields, shown }), asks };
}

export const text = (content: string): Block => ({ kind: 'text', text: content });

export const facts = (...rows: readonly (readonly [string, string | null])[]): Block => ({
  kind: 'facts',
  facts: rows.flatMap(([label, value]) => (value === null || value === '' ? [] : [[label, value] as const])),
});

/** A card without the parts most cards don't have. */
export function card(
  title: string,
  tone: Tone,
  blocks: readonly Block[],
  rest: Partial<Pick<Card, 'actions' | 'moments' | 'footer' | 'ref'>> = {},
): Card {
  return {
    title,
    tone,
    blocks,
    actions: rest.actions ?? [],
    moments: rest.moments ?? [],
    footer: rest.footer ?? null,
    ref: rest.ref ?? null,
  };
}
