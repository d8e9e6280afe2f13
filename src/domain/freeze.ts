/**
 * What the freeze says to a disclosure: the one place that reads the matrix of domain.md section 3, used by request,
 * decide, sent, may and standing approvals alike. Must not know: disclosures, consents, the clock, storage.
 */
import { addDays, civilDay, compareInstants, startOfDay } from '../policy/calendar.js';
import type { Pack, RequestRule } from '../policy/schema.js';
import type { Category, Instant, LegalBasis, RequestType } from '../vocabulary/values.js';
import type { FreezeState } from './requests/events.js';
import { type PrivacyRequest, retainedCategories } from './requests/request.js';
import { typeRules } from './requests/rules.js';

/** A case as far as its freeze goes, under the pack it pinned. */
export type FrozenCase = {
  readonly ref: string;
  readonly type: RequestType;
  readonly scope: readonly Category[];
  /** Kept under a retention that has not ended: usable by law only. */
  readonly retained: readonly Category[];
  readonly freeze: FreezeState;
  /** Consents the customer named to withdraw those alone; null: the basis as such. */
  readonly named: readonly string[] | null;
  readonly receivedAt: Instant;
  /** When it was carried out; null while it was not. */
  readonly completedAt: Instant | null;
  readonly rules: RequestRule;
  /** Of the pack it pinned: where its days begin and end. */
  readonly zone: string;
};

/** One case's word on some of the categories asked for. */
export type Hold = {
  readonly case: string;
  readonly type: RequestType;
  readonly categories: readonly Category[];
  readonly clause: string;
  readonly note: string | null;
};

/** `officer`: not in the way, but only by an officer's own decision, who is shown the note. Both empty: free. */
export type FreezeSays = { readonly blocked: readonly Hold[]; readonly officer: readonly Hold[] };

export function frozenCaseOf(request: PrivacyRequest, completedAt: Instant | null, pack: Pack): FrozenCase {
  return {
    ref: request.ref,
    type: request.type,
    scope: request.scope,
    retained: retainedCategories(request),
    freeze: request.freeze,
    named: request.named,
    receivedAt: request.receivedAt,
    completedAt,
    rules: typeRules(pack, request.type),
    zone: pack.zone,
  };
}

/** Whether a case in this state can still say anything to a disclosure. */
export const stillFreezes = (freeze: FreezeState): boolean => freeze !== 'none' && freeze !== 'lifted';

/**
 * What the cases of one customer say to these categories on this basis. `dated`: the moment of the consent or order
 * relied on, which after an erasure or a withdrawal must be newer than it; null when there is none or it is not dated.
 * `consent`: the one relied on.
 */
export function freezeFor(
  cases: readonly FrozenCase[],
  categories: readonly Category[],
  basis: LegalBasis,
  dated: Instant | null = null,
  consent: string | null = null,
): FreezeSays {
  const blocked: Hold[] = [];
  const officer: Hold[] = [];
  for (const one of cases.filter((each) => !spares(each, basis, consent)))
    for (const { rule, affected } of rulesOf(one, categories, basis)) {
      const verdict = verdictOf(rule.rule, newer(one, dated));
      if (verdict === 'allowed') continue;
      const hold: Hold = {
        case: one.ref,
        type: one.type,
        categories: affected,
        clause: rule.clause,
        note: rule.note ?? null,
      };
      (verdict === 'blocked' ? blocked : officer).push(hold);
    }
  return { blocked, officer };
}

/** A withdrawal of named consents leaves the others what they were (P-3.3). */
const spares = ({ named }: FrozenCase, basis: LegalBasis, consent: string | null): boolean =>
  basis === 'consent' && named !== null && consent !== null && !named.includes(consent);

/** Whether a consent or an order dated after one of the cases would count where an older one does not. */
export function newerCounts(
  cases: readonly FrozenCase[],
  categories: readonly Category[],
  basis: LegalBasis,
): boolean {
  return cases.some((one) =>
    rulesOf(one, categories, basis).some(
      ({ rule }) => rule.rule === 'if_newer' || rule.rule === 'officer_if_newer',
    ),
  );
}

type Rule = NonNullable<RequestRule['freeze']['rest']>[LegalBasis];
type Affected = { readonly rule: Rule; readonly affected: readonly Category[] };

/** The rules that touch the categories asked for: of the open freeze, or of what is left of it. */
function rulesOf(
  { scope, retained, freeze, rules }: FrozenCase,
  categories: readonly Category[],
  basis: LegalBasis,
): readonly Affected[] {
  const inScope = categories.filter((category) => scope.includes(category));
  const parts: { readonly rule: Rule | undefined; readonly affected: readonly Category[] }[] = [];
  switch (freeze) {
    case 'none':
    case 'lifted':
      return [];
    case 'active':
      parts.push({ rule: rules.freeze.open[basis], affected: inScope });
      break;
    case 'erased':
    case 'objection':
    case 'consent_blocked':
    case 'storage_only': {
      const kept = freeze === 'storage_only' ? inScope : inScope.filter((one) => retained.includes(one));
      const rest = inScope.filter((one) => !kept.includes(one));
      parts.push({ rule: rules.freeze.retained?.[basis], affected: kept });
      parts.push({ rule: rules.freeze.rest?.[basis], affected: rest });
      break;
    }
    default:
      return freeze satisfies never;
  }
  return parts.flatMap(({ rule, affected }) =>
    rule === undefined || affected.length === 0 ? [] : [{ rule, affected }],
  );
}

/** A withdrawal counts from when the customer declared it; an erasure from when it was carried out. */
function newer(one: FrozenCase, dated: Instant | null): boolean {
  if (dated === null) return false;
  const { freeze, receivedAt, completedAt, zone } = one;
  if (freeze === 'consent_blocked' || completedAt === null) return isAfter(dated, receivedAt, zone);
  return compareInstants(dated, completedAt) > 0;
}

/**
 * Whether a consent or an order came after a declaration of the customer. One known only by its day, which is kept as the
 * first instant of that day, counts to the day's end: which of the two came first is not known (P-3.3).
 */
export function isAfter(dated: Instant, declared: Instant, zone: string): boolean {
  const day = civilDay(declared, zone);
  if (compareInstants(startOfDay(day, zone), declared) < 0) return compareInstants(dated, declared) > 0;
  return compareInstants(dated, startOfDay(addDays(day, 1), zone)) >= 0;
}

/** The withdrawals, open or carried out, that a consent given then is older than, with the categories each takes of it. */
export function withdrawalsOver(
  cases: readonly FrozenCase[],
  consent: { readonly categories: readonly Category[]; readonly grantedAt: Instant },
): readonly { readonly case: string; readonly categories: readonly Category[] }[] {
  return cases.flatMap((one) => {
    const taken = consent.categories.filter((category) => one.scope.includes(category));
    const covers =
      one.type === 'consent_withdrawal' && one.named === null && stillFreezes(one.freeze) && taken.length > 0;
    const older = !isAfter(consent.grantedAt, one.receivedAt, one.zone);
    return covers && older ? [{ case: one.ref, categories: taken }] : [];
  });
}

function verdictOf(rule: Rule['rule'], isNewer: boolean): 'allowed' | 'blocked' | 'officer' {
  switch (rule) {
    case 'allowed':
    case 'blocked':
      return rule;
    case 'officer_with_evidence':
      return 'officer';
    case 'if_newer':
      return isNewer ? 'allowed' : 'blocked';
    case 'officer_if_newer':
      return isNewer ? 'officer' : 'blocked';
    default:
      return rule satisfies never;
  }
}
