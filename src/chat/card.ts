/** A card: what a post or an answer shows, as plain data every surface renders in its own way. Must not know: any platform. */
import type { Step } from '../vocabulary/step.js';
import type { Instant, MessageRef } from '../vocabulary/values.js';
import { encodeAction } from './action.js';
export type Tone = 'neutral' | 'good' | 'warning' | 'bad';

/** A bare string is literal: renderers escape it, so no text can mention, link or format. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'facts';
      readonly facts: readonly (readonly [label: string, value: string])[];
      /**
       * How a chat shows them: a line each; `small`: together in small print; `said`: not at all, since the card's words say
       * them. The terminal, which is read by programs too, has all of them.
       */
      readonly as?: 'small' | 'said';
    }
  /** Small print. */
  | { readonly kind: 'small'; readonly text: string }
  | RowsBlock
  /** Where the card's own buttons stand; without it they are last. */
  | { readonly kind: 'buttons' }
  /** A witness of the ledger, in lines that may be pasted elsewhere: never cut, whatever else is left out. */
  | { readonly kind: 'checkpoint'; readonly title: string; readonly lines: readonly string[] }
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

/** A line about one case or disclosure, with the button beside it. */
export type Row = {
  readonly ref: string;
  /** Where its own card stands, which the reference leads to; null: nowhere on this surface. */
  readonly at: MessageRef | null;
  /** What is to be seen first: `12 days late`. */
  readonly when: string;
  readonly tone: Tone;
  /** Type, customer, owner: what does not fit on a telephone is cut last first. */
  readonly words: readonly string[];
  /** What it waits for, where the button does not say it; empty: nothing. */
  readonly waits: string;
  readonly action: Action | null;
};

export type RowsBlock = {
  readonly kind: 'rows';
  readonly title: string | null;
  readonly rows: readonly Row[];
  /** What is not shown of it; null: nothing. */
  readonly more: string | null;
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
  /** One line of a conversation: what it is about stands above it already, so a chat shows no heading. */
  readonly line?: boolean;
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
  rest: Partial<Pick<Card, 'actions' | 'moments' | 'footer' | 'ref' | 'line'>> = {},
): Card {
  return {
    title,
    tone,
    blocks,
    actions: rest.actions ?? [],
    moments: rest.moments ?? [],
    footer: rest.footer ?? null,
    ref: rest.ref ?? null,
    ...(rest.line === true ? { line: true } : {}),
  };
}

/** Every button of a card: its own, then those beside its rows. */
export function actionsOf(card: Pick<Card, 'actions' | 'blocks'>): readonly Action[] {
  const beside = card.blocks.flatMap((block) => (block.kind === 'rows' ? block.rows : []));
  return [...card.actions, ...beside.flatMap(({ action }) => action ?? [])];
}
