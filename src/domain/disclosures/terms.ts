/**
 * Whether what is asked may be given at all: the basis and its evidence, the templates, sensitive data, the consent, and
 * what the freeze says (domain.md P-1.6, P-2.1 to P-2.3, section 3). Checked when asked, decided, sent, and by `may`.
 * Must not know: storage, surfaces, the clock.
 */
import { compareInstants, dayOf, startOfDay } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import type { Actor, Day, Instant, Person, SubjectId } from '../../vocabulary/values.js';
import { type FreezeSays, type FrozenCase, freezeFor, type Hold, newerCounts } from '../freeze.js';
import type { SamePerson } from '../people.js';
import { no, type Refusal } from '../refusal.js';
import { type Consent, coverRefusal } from './consent.js';
import type { Terms } from './disclosure.js';
import { sensitiveRefusal, templateRefusal } from './limits.js';
import type { Standing } from './standing.js';

/** Everything a decider may look at beside the state. */
export type DisclosureFacts = {
  readonly now: Instant;
  /** The civil day of `now` in the pack's zone. */
  readonly today: Day;
  readonly actor: Actor & { readonly person: Person };
  /** The pack the disclosure pinned. */
  readonly pack: Pack;
  /** Null: a customer the desk has never met. */
  readonly subjectId: SubjectId | null;
  /** The customer's cases, as far as they can freeze anything. */
  readonly cases: readonly FrozenCase[];
  /** The consent relied on; null when none is, or there is none of that number. */
  readonly consent: Consent | null;
  readonly standings: readonly Standing[];
  /** Whether this person may decide disclosures now. */
  readonly mayDecide: (person: Person) => boolean;
  /** Whether two names are one human's. */
  readonly same: SamePerson;
};

export type ConsentFacts = Pick<DisclosureFacts, 'now' | 'pack' | 'subjectId' | 'consent'>;
export type FreezeFacts = Pick<DisclosureFacts, 'now' | 'pack' | 'cases' | 'consent'>;

/** The clause of a basis; for a transaction that of its template. */
export function clauseOf(terms: Pick<Terms, 'basis' | 'evidence'>, pack: Pack): string {
  const template =
    terms.basis === 'transaction' ? pack.disclosures.templates[terms.evidence.template ?? ''] : null;
  return template?.clause ?? pack.disclosures.bases[terms.basis].clause;
}

/**
 * Everything but the freeze, in order: evidence, sensitive data, the template's list, the consent. A withdrawal whose case
 * still freezes is the freeze's to speak of: it may yet come to nothing.
 */
export function termsRefusal(terms: Terms, facts: DisclosureFacts): Refusal | null {
  const { pack } = facts;
  return (
    evidenceRefusal(terms, pack) ??
    sensitiveRefusal(terms.categories, terms.basis, pack) ??
    templateRefusal(terms, pack) ??
    consentRefusal(terms, facts, pendingWithdrawals(facts))
  );
}

/** The same with every withdrawal counted: after the freeze had nothing to say. */
export function liveRefusal(terms: Terms, facts: ConsentFacts): Refusal | null {
  return consentRefusal(terms, facts, []);
}

const pendingWithdrawals = ({ cases }: DisclosureFacts): readonly string[] =>
  cases.filter(({ freeze }) => freeze === 'active').map(({ ref }) => ref);

function evidenceRefusal({ basis, evidence, withhold }: Terms, pack: Pack): Refusal | null {
  const rule = pack.disclosures.bases[basis];
  const missing = rule.evidence.filter((field) => evidence[field] === null);
  if (missing.length > 0)
    return no('evidence-missing', 'basis-evidence-missing', rule.clause, {
      basis,
      missing,
      means: rule.means,
    });
  if (withhold !== null && basis !== 'required_by_law')
    return no('invalid-value', 'withhold-without-law', pack.disclosures.bases.required_by_law.clause, {});
  return null;
}

function consentRefusal(terms: Terms, facts: ConsentFacts, except: readonly string[]): Refusal | null {
  if (terms.basis !== 'consent') return null;
  const { consent, pack, subjectId, now } = facts;
  if (consent === null)
    return no('consent-not-valid', 'no-such-consent', pack.disclosures.bases.consent.clause, {
      consent: terms.evidence.consent ?? '',
    });
  const { recipient, purpose, categories } = terms;
  return coverRefusal(consent, { subjectId, recipient, purpose, categories, now }, pack, except);
}

/** When the consent was given or the order made, as far as that is known: `order:2026-12-20/SO-991` says so. */
export function datedOf({ basis, evidence }: Terms, consent: Consent | null, zone: string): Instant | null {
  if (basis === 'consent') return consent?.grantedAt ?? null;
  const date = /^(\d{4}-\d{2}-\d{2})(?:\/|$)/.exec(evidence.order ?? '')?.[1];
  if (basis !== 'transaction' || date === undefined) return null;
  try {
    return startOfDay(dayOf(date), zone);
  } catch {
    // No date after all: then it is an order number that looks like one.
    return null;
  }
}

/** What the freeze says to these terms; an order dated in the future is no newer than anything. */
export function freezeOn(terms: Terms, { cases, consent, pack, now }: FreezeFacts): FreezeSays {
  const dated = datedOf(terms, consent, pack.zone);
  const past = dated !== null && compareInstants(dated, now) <= 0 ? dated : null;
  return freezeFor(cases, terms.categories, terms.basis, past, terms.evidence.consent);
}

/** The answer to a disclosure that meets a freeze: the categories, the case and the clause. */
export function frozenRefusal(
  ref: string,
  { categories, basis }: Terms,
  holds: readonly Hold[],
  { cases }: Pick<DisclosureFacts, 'cases'>,
): Refusal {
  const frozen = new Set(holds.flatMap((hold) => hold.categories));
  const holding = cases.filter((one) => holds.some((hold) => hold.case === one.ref));
  const isOpen = (hold: Hold): boolean =>
    holding.some((one) => one.ref === hold.case && one.freeze === 'active');
  return no('frozen', 'disclosure-frozen', holds[0]?.clause ?? null, {
    ref,
    holds,
    free: categories.filter((category) => !frozen.has(category)),
    mayLift: holds.every(isOpen),
    newerCounts: basis === 'transaction' && newerCounts(holding, [...frozen], basis),
  });
}
