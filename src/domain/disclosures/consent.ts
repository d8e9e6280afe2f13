/**
 * The consent register (P-1.4, P-2.1, P-3.3): recording a consent, what is left of it after withdrawals, and whether it
 * covers a disclosure, with the reason when it does not. Must not know: storage, surfaces, the clock.
 */
import { z } from 'zod';
import { compareInstants } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { sameWords } from '../../vocabulary/spelling.js';
import type { Actor, Category, Instant, SubjectId } from '../../vocabulary/values.js';
import { CATEGORIES } from '../../vocabulary/values.js';
import { type FrozenCase, withdrawalsOver } from '../freeze.js';
import { type Decision, done, no, type Refusal, refused } from '../refusal.js';

// Branding only: the shapes were checked when the entry was written, and its hash vouches for them since.
const instant = z.string().transform((text) => text as Instant);
const subjectId = z.string().transform((text) => text as SubjectId);
const categories = z.array(z.enum(CATEGORIES));

export const consentEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('consent_recorded'),
    ref: z.string(),
    subjectId,
    recipient: z.string().nullable(),
    categories,
    grantedAt: instant,
    personal: z.strictObject({ reference: z.string(), purpose: z.string(), evidence: z.string() }).nullable(),
  }),
  /** By a withdrawal request, from its logging on (P-3.3). */
  z.strictObject({ type: z.literal('consent_withdrawn'), case: z.string(), categories }),
  /** That request came to nothing: nobody proved to be the customer, or it was not the customer's wish. */
  z.strictObject({ type: z.literal('consent_restored'), case: z.string() }),
]);
export type ConsentEvent = z.infer<typeof consentEvent>;

export type Consent = {
  readonly ref: string;
  readonly subjectId: SubjectId;
  readonly reference: string | null;
  /** Null: none was named, so it speaks for any recipient of its purpose. */
  readonly recipient: string | null;
  readonly purpose: string | null;
  readonly evidence: string | null;
  readonly categories: readonly Category[];
  readonly grantedAt: Instant;
  readonly recordedAt: Instant;
  readonly recordedBy: Actor;
  readonly withdrawals: readonly {
    readonly case: string;
    readonly at: Instant;
    readonly categories: readonly Category[];
  }[];
  readonly version: number;
};

export type StampedConsent = {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly event: ConsentEvent;
};

/** Replays a stream. Throws when it does not begin with `consent_recorded`: then it is no consent's stream. */
export function consentFrom(events: readonly StampedConsent[]): Consent {
  const [first, ...rest] = events;
  if (first?.event.type !== 'consent_recorded')
    throw new Error('a consent stream begins with consent_recorded');
  const { ref, subjectId: subject, recipient, categories: given, grantedAt, personal } = first.event;
  const begun: Consent = {
    ref,
    subjectId: subject,
    reference: personal?.reference ?? null,
    recipient,
    purpose: personal?.purpose ?? null,
    evidence: personal?.evidence ?? null,
    categories: given,
    grantedAt,
    recordedAt: first.at,
    recordedBy: first.actor,
    withdrawals: [],
    version: first.seq,
  };
  return rest.reduce(applyConsent, begun);
}

export function applyConsent(consent: Consent, { event, at, seq }: StampedConsent): Consent {
  switch (event.type) {
    case 'consent_recorded':
      throw new Error(`${consent.ref} was recorded twice`);
    case 'consent_withdrawn': {
      const withdrawal = { case: event.case, at, categories: event.categories };
      return { ...consent, withdrawals: [...consent.withdrawals, withdrawal], version: seq };
    }
    case 'consent_restored':
      return {
        ...consent,
        withdrawals: consent.withdrawals.filter((one) => one.case !== event.case),
        version: seq,
      };
    default:
      return event satisfies never;
  }
}

/** What the consent still gives; withdrawals of `except` are left out of account. */
export function liveCategories(consent: Consent, except: readonly string[] = []): readonly Category[] {
  const gone = consent.withdrawals.filter((one) => !except.includes(one.case));
  return consent.categories.filter((category) => !gone.some((one) => one.categories.includes(category)));
}

