/**
 * What the desk has to be told of a kind of stream beside what the record has: how it is shown, and how its evidence reads.
 * Must not know: any one kind.
 */
import type { Card } from '../../chat/card.js';
import type { Place, UploadFile } from '../../chat/surface.js';
import type { StreamId } from '../../domain/ledger.js';
import type { Pack } from '../../policy/schema.js';
import type { Signing } from '../../record/checkpoints.js';
import { type AnyKind, type AnyReaction, type Kinds, kindsOf, type PackOf } from '../../record/kind.js';
import type { OpenEntry, Tx } from '../../record/store.js';
import type { Day, Instant, MessageRef } from '../../vocabulary/values.js';
import type { Effect } from './effects.js';

export type RenderMeans = {
  readonly tx: Tx;
  readonly packOf: PackOf;
  readonly now: Instant;
  /** The pack in force. */
  readonly pack: Pack;
  /** Signs and verifies what an evidence file says. */
  readonly signing: Signing;
  /** What makes an evidence page verify itself. */
  readonly pageScript: () => string;
  readonly kinds: DeskKinds;
  /** Where a case's or disclosure's own card stands on the surface this is for. */
  readonly headOf: (ref: string) => Promise<MessageRef | null>;
  /** The full name of a slot in the place this is for. */
  readonly slotOn: (name: string) => string;
};

export type Shown =
  | {
      readonly card: Card;
      /** Where it was never posted it need not be. */
      readonly onlyAnew?: boolean;
      /** Under what the message is remembered, where the effect alone does not say it. */
      readonly name?: string;
    }
  /** For one person, sent once and never edited. */
  | { readonly file: UploadFile; readonly place: Place }
  /** The same, drawn once the transaction has ended, since drawing takes long; place null: where the post is addressed to. */
  | { readonly drawn: () => Promise<UploadFile>; readonly place: Place | null };

/** Null: there is nothing to say (any more). */
export type Render = (means: RenderMeans, effect: Effect) => Promise<Shown | null>;

/** A part of an evidence page; a table's rows are as long as its columns. */
export type EvidenceSection =
  | {
      readonly kind: 'facts';
      readonly title: string;
      /** Null: there is nothing to say. */
      readonly rows: readonly (readonly [label: string, value: string | null])[];
    }
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Said in place of an empty table. */
      readonly none: string;
      /** The first column is the number of an entry, and the row is marked with what verifying found of it. */
      readonly ofEntries?: boolean;
    };

/** A stream as its evidence file tells it; `today` null: for the desk, else for the customer, without what is withheld then. */
export type Evidence = (
  /** `pack`: the one in force. */
  means: { readonly tx: Tx; readonly packOf: PackOf; readonly pack: Pack },
  entries: readonly OpenEntry[],
  today: Day | null,
) => Promise<{
  readonly pack: Pack;
  /** The name and hash under which the pack was pinned. */
  readonly pinned: { readonly name: string; readonly hash: string };
  readonly reference: string | null;
  /** Under the name of its kind: `case`, `disclosure`, `consent`. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly title: string;
  readonly sections: readonly EvidenceSection[];
}>;

export type DeskKind = {
  readonly kind: AnyKind;
  readonly render?: Render;
  readonly evidence?: Evidence;
};

export type DeskKinds = Kinds & {
  readonly rendererOf: (stream: StreamId) => Render | null;
  readonly evidenceOf: (stream: StreamId) => Evidence | null;
};

export function deskKindsOf(all: readonly DeskKind[], reactions: readonly AnyReaction[]): DeskKinds {
  const kinds = kindsOf(
    all.map(({ kind }) => kind),
    reactions,
  );
  const entryOf = (stream: StreamId): DeskKind | undefined => {
    const kind = kinds.of(stream);
    return all.find((one) => one.kind === kind);
  };
  return {
    ...kinds,
    rendererOf: (stream) => entryOf(stream)?.render ?? null,
    evidenceOf: (stream) => entryOf(stream)?.evidence ?? null,
  };
}
