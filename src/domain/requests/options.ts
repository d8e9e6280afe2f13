/**
 * What could be done with a case now: tried on the deciders with every field filled in, so that an offer and its acceptance
 * never differ. Must not know: buttons, forms, wording.
 */
import { addDays } from '../../policy/calendar.js';
import type { Category } from '../../vocabulary/values.js';
import { decideAmend } from './amend.js';
import { decideClose, decideExtend } from './ending.js';
import { EARLY_OUTCOMES, type EarlyOutcome, PROPOSABLE, type ProposedOutcome } from './events.js';
import type { Circumstances } from './handling.js';
import { decideDecide, decidePropose, decideRetain } from './outcome.js';
import { isOpen, type PrivacyRequest } from './request.js';
import { groundsFor, typeRules } from './rules.js';

/** Any text will do where a rule only asks that there is some. */
const FILLED = '1';
/** Far enough for every rule that asks for a day to come. */
const YEAR_DAYS = 365;

export type ProposalOptions = {
  readonly outcomes: readonly ProposedOutcome[];
  readonly grounds: readonly string[];
  /** The fields that one of them can need: `law`, `until`, `facts`, `evidence`, `name_evidence`. */
  readonly fields: readonly string[];
};

/** The outcomes and grounds that could be proposed now, if their fields are filled in. */
export function proposalOptions(request: PrivacyRequest, circumstances: Circumstances): ProposalOptions {
  const { pack, today } = circumstances;
  const known = groundsFor(pack, request.type);
  const accepted = (outcome: ProposedOutcome, ground: string | null, name: boolean): boolean =>
    decidePropose(
      request,
      {
        outcome,
        ground,
        law: FILLED,
        until: addDays(today, YEAR_DAYS),
        facts: FILLED,
        evidence: FILLED,
        nameEvidence: name ? FILLED : null,
      },
      circumstances,
    ).kind === 'done';
  const needsGround = (outcome: ProposedOutcome) =>
    outcome === 'refused' || outcome === 'partially_fulfilled';
  const grounds = known.filter(({ code }) =>
    PROPOSABLE.some((outcome) => needsGround(outcome) && accepted(outcome, code, true)),
  );
  const groundsOf = (outcome: ProposedOutcome) =>
    needsGround(outcome) ? grounds.map(({ code }) => code) : [null];
  const outcomes = PROPOSABLE.filter((outcome) =>
    groundsOf(outcome).some((code) => accepted(outcome, code, true)),
  );
  const named = outcomes.some((outcome) =>
    groundsOf(outcome).some((code) => accepted(outcome, code, true) && !accepted(outcome, code, false)),
  );
  const needed: ReadonlySet<string> = new Set(grounds.flatMap(({ fields }) => fields));
  const fields = [
    ...(needed.has('law') || needed.has('terms') ? ['law'] : []),
    ...['until', 'facts', 'evidence'].filter((field) => needed.has(field)),
    ...(named ? ['name_evidence'] : []),
  ];
  return { outcomes, grounds: grounds.map(({ code }) => code), fields };
}

/** Whether this person may rule on what is proposed; the grounds on which they could refuse the customer. */
export function rulingOptions(
  request: PrivacyRequest,
  circumstances: Circumstances,
): { readonly number: number; readonly approve: boolean; readonly grounds: readonly string[] } | null {
  if (request.phase.status !== 'awaiting_decision' || !circumstances.may('request.decide')) return null;
  const { number } = request.phase.proposal;
  const rules = (verdict: 'approve' | 'return' | 'refuse', ground: string | null): boolean =>
    decideDecide(request, { verdict, reason: FILLED, ground, law: FILLED, shown: number }, circumstances)
      .kind === 'done';
  if (!rules('return', null)) return null;
  const grounds = groundsFor(circumstances.pack, request.type).map(({ code }) => code);
  return {
    number,
    approve: rules('approve', null),
    grounds: grounds.filter((ground) => rules('refuse', ground)),
  };
}

/** What could be recorded as kept. */
export function retainable(request: PrivacyRequest, circumstances: Circumstances): readonly Category[] {
  const { today } = circumstances;
  const told = { day: today, ref: FILLED };
  const input = { law: FILLED, until: addDays(today, YEAR_DAYS), explained: told, consent: told };
  return typeRules(circumstances.pack, request.type).freezes
    ? request.scope.filter(
        (category) =>
          decideRetain(request, { ...input, categories: [category] }, circumstances).kind === 'done',
      )
    : [];
}

/** The ways in which this person could end the case early. */
export function earlyEnds(request: PrivacyRequest, circumstances: Circumstances): readonly EarlyOutcome[] {
  const { ref, subjectId, type } = request;
  const of = { ref: `${ref}*`, subjectId, type, scope: request.scope, open: true, freezing: true };
  const input = { ref: FILLED, reason: FILLED };
  return EARLY_OUTCOMES.filter(
    (outcome) =>
      decideClose(request, { ...input, outcome, of: outcome === 'duplicate' ? of : null }, circumstances)
        .kind === 'done',
  );
}

/** Whether the due day could be moved now, if the customer was told and agreed in time. */
export function isExtendable(request: PrivacyRequest, circumstances: Circumstances): boolean {
  const { pack, today } = circumstances;
  const { extension } = typeRules(pack, request.type).due;
  const { due } = request.dates;
  if (extension === 'none' || !isOpen(request)) return false;
  const told = { day: today < due ? today : due, ref: FILLED };
  const input = {
    until: addDays(due, 1),
    reason: extension.reasons[0] ?? '',
    explained: told,
    consent: told,
  };
  return decideExtend(request, input, circumstances).kind === 'done';
}

/** Whether anything of it could be put right. */
export function isAmendable(request: PrivacyRequest, circumstances: Circumstances): boolean {
  const nothing = { scope: null, receivedAt: null, ref: null, aboutOfficer: null };
  const via = request.via === 'phone' ? 'email' : 'phone';
  const input = { ...nothing, via, reason: FILLED, sure: true };
  const facts = { officers: [], withdraws: request.withdraws };
  return decideAmend(request, input, facts, circumstances).kind === 'done';
}
