/** Disclosures, consents and freezes in English. Must not know: rules, surfaces. */
import type { DisclosureState } from '../../domain/disclosures/disclosure.js';
import type { Needs } from '../../domain/disclosures/may.js';
import type { Hold } from '../../domain/freeze.js';
import type { LegalBasis } from '../../vocabulary/values.js';
import { commas } from './lists.js';

const STATES: Readonly<Record<DisclosureState, string>> = {
  requested: 'waiting for the officer’s decision',
  blocked: 'blocked by a freeze',
  offered: 'no longer frozen: to be offered again',
  approved: 'approved and waiting to be sent',
  executed: 'sent',
  expired: 'expired: it was not sent in time',
  voided: 'void: its approval no longer holds',
  denied: 'denied',
  cancelled: 'cancelled',
};
export const stateWords = (state: DisclosureState): string => STATES[state];

const BASES: Readonly<Record<LegalBasis, string>> = {
  consent: 'consent',
  transaction: 'transaction',
  required_by_law: 'required by law',
};
export const basisWords = (basis: LegalBasis): string => BASES[basis];

const FREEZING: Readonly<Record<Hold['type'], string>> = {
  access: 'access request',
  correction: 'correction',
  deletion: 'deletion',
  stop_handling: 'stop of handling',
  consent_withdrawal: 'consent withdrawal',
  complaint: 'complaint',
};

/** `mobile_phone by PR-2026-0001 (correction, clause 3.1)`. */
export const holdWords = (hold: Hold): string =>
  `${commas(hold.categories)} by ${hold.case} (${FREEZING[hold.type]}, clause ${hold.clause})`;

/** A freeze an officer may pass, with the note that goes on the record. */
export function passedWords(hold: Hold): string {
  const note = hold.note === null ? '' : `: ${hold.note}`;
  return `${holdWords(hold)}, passed only by an officer’s decision${note}`;
}

/** What asking would need. */
export function needsWords(needs: Needs): string {
  switch (needs.basis) {
    case 'consent':
      return needs.consents.length === 0
        ? 'a consent for this recipient, its purpose and these categories, given in advance'
        : `${needs.consents.join(' or ')}, for the purpose it names`;
    case 'transaction':
      return `the order, and the template ${needs.templates.length === 0 ? 'that allows it' : needs.templates.join(' or ')}`;
    case 'required_by_law':
      return commas(needs.evidence);
    default:
      return needs satisfies never;
  }
}

/** What whoever acted is told. `atOnce`: a standing approval approved it. */
export const ANSWERS = {
  asked: (ref: string, atOnce: boolean) =>
    atOnce
      ? `Asked as ${ref}, and approved at once by a standing approval.`
      : `Asked as ${ref}. An officer decides in the thread.`,
  askedAnew: (atOnce: boolean) =>
    atOnce
      ? 'Asked anew, and approved at once by a standing approval.'
      : 'Asked anew. An officer decides in the thread.',
  cancelled: 'Cancelled.',
  approved: 'Approved.',
  denied: 'Denied.',
  sent: 'On the register.',
} as const;
