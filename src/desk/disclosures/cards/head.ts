import { type Block, type Card, card, facts, type Moment, type Tone, text } from '../../../chat/card.js';
import { type Consent, withdrawingCases } from '../../../domain/disclosures/consent.js';
import {
  categoriesOf,
  type Disclosure,
  decisionOf,
  stateOf,
} from '../../../domain/disclosures/disclosure.js';
import { clauseOf, freezeOn } from '../../../domain/disclosures/terms.js';
import { isWithheld } from '../../../domain/disclosures/withheld.js';
import type { FrozenCase } from '../../../domain/freeze.js';
import { scopeWords } from '../../../language/en/categories.js';
import { dayWords } from '../../../language/en/dates.js';
import * as words from '../../../language/en/disclosure-cards.js';
import { stateWords } from '../../../language/en/disclosures.js';
import { ERASED } from '../../../language/en/people.js';
import { civilDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import { maskedText } from '../../../vocabulary/mask.js';
import { type Instant, maskReference } from '../../../vocabulary/values.js';
import { dueMoment, moment } from '../../tell/words.js';
import { ANYBODY, disclosureActions, HANDLING } from './buttons.js';

/** A disclosure with what stands around it as the card is made. */
export type DisclosureView = {
  readonly disclosure: Disclosure;
  readonly pack: Pack;
  readonly cases: readonly FrozenCase[];
  readonly consent: Consent | null;
  readonly now: Instant;
  readonly sight: Sight;
};

/**
 * Who looks: whoever is in the channel, which may be everybody (`card`); whoever is in its thread or on the staff (`thread`);
 * or those from whom nothing is kept (`all`).
 */
export type Sight = 'card' | 'thread' | 'all';

/** What stands behind it is kept from whoever looks, for now. */
export const isHidden = ({ disclosure, pack, now, sight }: DisclosureView): boolean =>
  sight !== 'all' && isWithheld(disclosure.terms.withhold, civilDay(now, pack.zone));

/** No word that somebody wrote: where it stands, of whom, which data, on which basis, who did what. */
const WITHOUT_WORDS: readonly words.DisclosureFact[] = [
  'status',
  'customer',
  'categories',
  'askedFor',
  'basis',
  'frozen',
  'askedBy',
  'decidedBy',
  'approvedUntil',
  'deniedBy',
  'sent',
];
const isShort = (view: DisclosureView): boolean => view.sight === 'card' || isHidden(view);

export const maskedSubject = ({ reference }: Pick<Disclosure, 'reference'>): string =>
  reference === null ? ERASED : maskReference(reference);

export const disclosureTitle = (view: DisclosureView): string => {
  const { disclosure } = view;
  const whom = isShort(view) ? words.A_DISCLOSURE : masked(disclosure, disclosure.terms.recipient);
  return `${disclosure.ref} · ${whom} · ${maskedSubject(disclosure)}`;
};

/** Text as others may see it: the customer's full reference is masked wherever it stands. */
export const masked = ({ reference }: Pick<Disclosure, 'reference'>, value: string | null): string =>
  maskedText(value, reference);

/** The basis and its clause; for a transaction that of its template. */
export const basisOf = ({ terms }: Disclosure, pack: Pack): string =>
  words.basisLine(terms.basis, clauseOf(terms, pack));

type Fact = readonly [words.DisclosureFact, string | null];

/** The evidence of the basis, each piece under its own label. */
function evidenceFacts(disclosure: Disclosure, consent: Consent | null, pack: Pack): readonly Fact[] {
  const { basis, evidence, withhold } = disclosure.terms;
  const own = (value: string | null) => (value === null ? null : masked(disclosure, value));
  switch (basis) {
    case 'consent':
      return [
        ['consent', consent === null ? (evidence.consent ?? '') : consentOf(consent, pack)],
        ['consentEvidence', consent === null ? null : masked(disclosure, consent.evidence)],
      ];
    case 'transaction': {
      const template = evidence.template ?? '';
      const allows = pack.disclosures.templates[template]?.categories ?? [];
      return [
        ['order', own(evidence.order)],
        ['template', words.templateLine(template, allows)],
      ];
    }
    case 'required_by_law':
      return [
        ['authority', own(evidence.authority)],
        ['law', own(evidence.law)],
        ['instrument', own(evidence.instrument)],
        ['evidence', own(evidence.evidence)],
        ['withheld', withhold === null ? null : words.withheldWords(withhold)],
      ];
    default:
      return basis satisfies never;
  }
}

const consentOf = (consent: Consent, pack: Pack): string =>
  words.consentLine({
    ref: consent.ref,
    given: civilDay(consent.grantedAt, pack.zone),
    recipient: consent.recipient,
    categories: consent.categories,
    withdrawnBy: withdrawingCases(consent.withdrawals),
  });

/** What the freeze says to it now; for a decided one, what it said to the officer. */
function freezeFact(view: DisclosureView): string {
  const { phase, terms } = view.disclosure;
  switch (phase.status) {
    case 'approved':
    case 'executed':
    case 'expired':
      return words.passedFreezeWords(phase.decision.holds);
    case 'voided':
      return words.voidingFreezeWords(phase.holds);
    case 'requested':
    case 'blocked':
    case 'denied':
    case 'cancelled':
      return words.freezeWords(freezeOn(terms, view));
    default:
      return phase satisfies never;
  }
}

function disclosureFacts(view: DisclosureView): readonly Fact[] {
  const { disclosure, pack, consent } = view;
  const { phase, terms, asked } = disclosure;
  const { zone } = pack;
  const decision = decisionOf(disclosure);
  const fewer = decision !== null && decision.categories.length < terms.categories.length;
  const denied = phase.status === 'denied' ? phase : null;
  const sent = phase.status === 'executed' ? phase.sent : null;
  return [
    ['status', stateWords(stateOf(disclosure))],
    ['customer', maskedSubject(disclosure)],
    ['recipient', masked(disclosure, terms.recipient)],
    ['categories', scopeWords(categoriesOf(disclosure))],
    ['askedFor', fewer ? scopeWords(terms.categories) : null],
    ['purpose', masked(disclosure, terms.purpose)],
    ['basis', isHidden(view) ? words.WITH_THE_OFFICER : basisOf(disclosure, pack)],
    ...evidenceFacts(disclosure, consent, pack),
    ['frozen', freezeFact(view)],
    ['askedBy', words.whoWhen(asked.by, asked.at, zone)],
    ['decidedBy', decision === null ? null : words.decidedWords(decision, zone)],
    ['approvedUntil', phase.status === 'approved' ? dayWords(phase.decision.expires) : null],
    ['deniedBy', denied === null ? null : words.whoWhen(denied.by, denied.at, zone)],
    ['reason', denied === null ? null : masked(disclosure, denied.reason)],
    [
      'sent',
      sent === null
        ? null
        : words.sentWords(sent, isShort(view) ? null : masked(disclosure, sent.method), zone),
    ],
    ['sendingOnRecord', sent === null || sent.ref === null ? null : masked(disclosure, sent.ref)],
  ];
}

/** The facts of the card, or some of them. */
export function factsBlock(
  view: DisclosureView,
  wanted: readonly words.DisclosureFact[] | null = null,
): Block {
  const rows = disclosureFacts(view).filter(
    ([name]) =>
      (wanted === null || wanted.includes(name)) && (!isShort(view) || WITHOUT_WORDS.includes(name)),
  );
  return facts(...rows.map(([name, value]) => [words.FACT_LABELS[name], value] as const));
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
  moment(words.MOMENT_LABELS.asked, disclosure.asked.at, pack.zone),
  ...(disclosure.phase.status === 'approved'
    ? [
        {
          ...dueMoment(disclosure.phase.decision.expires, pack.zone),
          label: words.MOMENT_LABELS.sendBefore,
        },
      ]
    : []),
];

export function disclosureCard(view: DisclosureView): Card {
  const { disclosure } = view;
  return card(
    disclosureTitle(view),
    TONES[disclosure.phase.status],
    [factsBlock(view), text(nextStep(view))],
    {
      actions: disclosureActions(view, ANYBODY, HANDLING),
      moments: disclosureMoments(view),
      footer: words.policyFooter(disclosure.pack.name),
      ref: disclosure.ref,
    },
  );
}

/** Who does what next, in one line. */
export const nextStep = ({ disclosure, pack }: DisclosureView): string =>
  words.nextWords(disclosure, basisOf(disclosure, pack));
