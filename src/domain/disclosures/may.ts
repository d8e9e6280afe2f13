/**
 * "Would it be allowed, and if not, why?": the same rules as asking, before there is anything to ask, and nothing is
 * recorded (commands.md, `may`). Pure. Must not know: storage, surfaces.
 */
import type { Pack } from '../../policy/schema.js';
import type { RefusalCode } from '../../vocabulary/refusals.js';
import { sameWords } from '../../vocabulary/spelling.js';
import type { Category, Instant, LegalBasis } from '../../vocabulary/values.js';
import { type FrozenCase, freezeFor, type Hold } from '../freeze.js';
import { type Consent, liveCategories } from './consent.js';
import { sensitiveRefusal } from './limits.js';
import { holdWords } from './terms.js';

export type Question = {
  readonly recipient: string;
  readonly categories: readonly Category[];
  readonly basis: LegalBasis;
};

export type MayAnswer = {
  readonly allowed: boolean;
  /** Why not; empty when allowed. */
  readonly reasons: readonly {
    readonly code: RefusalCode;
    readonly says: string;
    readonly clause: string;
  }[];
  /** What an officer would be shown, or must see to. */
  readonly notes: readonly string[];
  /** What asking would need. */
  readonly needs: string;
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
    ...says.blocked.map((hold) => ({
      code: 'frozen' as const,
      says: `${hold.categories.join(', ')} ${hold.categories.length === 1 ? 'is' : 'are'} frozen by ${hold.case}${hold.note === null ? '' : `: ${hold.note}`}.`,
      clause: hold.clause,
    })),
    ...(sensitive === null
      ? []
      : [{ code: sensitive.code, says: sensitive.says, clause: pack.disclosures.sensitive.clause }]),
    ...(basis === 'transaction' && sensitive === null ? beyondTemplates(categories, pack) : []),
    ...(basis === 'consent' && fitting.length === 0 ? [noConsent(question, facts.consents, pack)] : []),
  ];
  return {
    allowed: reasons.length === 0,
    reasons,
    notes: says.officer.map(
      (hold) =>
        `${holdWords(hold)}, passed only by an officer’s decision${hold.note === null ? '' : `: ${hold.note}`}`,
    ),
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
  const dates = fitting.length === 0 ? [null] : fitting.map(({ grantedAt }) => grantedAt);
  const answers = dates.map((dated) => freezeFor(cases, categories, basis, dated));
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

function noConsent(
  { recipient }: Question,
  consents: readonly Consent[],
  pack: Pack,
): MayAnswer['reasons'][number] {
  const whom = consents.filter((one) => one.recipient === null || sameWords(one.recipient, recipient));
  const withdrawn = whom.find((one) => one.withdrawals.length > 0);
  const clause =
    withdrawn === undefined ? pack.disclosures.bases.consent.clause : pack.requests.consent_withdrawal.clause;
  const says =
    withdrawn !== undefined
      ? `The consent ${withdrawn.ref} was withdrawn by ${[...new Set(withdrawn.withdrawals.map((one) => one.case))].join(', ')}.`
      : whom.length === 0
        ? 'No consent for this recipient is on record.'
        : `No consent covers all of it: ${whom.map((one) => `${one.ref} covers ${one.categories.join(', ')}`).join('; ')}.`;
  return { code: 'consent-not-valid', says, clause };
}

function beyondTemplates(categories: readonly Category[], pack: Pack): MayAnswer['reasons'] {
  const templates = Object.entries(pack.disclosures.templates);
  if (templates.some(([, one]) => categories.every((category) => one.categories.includes(category))))
    return [];
  const offers = templates.map(([name, one]) => `${name}: ${one.categories.join(', ')}`).join('; ');
  return [
    {
      code: 'beyond-template',
      says: `No template of the policy allows all of it. ${offers}.`,
      clause: pack.disclosures.bases.transaction.clause,
    },
  ];
}

function needsOf({ categories, basis }: Question, fitting: readonly Consent[], pack: Pack): string {
  switch (basis) {
    case 'consent':
      return fitting.length === 0
        ? 'a consent for this recipient, its purpose and these categories, given in advance'
        : `${fitting.map(({ ref }) => ref).join(' or ')}, for the purpose it names`;
    case 'transaction': {
      const names = Object.entries(pack.disclosures.templates)
        .filter(([, one]) => categories.every((category) => one.categories.includes(category)))
        .map(([name]) => name);
      return `the order, and the template ${names.length === 0 ? 'that allows it' : names.join(' or ')}`;
    }
    case 'required_by_law':
      return pack.disclosures.bases.required_by_law.evidence.join(', ');
    default:
      return basis satisfies never;
  }
}
