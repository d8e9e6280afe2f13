/**
 * Standing approvals: an officer approves a transaction template for a recipient in advance, for a time; each use is
 * registered and meets the freeze like any other (domain.md section 4). Must not know: storage, surfaces, the clock.
 */
import { z } from 'zod';
import { addDays } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { sameWords } from '../../vocabulary/spelling.js';
import { CATEGORIES, type Category, type Day, type Person } from '../../vocabulary/values.js';
import { amongThem, type SamePerson } from '../people.js';
import { type Decision, done, no, type Refusal, refused } from '../refusal.js';
import { NO_EVIDENCE, type Terms } from './disclosure.js';
import { sensitiveRefusal, templateRefusal } from './limits.js';

// Branding only: the shape was checked when the entry was written.
const day = z.iso.date().transform((text) => text as Day);
const person = z.string().transform((text) => text as Person);

export const standingEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('standing_given'),
    number: z.number().int(),
    recipient: z.string(),
    template: z.string(),
    categories: z.array(z.enum(CATEGORIES)),
    from: day,
    /** The last day on which it counts. */
    until: day,
    by: person,
  }),
  /** Taken back; what it approved and is not sent is void. */
  z.strictObject({
    type: z.literal('standing_revoked'),
    number: z.number().int(),
    on: day,
    by: person,
    reason: z.string(),
  }),
]);
export type StandingEvent = z.infer<typeof standingEvent>;
type Given = Extract<StandingEvent, { type: 'standing_given' }>;
export type Standing = Readonly<Omit<Given, 'type' | 'categories'>> & {
  readonly categories: readonly Category[];
};
/** With what became of it. */
export type KnownStanding = Standing & {
  readonly revoked: { readonly on: Day; readonly by: Person; readonly reason: string } | null;
};

export function applyStanding(
  given: readonly KnownStanding[],
  event: StandingEvent,
): readonly KnownStanding[] {
  switch (event.type) {
    case 'standing_given': {
      const { type: _type, ...standing } = event;
      return [...given, { ...standing, revoked: null }];
    }
    case 'standing_revoked': {
      const { on, by, reason } = event;
      return given.map((one) =>
        one.number === event.number ? { ...one, revoked: { on, by, reason } } : one,
      );
    }
    default:
      return event satisfies never;
  }
}

/** The last day on which it counts: none of the day on which it was revoked. */
export const lastDayOf = ({ until, revoked }: KnownStanding): Day => {
  const before = revoked === null ? until : addDays(revoked.on, -1);
  return before < until ? before : until;
};

/** Taken back at any time, with a reason. */
export function decideRevoke(
  standing: KnownStanding,
  reason: string,
  { by, today }: { readonly by: Person; readonly today: Day },
): Decision<StandingEvent> {
  const { number, revoked } = standing;
  if (revoked !== null)
    return refused(
      no('wrong-state', 'standing-revoked-already', null, { number, by: revoked.by, on: revoked.on }),
    );
  return done({ type: 'standing_revoked', number, on: today, by, reason });
}

/** The officer's word in advance: within a template, for at most the pack's days; the first day is not counted. */
export function decideStanding(
  input: {
    readonly recipient: string;
    readonly template: string;
    readonly categories: readonly Category[];
    readonly days: number;
  },
  facts: { readonly number: number; readonly by: Person; readonly today: Day; readonly pack: Pack },
): Decision<StandingEvent> {
  const { pack, today, number, by } = facts;
  const { recipient, template, categories, days } = input;
  const refusal = sensitiveRefusal(categories, 'transaction', pack) ?? beyond(template, categories, pack);
  if (refusal !== null) return refused(refusal);
  const most = pack.disclosures.standingDays;
  if (days > most)
    return refused(
      no('standing-too-long', 'standing-too-long', pack.disclosures.bases.transaction.clause, { days, most }),
    );
  return done({
    type: 'standing_given',
    number,
    recipient,
    template,
    categories: [...categories],
    from: today,
    until: addDays(today, days),
    by,
  });
}

function beyond(template: string, categories: readonly Category[], pack: Pack): Refusal | null {
  const evidence = { ...NO_EVIDENCE, template };
  return templateRefusal(
    { recipient: '', purpose: null, categories, basis: 'transaction', evidence, withhold: null },
    pack,
  );
}

/**
 * The standing approval these terms may be approved under today, the latest first; never one of somebody who asked, nor
 * of somebody who may decide no more.
 */
export function standingFor(
  terms: Terms,
  standings: readonly Standing[],
  facts: {
    readonly today: Day;
    readonly askers: readonly Person[];
    readonly mayDecide: (person: Person) => boolean;
    readonly same: SamePerson;
  },
): Standing | null {
  if (terms.basis !== 'transaction') return null;
  const fits = standings.filter(
    (one) =>
      sameWords(one.recipient, terms.recipient) &&
      one.template === terms.evidence.template &&
      terms.categories.every((category) => one.categories.includes(category)) &&
      one.from <= facts.today &&
      facts.today <= one.until &&
      !amongThem(facts.same, facts.askers, one.by) &&
      facts.mayDecide(one.by),
  );
  return fits.at(-1) ?? null;
}