/** Recording: given in the past, with evidence of it. One that is older than a withdrawal is withdrawn from the start. */
export function decideConsent(
  input: {
    readonly recipient: string | null;
    readonly purpose: string;
    readonly categories: readonly Category[];
    readonly grantedAt: Instant;
    readonly evidence: string;
  },
  facts: {
    readonly ref: string;
    readonly subjectId: SubjectId;
    readonly customer: string;
    /** The customer's cases, as far as they can freeze anything. */
    readonly cases: readonly FrozenCase[];
  },
  { now, pack }: { readonly now: Instant; readonly pack: Pack },
): Decision<ConsentEvent> {
  const late = grantedRefusal(input.grantedAt, now, pack);
  if (late !== null) return refused(late);
  const withdrawals = withdrawalsOver(facts.cases, input).map(
    (one): ConsentEvent => ({ type: 'consent_withdrawn', case: one.case, categories: [...one.categories] }),
  );
  const recorded: ConsentEvent = {
    type: 'consent_recorded',
    ref: facts.ref,
    subjectId: facts.subjectId,
    recipient: input.recipient,
    categories: [...input.categories],
    grantedAt: input.grantedAt,
    personal: { reference: facts.customer.trim(), purpose: input.purpose, evidence: input.evidence },
  };
  return done(recorded, ...withdrawals);
}

export function grantedRefusal(grantedAt: Instant, now: Instant, pack: Pack): Refusal | null {
  if (compareInstants(grantedAt, now) <= 0) return null;
  return no('future', 'consent-in-future', pack.disclosures.bases.consent.clause, {});
}

/** What a withdrawal of this scope takes from a consent: what of it was ever given (P-3.3). */
export function withdrawnBy(consent: Consent, scope: readonly Category[]): readonly Category[] {
  return consent.categories.filter((category) => scope.includes(category));
}

/**
 * Why a consent does not cover a disclosure, or null when it does: another customer's, another recipient or purpose, a
 * category it does not name, given after the fact, withdrawn. `except`: withdrawals the freeze speaks for.
 */
export function coverRefusal(
  consent: Consent,
  wanted: {
    readonly subjectId: SubjectId | null;
    readonly recipient: string;
    readonly purpose: string | null;
    readonly categories: readonly Category[];
    readonly now: Instant;
  },
  pack: Pack,
  except: readonly string[] = [],
): Refusal | null {
  const { clause } = pack.disclosures.bases.consent;
  const { ref, recipient } = consent;
  const about = { consent: ref };
  if (consent.subjectId !== wanted.subjectId)
    return no('consent-not-valid', 'consent-of-another', clause, about);
  if (recipient !== null && !sameWords(recipient, wanted.recipient))
    return no('consent-not-valid', 'consent-for-another-recipient', clause, {
      ...about,
      given: recipient,
      wanted: wanted.recipient,
    });
  if (consent.purpose === null || wanted.purpose === null || !sameWords(consent.purpose, wanted.purpose))
    return no('consent-not-valid', 'consent-for-another-purpose', clause, about);
  const outside = wanted.categories.filter((category) => !consent.categories.includes(category));
  if (outside.length > 0)
    return no('consent-not-valid', 'consent-for-less', clause, {
      ...about,
      outside,
      covers: consent.categories,
    });
  if (compareInstants(consent.grantedAt, wanted.now) > 0)
    return no('consent-not-valid', 'consent-given-later', clause, about);
  const live = liveCategories(consent, except);
  const gone = wanted.categories.filter((category) => !live.includes(category));
  if (gone.length === 0) return null;
  const by = consent.withdrawals.filter(
    (one) => !except.includes(one.case) && one.categories.some((each) => gone.includes(each)),
  );
  return no('consent-not-valid', 'consent-withdrawn-for', pack.requests.consent_withdrawal.clause, {
    ...about,
    categories: gone,
    cases: withdrawingCases(by),
  });
}

/** The cases behind these withdrawals, each once. */
export const withdrawingCases = (withdrawals: Consent['withdrawals']): readonly string[] => [
  ...new Set(withdrawals.map((one) => one.case)),
];
