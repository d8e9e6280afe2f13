import {
  type Action,
  button,
  type Card,
  card,
  facts,
  type Moment,
  type Tone,
  text,
} from '../../../chat/card.js';
import type { Consent } from '../../../domain/disclosures/consent.js';
import {
  categoriesOf,
  type Disclosure,
  decisionOf,
  stateOf,
} from '../../../domain/disclosures/disclosure.js';
import { clauseOf, freezeOn } from '../../../domain/disclosures/terms.js';
import type { FrozenCase } from '../../../domain/freeze.js';
import { basisWords, holdWords, passedWords, stateWords } from '../../../language/en/disclosures.js';
import { civilDay, formatDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import { maskedText } from '../../../vocabulary/mask.js';
import { type Instant, maskReference } from '../../../vocabulary/values.js';
import { dueMoment, moment, momentWords, personWords, scopeWords } from '../../tell/words.js';

/** A disclosure with what stands around it as the card is made. */
export type DisclosureView = {
  readonly disclosure: Disclosure;
  readonly pack: Pack;
  readonly cases: readonly FrozenCase[];
  readonly consent: Consent | null;
  readonly now: Instant;
};

export const maskedSubject = ({ reference }: Pick<Disclosure, 'reference'>): string =>
  reference === null ? 'erased' : maskReference(reference);

export const disclosureTitle = (disclosure: Disclosure): string =>
  `${disclosure.ref} · ${masked(disclosure, disclosure.terms.recipient)} · ${maskedSubject(disclosure)}`;

/** Text as others may see it: the customer's full reference is masked wherever it stands. */
export const masked = ({ reference }: Pick<Disclosure, 'reference'>, value: string | null): string =>
  maskedText(value, reference);

/** `transaction (clause 2.2)`. */
export function basisLine({ terms }: Disclosure, pack: Pack): string {
  return `${basisWords(terms.basis)} (clause ${clauseOf(terms, pack)})`;
}

/** The evidence of the basis, each with its own label. */
export function evidenceFacts(
  disclosure: Disclosure,
  consent: Consent | null,
  pack: Pack,
): readonly (readonly [string, string | null])[] {
  const { basis, evidence, withhold } = disclosure.terms;
  const own = (value: string | null) => (value === null ? null : masked(disclosure, value));
  switch (basis) {
    case 'consent':
      return [
        ['Consent', consentLine(evidence.consent, consent, pack)],
        ['Consent evidence', consent === null ? null : masked(disclosure, consent.evidence)],
      ];
    case 'transaction': {
      const allows = pack.disclosures.templates[evidence.template ?? '']?.categories ?? [];
      return [
        ['Order', own(evidence.order)],
        ['Template', `${evidence.template ?? ''}: ${allows.join(', ')}`],
      ];
    }
    case 'required_by_law':
      return [
        ['Authority', own(evidence.authority)],
        ['Law', own(evidence.law)],
        ['Instrument', own(evidence.instrument)],
        ['Evidence', own(evidence.evidence)],
        ['Withheld', withhold === null ? null : `from the customer’s exports until ${formatDay(withhold)}`],
      ];
    default:
      return basis satisfies never;
  }
}

function consentLine(ref: string | null, consent: Consent | null, pack: Pack): string {
  if (consent === null) return ref ?? '';
  const whom = consent.recipient === null ? 'names no recipient, so any of its purpose' : consent.recipient;
  const gone = consent.withdrawals.map((one) => one.case);
  const withdrawn = gone.length === 0 ? '' : `; withdrawn by ${[...new Set(gone)].join(', ')}`;
  const given = formatDay(civilDay(consent.grantedAt, pack.zone));
  return `${consent.ref}, given ${given} (${whom}) for ${scopeWords(consent.categories)}${withdrawn}`;
}

/** What the freeze says to it now; for a decided one, what it said to the officer. */
export function freezeFact(view: DisclosureView): string {
  const { disclosure } = view;
  const { phase, terms } = disclosure;
  switch (phase.status) {
    case 'approved':
    case 'executed':
    case 'expired':
      return phase.decision.holds.length === 0
        ? 'nothing that was approved'
        : phase.decision.holds.map(passedWords).join('; ');
    case 'voided':
      return phase.holds.length === 0 ? 'nothing' : phase.holds.map(holdWords).join('; ');
    case 'requested':
    case 'blocked':
    case 'denied':
    case 'cancelled': {
      const says = freezeOn(terms, view);
      const words = [...says.blocked.map(holdWords), ...says.officer.map(passedWords)];
      return words.length === 0 ? 'nothing that is asked' : words.join('; ');
    }
    default:
      return phase satisfies never;
  }
}

export function disclosureFacts(view: DisclosureView): readonly (readonly [string, string | null])[] {
  const { disclosure, pack, consent } = view;
  const { phase, terms, asked } = disclosure;
  const decision = decisionOf(disclosure);
  const fewer = decision !== null && decision.categories.length < terms.categories.length;
  const when = (at: Instant) => momentWords(at, pack.zone);
  return [
    ['Status', stateWords(stateOf(disclosure))],
    ['Customer', maskedSubject(disclosure)],
    ['Recipient', masked(disclosure, terms.recipient)],
    ['Categories', scopeWords(categoriesOf(disclosure))],
    ['Asked for', fewer ? scopeWords(terms.categories) : null],
    ['Purpose', masked(disclosure, terms.purpose)],
    ['Basis', basisLine(disclosure, pack)],
    ...evidenceFacts(disclosure, consent, pack),
    ['Frozen', freezeFact(view)],
    ['Asked by', `${personWords(asked.by)}, ${when(asked.at)}`],
    ['Decided by', decision === null ? null : decidedWords(decision, pack)],
    ['Approved until', phase.status === 'approved' ? formatDay(phase.decision.expires) : null],
    ['Denied by', phase.status === 'denied' ? `${personWords(phase.by)}, ${when(phase.at)}` : null],
    ['Reason', phase.status === 'denied' ? masked(disclosure, phase.reason) : null],
    [
      'Sent',
      phase.status === 'executed'
        ? `${when(phase.sent.at)} by ${personWords(phase.sent.by)}: ${masked(disclosure, phase.sent.method)}`
        : null,
    ],
    [
      'Sending on record',
      phase.status === 'executed' && phase.sent.ref !== null ? masked(disclosure, phase.sent.ref) : null,
    ],
  ];
}

/** `@lyon, Mon 2026-11-23 10:00`, or under which standing approval. */
export function decidedWords(
  decision: { readonly by: string; readonly at: Instant; readonly standing: number | null },
  pack: Pack,
): string {
  const standing = decision.standing === null ? '' : `, by standing approval ${decision.standing}`;
  return `@${decision.by}${standing}, ${momentWords(decision.at, pack.zone)}`;
}

const TONES: Readonly<Record<Disclosure['phase']['status'], Tone>> = {
  requested: 'warning',
  blocked: 'bad',
  approved: 'good',
  executed: 'neutral',
  expired: 'warning',
  voided: 'bad',
  denied: 'bad',
  cancelled: 'neutral',
};

/** When it was asked, and how long an approval lasts. */
export const disclosureMoments = ({ disclosure, pack }: DisclosureView): readonly Moment[] => [
  moment('asked', disclosure.asked.at, pack.zone),
  ...(disclosure.phase.status === 'approved'
    ? [
        {
          ...dueMoment(disclosure.phase.decision.expires, pack.zone),
          label: 'to be sent before',
        },
      ]
    : []),
];

/** What its reader can do next, by state; deciding is on the card in the thread. */
export function disclosureActions({ ref, phase }: Disclosure): readonly Action[] {
  const verb = (name: string) => ({ command: 'disclosure', verb: name, fields: { disclosure: ref } });
  const again = button('Offer again', 'primary', verb('amend'));
  const cancel = button('Cancel it', 'plain', verb('cancel'));
  switch (phase.status) {
    case 'requested':
      return [cancel];
    case 'blocked':
      return phase.offered ? [again, cancel] : [cancel];
    case 'approved':
      return [button('Record as sent', 'primary', verb('sent'), ['method', 'ref']), cancel];
    case 'expired':
    case 'voided':
      return [again, cancel];
    case 'executed':
    case 'denied':
    case 'cancelled':
      return [];
    default:
      return phase satisfies never;
  }
}

export function disclosureCard(view: DisclosureView): Card {
  const { disclosure } = view;
  return card(
    disclosureTitle(disclosure),
    TONES[disclosure.phase.status],
    [facts(...disclosureFacts(view)), text(nextStep(view))],
    {
      actions: disclosureActions(disclosure),
      moments: disclosureMoments(view),
      footer: `Policy ${disclosure.pack.name}`,
      ref: disclosure.ref,
    },
  );
}

/** Who does what next, in one line. */
export function nextStep({ disclosure, pack }: DisclosureView): string {
  const { phase, ref } = disclosure;
  switch (phase.status) {
    case 'requested':
      return 'An officer decides in the thread. Until then nothing may be sent.';
    case 'blocked':
      return phase.offered
        ? 'Offer again: an officer is asked anew, and everything is checked again.'
        : 'Nothing may be sent. It is offered again if the freeze lifts.';
    case 'approved':
      return `It may be sent until ${formatDay(phase.decision.expires)}: /disclosure sent ${ref} method:… Freeze and consent are checked once more then.`;
    case 'executed':
      return 'In the register.';
    case 'expired':
      return 'Nothing may be sent. Offer again: an officer is asked anew.';
    case 'voided':
      return `Nothing may be sent: ${phase.why === 'frozen' ? 'a freeze began' : 'the consent was withdrawn'} after it was approved (clause ${phase.clause}).`;
    case 'denied':
      return `Denied on ${basisLine(disclosure, pack)}; nothing may be sent.`;
    case 'cancelled':
      return `Cancelled by ${personWords(phase.by)}.`;
    default:
      return phase satisfies never;
  }
}
