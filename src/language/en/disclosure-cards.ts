/** What the cards of a disclosure say, in English. Must not know: rules, who may press what, surfaces. */
import type { Approval, Disclosure, DisclosurePhase } from '../../domain/disclosures/disclosure.js';
import type { DisclosureEvent, VoidReason } from '../../domain/disclosures/events.js';
import type { FreezeSays, Hold } from '../../domain/freeze.js';
import type { Category, Day, Instant, LegalBasis } from '../../vocabulary/values.js';
import { scopeWords } from './categories.js';
import { dayWords, minuteWords } from './dates.js';
import { basisWords, holdWords, passedWords } from './disclosures.js';
import { commas, underClause } from './lists.js';
import { personWords, someoneWords } from './people.js';

/** The lines of a disclosure's card. */
export const FACT_LABELS = {
  status: 'Status',
  customer: 'Customer',
  recipient: 'Recipient',
  categories: 'Categories',
  askedFor: 'Asked for',
  purpose: 'Purpose',
  basis: 'Basis',
  consent: 'Consent',
  consentEvidence: 'Consent evidence',
  order: 'Order',
  template: 'Template',
  authority: 'Authority',
  law: 'Law',
  instrument: 'Instrument',
  evidence: 'Evidence',
  withheld: 'Withheld',
  frozen: 'Frozen',
  askedBy: 'Asked by',
  decidedBy: 'Decided by',
  approvedUntil: 'Approved until',
  deniedBy: 'Denied by',
  reason: 'Reason',
  sent: 'Sent',
  sendingOnRecord: 'Sending on record',
} as const;
export type DisclosureFact = keyof typeof FACT_LABELS;

export const BUTTONS = {
  approve: 'Approve',
  fewer: 'Fewer categories',
  deny: 'Deny',
  offerAgain: 'Offer again',
  change: 'Change it',
  cancel: 'Cancel it',
  recordSent: 'Record as sent',
  show: 'Show',
} as const;

export const MOMENT_LABELS = { asked: 'asked', sendBefore: 'to be sent before' } as const;

/** In place of the recipient, where whoever is in the channel reads it. */
export const A_DISCLOSURE = 'Disclosure';
/** In place of the basis and all behind it, where that is kept. */
export const WITH_THE_OFFICER = 'required by law, details with the officer';

/** In place of a text that is kept. */
export const KEPT = '–';

/** `transaction (clause 2.2)`. */
export const basisLine = (basis: LegalBasis, clause: string): string =>
  `${basisWords(basis)}${underClause(clause)}`;

export const policyFooter = (pack: string): string => `Policy ${pack}`;

const holdsWords = (holds: readonly Hold[]): string => holds.map(holdWords).join('; ');
const byCases = (cases: readonly string[]): string =>
  cases.length === 0 ? '' : ` by ${commas([...new Set(cases)])}`;

export function consentLine(consent: {
  readonly ref: string;
  readonly given: Day;
  readonly recipient: string | null;
  readonly categories: readonly Category[];
  readonly withdrawnBy: readonly string[];
}): string {
  const whom = consent.recipient ?? 'names no recipient, so any of its purpose';
  const withdrawn = consent.withdrawnBy.length === 0 ? '' : `; withdrawn${byCases(consent.withdrawnBy)}`;
  return `${consent.ref}, given ${dayWords(consent.given)} (${whom}) for ${scopeWords(consent.categories)}${withdrawn}`;
}

export const templateLine = (template: string, allows: readonly Category[]): string =>
  `${template}: ${commas(allows)}`;

export const withheldWords = (until: Day): string => `from the customer’s exports until ${dayWords(until)}`;

/** What the freeze says to what is asked. */
export function freezeWords({ blocked, officer }: FreezeSays): string {
  const words = [...blocked.map(holdWords), ...officer.map(passedWords)];
  return words.length === 0 ? 'nothing that is asked' : words.join('; ');
}

