/** Why a rule about a request says no, in English. Must not know: rules, surfaces. */
import type { Impasse, RequestReasons, Standing } from '../../../domain/requests/reasons.js';
import { type Step, step } from '../../../vocabulary/step.js';
import type { Words, WordsOf } from '../../words.js';
import { dayWords, minuteWords } from '../dates.js';
import { areOf, capital, commas, either, listed, spoken, themOf } from '../lists.js';
import { aRequest, outcomeWords, statusWords } from '../requests.js';
import { contactReasons } from './contacts.js';

type Next = Pick<Words, 'step' | 'hint'>;

const on = (ref: string, verb: string, fields: Step['fields'] = {}): Step =>
  step('privacy', verb, { case: ref, ...fields });

const reopen = (ref: string): Next => ({
  hint: 'An officer can reopen it.',
  step: on(ref, 'reopen', { reason: '…' }),
});
const retain = (ref: string, categories: string, requires: readonly string[]): Step =>
  on(ref, 'retain', {
    categories,
    law: '…',
    until: '…',
    ...Object.fromEntries(requires.map((field) => [field, '…'])),
  });

/** What brings a case on from where it stands, and who. */
function nextFrom({ ref, status, unverifiable }: Standing): Next {
  if (status === 'closed') return reopen(ref);
  if (status === 'awaiting_decision') return { hint: 'The officer decides first.', step: 'onward' };
  return unverifiable ? CLOSES_UNVERIFIED : { step: 'onward' };
}

const CLOSES_UNVERIFIED: Next = { hint: 'An officer can close it.', step: 'onward' };

const nothing = (): Next => ({});
const canReturn = (): Next => ({ hint: 'The officer can return it.' });

/** After `PR-2026-0001 is closed, so …`, and what to do about it. */
const IMPASSES: Readonly<Record<Impasse, readonly [so: string, next: (standing: Standing) => Next]>> = {
  'nothing-to-extend': ['there is nothing left to extend', nothing],
  'nothing-to-amend': ['it is amended after it was reopened', nextFrom],
  'nothing-to-carry-out': ['there is nothing to carry out', nothing],
  'not-to-be-done': ['it cannot be marked done', nextFrom],
  'no-recipients': ['there are no recipients to notify', nextFrom],
  'closed-again': ['it cannot be closed again', nothing],
  'open-already': ['it is open already', nothing],
  'identity-check-over': ['its identity check is over', nextFrom],
  'needs-no-identity': ['it needs no identity check', () => ({ hint: 'Go on with the answer.' })],
  'verified-already': ['the identity is already verified', nextFrom],
  'not-verified-now': ['it cannot be verified now', nextFrom],
  'needs-no-owner': ['it needs no owner', nextFrom],
  'not-paused': ['it cannot be paused', nextFrom],
  'nothing-to-resume': ['there is nothing to resume', nothing],
  'checklist-closed': ['its checklist is closed', nextFrom],
  'checklist-settled': [
    'its checklist is settled',
    ({ status }) => (status === 'awaiting_decision' ? canReturn() : {}),
  ],
  'no-reminders': ['it has no reminders', nextFrom],
  'nothing-retained-now': ['nothing can be retained now', nextFrom],
  'proposal-with-officer': ['a proposal is with the officer already', canReturn],
  'no-outcome-now': ['no outcome can be proposed', nextFrom],
  'no-decision-asked': ['no decision is asked', nextFrom],
  'nothing-to-retract': ['there is no proposal to take back', nextFrom],
};

const TOLD = {
  explained: 'the explanation',
  consent: "the customer's consent",
} as const;

const stands = ({ ref, status }: Standing): string => `${ref} is ${statusWords(status)}`;

