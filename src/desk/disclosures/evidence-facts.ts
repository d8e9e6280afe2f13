/**
 * A disclosure as its evidence file tells it: what was asked, who decided when and on which clause, when it went out, and every
 * pointer to evidence. Must not know: files, the ledger's hashes.
 */
import { type Consent, liveCategories, type StampedConsent } from '../../domain/disclosures/consent.js';
import { categoriesOf, type StampedDisclosure } from '../../domain/disclosures/disclosure.js';
import { clauseOf } from '../../domain/disclosures/terms.js';
import { historyWords } from '../../language/en/disclosure-cards.js';
import { consentHistoryWords } from '../../language/en/disclosure-lists.js';
import { personWords } from '../../language/en/people.js';
import type { Pack } from '../../policy/schema.js';
import { maskedText } from '../../vocabulary/mask.js';
import { type Instant, maskReference, type Person } from '../../vocabulary/values.js';
import { refusalsOf } from '../tell/attempts.js';
import type { LoadedDisclosure } from './on-disclosure.js';

export type DisclosureEvidence = ReturnType<typeof disclosureFacts>;

/**
 * `whole`: for the company, with until when the customer is to learn nothing of it, its pointers to evidence, the reasons and
 * the history; the customer's own copy leaves them out.
 */
export function disclosureFacts({ disclosure, pack, history }: LoadedDisclosure, whole: boolean) {
  const { terms, phase, reference } = disclosure;
  const masked: Masked = (text) => (text === null ? null : maskedText(text, reference));
  const sent = phase.status === 'executed' ? phase.sent : null;
  return {
    ref: disclosure.ref,
    customer: reference === null ? 'erased' : maskReference(reference),
    customerId: disclosure.subjectId,
    recipient: maskedText(terms.recipient, reference),
    purpose: masked(terms.purpose),
    categories: { asked: terms.categories, inForce: categoriesOf(disclosure) },
    basis: terms.basis,
    clause: clauseOf(terms, pack),
    consent: terms.evidence.consent,
    template: terms.evidence.template,
    law: masked(terms.evidence.law),
    ...(whole ? { withheldUntil: terms.withhold } : {}),
    askedBy: disclosure.askers,
    requestedAt: disclosure.requestedAt,
    status: phase.status,
    decisions: decisionsOf(history, clauseOf(terms, pack), pack, whole ? masked : null),
    sent: sent === null ? null : { at: sent.at, day: sent.day, by: sent.by.person },
    ...(whole
      ? {
          refusals: refusalsOf(history),
          evidence: pointersOf(history, masked),
          history: history.map(({ seq, at, actor, event }) => ({
            entry: seq,
            at,
            who: personWords(actor),
            what: historyWords(event),
          })),
        }
      : {}),
  };
}

/** The sealed fields that point into the company's own system, by the words of a person who reads them. */
const POINTERS = ['order', 'authority', 'instrument', 'evidence', 'ref'] as const;

/** Every pointer, in the order it was put on record; none of those that went with the customer's key. */
const pointersOf = (history: readonly StampedDisclosure[], masked: Masked) =>
  history.flatMap(({ seq: entry, at, actor, event }) => {
    const sealed: Readonly<Record<string, unknown>> = ('personal' in event ? event.personal : null) ?? {};
    return POINTERS.flatMap((pointer) => {
      const ref = sealed[pointer];
      if (typeof ref !== 'string' || ref === '') return [];
      const by = actor.person ?? actor.account;
      return [{ entry, step: pointer === 'ref' ? 'sent' : pointer, ref: masked(ref), by, at }];
    });
  });

type Decided = {
  /** The entry of the ledger that says so. */
  readonly entry: number;
  readonly verdict: string;
  /** Null: the policy itself. */
  readonly by: Person | null;
  readonly at: Instant;
  readonly clause: string | null;
  readonly [detail: string]: unknown;
};

/** With the customer's reference masked should it stand in it. */
type Masked = (text: string | null) => string | null;

/** `shown` null: without the reasons. */
function decisionsOf(
  history: readonly StampedDisclosure[],
  clause: string,
  { disclosures }: Pack,
  shown: Masked | null,
) {
  const reason = (personal: { readonly reason: string | null } | null) =>
    shown === null ? {} : { reason: shown(personal?.reason ?? null) };
  return history.flatMap(({ event, seq, at, actor }): readonly Decided[] => {
    switch (event.type) {
      case 'disclosure_approved':
        return [
          {
            entry: seq,
            verdict: 'approved',
            by: event.by,
            at,
            clause: event.clause,
            categories: event.categories,
            expires: event.expires,
            standing: event.standing,
            passes: event.holds.map(holdOf),
            ...reason(event.personal),
          },
        ];
      case 'disclosure_denied':
        return [{ entry: seq, verdict: 'denied', by: actor.person, at, clause, ...reason(event.personal) }];
      case 'disclosure_blocked':
        return [
          { entry: seq, verdict: 'blocked', by: null, at, clause: null, holds: event.holds.map(holdOf) },
        ];
      case 'disclosure_voided':
        return [{ entry: seq, verdict: 'voided', by: null, at, clause: event.clause, why: event.why }];
      case 'disclosure_expired':
        return [{ entry: seq, verdict: 'expired', by: null, at, clause: disclosures.clause }];
      default:
        return [];
    }
  });
}

type Holds = Extract<StampedDisclosure['event'], { type: 'disclosure_blocked' }>['holds'];

const holdOf = ({ case: ref, categories, clause }: Holds[number]) => ({ case: ref, categories, clause });

export type ConsentEvidence = ReturnType<typeof consentFacts>;

/** `whole`: as of a disclosure. */
export function consentFacts(consent: Consent, history: readonly StampedConsent[], whole: boolean) {
  const { reference } = consent;
  const masked: Masked = (text) => (text === null ? null : maskedText(text, reference));
  return {
    ref: consent.ref,
    customer: reference === null ? 'erased' : maskReference(reference),
    customerId: consent.subjectId,
    recipient: consent.recipient === null ? null : maskedText(consent.recipient, reference),
    purpose: masked(consent.purpose),
    categories: consent.categories,
    grantedAt: consent.grantedAt,
    recordedAt: consent.recordedAt,
    recordedBy: consent.recordedBy.person,
    live: liveCategories(consent),
    withdrawals: consent.withdrawals,
    ...(whole
      ? {
          evidence: masked(consent.evidence),
          history: history.map(({ seq, at, actor, event }) => ({
            entry: seq,
            at,
            who: personWords(actor),
            what: consentHistoryWords(event),
          })),
        }
      : {}),
  };
}
