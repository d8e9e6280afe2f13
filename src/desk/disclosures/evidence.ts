/**
 * A disclosure as its evidence file tells it: what was asked, who decided when and on which clause, when it went out.
 * Free text stays out, but for the purpose and the law. Must not know: files, the ledger's hashes.
 */
import { categoriesOf, type StampedDisclosure } from '../../domain/disclosures/disclosure.js';
import { clauseOf } from '../../domain/disclosures/terms.js';
import type { Pack } from '../../policy/schema.js';
import { maskedText } from '../../vocabulary/mask.js';
import { type Instant, maskReference, type Person } from '../../vocabulary/values.js';
import type { Evidence } from '../tell/kinds.js';
import { disclosureFrom, type LoadedDisclosure } from './on-disclosure.js';

export const disclosureEvidence: Evidence = async ({ packOf }, entries, today) => {
  const loaded = await disclosureFrom(packOf, entries);
  const { reference, pack: pinned } = loaded.disclosure;
  const about = { disclosure: disclosureFacts(loaded, today === null) };
  return { pack: loaded.pack, pinned, reference, about };
};

/** `withheld`: whether it says until when the customer is to learn nothing of it. */
function disclosureFacts({ disclosure, pack, history }: LoadedDisclosure, withheld: boolean) {
  const { terms, phase, reference } = disclosure;
  const masked = (text: string | null) => (text === null ? null : maskedText(text, reference));
  const sent = phase.status === 'executed' ? phase.sent : null;
  return {
    ref: disclosure.ref,
    customer: reference === null ? 'erased' : maskReference(reference),
    recipient: maskedText(terms.recipient, reference),
    purpose: masked(terms.purpose),
    categories: { asked: terms.categories, inForce: categoriesOf(disclosure) },
    basis: terms.basis,
    clause: clauseOf(terms, pack),
    consent: terms.evidence.consent,
    template: terms.evidence.template,
    law: masked(terms.evidence.law),
    ...(withheld ? { withheldUntil: terms.withhold } : {}),
    askedBy: disclosure.askers,
    requestedAt: disclosure.requestedAt,
    status: phase.status,
    decisions: decisionsOf(history, clauseOf(terms, pack), pack),
    sent: sent === null ? null : { at: sent.at, day: sent.day, by: sent.by.person },
  };
}

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

function decisionsOf(history: readonly StampedDisclosure[], clause: string, { disclosures }: Pack) {
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
          },
        ];
      case 'disclosure_denied':
        return [{ entry: seq, verdict: 'denied', by: actor.person, at, clause }];
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