const stateReasons = {
  'wrong-status': (facts) => {
    const [so, next] = IMPASSES[facts.so];
    return { says: `${stands(facts)}, so ${so}.`, ...next(facts) };
  },
  'removes-nothing': ({ ref, type }) => ({
    says: `${ref} is ${aRequest(type)}, which removes nothing that could be retained.`,
  }),
  'has-no-checklist': (facts) => ({
    says: `${capital(aRequest(facts.type))} has no checklist.`,
    ...nextFrom(facts),
  }),
  'past-early-end': (facts) => ({
    says: `${stands(facts)}, so it can no longer end early.`,
    step: 'onward',
  }),
  'case-of-forgotten': ({ ref }) => ({
    says: `${ref} is of a customer who was forgotten: nothing can be added to it.`,
    hint: 'Whoever comes back is a new customer: log what they ask.',
    step: step('privacy', 'log'),
  }),
  'owns-already': ({ ref, person }) => ({ says: `@${person} owns ${ref} already.` }),
  'recipient-settled': ({ recipient, state }) => ({ says: `${recipient} is ${state} already.` }),
  'complaint-kept': ({ ref }) => ({
    says: `${ref} is kept by those who handle it: the deputy, an auditor, its owner and whoever logged it.`,
    hint: 'Tell whoever handles it what you know of it.',
  }),
  'owner-complained-about': ({ ref, person }) => ({
    says: `${ref} is a complaint about @${person}, who cannot own it.`,
    hint: 'Give it to somebody else; the deputy officer decides.',
  }),
} satisfies Partial<WordsOf<RequestReasons>>;

const handlingReasons = {
  'attempts-used': ({ ref, attempts }) => ({
    says: `All ${attempts} identity attempts for ${ref} are used.`,
    ...CLOSES_UNVERIFIED,
  }),
  'method-not-allowed': ({ method, allowed }) => ({
    says: `The policy verifies nobody by ${spoken(method)}: its methods are ${commas(allowed)}.`,
    step: 'onward',
  }),
  'identity-open': (facts) => ({
    says: `The identity behind ${facts.ref} is not verified yet.`,
    ...nextFrom(facts),
  }),
  'outside-scope': ({ ref, field, outside, scope }) => ({
    says: `${field}: ${commas(outside)} ${areOf(outside)} not in the scope of ${ref}.`,
    hint: `Its scope: ${commas(scope)}.`,
  }),
  'snooze-by-other': ({ ref, owner }) => ({
    says: `Only the owner of ${ref} may snooze its reminders${owner === null ? '; it has no owner yet' : ''}.`,
    hint: 'Take it first.',
    step: on(ref, 'assign'),
  }),
  'snooze-too-far': ({ ref, due, latest, today }) => ({
    says: `${ref} is due ${dayWords(due)}; reminders can rest until ${dayWords(latest)} at the latest.`,
    hint: latest >= today ? 'Choose fewer days.' : 'It is too close to its due date to snooze.',
  }),
  'reveal-by-other': ({ ref, owner }) => ({
    says: `The full reference of ${ref} is for its owner and the privacy officer.`,
    ...(owner === null
      ? { hint: 'Take the case first.', step: on(ref, 'assign') }
      : { hint: `Its owner is @${owner}.` }),
  }),
  'received-in-future': () => ({
    says: 'received: a request cannot have been received in the future.',
    hint: 'Give the moment it reached the company, or leave it out for now.',
  }),
  'about-officer-no-complaint': () => ({
    says: 'about_officer: only a complaint can be about the officer.',
    hint: 'Leave about_officer out, or log a complaint.',
  }),
  'sent-in-future': () => ({ says: 'sent: a notice cannot have been sent in the future.' }),
} satisfies Partial<WordsOf<RequestReasons>>;

const dateReasons = {
  'not-told': ({ what, due, missing, requires }) => {
    const act = what === 'retain' ? 'Keeping data' : `Going past ${dayWords(due)}`;
    const rule = [
      ...(requires.includes('explained') ? ['explained to the customer'] : []),
      ...(requires.includes('consent') ? ['done only with their consent'] : []),
    ];
    const fields = missing.map((field) => `${field}:YYYY-MM-DD/reference`);
    return {
      says: `${act} needs ${listed(missing.map((field) => TOLD[field]))}: the policy has it ${listed(rule)}.`,
      hint: `Add ${fields.join(' ')}.`,
    };
  },
  'told-in-future': ({ field, day }) => ({ says: `${field}: ${day} is in the future.` }),
  'agreed-before-explained': ({ explained, consent }) => ({
    says: `consent: ${consent} is before the explanation of ${explained}; the customer can only agree to what was explained.`,
  }),
  'retention-over': ({ until }) => ({
    says: `until: ${until} is not in the future, so nothing would be retained.`,
  }),
  'extension-none': ({ type }) => ({ says: `The policy gives no extension for ${aRequest(type)}.` }),
  'extension-reason': ({ reasons }) => ({
    says: `A case is extended for ${either(reasons)} only.`,
    hint: `Begin the reason with ${reasons.length === 1 ? 'it' : 'one of them'}, e.g. reason:${reasons[0] ?? '…'}`,
  }),
  'extension-not-later': ({ until, due }) => ({
    says: `${dayWords(until)} is no later than the due date ${dayWords(due)}.`,
    hint: 'Give a later day with until:YYYY-MM-DD.',
  }),
  'extension-limit': ({ latest }) => ({
    says: `The policy extends to ${dayWords(latest)} at the latest.`,
    hint: 'Give an earlier day with until:YYYY-MM-DD.',
  }),
  'extension-window': ({ what, day, opens, closes }) => {
    if (what === 'recording')
      return {
        says:
          day < opens
            ? `An extension can be recorded from ${dayWords(opens)} on.`
            : `An extension had to be recorded by ${dayWords(closes)}.`,
      };
    const told = what === 'explained' ? 'explanation to the customer' : "customer's consent";
    const side = day < opens ? `before ${dayWords(opens)}` : `after ${dayWords(closes)}`;
    return { says: `The ${told} of ${dayWords(day)} came ${side}.` };
  },
} satisfies Partial<WordsOf<RequestReasons>>;

