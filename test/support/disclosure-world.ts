/**
 * A desk of pure deciders, without store or surface: requests, disclosures and consents of a few customers, wired as the
 * desk wires them, every event kept. Must not know: what has to hold; the tests say that.
 */

import { decideAmend, decideCancel, decideRequest } from '../../src/domain/disclosures/asking.js';
import {
  applyConsent,
  type Consent,
  type ConsentEvent,
  consentEvent,
  consentFrom,
  decideConsent,
  type StampedConsent,
} from '../../src/domain/disclosures/consent.js';
import { decideDisclosure, decideSent } from '../../src/domain/disclosures/deciding.js';
import type { Disclosure, StampedDisclosure, Terms } from '../../src/domain/disclosures/disclosure.js';
import { type DisclosureEvent, disclosureEvent } from '../../src/domain/disclosures/events.js';
import {
  decideReassess,
  decideTick,
  decideWithdrawal,
  freezeMoved,
} from '../../src/domain/disclosures/passing.js';
import { applyDisclosure, disclosureFrom } from '../../src/domain/disclosures/replay.js';
import { decideStanding, type Standing } from '../../src/domain/disclosures/standing.js';
import type { DisclosureFacts } from '../../src/domain/disclosures/terms.js';
import { type FrozenCase, frozenCaseOf, stillFreezes } from '../../src/domain/freeze.js';
import { sameName } from '../../src/domain/people.js';
import type { Decision } from '../../src/domain/refusal.js';
import { type RequestEvent, requestEvent } from '../../src/domain/requests/events.js';
import type { Circumstances } from '../../src/domain/requests/handling.js';
import { applyEvent, requestFrom } from '../../src/domain/requests/replay.js';
import type { PrivacyRequest, StampedEvent } from '../../src/domain/requests/request.js';
import { afterSeconds, civilDay } from '../../src/policy/calendar.js';
import { mayDo } from '../../src/policy/permissions.js';
import type { Pack } from '../../src/policy/schema.js';
import type { Permission } from '../../src/vocabulary/permissions.js';
import type { RefusalCode } from '../../src/vocabulary/refusals.js';
import type { Account, Actor, Instant, Person, SubjectId } from '../../src/vocabulary/values.js';

export const ROLES_OF = { mei: 'agent', dan: 'agent', lyon: 'officer', ana: 'deputy' } as const;
export type Name = keyof typeof ROLES_OF;

export const actorOf = (name: Name, surface = 'terminal'): Actor & { readonly person: Person } => ({
  person: name as Person,
  account: `${surface}:${name}` as Account,
});

export const subjectOf = (customer: string): SubjectId => `subject-${customer}` as SubjectId;

const stamped = <E>(from: number, events: readonly E[], at: Instant, actor: Actor) =>
  events.map((event, index) => ({ seq: from + index + 1, at, actor, event }));

export class World {
  now: Instant = '2026-11-23T02:00:00Z' as Instant;
  readonly requests = new Map<string, { state: PrivacyRequest; readonly log: StampedEvent[] }>();
  readonly disclosures = new Map<string, { state: Disclosure; readonly log: StampedDisclosure[] }>();
  readonly consents = new Map<string, { state: Consent; readonly log: StampedConsent[] }>();
  readonly standings: Standing[] = [];
  readonly refusals: RefusalCode[] = [];

  constructor(readonly pack: Pack) {}

  /** Moves the clock on and lets time do its work. */
  pass(hours: number): void {
    this.now = afterSeconds(this.now, hours * 3600);
    for (const one of this.disclosures.values())
      this.add(one, decideTick(one.state, this.pack, this.now), null);
  }

  circumstances(name: Name): Circumstances {
    const { now, pack } = this;
    const may = (permission: Permission) => mayDo(pack, [ROLES_OF[name]], permission);
    return { now, today: civilDay(now, pack.zone), actor: actorOf(name), pack, may, same: sameName };
  }

  /** Records what was decided about a case, and what its freeze does; null ref: it is new. */
  onRequest(
    name: Name,
    ref: string | null,
    decide: (state: PrivacyRequest | null) => Decision<RequestEvent>,
  ): PrivacyRequest | null {
    const known = ref === null ? undefined : this.requests.get(ref);
    const before = known?.state ?? null;
    const decision = decide(before);
    if (decision.kind === 'refused') {
      this.refusals.push(decision.refusal.code);
      return null;
    }
    const more = stamped(before?.version ?? 0, decision.events, this.now, actorOf(name));
    const state = before === null ? requestFrom(more) : more.reduce(applyEvent, before);
    if (known === undefined) this.requests.set(state.ref, { state, log: more });
    else {
      known.state = state;
      known.log.push(...more);
    }
    if (freezeMoved(before, state, decision.events)) this.settle(name, state);
    return state;
  }

  private settle(name: Name, after: PrivacyRequest): void {
    for (const one of this.consents.values()) {
      const events = decideWithdrawal(one.state, after);
      const more: StampedConsent[] = stamped(one.state.version, events, this.now, actorOf(name));
      one.log.push(...more);
      one.state = more.reduce(applyConsent, one.state);
    }
    const cases = this.cases(after.subjectId);
    for (const one of this.disclosures.values()) {
      if (one.state.subjectId !== after.subjectId) continue;
      const { now, pack } = this;
      const consent = this.consents.get(one.state.terms.evidence.consent ?? '')?.state ?? null;
      this.add(one, decideReassess(one.state, { now, pack, cases, consent }), name);
    }
  }

  cases(subjectId: SubjectId): readonly FrozenCase[] {
    return [...this.requests.values()]
      .filter(({ state }) => state.subjectId === subjectId && stillFreezes(state.freeze))
      .map(({ state, log }) => {
        const completed = log.findLast(({ event }) => event.type === 'completed')?.at ?? null;
        return frozenCaseOf(state, completed, this.pack);
      });
  }

