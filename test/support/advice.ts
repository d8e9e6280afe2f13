/**
 * What a card offers its reader, tried: every advised next step with its blanks filled in, and every button with what it asks for.
 * Tried on a desk that takes everything back, so that nothing of it happens.
 */
import { pino } from 'pino';
import { outsideFor } from '../../src/app/outside.js';
import { decodeAction } from '../../src/chat/action.js';
import type { Action, Card } from '../../src/chat/card.js';
import { askedField } from '../../src/chat/card.js';
import type { Answer } from '../../src/chat/form.js';
import { slashLine } from '../../src/chat/step-line.js';
import { type Handle, NONE_MISSING } from '../../src/chat/surface.js';
import { registry } from '../../src/desk/desk.js';
import { createBot } from '../../src/desk/front/bot.js';
import { createPackShelf } from '../../src/desk/house/packs.js';
import { KINDS_OF_THE_DESK } from '../../src/desk/kinds.js';
import { EARLY_OUTCOMES } from '../../src/domain/requests/events.js';
import { addDays, civilDay } from '../../src/policy/calendar.js';
import type { Pack } from '../../src/policy/schema.js';
import type { Store, Tx } from '../../src/record/store.js';
import type { Step } from '../../src/vocabulary/step.js';
import type { Account, Day, Instant } from '../../src/vocabulary/values.js';
import { CATEGORIES, NOTICE_KINDS } from '../../src/vocabulary/values.js';
import { KEY } from './fresh-store.js';
import type { Played } from './terminal-desk.js';

/** Carries a result out of a transaction of which nothing is kept. */
class Undone extends Error {
  constructor(readonly value: unknown) {
    super('undone');
  }
}

function undoing(store: Store): Store {
  return {
    ...store,
    transact: async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
      try {
        return await store.transact(async (tx) => {
          throw new Undone(await work(tx));
        });
      } catch (error) {
        if (error instanceof Undone) return error.value as T;
        throw error;
      }
    },
  };
}

/** The same desk, but that nothing it does is kept. */
export function dryDesk({ store, desk, now }: Played): Handle {
  return createBot({
    store: undoing(store),
    registry,
    active: desk.active,
    packOf: createPackShelf(desk.active).packOf,
    kinds: KINDS_OF_THE_DESK,
    outside: outsideFor(KEY, () => []),
    choicesIn: async (form) => form,
    clock: now,
    log: pino({ level: 'silent' }),
    kick: () => undefined,
    faultRef: () => 'DRY',
  });
}

/** What is asked by whom. */
type Ask = Parameters<Handle>[0]['ask'];

export const askAs = (handle: Handle, person: string, ask: Ask): Promise<Answer> =>
  handle({
    id: null,
    surface: 'terminal',
    account: `terminal:${person}` as Account,
    channel: null,
    threadRef: null,
    missing: NONE_MISSING,
    ask,
  });

export type Offer =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'button'; readonly action: Action };

export const offersOf = ({ blocks, actions }: Card): readonly Offer[] => [
  ...blocks.flatMap((block): readonly Offer[] =>
    block.kind === 'next' ? [{ kind: 'step', step: block.step }] : [],
  ),
  ...actions.map((action): Offer => ({ kind: 'button', action })),
];

export const offerWords = (offer: Offer): string =>
  offer.kind === 'step' ? slashLine(offer.step) : `[${offer.action.label}] ${offer.action.code}`;

/** What could be filled in, field by field: of a closed list, each of it. */
function fillings(pack: Pack, today: Day): Readonly<Record<string, readonly string[]>> {
  const grounds = pack.grounds.map(({ code }) => code);
  return {
    ref: ['T-1'],
    evidence: ['CHG-1'],
    name_evidence: ['DOC-1'],
    reason: ['as agreed'],
    facts: ['the order is on its way'],
    text: ['noted'],
    law: ['Accounting Act 12'],
    until: [400, 900, 2000, 5000, 9000].map((days) => addDays(today, days)),
    explained: [`${today}/CALL-1`],
    consent: [`${today}/CALL-1`],
    via: ['email'],
    // To leave it empty is a filling too.
    ground: ['', ...grounds],
    outcome: ['fulfilled', 'no_data_held', 'partially_fulfilled', 'refused'],
    result: ['done', 'none_held'],
    method: [...pack.identity.methods],
    category: ['all'],
    categories: CATEGORIES,
    kind: NOTICE_KINDS,
    days: ['1'],
  };
}

/** What some verbs ask for under a name that means something else in others. */
const OF_VERB: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'disclosure sent': { method: ['portal'] },
  'disclosure amend': { data: ['email', ...CATEGORIES], to: [''], purpose: [''] },
  'disclosure decide': { data: CATEGORIES },
  'privacy extend': { reason: ['legal_retention', 'other_significant'] },
  'privacy amend': { via: ['email', 'phone'], scope: [''], received: [''], ref: ['T-9'] },
  'privacy close': { outcome: EARLY_OUTCOMES },
};

/** Every way to fill these fields in, the first choice of each first. */
function waysOf(
  names: readonly string[],
  known: Readonly<Record<string, readonly string[]>>,
): readonly Readonly<Record<string, string>>[] {
  return names.reduce<readonly Readonly<Record<string, string>>[]>(
    (ways, name) => {
      const values = known[name];
      if (values === undefined) throw new Error(`nothing to fill ${name} in with`);
      return ways.flatMap((way) => values.map((value) => ({ ...way, [name]: value })));
    },
    [{}],
  );
}

/** The ways to say what is offered, filled in; the first that the desk takes is done. */
export function asksOf(
  offer: Offer,
  {
    pack,
    now,
    recipients,
  }: { readonly pack: Pack; readonly now: Instant; readonly recipients: readonly string[] },
): readonly Ask[] {
  const today = civilDay(now, pack.zone);
  const known = { ...fillings(pack, today), recipient: recipients };
  if (offer.kind === 'button') {
    const { code, asks } = offer.action;
    const words = decodeAction(code);
    return waysOf(
      asks.map((ask) => askedField(ask).name),
      { ...known, ...OF_VERB[`${words?.command} ${words?.verb}`] },
    ).map((way) => ({
      kind: 'press' as const,
      code,
      fields: Object.fromEntries(Object.entries(way).filter(([, value]) => value !== '')),
    }));
  }
  const { step } = offer;
  const blanks = Object.entries(step.fields).flatMap(([name, value]) => (value === '…' ? [name] : []));
  return waysOf(blanks, { ...known, ...OF_VERB[`${step.command} ${step.verb}`] }).map((way) => ({
    kind: 'line' as const,
    line: slashLine({ ...step, fields: { ...step.fields, ...way } }),
  }));
}

/** The first way of saying it that is accepted, or why none was: the last answer. */
export async function tried(
  dry: Handle,
  person: string,
  offer: Offer,
  around: Parameters<typeof asksOf>[1],
): Promise<{ readonly ask: Ask } | { readonly refused: Answer | null }> {
  let last: Answer | null = null;
  for (const ask of asksOf(offer, around)) {
    last = await askAs(dry, person, ask);
    if (last.kind === 'answer') return { ask };
  }
  return { refused: last };
}