const outcomeReasons = {
  'categories-open': ({ open, of }) => ({
    says: `${open.length} of ${of} categories ${areOf(open)} not checked yet: ${commas(open)}.`,
    step: 'onward',
  }),
  'data-held': ({ held }) => ({
    says: `The checklist says data is held: ${commas(held)}.`,
    hint: 'Check them none_held, or propose another outcome.',
  }),
  'kept-so-partial': ({ kept }) => ({
    says: `${commas(kept)} ${kept.length === 1 ? 'stays' : 'stay'} with the company, so the request is only partly fulfilled.`,
    step: 'onward',
  }),
  'retention-missing': ({ uncovered }) => ({
    says: `${commas(uncovered)} ${areOf(uncovered)} to be kept, but no retention covers ${themOf(uncovered)}.`,
    hint: 'Record why it is kept.',
    step: 'onward',
  }),
  'ground-missing': ({ type, outcome, grounds }) => ({
    says: `A ${outcome === 'refused' ? 'refusal' : 'partial fulfilment'} needs a ground.`,
    hint: `Grounds for ${type}: ${commas(grounds)}.`,
  }),
  'ground-unknown': ({ ground, type, grounds }) => ({
    says: `${ground} is no ground for ${aRequest(type)}; the policy's list is closed.`,
    hint: `Grounds for ${type}: ${commas(grounds)}.`,
  }),
  'never-plainly-refused': ({ ground, type }) => ({
    says: `${capital(aRequest(type))} is never plainly refused on ${ground}: it gives partial fulfilment or a later date.`,
    hint: 'Propose a part, with what is kept on record, or extend.',
    step: 'onward',
  }),
  'ground-gives-no-part': ({ ground }) => ({
    says: `${ground} gives no partial fulfilment.`,
    hint: 'Propose a refusal, or another ground.',
    step: 'onward',
  }),
  'ground-fields-missing': ({ ref, ground, missing, inReason, requires }) => ({
    says: `${ground} needs ${commas(missing)}.`,
    ...(missing.some((field) => field === 'explained' || field === 'consent')
      ? { hint: 'Record it with what is kept.', step: retain(ref, '…', requires) }
      : {
          hint: `Add ${missing.map((field) => `${inReason.includes(field) ? 'reason' : field}:…`).join(' ')}`,
        }),
  }),
  'never-corrected': ({ category }) => ({
    says: `${category} may not be corrected.`,
    hint: 'Propose a part, or a refusal when nothing else is asked.',
    step: 'onward',
  }),
  'change-not-evidenced': ({ category, ground, field }) => ({
    says: `The ${category} is corrected only when it was legally changed, with a reference to the evidence.`,
    hint: `Add ${field}:… (a pointer into your own system), or use ground:${ground}.`,
  }),
  'proposed-yourself': ({ ref }) => ({
    says: `You proposed this outcome of ${ref}, so another officer decides it: two people, whichever account they use.`,
    hint: 'Ask the other officer or the deputy.',
  }),
  'officers-revoke': ({ ref }) => ({
    says: `Taking a passed identity check of ${ref} back is the officer’s or the deputy’s.`,
    hint: 'Ask one of them.',
  }),
  'no-pass-to-revoke': (facts) => ({
    says: `${facts.ref} is ${statusWords(facts.status)}, and no identity check can be taken back now.`,
    ...nextFrom(facts),
  }),
  'revoked-without-reason': ({ ref }) => ({
    says: 'Taking an identity check back needs a reason.',
    step: on(ref, 'verify', { result: 'revoked', reason: '…' }),
  }),
  'retract-by-other': ({ by }) => ({
    says: `Only @${by ?? '…'}, who proposed it, takes the proposal back.`,
    hint: 'An officer can return it, with a reason.',
  }),
  'retained-yourself': ({ ref }) => ({
    says: `You recorded what ${ref} keeps, so another officer decides it: two people, whichever account they use.`,
    hint: 'Ask the other officer or the deputy.',
  }),
  'return-without-reason': () => ({
    says: 'Returning a proposal needs a reason, so the agent knows what to change.',
    hint: 'Add reason:"…"',
  }),
  'ruled-already': ({ ref, number, by, verdict, at, zone, newer }) => ({
    says: `Proposal ${number} of ${ref} was already decided by @${by ?? 'somebody'}: ${{ approve: 'approved', return: 'returned', refuse: 'refused' }[verdict]}, ${minuteWords(at, zone)}.`,
    ...(newer ? { hint: 'A newer proposal is waiting.' } : {}),
    step: on(ref, 'show'),
  }),
} satisfies Partial<WordsOf<RequestReasons>>;