  facts(name: Name, customer: string, consent: string | null, surface?: string): DisclosureFacts {
    const { now, pack, standings } = this;
    return {
      now,
      pack,
      standings,
      today: civilDay(now, pack.zone),
      actor: actorOf(name, surface),
      subjectId: subjectOf(customer),
      cases: this.cases(subjectOf(customer)),
      consent: this.consents.get(consent ?? '')?.state ?? null,
      same: sameName,
      mayDecide: (person) => mayDo(pack, [ROLES_OF[person as Name]], 'disclosure.decide'),
    };
  }

  ask(name: Name, customer: string, terms: Terms): Disclosure | null {
    const ref = `DR-${this.disclosures.size + 1}`;
    const facts = this.facts(name, customer, terms.evidence.consent);
    const pack = { name: 'default@test', hash: 'hash' };
    const decision = decideRequest(terms, { ref, subjectId: subjectOf(customer), customer, pack }, facts);
    if (decision.kind === 'refused') this.refusals.push(decision.refusal.code);
    if (decision.events.length === 0) return null;
    const log: StampedDisclosure[] = stamped(0, decision.events, this.now, actorOf(name));
    const state = disclosureFrom(log);
    this.disclosures.set(ref, { state, log });
    return state;
  }

  /** True when it was done. */
  onDisclosure(
    name: Name,
    ref: string,
    decide: (state: Disclosure, facts: DisclosureFacts) => Decision<DisclosureEvent>,
    surface?: string,
  ): boolean {
    const one = this.disclosures.get(ref);
    if (one === undefined) return false;
    const customer = one.state.reference ?? '';
    const decision = decide(one.state, this.facts(name, customer, one.state.terms.evidence.consent, surface));
    this.add(one, decision.events, name);
    if (decision.kind === 'refused') this.refusals.push(decision.refusal.code);
    return decision.kind === 'done';
  }

  amend(name: Name, ref: string, changes: Parameters<typeof decideAmend>[1]): boolean {
    const consent = this.consents.get(changes.evidence.consent ?? '')?.state;
    return this.onDisclosure(name, ref, (state, facts) =>
      decideAmend(state, changes, consent === undefined ? facts : { ...facts, consent }),
    );
  }
  cancel(name: Name, ref: string): boolean {
    return this.onDisclosure(name, ref, decideCancel);
  }
  decide(
    name: Name,
    ref: string,
    input: Partial<Parameters<typeof decideDisclosure>[1]>,
    surface?: string,
  ): boolean {
    const whole = { verdict: 'approve', reason: null, categories: null, shown: null, ...input } as const;
    return this.onDisclosure(name, ref, (state, facts) => decideDisclosure(state, whole, facts), surface);
  }
  send(name: Name, ref: string): boolean {
    const input = { method: 'portal', at: this.now, ref: null };
    return this.onDisclosure(name, ref, (state, facts) => decideSent(state, input, facts));
  }

  consent(
    name: Name,
    customer: string,
    input: Omit<Parameters<typeof decideConsent>[0], 'evidence'>,
  ): Consent | null {
    const ref = `CO-${this.consents.size + 1}`;
    const subjectId = subjectOf(customer);
    const given = { ref, subjectId, customer, cases: this.cases(subjectId) };
    const decision = decideConsent({ ...input, evidence: 'FORM-1' }, given, this);
    if (decision.kind === 'refused') {
      this.refusals.push(decision.refusal.code);
      return null;
    }
    const log: StampedConsent[] = stamped<ConsentEvent>(0, decision.events, this.now, actorOf(name));
    const state = consentFrom(log);
    this.consents.set(ref, { state, log });
    return state;
  }

  standing(name: Name, input: Parameters<typeof decideStanding>[0]): boolean {
    const today = civilDay(this.now, this.pack.zone);
    const facts = { number: this.standings.length + 1, by: name as Person, today, pack: this.pack };
    const decision = decideStanding(input, facts);
    if (decision.kind === 'refused') this.refusals.push(decision.refusal.code);
    else for (const { type: _type, ...given } of decision.events) this.standings.push(given);
    return decision.kind === 'done';
  }

  private add(
    one: { state: Disclosure; readonly log: StampedDisclosure[] },
    events: readonly DisclosureEvent[],
    name: Name | null,
  ): void {
    const actor: Actor = name === null ? { person: null, account: 'desk:clock' as Account } : actorOf(name);
    const more: StampedDisclosure[] = stamped(one.state.version, events, this.now, actor);
    one.log.push(...more);
    one.state = more.reduce(applyDisclosure, one.state);
  }

  /** Every stream written out, read back with its schema, and replayed. */
  replayed(): {
    readonly requests: unknown[];
    readonly disclosures: unknown[];
    readonly consents: unknown[];
  } {
    const back = <E>(log: readonly { readonly event: unknown }[], parse: (value: unknown) => E) =>
      log.map((entry) => ({ ...entry, event: parse(JSON.parse(JSON.stringify(entry.event))) }));
    return {
      requests: [...this.requests.values()].map(({ log }) =>
        requestFrom(back(log, (value) => requestEvent.parse(value)) as StampedEvent[]),
      ),
      disclosures: [...this.disclosures.values()].map(({ log }) =>
        disclosureFrom(back(log, (value) => disclosureEvent.parse(value)) as StampedDisclosure[]),
      ),
      consents: [...this.consents.values()].map(({ log }) =>
        consentFrom(back(log, (value) => consentEvent.parse(value)) as StampedConsent[]),
      ),
    };
  }
}
