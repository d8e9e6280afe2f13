/**
 * From an effect's name to the card it stands for, made from the state at sending time, and to where it goes.
 * Must not know: any platform; when it is sent.
 */

import type { Card } from '../../chat/card.js';
import type { Place, UploadFile } from '../../chat/surface.js';
import type { Pack } from '../../policy/schema.js';
import { STREAMS } from '../../record/entry.js';
import type { ChannelUse, StaffRow } from '../../record/rows.js';
import type { Store, Tx } from '../../record/store.js';
import type { Instant, MessageRef, Person } from '../../vocabulary/values.js';
import type { ActivePack, Outside } from '../front/plan.js';
import { cardSlot, digestSlot, headCards } from '../tell/addresses.js';
import type { Effect } from '../tell/effects.js';
import type { DeskKinds } from '../tell/kinds.js';

export type Rendered = RenderedCard | RenderedFile;

type RenderedCard = {
  readonly place: Place;
  readonly card: Card;
  /** Under what the message is remembered, to be edited later; null: never edited. */
  readonly slot: string | null;
  /** Where it already stands; null: to be posted. */
  readonly message: MessageRef | null;
};

/** A file for one person, sent once and never edited. */
type RenderedFile = { readonly place: Place; readonly file: UploadFile; readonly slot: null };

/** Null: there is nothing to say (any more). */
export type Renderer = (effect: Effect, at: string, surface: string) => Promise<Rendered | null>;

/** The case or disclosure whose head card is remembered under this slot, or null: its thread is about it. */
export const refOfSlot = (slot: string): string | null => /^card:([^@]+)@/.exec(slot)?.[1] ?? null;

export function createRenderer(deps: {
  readonly store: Store;
  readonly clock: () => Instant;
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
  readonly active: ActivePack;
  readonly outside: Pick<Outside, 'signing' | 'pageScript'>;
  readonly kinds: DeskKinds;
}): Renderer {
  const { store, clock } = deps;

  return async (effect, at, surface) => {
    const found = await store.transact(async (tx) => {
      const isDigest = effect.kind === 'digest' || effect.kind === 'folded';
      const stream = isDigest ? STREAMS.digests : effect.ref;
      const packOf = (hash: string) => deps.packOf(tx, hash);
      const { active, kinds } = deps;
      const { signing, pageScript } = deps.outside;
      const headOf = headCards(tx, await tx.channels(), surface);
      const slotOn = (name: string) => `${name}@${surface}:${at}`;
      const means = {
        tx,
        packOf,
        now: clock(),
        pack: active.pack,
        signing,
        pageScript,
        kinds,
        headOf,
        slotOn,
      };
      const shown = (await kinds.rendererOf(stream)?.(means, effect)) ?? null;
      if (shown === null) return null;
      if ('file' in shown) return { ...shown, slot: null };
      if ('drawn' in shown)
        return { ...shown, place: shown.place ?? (await placeOf(tx, effect, at, surface)) };
      const name = shown.name ?? slotOf(effect);
      const there = name === null ? null : await tx.message(`${name}@${surface}:${at}`);
      const to = there === null ? await boundNow(tx, effect, at, surface) : at;
      const slot = name === null ? null : `${name}@${surface}:${to}`;
      const message = there ?? (slot === null ? null : await tx.message(slot));
      if (message === null && shown.onlyAnew === true) return null;
      return { place: await placeOf(tx, effect, to, surface), card: shown.card, slot, message };
    });
    if (found === null || !('drawn' in found)) return found;
    return { place: found.place, file: await found.drawn(), slot: null };
  };
}

/** Under what a message is remembered, so that it is edited from then on; null: it is posted once. */
function slotOf(effect: Effect): string | null {
  if (effect.kind === 'card') return `card:${effect.ref}`;
  if (effect.kind === 'digest') return digestSlot(effect.day);
  return effect.kind === 'proposal' ? `proposal:${effect.ref}:${effect.number}` : null;
}

async function placeOf(tx: Tx, effect: Effect, at: string, surface: string): Promise<Place> {
  switch (effect.kind) {
    case 'card':
      return { kind: 'channel', channel: at, opens: effect.ref };
    case 'proposal':
    case 'thread':
      return threadPlace(tx, effect.ref, at, surface);
    case 'private':
      return personPlace(effect.person as Person, await tx.staff());
    case 'officer':
    case 'digest':
    case 'folded':
    case 'file':
    case 'table':
    case 'report':
      return { kind: 'channel', channel: at };
    default:
      return effect satisfies never;
  }
}

/** The case's thread under its card; the channel itself when the card could never be posted. */
async function threadPlace(tx: Tx, ref: string, channel: string, surface: string): Promise<Place> {
  const parent = await tx.message(cardSlot(ref, surface, channel));
  return parent === null ? { kind: 'channel', channel } : { kind: 'thread', channel, ref, parent };
}

function personPlace(person: Person, staff: readonly StaffRow[]): Place {
  return {
    kind: 'person',
    person,
    accounts: staff.find((member) => member.person === person)?.accounts ?? [],
  };
}

/** What an effect is posted in a channel for; null: it is bound to no use. */
function useOf(effect: Effect): ChannelUse | null {
  switch (effect.kind) {
    case 'card':
    case 'thread':
      return 'cases';
    case 'proposal':
      return effect.officer === true ? 'officer' : 'cases';
    case 'officer':
      return 'officer';
    default:
      return null;
  }
}

/** What waits while its channel is closed goes where its like goes since: the channel that was bound in its place. */
async function boundNow(tx: Tx, effect: Effect, at: string, surface: string): Promise<string> {
  const use = useOf(effect);
  const own = use === null ? [] : (await tx.channels()).filter((row) => row.surface === surface);
  const bound = own.filter(({ uses }) => use !== null && uses.includes(use));
  const [first] = bound;
  // Never bound for it: it was put there on purpose, by the desk itself.
  const had = own.some(({ channel }) => channel === at);
  return first === undefined || !had || bound.some(({ channel }) => channel === at) ? at : first.channel;
}