const endingReasons = {
  'recipient-unknown': ({ ref, recipients }) => ({
    says: `${ref} has no recipient of that name.`,
    hint:
      recipients.length === 0 ? 'It has no recipients to notify.' : `Its recipients: ${commas(recipients)}.`,
  }),
  'excuse-by-agent': () => ({
    says: 'Only a privacy officer may excuse a recipient notice.',
    hint: 'Notify the recipient, or ask the officer.',
  }),
  'not-decided': (facts) => ({
    says: `${stands(facts)}; it closes once it is decided and carried out.`,
    ...nextFrom(facts),
    hint: 'To end it early, name an outcome: withdrawn_by_subject, duplicate, not_controller or logged_in_error.',
  }),
  'recipients-not-told': ({ recipients }) => ({
    says: `${recipients.length} recipient${recipients.length === 1 ? ' has' : 's have'} not been told the result: ${commas(recipients)}.`,
    step: 'onward',
  }),
  'customer-not-told': ({ missing }) => ({
    says: `The customer has not been told: ${commas(missing)} ${areOf(missing)} not on record.`,
    step: 'onward',
  }),
  'unverified-close-by-agent': () => ({
    says: 'Only a privacy officer closes a case whose identity could not be verified.',
    hint: 'Ask the officer.',
  }),
  'early-end-without-evidence': ({ outcome }) =>
    outcome === 'duplicate'
      ? { says: 'A duplicate names the case that goes on.', hint: 'Add of:PR-….' }
      : {
          says: 'The record must show where the customer said so.',
          hint: 'Add ref:… (a pointer into your own system).',
        },
  'early-end-without-reason': ({ outcome }) => ({
    says: `Ending it as ${outcomeWords(outcome)} needs a reason.`,
    hint: 'Add reason:"…"',
  }),
  'early-end-by-agent': ({ outcome, decided }) => ({
    says: decided
      ? 'An officer has decided this case, so only an officer ends it early.'
      : `Only an officer ends a case as ${outcomeWords(outcome)}.`,
    hint: 'Ask the officer.',
  }),
  'no-duplicate-of': ({ ref, of, type, same, unfrozen, outside }) => {
    if (!same)
      return {
        says: `of: ${of} is no other open case of the same customer and type.`,
        hint: 'Name the one that goes on.',
      };
    if (unfrozen) return { says: `of: the freeze of ${of} does not go on, so ${ref} keeps its own.` };
    return {
      says: `of: ${of} does not cover ${commas(outside)}, which ${ref} keeps frozen.`,
      hint: `Widen it first, or log the ${aRequest(type).replace(/^an? /, '')} again.`,
    };
  },
  'attempts-left': (facts) => ({
    says: `${facts.made} of ${facts.attempts} identity attempts were made; it closes this way after the last one fails.`,
    ...(facts.verified ? { hint: 'Its identity is verified.', step: 'onward' } : nextFrom(facts)),
  }),
} satisfies Partial<WordsOf<RequestReasons>>;

export const requestRefusals: WordsOf<RequestReasons> = {
  ...contactReasons,
  ...stateReasons,
  ...handlingReasons,
  ...dateReasons,
  ...outcomeReasons,
  ...endingReasons,
};
