/**
 * What the freeze of a case does to the same customer's consents and disclosures when it begins, lifts or ends (domain.md
 * section 4): consents are withdrawn or given back first, then every live disclosure is looked at again. Pure.
 * Must not know: storage, surfaces, the clock.
 */
import type { Pack } from '../../policy/schema.js';
import type { Actor, Instant } from '../../vocabulary/values.js';
import type { FrozenCase } from '../freeze.js';
import type { PrivacyRequest } from '../requests/request.js';
import { applyConsent, type Consent, type ConsentEvent } from './consent.js';
import type { Disclosure } from './disclosure.js';
import type { DisclosureEvent } from './events.js';
import { decideReassess, decideWithdrawal } from './passing.js';

export type FreezeMove = {
  readonly after: PrivacyRequest;
  readonly now: Instant;
  readonly actor: Actor;
};

export type Customer = {
  /** Those a withdrawal is about, those it withdrew, and those a live disclosure relies on. */
  readonly consents: ReadonlyMap<string, Consent>;
  /** Live ones, each with the pack it pinned. */
  readonly disclosures: readonly { readonly disclosure: Disclosure; readonly pack: Pack }[];
  /** As they are after the move. */
  readonly cases: readonly FrozenCase[];
};

export function freezeConsequences(
  { after, now, actor }: FreezeMove,
  { consents, disclosures, cases }: Customer,
): {
  readonly consents: readonly { readonly consent: Consent; readonly events: readonly ConsentEvent[] }[];
  readonly disclosures: readonly {
    readonly disclosure: Disclosure;
    readonly events: readonly DisclosureEvent[];
  }[];
} {
  const withdrawn = [...consents.values()]
    .map((consent) => ({ consent, events: decideWithdrawal(consent, after) }))
    .filter(({ events }) => events.length > 0);
  const left = new Map(consents);
  for (const { consent, events } of withdrawn)
    left.set(
      consent.ref,
      events.reduce<Consent>(
        (state, event) => applyConsent(state, { seq: state.version + 1, at: now, actor, event }),
        consent,
      ),
    );
  return {
    consents: withdrawn,
    disclosures: disclosures.map(({ disclosure, pack }) => {
      const consent = left.get(disclosure.terms.evidence.consent ?? '') ?? null;
      return { disclosure, events: decideReassess(disclosure, { now, pack, cases, consent }) };
    }),
  };
}
