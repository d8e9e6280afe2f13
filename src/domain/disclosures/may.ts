/**
 * "Would it be allowed, and if not, why?": the same rules as asking, before there is anything to ask, and nothing is
 * recorded (commands.md, `may`). Pure. Must not know: storage, surfaces.
 */
import type { Pack } from '../../policy/schema.js';
import { sameWords } from '../../vocabulary/spelling.js';
import type { Category, Instant, LegalBasis } from '../../vocabulary/values.js';
import { type FrozenCase, freezeFor, type Hold } from '../freeze.js';
import { no, type Refusal } from '../refusal.js';
import { type Consent, liveCategories, withdrawingCases } from './consent.js';
import type { EvidenceField } from './disclosure.js';
import { sensitiveRefusal } from './limits.js';

export type Question = {
  readonly recipient: string;
  readonly categories: readonly Category[];
  readonly basis: LegalBasis;
};

/** What asking would need: a fitting consent, an order and a template, or the evidence of a law. */
export type Needs =
  | { readonly basis: 'consent'; readonly consents: readonly string[] }
  | { readonly basis: 'transaction'; readonly templates: readonly string[] }
  | { readonly basis: 'required_by_law'; readonly evidence: readonly EvidenceField[] };

export type MayAnswer = {
  readonly allowed: boolean;
  /** Why not; empty when allowed. */
  readonly reasons: readonly Refusal[];
  /** Freezes that only an officer's decision passes. */
  readonly passable: readonly Hold[];
  readonly needs: Needs;
  readonly clause: string;
};

export function mayDisclose(
  question: Question,
  facts: {
    readonly cases: readonly FrozenCase[];
    readonly consents: readonly Consent[];
    readonly now: Instant;
  },
  pack: Pack,
): MayAnswer {
  const { basis, categories } = question;
  const rule = pack.disclosures.bases[basis];
  const fitting = basis === 'consent' ? covering(question, facts.consents) : [];
  const says = bestFreeze(question, facts.cases, fitting);
  const sensitive = sensitiveRefusal(categories, basis, pack);
  const reasons = [
    ...says.blocked.map((hold) => no('frozen', 'data-frozen', hold.clause, { hold })),
    ...(sensitive === null ? [] : [sensitive]),
    ...(basis === 'transaction' && sensitive === null ? beyondTemplates(categories, pack) : []),
    ...(basis === 'consent' && fitting.length === 0 ? [noConsent(question, facts.consents, pack)] : []),
  ];
  return {
    allowed: reasons.length === 0,
    reasons,
    passable: says.officer,
    needs: needsOf(question, fitting, pack),
    clause: rule.clause,
  };
}

/** On consent, the freeze is what it says to the consent that fares best: a newer one may count. */
function bestFreeze(
  { categories, basis }: Question,
  cases: readonly FrozenCase[],
  fitting: readonly Consent[],
): { readonly blocked: readonly Hold[]; readonly officer: readonly Hold[] } {
  const answers =
    fitting.length === 0
      ? [freezeFor(cases, categories, basis)]
      : fitting.map(({ ref, grantedAt }) => freezeFor(cases, categories, basis, grantedAt, ref));
  const [first = { blocked: [], officer: [] }] = answers.sort(
    (one, other) => one.blocked.length - other.blocked.length || one.officer.length - other.officer.length,
  );
  return first;
}

function covering({ recipient, categories }: Question, consents: readonly Consent[]): readonly Consent[] {
  return consents.filter((one) => {
    const live = liveCategories(one);
    const whom = one.recipient === null || sameWords(one.recipient, recipient);
    return whom && categories.every((category) => live.includes(category));
  });
}

function noConsent({ recipient }: Question, consents: readonly Consent[], pack: Pack): Refusal {
  const whom = consents.filter((one) => one.recipient === null || sameWords(one.recipient, recipient));
  const withdrawn = whom.find((one) => one.withdrawals.length > 0);
  if (withdrawn !== undefined)
    return no('consent-not-valid', 'consent-withdrawn', pack.requests.consent_withdrawal.clause, {
      consent: withdrawn.ref,
      cases: withdrawingCases(withdrawn.withdrawals),
    });
  const { clause } = pack.disclosures.bases.consent;
  if (whom.length === 0) return no('consent-not-valid', 'no-consent-for-recipient', clause, {});
  return no('consent-not-valid', 'no-consent-for-all', clause, {
    consents: whom.map(({ ref, categories }) => ({ ref, categories })),
  });
}

/** The templates of the policy that allow all of it. */
const templatesFor = (categories: readonly Category[], pack: Pack): readonly string[] =>
  Object.entries(pack.disclosures.templates)
    .filter(([, one]) => categories.every((category) => one.categories.includes(category)))
    .map(([name]) => name);

function beyondTemplates(categories: readonly Category[], pack: Pack): readonly Refusal[] {
  if (templatesFor(categories, pack).length > 0) return [];
  const templates = Object.entries(pack.disclosures.templates).map(([name, one]) => ({
    name,
    categories: one.categories,
  }));
  const { clause } = pack.disclosures.bases.transaction;
  return [no('beyond-template', 'beyond-every-template', clause, { templates })];
}

function needsOf({ categories, basis }: Question, fitting: readonly Consent[], pack: Pack): Needs {
  switch (basis) {
    case 'consent':
      return { basis, consents: fitting.map(({ ref }) => ref) };
    case 'transaction':
      return { basis, templates: templatesFor(categories, pack) };
    case 'required_by_law':
      return { basis, evidence: pack.disclosures.bases.required_by_law.evidence };
    default:
      return basis satisfies never;
  }
}