/** What the freeze said to the officer who approved. */
export const passedFreezeWords = (holds: readonly Hold[]): string =>
  holds.length === 0 ? 'nothing that was approved' : holds.map(passedWords).join('; ');

/** What made an approval void. */
export const voidingFreezeWords = (holds: readonly Hold[]): string =>
  holds.length === 0 ? 'nothing' : holdsWords(holds);

/** `@lyon, Mon 2026-11-23 10:00`. */
export const whoWhen = (actor: Parameters<typeof personWords>[0], at: Instant, zone: string): string =>
  `${personWords(actor)}, ${minuteWords(at, zone)}`;

/** The same of an approval, and under which standing approval it was given. */
export function decidedWords({ by, at, standing }: Pick<Approval, 'by' | 'at' | 'standing'>, zone: string) {
  const under = standing === null ? '' : `, by standing approval ${standing}`;
  return `@${by}${under}, ${minuteWords(at, zone)}`;
}

export const sentWords = (
  { at, by }: Pick<Extract<DisclosurePhase, { status: 'executed' }>['sent'], 'at' | 'by'>,
  method: string | null,
  zone: string,
): string => `${minuteWords(at, zone)} by ${personWords(by)}${method === null ? '' : `: ${method}`}`;

/** Who does what next, in one line; `basis` with its clause. */
export function nextWords({ phase }: Pick<Disclosure, 'phase'>, basis: string): string {
  switch (phase.status) {
    case 'requested':
      return 'An officer decides in the thread. Until then nothing may be sent.';
    case 'blocked':
      return phase.offered
        ? 'Offer again: an officer is asked anew, and everything is checked again.'
        : 'Nothing may be sent. It is offered again if the freeze lifts.';
    case 'approved':
      return `It may be sent until ${dayWords(phase.decision.expires)}. Freeze and consent are checked once more when it is recorded as sent.`;
    case 'executed':
      return 'In the register.';
    case 'expired':
      return 'Nothing may be sent. Offer again: an officer is asked anew.';
    case 'voided':
      return `Nothing may be sent: ${VOIDING[phase.why]} after it was approved${underClause(phase.clause)}.`;
    case 'denied':
      return `Denied on ${basis}; nothing may be sent.`;
    case 'cancelled':
      return `Cancelled by ${personWords(phase.by)}.`;
    default:
      return phase satisfies never;
  }
}

const VOIDING: Readonly<Record<VoidReason, string>> = {
  frozen: 'a freeze began',
  consent_withdrawn: 'the consent was withdrawn',
  standing_revoked: 'the standing approval was revoked',
};

type EventOf<T extends DisclosureEvent['type']> = Extract<DisclosureEvent, { type: T }>;

/** What the thread is told. */
export const TOLD = {
  blocked: ({ holds }: Pick<EventOf<'disclosure_blocked'>, 'holds'>) =>
    `Blocked: ${holdsWords(holds)}. Nothing may be sent.`,
  unblocked: () => 'The freeze has lifted: it can be offered again, in one click.',
  approved: (
    event: EventOf<'disclosure_approved'>,
    about: { ref: string; fewer: boolean; basis: string },
  ) => {
    const how =
      event.standing === null
        ? `@${event.by} approved`
        : `Approved at once in the name of @${event.by}, by standing approval ${event.standing}:`;
    const fewer = about.fewer ? ' (fewer than asked)' : '';
    const notes = event.holds.map((hold) => ` ${passedWords(hold)}.`).join('');
    return `${how} ${scopeWords(event.categories)}${fewer}, on ${about.basis}, until ${dayWords(event.expires)}.${notes} Next: send it, then /disclosure sent ${about.ref} method:…`;
  },
  denied: (who: string, basis: string) => `${who} denied it, on ${basis}.`,
  cancelled: (who: string) => `${who} cancelled it.`,
  expired: () => 'The approval has expired: it was not sent in time. It can be offered again.',
  voided: ({ why, holds, clause }: EventOf<'disclosure_voided'>) => {
    const because =
      why === 'frozen'
        ? `${holdsWords(holds)} is frozen`
        : `${VOIDING[why]}${byCases(holds.map((hold) => hold.case))}`;
    return `The approval is void: ${because}${underClause(clause)}. Nothing may be sent.`;
  },
  sent: (who: string, categories: readonly Category[], at: Instant, zone: string) =>
    `${who} sent ${scopeWords(categories)} on ${minuteWords(at, zone)}; it is in the register.`,
  escalated: (hours: number) => `Undecided for ${hours} hours. Escalated.`,
} as const;

