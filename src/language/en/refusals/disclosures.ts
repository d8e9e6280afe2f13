/** Why a rule about a disclosure says no, in English. Must not know: rules, surfaces. */
import type { DisclosureReasons } from '../../../domain/disclosures/reasons.js';
import { step } from '../../../vocabulary/step.js';
import type { WordsOf } from '../../words.js';
import { dayWords, minuteWords } from '../dates.js';
import { holdWords, stateWords } from '../disclosures.js';
import { areOf, commas, themOf } from '../lists.js';

const show = (ref: string) => step('disclosure', 'show', { disclosure: ref });
const recordConsent = step('disclosure', 'consent', {
  customer: '…',
  purpose: '…',
  data: '…',
  granted: '…',
  evidence: '…',
});

type InState = Pick<DisclosureReasons['no-decision-asked']['facts'], 'ref' | 'state'>;
const isState = ({ ref, state }: InState, wanted: string): string =>
  `${ref} is ${stateWords(state)}; ${wanted}.`;

const COVERED = 'Record the consent that covers it, or use another basis.';
const OR_COVERED = 'or record the consent that covers it, or use another basis.';
const by = (cases: readonly string[]): string => (cases.length === 0 ? '' : ` by ${commas(cases)}`);

export const disclosureRefusals: WordsOf<DisclosureReasons> = {
  'amend-after-sending': (facts) => ({
    says: isState(facts, 'it was sent and stands in the register'),
    hint: 'Ask anew.',
  }),
  'amend-after-end': (facts) => ({
    says: isState(facts, 'it cannot be changed any more'),
    hint: 'Ask anew.',
  }),
  'nothing-to-offer-again': (facts) => ({
    says: isState(facts, 'there is nothing to offer again'),
    hint: 'Name what to change, e.g. data:…',
  }),
  'amend-after-erasure': (facts) => ({
    says: isState(facts, 'its customer was erased'),
    hint: 'Ask anew.',
  }),
  'cancel-after-sending': (facts) => ({ says: isState(facts, 'it was sent and stands in the register') }),
  'nothing-to-cancel': (facts) => ({ says: isState(facts, 'there is nothing to cancel') }),
  'no-decision-asked': (facts) => ({ says: isState(facts, 'no decision is asked') }),
  'offer-again-first': (facts) => ({
    says: isState(facts, 'it must be offered again first'),
    hint: 'Offer it again.',
    step: 'onward',
  }),
  'offer-again-instead': (facts) => ({
    says: isState(facts, 'no decision is asked'),
    hint: 'Offer it again.',
    step: 'onward',
  }),
  'sent-already': (facts) => ({
    says: isState(facts, 'it is in the register already'),
    step: show(facts.ref),
  }),
  'changed-since-shown': ({ ref }) => ({
    says: `${ref} was changed since that card was shown, so nothing was decided.`,
    hint: 'The card shows it as it is now.',
    step: show(ref),
  }),
  'disclosure-already-decided': ({ ref, by: who, verdict, at, zone, waits }) => ({
    says: `${ref} was already decided by @${who ?? 'somebody'}: ${{ approve: 'approved', deny: 'denied' }[verdict]}, ${minuteWords(at, zone)}.`,
    hint: waits ? 'It was changed since and waits for a decision.' : null,
    step: show(ref),
  }),

  'basis-evidence-missing': ({ basis, missing, means, fits = [] }) => ({
    says: `The basis ${basis} needs ${commas(missing)}: ${means}.`,
    hint: `Add ${missing.map((field) => `${field}:${field === 'consent' ? (fits[0] ?? '…') : '…'}`).join(' ')}`,
  }),
  'withhold-without-law': () => ({
    says: 'withhold: only a disclosure required by law may be kept from the customer’s exports for a while.',
    hint: 'Leave withhold out.',
  }),
  'sensitive-on-basis': ({ basis, allowed }) => ({
    says: `Sensitive data is never disclosed on the basis ${basis}.`,
    hint: allowed.length === 0 ? 'Ask without it.' : `Ask without it, or on ${allowed.join(' or ')}.`,
  }),
  'no-such-template': ({ template, templates }) => ({
    says: `The policy has no template ${template}.`,
    hint: templates.length === 0 ? 'It has none at all.' : `It has: ${commas(templates)}.`,
  }),
  'beyond-the-template': ({ template, beyond, allowed }) => ({
    says: `${commas(beyond)} ${areOf(beyond)} beyond what ${template} needs: ${commas(allowed)}.`,
    hint: `Ask without ${themOf(beyond)}, or on another basis.`,
  }),
  'beyond-every-template': ({ templates }) => ({
    says:
      templates.length === 0
        ? 'The policy has no template.'
        : `No template of the policy allows all of it. ${templates
            .map(({ name, categories }) => `${name}: ${commas(categories)}`)
            .join('; ')}.`,
  }),
  'disclosure-frozen': ({ ref, holds, free, mayLift, newerCounts }) => {
    const then = mayLift ? ' and is offered again when the freeze lifts' : '';
    const order = newerCounts ? ' A newer order counts when its date is given: order:YYYY-MM-DD/number.' : '';
    const frozen = new Set(holds.flatMap(({ categories }) => categories));
    return {
      says: `Frozen: ${holds.map(holdWords).join('; ')}. ${ref} is on record as blocked${then}.${order}`,
      hint: free.length === 0 ? null : `Ask without ${themOf([...frozen])}.`,
      step: free.length === 0 ? null : step('disclosure', 'amend', { disclosure: ref, data: free.join(',') }),
    };
  },
  'data-frozen': ({ hold }) => ({
    says: `${commas(hold.categories)} ${areOf(hold.categories)} frozen by ${hold.case}${hold.note === null ? '' : `: ${hold.note}`}.`,
  }),

  'no-such-consent': ({ consent }) => ({
    says: `There is no consent ${consent} on record.`,
    hint: 'Record it first.',
    step: recordConsent,
  }),
  'consent-of-another': ({ consent }) => ({
    says: `${consent} is the consent of another customer.`,
    hint: 'Name a consent of this customer.',
  }),
  'consent-for-another-recipient': ({ consent, given, wanted }) => ({
    says: `${consent} was given for ${given}, not for ${wanted}.`,
    hint: COVERED,
    step: recordConsent,
  }),
  'consent-for-another-purpose': ({ consent }) => ({
    says: `${consent} was given for another purpose.`,
    hint: `Ask for the purpose it names, ${OR_COVERED}`,
    step: recordConsent,
  }),
  'consent-for-less': ({ consent, outside, covers }) => ({
    says: `${consent} does not cover ${commas(outside)}; it covers ${commas(covers)}.`,
    hint: `Ask without ${themOf(outside)}, ${OR_COVERED}`,
    step: recordConsent,
  }),
  'consent-given-later': ({ consent }) => ({
    says: `${consent} was given only later; consent comes in advance.`,
    hint: COVERED,
    step: recordConsent,
  }),
  'consent-withdrawn-for': ({ consent, categories, cases }) => ({
    says: `${consent} was withdrawn for ${commas(categories)}${by(cases)}.`,
    hint: 'Only a consent given after the withdrawal counts.',
  }),
  'consent-withdrawn': ({ consent, cases }) => ({
    says: `The consent ${consent} was withdrawn${by(cases)}.`,
  }),
  'no-consent-for-recipient': () => ({ says: 'No consent for this recipient is on record.' }),
  'no-consent-for-all': ({ consents }) => ({
    says: `No consent covers all of it: ${consents.map(({ ref, categories }) => `${ref} covers ${commas(categories)}`).join('; ')}.`,
  }),
  'consent-in-future': () => ({
    says: 'granted: a consent cannot have been given in the future.',
    hint: 'Give the day on which the customer agreed.',
  }),

  'officers-decide': () => ({
    says: 'Only a privacy officer decides on a disclosure.',
    hint: 'Ask the officer or the deputy.',
  }),
  'asker-decides': ({ ref }) => ({
    says: `You asked for ${ref} yourself, so another officer decides it: two people, whichever account they use.`,
    hint: 'Ask the other officer or the deputy.',
  }),
  'more-than-asked': ({ more, asked }) => ({
    says: `${commas(more)} ${more.length === 1 ? 'was' : 'were'} not asked for; you can approve fewer categories, never more.`,
    hint: `Asked for: ${commas(asked)}.`,
  }),
  'denial-without-reason': ({ ref }) => ({
    says: 'A denial needs a reason, so the agent knows what to change.',
    step: step('disclosure', 'decide', { disclosure: ref, verdict: 'deny', reason: '…' }),
  }),
  'standing-revoked-already': ({ number, by: who, on }) => ({
    says: `Standing approval ${number} was revoked by @${who} on ${dayWords(on)} already.`,
    step: step('disclosure', 'standings', {}),
  }),
  'standing-too-long': ({ days, most }) => ({
    says: `A standing approval lasts ${most} days at most, not ${days}.`,
    hint: `Give days:${most} or fewer; it can be given anew when it ends.`,
  }),

  'sent-in-future': () => ({
    says: 'at: it cannot have been sent in the future.',
    hint: 'Give when it was sent, or leave at out for now.',
  }),
  'sent-before-approval': ({ approvedAt, zone }) => ({
    says: `at: it cannot have been sent before it was approved, ${minuteWords(approvedAt, zone)}.`,
    hint: 'If it was, tell the officer: that is an incident.',
  }),
  'approval-ended': ({ ref, expires }) => ({
    says: `The approval of ${ref} ended with ${dayWords(expires)}.`,
    hint: 'Offer it again.',
    step: 'onward',
  }),
  'frozen-since-approval': ({ ref, cases }) => ({
    says: `${ref} may not be sent: its data was frozen${by(cases)} after it was approved, so the approval is void.`,
    hint: 'Nothing is sent. It can be asked anew on another basis.',
  }),
  'withdrawn-since-approval': ({ ref, consent, cases }) => ({
    says: `${ref} may not be sent: the consent ${consent} was withdrawn${by(cases)} after it was approved, so the approval is void.`,
    hint: 'Nothing is sent. It can be asked anew on another basis.',
  }),
  'not-approved-revoked': ({ ref }) => ({
    says: `${ref} may not be sent: the standing approval it was approved by was revoked.`,
    hint: 'Offer it again: an officer is asked.',
    step: 'onward',
  }),
  'not-approved-blocked': ({ ref }) => ({
    says: `${ref} is not approved: it must be offered again and approved first.`,
    hint: 'Nothing may be sent until an officer has approved it.',
    step: 'onward',
  }),
  'not-approved-undecided': ({ ref }) => ({
    says: `${ref} is not approved: an officer decides first.`,
    hint: 'Nothing may be sent until an officer has approved it.',
  }),
  'not-approved-denied': ({ ref, by: who }) => ({
    says: `${ref} is not approved: @${who ?? 'somebody'} denied it.`,
    hint: 'Nothing may be sent until an officer has approved it. It can be asked anew.',
  }),
  'not-approved-cancelled': ({ ref }) => ({
    says: `${ref} is not approved: it was cancelled.`,
    hint: 'Nothing may be sent until an officer has approved it. It can be asked anew.',
  }),
};
