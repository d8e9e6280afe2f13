/** What the lists, the register and the consents of disclosures say, in English. Must not know: who may read them. */
import type { Consent, ConsentEvent } from '../../domain/disclosures/consent.js';
import type { DisclosureState } from '../../domain/disclosures/disclosure.js';
import type { KnownStanding } from '../../domain/disclosures/standing.js';
import type { Day, LegalBasis } from '../../vocabulary/values.js';
import { scopeWords } from './categories.js';
import { dayWords, minuteWords } from './dates.js';
import { basisLine } from './disclosure-cards.js';
import { commas } from './lists.js';

/** The state in a word or two, for tables. */
export const STATE_SHORT: Readonly<Record<DisclosureState, string>> = {
  requested: 'decision asked',
  blocked: 'blocked',
  offered: 'to offer again',
  approved: 'to send',
  executed: 'sent',
  expired: 'expired',
  voided: 'void',
  denied: 'denied',
  cancelled: 'cancelled',
};

export const LIST = {
  columns: ['Disclosure', 'Customer', 'Recipient', 'Categories', 'Basis', 'Status', 'Asked'],
  none: 'None.',
  more: (count: number) => `and ${count} more; narrow it with filter: or customer:`,
} as const;

export const CONSENTS = {
  title: 'Consents',
  columns: ['Consent', 'Recipient', 'Purpose', 'Categories', 'Given', 'Now'],
  anyRecipient: 'any of its purpose',
} as const;

/** What is left of a consent: `live` of its categories, and which cases withdrew the rest. */
export function consentState(live: readonly string[], withdrawnBy: readonly string[]): string {
  if (live.length === 0) return `withdrawn by ${commas(withdrawnBy)}`;
  return withdrawnBy.length === 0
    ? 'live'
    : `live for ${commas(live)}; the rest withdrawn by ${commas(withdrawnBy)}`;
}

/** A line of a consent's history. */
export function consentHistoryWords(event: ConsentEvent): string {
  switch (event.type) {
    case 'consent_recorded':
      return `recorded for ${scopeWords(event.categories)}`;
    case 'consent_withdrawn':
      return `withdrawn for ${scopeWords(event.categories)} by ${event.case}`;
    case 'consent_restored':
      return `given back: ${event.case} came to nothing`;
    default:
      return event satisfies never;
  }
}

export const CONSENT = {
  title: (ref: string, customer: string) => `${ref} · Consent · ${customer}`,
  says: (ref: string) => `Recorded as ${ref}. Use it: /disclosure request … basis:consent consent:${ref}`,
  recorded: (ref: string) => `Recorded as ${ref}. Nothing can be given on it.`,
  older: (cases: readonly string[]) =>
    `It is older than the withdrawal ${commas(cases)}, which counts for it: it is withdrawn from the start.`,
  withdrawn: ({ case: by, categories, at }: Consent['withdrawals'][number], zone: string) =>
    `${scopeWords(categories)} by ${by}, on record since ${minuteWords(at, zone)}`,
  labels: {
    recipient: 'Recipient',
    purpose: 'Purpose',
    categories: 'Categories',
    given: 'Given',
    evidence: 'Evidence',
    now: 'Now',
    withdrawn: 'Withdrawn',
    frozen: 'Frozen',
    recorded: 'Recorded',
  },
  anyRecipient: 'any recipient of this purpose',
} as const;

export const STANDINGS = {
  title: 'Standing approvals',
  columns: ['No.', 'Recipient', 'Template', 'Categories', 'By', 'Last day'],
  known: ['No.', 'Recipient', 'Template', 'Categories', 'By', 'Last day', 'Uses', 'Now'],
  none: 'Nothing is approved in advance.',
  revoke: (number: number) => `Revoke ${number}`,
  revoked: (number: number, recipient: string) => `Standing approval ${number} · ${recipient} · revoked`,
  voids: 'Nothing is approved by it any more. What it had approved and was not sent is void.',
  unknown: (number: number) => `names no standing approval: ${number}`,
} as const;

/** `in force`, `ended`, or who took it back and why. */
export function standingState({ revoked, until }: KnownStanding, today: Day): string {
  if (revoked !== null) return `revoked by @${revoked.by} on ${dayWords(revoked.on)}: ${revoked.reason}`;
  return until < today ? 'ended' : 'in force';
}

export const REGISTER = {
  columns: [
    'Sent',
    'Disclosure',
    'Customer',
    'Recipient',
    'Categories',
    'Purpose',
    'Basis',
    'Decided by',
    'Told results',
    'Withheld until',
  ],
  nothing: 'Nothing was disclosed.',
  more: 'and more; narrow it with from: and to:',
  empty: '–',
  basis: (basis: LegalBasis, clause: string) => basisLine(basis, clause),
  decidedBy: (person: string, standing: number | null) =>
    `@${person}${standing === null ? '' : ` (standing ${standing})`}`,
} as const;