/** The decision's card: what it is called, and what it says at the end. */
export const DECISION = {
  title: (ref: string, state: keyof typeof DECISION_TITLES) =>
    `${ref} · Disclosure: ${DECISION_TITLES[state]}`,
  approved: (decided: string, basis: string) => `Approved by ${decided}, on ${basis}.`,
  voided: (decided: string, next: string) => `Approved by ${decided}. ${next}`,
  denied: (who: string, basis: string, reason: string | null) =>
    `Denied by ${who}, on ${basis}.${reason === null ? '' : ` Reason: ${reason}`}`,
  kept: 'An officer decides in the officer’s channel.',
  asks: (asker: string, what: readonly Category[], customer: string, recipient: string) =>
    `${asker} asks to give ${scopeWords(what)} of ${customer} to ${recipient}. Please decide.`,
  /** `passes`: the freezes that an approval passes. */
  footer: (ref: string, approvalDays: number, passes: readonly Hold[]) => {
    const said = [...new Set(passes.map(({ note, clause }) => note ?? `clause ${clause}`))];
    const notes =
      said.length === 0 ? '' : ` Your approval passes a freeze, with the note “${said.join('”, “')}”.`;
    return `Approve: it may be sent for ${approvalDays} days; freeze and consent are checked again then.${notes} Fewer categories: /disclosure decide ${ref} approve data:… Deny: nothing goes out; it asks for a reason.`;
  },
  /** `times`: how often it was asked by now. */
  outdated: (
    times: number,
    ruling: Pick<Disclosure['rulings'][number], 'verdict' | 'by' | 'at'> | null,
    zone: string,
  ) => {
    const decided =
      ruling === null
        ? 'It was not decided.'
        : `It was ${ruling.verdict === 'approve' ? 'approved' : 'denied'} by ${someoneWords(ruling.by)}, ${minuteWords(ruling.at, zone)}; that no longer counts.`;
    return `This card is out of date: the disclosure was asked anew (${times}. time). ${decided}`;
  },
} as const;

const DECISION_TITLES = {
  asked: 'decision asked',
  approved: 'approved',
  expired: 'approved, then expired',
  voided: 'approval void',
  denied: 'denied',
  blocked: 'blocked',
  cancelled: 'cancelled',
  anew: 'asked anew',
} as const;

/** A line of the history: the event's own name, or the attempt that was refused. */
export function historyWords(event: DisclosureEvent): string {
  if (event.type === 'command_refused')
    return `refused ${event.command}: ${event.code}${underClause(event.clause)}`;
  return HISTORY[event.type];
}

const HISTORY: Readonly<Record<Exclude<DisclosureEvent['type'], 'command_refused'>, string>> = {
  disclosure_requested: 'requested',
  disclosure_amended: 'amended',
  disclosure_blocked: 'blocked',
  disclosure_unblocked: 'unblocked',
  disclosure_approved: 'approved',
  disclosure_denied: 'denied',
  disclosure_cancelled: 'cancelled',
  disclosure_expired: 'expired',
  disclosure_voided: 'voided',
  disclosure_sent: 'sent',
  disclosure_escalated: 'escalated',
  customer_forgotten: 'customer forgotten',
  clock_put_back: 'the clock was put back',
};

export const HISTORY_TITLE = 'History';
export const HISTORY_COLUMNS = ['#', 'When', 'Who', 'What'] as const;
