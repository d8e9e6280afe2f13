/**
 * The guards of a proposal: checklist, grounds, name and account id, retention, explanation and consent (domain.md section 3).
 * Checked when it is proposed and again when the officer clicks. Must not know: events, storage, the clock.
 */
import type { RequestRule } from '../../policy/schema.js';
import type { Category, Day, Person } from '../../vocabulary/values.js';
import { no, type Refusal } from '../refusal.js';
import type { ProposedOutcome } from './events.js';
import type { Circumstances } from './handling.js';
import type { PrivacyRequest, Proposal, Retention } from './request.js';
import { groundRule, groundsFor, typeRules } from './rules.js';

export type ProposeInput = {
  readonly outcome: ProposedOutcome;
  readonly ground: string | null;
  readonly law: string | null;
  readonly until: Day | null;
  readonly facts: string | null;
  readonly evidence: string | null;
  readonly nameEvidence: string | null;
};

export type Terms = Omit<ProposeInput, 'nameEvidence'>;

/** A reopened case explains and agrees anew what it keeps. */
const ofThisRound =
  (request: PrivacyRequest) =>
  (retention: Retention): boolean =>
    !retention.ended && retention.round === request.round;

/** Whose work a proposal is: who proposed it, and who recorded what it keeps. None of them rules on it. */
export const proposersOf = (request: PrivacyRequest, proposal: Proposal): readonly (Person | null)[] => [
  proposal.by.person,
  ...request.retentions.filter(ofThisRound(request)).map(({ by }) => by.person),
];

/** Fields of a ground that `retain` already recorded need not be typed again. */
export function withRetention(request: PrivacyRequest, terms: Terms): Terms {
  const kept = request.retentions.find(ofThisRound(request));
  if (kept === undefined) return terms;
  return { ...terms, law: terms.law ?? kept.law, until: terms.until ?? kept.until };
}

function fieldsMissing(
  request: PrivacyRequest,
  terms: Terms,
  requires: readonly string[],
): readonly string[] {
  const kept = request.retentions.filter(ofThisRound(request));
  const given: Readonly<Record<string, boolean>> = {
    law: terms.law !== null,
    terms: terms.law !== null,
    until: terms.until !== null,
    facts: terms.facts !== null,
    evidence: terms.evidence !== null,
    explained: kept.some(({ explained }) => explained !== null),
    consent: kept.some(({ consent }) => consent !== null),
  };
  return requires.filter((field) => given[field] !== true);
}

/** Whether a ground, with its fields, may carry this outcome for this type (closed lists of the pack). */
export function groundRefusal(
  request: PrivacyRequest,
  terms: Terms,
  outcome: 'refused' | 'partially_fulfilled',
  { pack }: Pick<Circumstances, 'pack'>,
  /** Fields that the command at hand takes in its `reason`. */
  inReason: readonly string[] = [],
): Refusal | null {
  const { ref, type } = request;
  const { clause } = typeRules(pack, type);
  const grounds = groundsFor(pack, type).map(({ code }) => code);
  if (terms.ground === null)
    return no('ground-field-missing', 'ground-missing', clause, { type, outcome, grounds });
  const rule = groundRule(pack, type, terms.ground);
  if (rule === null)
    return no('ground-not-allowed', 'ground-unknown', clause, { ground: terms.ground, type, grounds });
  const ground = rule.code;
  if (!rule.outcomes.includes(outcome))
    return outcome === 'refused'
      ? no('never-refused', 'never-plainly-refused', rule.clause, { ref, ground, type })
      : no('ground-not-allowed', 'ground-gives-no-part', rule.clause, { ref, ground });
  const missing = fieldsMissing(request, terms, rule.fields);
  if (missing.length === 0) return null;
  return no('ground-field-missing', 'ground-fields-missing', rule.clause, {
    ref,
    ground,
    missing,
    inReason: inReason.filter((field) => missing.includes(field)),
    requires: pack.retention.requires,
  });
}

/** Guards of a proposal, in the order of domain.md's table; checked again when the officer clicks. */
export function proposalRefusal(
  request: PrivacyRequest,
  input: ProposeInput,
  circumstances: Circumstances,
): Refusal | null {
  const { pack } = circumstances;
  const rules = typeRules(pack, request.type);
  const terms = withRetention(request, input);
  const checklistClause = pack.rules?.checklist?.clause ?? null;
  const open = unanswered(request);
  if (open.length > 0) {
    const facts = { ref: request.ref, open, of: request.scope.length };
    return no('checklist-incomplete', 'categories-open', checklistClause, facts);
  }
  if (input.outcome === 'refused') return groundRefusal(request, terms, 'refused', circumstances);
  const answers = (result: string) =>
    request.scope.filter((category) => request.checklist[category]?.result === result);
  const held = [...answers('done'), ...answers('retained')];
  if (input.outcome === 'no_data_held') {
    if (held.length > 0)
      return no('checklist-incomplete', 'data-held', checklistClause, { ref: request.ref, held });
    return null;
  }
  if (input.outcome === 'partially_fulfilled') {
    const refusal = groundRefusal(request, terms, 'partially_fulfilled', circumstances);
    if (refusal !== null) return refusal;
  }
  return neverOrEvidenced(request, input, rules) ?? retainedRefusal(request, input, circumstances);
}

/** P-3.1b: the account id is never corrected, the name only with evidence of the legal change. */
function neverOrEvidenced(request: PrivacyRequest, input: ProposeInput, rules: RequestRule): Refusal | null {
  const claims = (category: Category, ground: string): boolean => {
    const result = request.scope.includes(category) ? request.checklist[category]?.result : undefined;
    return result === 'done'
      ? input.ground !== ground
      : result === 'retained' && input.outcome === 'fulfilled';
  };
  for (const { category, ground, clause } of rules.never)
    if (claims(category, ground))
      return no('id-not-correctable', 'never-corrected', clause, { ref: request.ref, category, ground });
  const evidence = { name_evidence: input.nameEvidence };
  for (const { category, ground, clause, field } of rules.evidenced)
    if (claims(category, ground) && evidence[field] === null)
      return no('name-change-not-evidenced', 'change-not-evidenced', clause, {
        ref: request.ref,
        category,
        ground,
        field,
      });
  return null;
}

/** Everything marked `retained` needs a retention, unless the ground itself names the category (clause 4.2). */
function retainedRefusal(
  request: PrivacyRequest,
  input: ProposeInput,
  { pack }: Circumstances,
): Refusal | null {
  const retained = request.scope.filter((category) => request.checklist[category]?.result === 'retained');
  const ground = input.ground === null ? null : groundRule(pack, request.type, input.ground);
  const speaksFor = typeRules(pack, request.type).freeze.retained === null ? request.scope : [];
  const byGround = ground === null ? [] : ground.covers === 'all' ? speaksFor : ground.covers;
  const byRetention = request.retentions
    .filter(ofThisRound(request))
    .flatMap((retention) => retention.categories);
  const uncovered = retained.filter(
    (category) => !byRetention.includes(category) && !byGround.includes(category),
  );
  const { ref } = request;
  const { clause, requires } = pack.retention;
  if (uncovered.length > 0)
    return no('retention-not-covered', 'retention-missing', clause, { ref, uncovered, requires });
  if (input.outcome === 'fulfilled' && retained.length > 0)
    return no('checklist-incomplete', 'kept-so-partial', clause, { ref, kept: retained });
  return null;
}

function unanswered(request: PrivacyRequest): readonly Category[] {
  return request.needsChecklist
    ? request.scope.filter((category) => request.checklist[category] === undefined)
    : [];
}
