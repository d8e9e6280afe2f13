/**
 * Deciding on a disclosure and sending it: a second pair of eyes, and every guard once more at the click and at the
 * sending (domain.md section 4, rules 1 and 2). Pure. Must not know: storage, surfaces.
 */
import { addDays, civilDay, compareInstants, formatDay, localMinute } from '../../policy/calendar.js';
import type { Category, Instant } from '../../vocabulary/values.js';
import { inWords } from '../refusal.js';
import { blockedBy, eventHolds, wrongState } from './asking.js';
import {
  type Decision,
  type Disclosure,
  type DisclosureRuling,
  decisionOf,
  type Terms,
} from './disclosure.js';
import type { VoidReason } from './events.js';
import {
  clauseOf,
  type DisclosureDecision,
  type DisclosureFacts,
  decided,
  denied,
  freezeOn,
  frozenRefusal,
  liveRefusal,
  termsRefusal,
} from './terms.js';

export type DecideDisclosureInput = {
  readonly verdict: 'approve' | 'deny';
  readonly reason: string | null;
  /** Fewer categories than asked; null: what was asked. */
  readonly categories: readonly Category[] | null;
  /** The round the officer was looking at; null when typed. */
  readonly shown: number | null;
};

export function decideDisclosure(
  disclosure: Disclosure,
  input: DecideDisclosureInput,
  facts: DisclosureFacts,
): DisclosureDecision {
  const late = lateRefusal(disclosure, input.shown, facts);
  if (late !== null) return late;
  const { phase, round, ref, terms } = disclosure;
  if (phase.status === 'blocked') return blockedRefusal(disclosure, facts);
  if (phase.status !== 'requested')
    return wrongState(disclosure, 'no decision is asked', offerAgain(disclosure));
  if (!facts.mayDecide(facts.actor.person))
    return denied(
      inWords(
        'not-permitted',
        facts.pack.training.clause,
        'Only a privacy officer decides on a disclosure.',
        'Ask the officer or the deputy.',
      ).refusal,
    );
  if (disclosure.askers.includes(facts.actor.person))
    return denied(
      inWords(
        'same-person',
        facts.pack.training.clause,
        `You asked for ${ref} yourself, so another officer decides it: two people, whichever account they use.`,
        'Ask the other officer or the deputy.',
      ).refusal,
    );
  if (input.verdict === 'deny') return deny(disclosure, input.reason);
  const categories = input.categories ?? terms.categories;
  const more = categories.filter((category) => !terms.categories.includes(category));
  if (more.length > 0)
    return denied(
      inWords(
        'too-many-categories',
        facts.pack.disclosures.clause,
        `${more.join(', ')} ${more.length === 1 ? 'was' : 'were'} not asked for; you can approve fewer categories, never more.`,
        `Asked for: ${terms.categories.join(', ')}.`,
      ).refusal,
    );
  return approve(disclosure, { ...terms, categories }, input.reason, facts, round);
}

function approve(
  disclosure: Disclosure,
  terms: Terms,
  reason: string | null,
  facts: DisclosureFacts,
  round: number,
): DisclosureDecision {
  const refusal = termsRefusal(terms, facts);
  if (refusal !== null) return denied(refusal);
  const says = freezeOn(terms, facts);
  if (says.blocked.length > 0)
    return denied(frozenRefusal(disclosure.ref, terms, says.blocked, facts), blockedBy(says.blocked));
  const withdrawn = liveRefusal(terms, facts);
  if (withdrawn !== null) return denied(withdrawn);
  return decided({
    type: 'disclosure_approved',
    round,
    categories: [...terms.categories],
    expires: addDays(facts.today, facts.pack.disclosures.approvalDays),
    clause: clauseOf(terms, facts.pack),
    holds: eventHolds(says.officer),
    by: facts.actor.person,
    standing: null,
    personal: { reason },
  });
}

function deny(disclosure: Disclosure, reason: string | null): DisclosureDecision {
  if (reason === null)
    return denied(
      inWords(
        'reason-missing',
        null,
        'A denial needs a reason, so the agent knows what to change.',
        `Add reason:"…", e.g. /disclosure decide ${disclosure.ref} deny reason:"…"`,
      ).refusal,
    );
  return decided({ type: 'disclosure_denied', round: disclosure.round, personal: { reason } });
}

/** A click or command after the ruling, or on terms that were changed since they were shown. */
function lateRefusal(
  disclosure: Disclosure,
  shown: number | null,
  { pack }: DisclosureFacts,
): DisclosureDecision | null {
  const { ref, round, rulings, phase } = disclosure;
  const waiting = phase.status === 'requested' && (shown === null || shown === round);
  if (waiting) return null;
  const ruling = rulings.findLast((each) => each.round === (shown ?? round));
  if (ruling !== undefined) return alreadyDecided(disclosure, ruling, pack.zone);
  if (shown === null || shown === round) return null;
  return denied(
    inWords(
      'wrong-state',
      null,
      `${ref} was changed since that card was shown, so nothing was decided.`,
      `The card shows it as it is now; or: /disclosure show ${ref}`,
    ).refusal,
  );
}

function alreadyDecided(
  { ref, phase }: Disclosure,
  { by, verdict, at }: DisclosureRuling,
  zone: string,
): DisclosureDecision {
  const words = { approve: 'approved', deny: 'denied' }[verdict];
  return denied(
    inWords(
      'already-decided',
      null,
      `${ref} was already decided by @${by ?? 'somebody'}: ${words}, ${localMinute(at, zone)}.`,
      phase.status === 'requested'
        ? `It was changed since and waits for a decision: /disclosure show ${ref}`
        : `See it: /disclosure show ${ref}`,
    ).refusal,
  );
}

