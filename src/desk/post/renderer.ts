/**
 * From an effect's name to the card it stands for, made from the state at sending time, and to where it goes.
 * Must not know: any platform; when it is sent.
 */

import type { Card } from '../../chat/card.js';
import type { Place, UploadFile } from '../../chat/surface.js';
import { civilDay } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import type { StaffRow } from '../../record/rows.js';
import type { Store, Tx } from '../../record/store.js';
import type { Instant, MessageRef, Person } from '../../vocabulary/values.js';
import { renderDisclosure } from '../disclosures/render.js';
import { recordedFile } from '../export/file.js';
import type { ActivePack } from '../front/plan.js';
import { caseCard } from '../requests/cards/head.js';
import { proposalCard } from '../requests/cards/proposal.js';
import { threadCard } from '../requests/cards/told.js';
import { type Loaded, loadCase } from '../requests/on-request.js';
import type { CaseEffect, Effect } from '../tell/effects.js';
import { digestFacts } from './digest.js';
import { digestCard } from './digest-card.js';

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

const cardSlot = (ref: string, surface: string, channel: string): string =>
  `card:${ref}@${surface}:${channel}`;

/** The case or disclosure whose head card is remembered under this slot, or null: its thread is about it. */
export const refOfSlot = (slot: string): string | null => /^card:([^@]+)@/.exec(slot)?.[1] ?? null;

export function createRenderer(deps: {
  readonly store: Store;
  readonly clock: () => Instant;
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
  readonly active: ActivePack;
  /** Verifies the checkpoints an evidence file quotes. */
  readonly publicKey: string;
}): Renderer {
  const { store, clock } = deps;

  return (effect, at, surface) =>
    store.transact(async (tx) => {
      if (effect.kind === 'file') {
        const { publicKey, active } = deps;
        const packOf = (hash: string) => deps.packOf(tx, hash);
        return recordedFile({ tx, packOf, active, publicKey }, effect.seq);
      }
      if (effect.kind === 'digest') {
        const facts = await digestFacts(tx, deps.active.pack, effect.day, effect.officer);
        return {
          place: { kind: 'channel', channel: at },
          card: digestCard(facts),
          slot: null,
          message: null,
        };
      }
      if (effect.ref.startsWith('DR-')) return disclosureMessage(tx, effect, at, surface);
      const loaded = await loadCase({ tx, packOf: (hash) => deps.packOf(tx, hash) }, effect.ref, {
        lock: false,
      });
      if (loaded === null) return null;
      const staff = await tx.staff();
      switch (effect.kind) {
        case 'card':
          return headCard(tx, loaded, at, surface);
        case 'proposal': {
          const card = proposalCard(loaded.history, effect.number, loaded.pack, staff);
          if (card === null) return null;
          const slot = `proposal:${effect.ref}:${effect.number}@${surface}:${at}`;
          return {
            place: await threadPlace(tx, effect.ref, at, surface),
            card,
            slot,
            message: await tx.message(slot),
          };
        }
        case 'thread': {
          const card = threadCard(loaded.history, effect.seq, loaded.pack, staff);
          return (
            card && { place: await threadPlace(tx, effect.ref, at, surface), card, slot: null, message: null }
          );
        }
        case 'officer': {
          const card = threadCard(loaded.history, effect.seq, loaded.pack, staff);
          return card && { place: { kind: 'channel', channel: at }, card, slot: null, message: null };
        }
        case 'private': {
          const card = threadCard(loaded.history, effect.seq, loaded.pack, staff);
          return (
            card && { place: personPlace(effect.person as Person, staff), card, slot: null, message: null }
          );
        }
        default:
          return effect satisfies never;
      }
    });

  async function disclosureMessage(
    tx: Tx,
    effect: CaseEffect,
    at: string,
    surface: string,
  ): Promise<Rendered | null> {
    const reading = { tx, packOf: (hash: string) => deps.packOf(tx, hash), now: clock() };
    const made = await renderDisclosure(reading, effect);
    if (made === null) return null;
    const slot = made.slot === null ? null : `${made.slot}@${surface}:${at}`;
    const message = slot === null ? null : await tx.message(slot);
    // Nobody was asked to decide: no card of a decision is needed.
    if (effect.kind === 'proposal' && message === null && made.card.actions.length === 0) return null;
    const head = effect.kind === 'card';
    const place: Place = head
      ? { kind: 'channel', channel: at, opens: effect.ref }
      : await threadPlace(tx, effect.ref, at, surface);
    return { place, card: made.card, slot, message };
  }

  async function headCard(tx: Tx, { request, pack }: Loaded, at: string, surface: string): Promise<Rendered> {
    const today = civilDay(clock(), pack.zone);
    const slot = cardSlot(request.ref, surface, at);
    const card: Card = caseCard(request, pack, today, civilDay(request.loggedAt, pack.zone));
    const place: Place = { kind: 'channel', channel: at, opens: request.ref };
    return { place, card, slot, message: await tx.message(slot) };
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
