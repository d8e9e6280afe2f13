/**
 * Disclosures, consents and standing approvals as their streams tell them, and the rows that follow from them: the same
 * functions write a row at commit and rebuild it from the ledger (domain.md rule 10). Must not know: commands, wording.
 */
import {
  type Consent,
  consentEvent,
  consentFrom,
  liveCategories,
  type StampedConsent,
} from '../../domain/disclosures/consent.js';
import {
  categoriesOf,
  type Disclosure,
  decisionOf,
  type StampedDisclosure,
} from '../../domain/disclosures/disclosure.js';
import { disclosureEvent } from '../../domain/disclosures/events.js';
import { nextTickAt } from '../../domain/disclosures/passing.js';
import { disclosureFrom } from '../../domain/disclosures/replay.js';
import { type Standing, standingEvent } from '../../domain/disclosures/standing.js';
import type { Pack } from '../../policy/schema.js';
import { fromEntry } from '../../record/entry.js';
import type { ConsentRow, DisclosureRow, StandingRow } from '../../record/rows.js';
import type { OpenEntry } from '../../record/store.js';

/** All standing approvals, on one stream: nothing in them is a customer's. */
export const STANDINGS = 'standings';

export function stampedDisclosure(entry: OpenEntry): StampedDisclosure {
  return { seq: entry.seq, at: entry.at, actor: entry.actor, event: fromEntry(disclosureEvent, entry) };
}

export const disclosureOf = (entries: readonly OpenEntry[]): Disclosure =>
  disclosureFrom(entries.map(stampedDisclosure));

export function stampedConsent(entry: OpenEntry): StampedConsent {
  return { seq: entry.seq, at: entry.at, actor: entry.actor, event: fromEntry(consentEvent, entry) };
}

export const consentOf = (entries: readonly OpenEntry[]): Consent => consentFrom(entries.map(stampedConsent));

export function standingsOf(entries: readonly OpenEntry[]): readonly Standing[] {
  return entries.map((entry) => {
    const { type: _type, ...standing } = fromEntry(standingEvent, entry);
    return standing;
  });
}

export function disclosureRowOf(disclosure: Disclosure, pack: Pack): DisclosureRow {
  const { phase, terms, asked } = disclosure;
  const decision = decisionOf(disclosure);
  const sent = phase.status === 'executed' ? phase.sent : null;
  return {
    ref: disclosure.ref,
    subjectId: disclosure.subjectId,
    status: phase.status,
    offered: phase.status === 'blocked' && phase.offered,
    basis: terms.basis,
    recipient: terms.recipient,
    categories: categoriesOf(disclosure),
    consent: terms.evidence.consent,
    template: terms.evidence.template,
    requestedBy: disclosure.askers[0] ?? null,
    requestedAt: disclosure.requestedAt,
    askedAt: asked.at,
    decidedBy: decision?.by ?? (phase.status === 'denied' ? phase.by.person : null),
    decidedAt: decision?.at ?? (phase.status === 'denied' ? phase.at : null),
    sentAt: sent?.at ?? null,
    sentDay: sent?.day ?? null,
    withhold: terms.withhold,
    nextDueAt: nextTickAt(disclosure, pack),
    pack: disclosure.pack.name,
    packHash: disclosure.pack.hash,
    version: disclosure.revision,
  };
}

export function consentRowOf(consent: Consent): ConsentRow {
  return {
    ref: consent.ref,
    subjectId: consent.subjectId,
    recipient: consent.recipient,
    categories: consent.categories,
    live: liveCategories(consent),
    grantedAt: consent.grantedAt,
    recordedAt: consent.recordedAt,
    version: consent.version,
  };
}

export const standingRowOf = ({
  number,
  recipient,
  template,
  categories,
  from,
  until,
  by,
}: Standing): StandingRow => ({ number, recipient, template, categories, from, until, by });