function blockedRefusal(disclosure: Disclosure, facts: DisclosureFacts): DisclosureDecision {
  const { ref, terms } = disclosure;
  const { blocked } = freezeOn(terms, facts);
  if (blocked.length > 0) return denied(frozenRefusal(ref, terms, blocked, facts));
  return wrongState(disclosure, 'it must be offered again first', offerAgain(disclosure));
}

const offerAgain = ({ ref, phase }: Disclosure): string | null =>
  phase.status === 'blocked' || phase.status === 'expired' || phase.status === 'voided'
    ? `Offer it again: /disclosure amend ${ref}`
    : null;

/** Executed: not expired; freeze and consent checked once more (rule 1). */
export function decideSent(
  disclosure: Disclosure,
  input: { readonly method: string; readonly at: Instant; readonly ref: string | null },
  facts: DisclosureFacts,
): DisclosureDecision {
  const { phase, ref } = disclosure;
  switch (phase.status) {
    case 'approved':
      return send(disclosure, phase.decision, input, facts);
    case 'executed':
      return wrongState(disclosure, 'it is in the register already', `See it: /disclosure show ${ref}`);
    case 'expired':
      return denied(expiredRefusal(disclosure, phase.decision));
    case 'voided':
      return denied(
        voidRefusal(
          disclosure,
          phase.why,
          phase.clause,
          phase.holds.map(({ case: by }) => by),
        ),
      );
    case 'blocked': {
      const blocked = freezeOn(disclosure.terms, facts).blocked;
      if (blocked.length > 0) return denied(frozenRefusal(ref, disclosure.terms, blocked, facts));
      return denied(notApproved(disclosure, 'it must be offered again and approved first', facts));
    }
    case 'requested':
      return denied(notApproved(disclosure, 'an officer decides first', facts));
    case 'denied':
      return denied(notApproved(disclosure, `@${phase.by.person ?? 'somebody'} denied it`, facts));
    case 'cancelled':
      return denied(notApproved(disclosure, 'it was cancelled', facts));
    default:
      return phase satisfies never;
  }
}

function send(
  disclosure: Disclosure,
  decision: Decision,
  input: { readonly method: string; readonly at: Instant; readonly ref: string | null },
  facts: DisclosureFacts,
): DisclosureDecision {
  const { ref } = disclosure;
  const { pack, now, today } = facts;
  const terms: Terms = { ...disclosure.terms, categories: decision.categories };
  if (today > decision.expires)
    return denied(expiredRefusal(disclosure, decision), { type: 'disclosure_expired' });
  if (compareInstants(input.at, now) > 0)
    return denied(inWords('future', null, 'at: it cannot have been sent in the future.').refusal);
  if (compareInstants(input.at, decision.at) < 0)
    return denied(
      inWords(
        'invalid-value',
        pack.disclosures.clause,
        `at: it cannot have been sent before it was approved, ${localMinute(decision.at, pack.zone)}.`,
        'If it was, tell the officer: that is an incident.',
      ).refusal,
    );
  const { blocked } = freezeOn(terms, facts);
  if (blocked.length > 0)
    return denied(frozenRefusal(ref, terms, blocked, facts), voidedBy('frozen', blocked));
  const invalid = liveRefusal(terms, facts);
  if (invalid !== null) {
    const clause = invalid.clause ?? pack.disclosures.bases.consent.clause;
    return denied(invalid, { type: 'disclosure_voided', why: 'consent_withdrawn', clause, holds: [] });
  }
  const sentDay = civilDay(input.at, pack.zone);
  const personal = { method: input.method, ref: input.ref };
  return decided({ type: 'disclosure_sent', sentAt: input.at, sentDay, personal });
}

export const voidedBy = (why: VoidReason, holds: Parameters<typeof eventHolds>[0]) => ({
  type: 'disclosure_voided' as const,
  why,
  clause: holds[0]?.clause ?? '',
  holds: eventHolds(holds),
});

function notApproved(disclosure: Disclosure, why: string, { pack }: DisclosureFacts) {
  const decision = decisionOf(disclosure);
  return inWords(
    'not-approved',
    pack.disclosures.clause,
    `${disclosure.ref} is not approved: ${why}.`,
    decision === null ? 'Nothing may be sent until an officer has approved it.' : null,
  ).refusal;
}

function expiredRefusal({ ref }: Disclosure, { expires, clause }: Decision) {
  return inWords(
    'approval-expired',
    clause,
    `The approval of ${ref} ended with ${formatDay(expires)}.`,
    `Offer it again: /disclosure amend ${ref}`,
  ).refusal;
}

function voidRefusal({ ref, terms }: Disclosure, why: VoidReason, clause: string, cases: readonly string[]) {
  const by = cases.length === 0 ? '' : ` by ${[...new Set(cases)].join(', ')}`;
  const code = why === 'frozen' ? 'frozen' : 'consent-not-valid';
  const says =
    why === 'frozen'
      ? `its data was frozen${by} after it was approved`
      : `the consent ${terms.evidence.consent ?? ''} was withdrawn${by} after it was approved`;
  return inWords(
    code,
    clause,
    `${ref} may not be sent: ${says}, so the approval is void.`,
    `Nothing is sent. It can be asked anew on another basis: /disclosure amend ${ref} …`,
  ).refusal;
}
