/**
 * The guards of a proposal: checklist, grounds, name and account id, retention, explanation and consent (domain.md section 3).
 * Checked when it is proposed and again when the officer clicks. Must not know: events, storage, the clock.
 */
import type { RequestRule } from '../../policy/schema.js';
import type { Category, Day } from '../../vocabulary/values.js';
import { inWords, type Refusal, type Worded } from '../refusal.js';
import type { ProposedOutcome, Told } from './events.js';
import type { Circumstances } from './handling.js';
import type { PrivacyRequest, Retention } from './request.js';
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

export const noInWords = (...reason: Parameters<typeof inWords>): Worded => inWords(...reason).refusal;
export const list = (items: readonly string[]): string => items.join(', ');

/** Explanation and customer consent, as clause 4.2 asks before anything is kept or day 30 passes. */
export function toldRefusal(
  what: string,
  told: { readonly explained: Told | null; readonly consent: Told | null },
  { today }: Circumstances,
): Refusal | null {
  const { explained, consent } = told;
  if (explained === null || consent === null) {
    const missing = [
      explained === null ? 'the explanation' : null,
      consent === null ? "the customer's consent" : null,
    ];
    return noInWords(
      'explanation-or-consent-missing',
      '4.2',
      `${what} needs ${missing.filter((part) => part !== null).join(' and ')}: clause 4.2 has it explained to the customer and done only with their consent.`,
      'Add explained:YYYY-MM-DD/reference consent:YYYY-MM-DD/reference.',
    );
  }
  if (explained.day > today)
    return noInWords('future', '4.2', `explained: ${explained.day} is in the future.`);
  if (consent.day > today) return noInWords('future', '4.2', `consent: ${consent.day} is in the future.`);
  if (consent.day < explained.day)
    return noInWords(
      'invalid-value',
      '4.2',
      `consent: ${consent.day} is before the explanation of ${explained.day}; the customer can only agree to what was explained.`,
    );
  return null;
}

/** A reopened case explains and agrees anew what it keeps. */
const ofThisRound =
  (request: PrivacyRequest) =>
  (retention: Retention): boolean =>
    !retention.ended && retention.round === request.round;

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
  const kept = request.retentions.some(ofThisRound(request));
  const given: Readonly<Record<string, boolean>> = {
    law: terms.law !== null,
    terms: terms.law !== null,
    until: terms.until !== null,
    facts: terms.facts !== null,
    evidence: terms.evidence !== null,
    explained: kept,
    consent: kept,
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
  const rules = typeRules(pack, request.type);
  if (terms.ground === null)
    return noInWords(
      'ground-field-missing',
      rules.clause,
      `A ${outcome === 'refused' ? 'refusal' : 'partial fulfilment'} needs a ground.`,
      `Grounds for ${request.type}: ${list(groundsFor(pack, request.type).map((ground) => ground.code))}.`,
    );
  const ground = groundRule(pack, request.type, terms.ground);
  if (ground === null)
    return noInWords(
      'ground-not-allowed',
      rules.clause,
      `${terms.ground} is no ground for a ${request.type} request; the policy's list is closed.`,
      `Grounds for ${request.type}: ${list(groundsFor(pack, request.type).map((each) => each.code))}.`,
    );
  if (!ground.outcomes.includes(outcome))
    return outcome === 'refused'
      ? noInWords(
          'never-refused',
          ground.clause,
          `A ${request.type} request is never plainly refused on ${ground.code}: it gives partial fulfilment or a later date.`,
          `Propose outcome:partially_fulfilled with /privacy retain, or extend.`,
        )
      : noInWords(
          'ground-not-allowed',
          ground.clause,
          `${ground.code} gives no partial fulfilment.`,
          'Propose outcome:inWords, or another ground.',
        );
  const missing = fieldsMissing(request, terms, ground.fields);
  if (missing.length > 0)
    return noInWords(
      'ground-field-missing',
      ground.clause,
      `${ground.code} needs ${list(missing)}.`,
      missing.some((field) => field === 'explained' || field === 'consent')
        ? `Record it with /privacy retain ${request.ref} …`
        : `Add ${missing.map((field) => `${inReason.includes(field) ? 'reason' : field}:…`).join(' ')}`,
    );
  return null;
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
  const open = unanswered(request);
  if (open.length > 0) return checklistRefusal(request, open);
  if (input.outcome === 'refused') return groundRefusal(request, terms, 'refused', circumstances);
  const answers = (result: string) =>
    request.scope.filter((category) => request.checklist[category]?.result === result);
  const held = [...answers('done'), ...answers('retained')];
  if (input.outcome === 'no_data_held') {
    if (held.length > 0)
      return noInWords(
        'checklist-incomplete',
        '1.5',
        `The checklist says data is held: ${list(held)}.`,
        'Check them none_held, or propose another outcome.',
      );
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
      return noInWords(
        'id-not-correctable',
        clause,
        `${category} may not be corrected.`,
        `Propose outcome:partially_fulfilled ground:${ground}, or outcome:refused when nothing else is asked.`,
      );
  for (const { category, ground, clause } of rules.evidenced)
    if (claims(category, ground) && input.nameEvidence === null)
      return noInWords(
        'name-change-not-evidenced',
        clause,
        `The ${category} is corrected only when it was legally changed, with a reference to the evidence.`,
        `Add name_evidence:… (a pointer into your own system), or use ground:${ground}.`,
      );
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
  const one = (items: readonly Category[]) => items.length === 1;
  if (uncovered.length > 0)
    return noInWords(
      'retention-not-covered',
      pack.retention.clause,
      `${list(uncovered)} ${one(uncovered) ? 'is' : 'are'} to be kept, but no retention covers ${one(uncovered) ? 'it' : 'them'}.`,
      `Record why: /privacy retain ${request.ref} categories:${uncovered.join(',')} law:… until:… explained:… consent:…`,
    );
  if (input.outcome === 'fulfilled' && retained.length > 0)
    return noInWords(
      'checklist-incomplete',
      pack.retention.clause,
      `${list(retained)} ${one(retained) ? 'stays' : 'stay'} with the company, so the request is only partly fulfilled.`,
      'Propose outcome:partially_fulfilled with its ground.',
    );
  return null;
}

function unanswered(request: PrivacyRequest): readonly Category[] {
  return request.needsChecklist
    ? request.scope.filter((category) => request.checklist[category] === undefined)
    : [];
}

function checklistRefusal(request: PrivacyRequest, open: readonly Category[]): Refusal {
  return noInWords(
    'checklist-incomplete',
    '1.5',
    `${open.length} of ${request.scope.length} categories ${open.length === 1 ? 'is' : 'are'} not checked yet: ${list(open)}.`,
    `Next: /privacy check ${request.ref} ${open.length === request.scope.length ? 'all' : open.join(',')} result:done`,
  );
}
