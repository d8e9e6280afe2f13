/**
 * Requests, disclosures and consents of a few customers through the desk's own record: its kinds, its reactions, its clock and
 * what it gives the deciders, over a store in memory. Who asks and with which words is left out.
 * Must not know: what has to hold; the tests say that.
 */

import { pino } from 'pino';
import { consents } from '../../src/desk/disclosures/consents.js';
import { disclosures } from '../../src/desk/disclosures/kind.js';
import { factsFor, frozenCases } from '../../src/desk/disclosures/on-disclosure.js';
import { standings } from '../../src/desk/disclosures/standings.js';
import type { PlanContext } from '../../src/desk/front/plan.js';
import { KINDS_OF_THE_DESK } from '../../src/desk/kinds.js';
import { createTicker } from '../../src/desk/post/ticker.js';
import { requests } from '../../src/desk/requests/kind.js';
import { consentsWithdrawn, recipientsOf } from '../../src/desk/requests/recipients.js';
import { decideAmend, decideCancel, decideRequest } from '../../src/domain/disclosures/asking.js';
import { type Consent, decideConsent, type StampedConsent } from '../../src/domain/disclosures/consent.js';
import { decideDisclosure, decideSent } from '../../src/domain/disclosures/deciding.js';
import type { Disclosure, StampedDisclosure, Terms } from '../../src/domain/disclosures/disclosure.js';
import type { DisclosureEvent } from '../../src/domain/disclosures/events.js';
import { decideStanding, type Standing } from '../../src/domain/disclosures/standing.js';
import type { DisclosureFacts } from '../../src/domain/disclosures/terms.js';
import { sameName } from '../../src/domain/people.js';
import type { Decision } from '../../src/domain/refusal.js';
import type { Received } from '../../src/domain/requests/ending.js';
import type { RequestEvent } from '../../src/domain/requests/events.js';
import type { Circumstances } from '../../src/domain/requests/handling.js';
import type { PrivacyRequest, StampedEvent } from '../../src/domain/requests/request.js';
import { afterSeconds, civilDay } from '../../src/policy/calendar.js';
import { mayDo } from '../../src/policy/permissions.js';
import type { Pack } from '../../src/policy/schema.js';
import type { EventLike } from '../../src/record/entry.js';
import type { Kind } from '../../src/record/kind.js';
import { load, loadOnly } from '../../src/record/load.js';
import { witnessInMemory } from '../../src/record/log/witness.js';
import { type Difference, diffStream } from '../../src/record/rebuild.js';
import { type Before, beginning, behind, record } from '../../src/record/record.js';
import type { Tx } from '../../src/record/store.js';
import type { Permission } from '../../src/vocabulary/permissions.js';
import type { RefusalCode } from '../../src/vocabulary/refusals.js';
import type { Account, Actor, Category, Instant, Person, SubjectId } from '../../src/vocabulary/values.js';
import { type Known, readInto } from './known-streams.js';
import { memoryStore } from './memory-store.js';

export const ROLES_OF = { mei: 'agent', dan: 'agent', lyon: 'officer', ana: 'deputy' } as const;
export type Name = keyof typeof ROLES_OF;

export const actorOf = (name: Name, surface = 'terminal'): Actor & { readonly person: Person } => ({
  person: name as Person,
  account: `${surface}:${name}` as Account,
});

export const subjectOf = (customer: string): SubjectId => `subject-${customer}` as SubjectId;

const STAFF = Object.entries(ROLES_OF).map(([name, role]) => ({
  person: name as Person,
  roles: [role],
  accounts: [`terminal:${name}`],
  trainedUntil: null,
  active: true,
  names: [name as Person],
  away: null,
}));

const { signing }: Pick<Parameters<typeof createTicker>[0], 'signing'> = {
  signing: {
    publicKey: '',
    verify: () => false,
    log: {
      origin: null,
      publicKeys: [new Uint8Array(32)],
      witness: witnessInMemory(),
      sign: () => {
        throw new Error('nothing is signed here');
      },
    },
  },
};

export class World {
  now: Instant = '2026-11-23T02:00:00Z' as Instant;
  /** As the ledger tells them, after the last command. */
  readonly requests = new Map<string, Known<PrivacyRequest, StampedEvent>>();
  readonly disclosures = new Map<string, Known<Disclosure, StampedDisclosure>>();
  readonly consents = new Map<string, Known<Consent, StampedConsent>>();
  standings: readonly Standing[] = [];
  readonly refusals: RefusalCode[] = [];
  /** The stream a command wrote last, and the state recording made of it. */
  last: { readonly ref: string; readonly state: unknown } | null = null;
  readonly #store = memoryStore(STAFF);

  constructor(readonly pack: Pack) {}

  /** Moves the clock on and lets time do its work. */
  async pass(hours: number): Promise<void> {
    this.now = afterSeconds(this.now, hours * 3600);
    const ticker = createTicker({
      store: this.#store as Parameters<typeof createTicker>[0]['store'],
      active: { pack: this.pack, name: 'default@test', hash: 'hash' },
      packOf: async () => this.pack,
      signing,
      kinds: KINDS_OF_THE_DESK,
      selfCheck: async () => true,
      monthly: async () => undefined,
      forgetting: async () => undefined,
      log: pino({ level: 'silent' }),
    });
    await ticker.tick(this.now);
    await this.#store.transact((tx) => this.#read(tx));
  }

  circumstances(name: Name): Circumstances {
    const { now, pack } = this;
    const may = (permission: Permission) => mayDo(pack, [ROLES_OF[name]], permission);
    return { now, today: civilDay(now, pack.zone), actor: actorOf(name), pack, may, same: sameName };
  }

  /** What recording and the desk's own look-ups take of a command's context. */
  #context(tx: Tx, name: Name, surface?: string) {
    const { now, pack } = this;
    return {
      tx,
      now,
      actor: actorOf(name, surface),
      channels: [],
      staff: STAFF,
      same: sameName,
      active: { pack, name: 'default@test', hash: 'hash' },
      packOf: async () => pack,
      kinds: KINDS_OF_THE_DESK,
    };
  }

  /** One transaction; afterwards the world is read again from what is stored. */
  #commit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#store.transact(async (tx) => {
      const done = await work(tx);
      await this.#read(tx);
      return done;
    });
  }

  /** Records on one stream, and what that does to others. */
  async #record<State extends { readonly ref: string }, Event extends EventLike, Row extends object>(
    tx: Tx,
    name: Name,
    ...[kind, before, events]: [Kind<State, Event, Row>, Before<State>, readonly Event[]]
  ): Promise<State> {
    const state = await record(this.#context(tx, name), kind, before, events);
    this.last = { ref: state.ref, state };
    return state;
  }

  /** Where rows say something else than their streams. */
  differences(): Promise<readonly Difference[]> {
    return this.#store.transact(async (tx) => {
      const found: Difference[] = [];
      const packOf = async () => this.pack;
      for (const [kind, refs] of [
        [requests, this.requests.keys()],
        [disclosures, this.disclosures.keys()],
        [consents, this.consents.keys()],
      ] as const)
        for (const ref of refs) found.push(...(await diffStream({ tx, packOf }, kind, ref)));
      return found;
    });
  }

  async #read(tx: Tx): Promise<void> {
    await readInto(this.requests, requests, tx, await tx.requests({}));
    await readInto(this.disclosures, disclosures, tx, await tx.disclosures({}));
    await readInto(this.consents, consents, tx, await tx.consents(null));
    this.standings = (await loadOnly(tx, standings, { lock: false })).state;
  }

  #refuse(decision: Decision<unknown>): void {
    if (decision.kind === 'refused') this.refusals.push(decision.refusal.code);
  }

  /** Records what was decided about a case, and what its freeze does; null ref: it is new. */
  onRequest(
    name: Name,
    ref: string | null,
    decide: (state: PrivacyRequest | null) => Decision<RequestEvent> | Promise<Decision<RequestEvent>>,
  ): Promise<PrivacyRequest | null> {
    return this.#commit(async (tx) => {
      const before = ref === null ? null : ((await load(tx, requests, ref, { lock: true }))?.state ?? null);
      const decision = await decide(before);
      this.#refuse(decision);
      if (decision.kind === 'refused') return null;
      const fresh = beginning(`PR-${this.requests.size + 1}`);
      return this.#record(tx, name, requests, before === null ? fresh : behind(before), decision.events);
    });
  }

  /** Who received data in this case's scope, as the desk finds them. */
  received(request: PrivacyRequest): Promise<readonly Received[]> {
    return this.#store.transact((tx) => recipientsOf(tx, request, civilDay(this.now, this.pack.zone)));
  }

  withdrawnConsents(customer: string, scope: readonly Category[]): Promise<readonly string[]> {
    const declared = { receivedAt: this.now, zone: this.pack.zone };
    return this.#store.transact((tx) => consentsWithdrawn(tx, subjectOf(customer), scope, declared));
  }

  facts(name: Name, customer: string, consent: string | null, surface?: string): Promise<DisclosureFacts> {
    return this.#store.transact((tx) => this.#factsIn(tx, name, customer, consent, surface));
  }

  #factsIn(tx: Tx, name: Name, customer: string, consent: string | null, surface?: string) {
    const evidence = { evidence: { consent } as Terms['evidence'] };
    // Of the context only what the world has is looked at.
    const context = this.#context(tx, name, surface) as unknown as PlanContext;
    return factsFor(context, evidence, subjectOf(customer), this.pack);
  }

  ask(name: Name, customer: string, terms: Terms): Promise<Disclosure | null> {
    return this.#commit(async (tx) => {
      const ref = `DR-${this.disclosures.size + 1}`;
      const facts = await this.#factsIn(tx, name, customer, terms.evidence.consent);
      const pack = { name: 'default@test', hash: 'hash' };
      const decision = decideRequest(terms, { ref, subjectId: subjectOf(customer), customer, pack }, facts);
      this.#refuse(decision);
      if (decision.events.length === 0) return null;
      return this.#record(tx, name, disclosures, beginning(ref), decision.events);
    });
  }

  /** True when it was done. */
  #onDisclosure(
    name: Name,
    ref: string,
    decide: (state: Disclosure, facts: DisclosureFacts) => Decision<DisclosureEvent>,
    {
      surface,
      consent,
    }: { readonly surface?: string | undefined; readonly consent?: string | undefined } = {},
  ): Promise<boolean> {
    return this.#commit(async (tx) => {
      const loaded = await load(tx, disclosures, ref, { lock: true });
      if (loaded === null) return false;
      const { state } = loaded;
      const relied = consent ?? state.terms.evidence.consent;
      const facts = await this.#factsIn(tx, name, state.reference ?? '', relied, surface);
      const decision = decide(state, facts);
      this.#refuse(decision);
      if (decision.events.length > 0)
        await this.#record(tx, name, disclosures, behind(state), decision.events);
      return decision.kind === 'done';
    });
  }

  amend(name: Name, ref: string, changes: Parameters<typeof decideAmend>[1]): Promise<boolean> {
    const { consent } = changes.evidence;
    return this.#onDisclosure(name, ref, (state, facts) => decideAmend(state, changes, facts), { consent });
  }
  cancel(name: Name, ref: string): Promise<boolean> {
    return this.#onDisclosure(name, ref, decideCancel);
  }
  decide(
    name: Name,
    ref: string,
    input: Partial<Parameters<typeof decideDisclosure>[1]>,
    surface?: string,
  ): Promise<boolean> {
    const whole = { verdict: 'approve', reason: null, categories: null, shown: null, ...input } as const;
    return this.#onDisclosure(name, ref, (state, facts) => decideDisclosure(state, whole, facts), {
      surface,
    });
  }
  send(name: Name, ref: string): Promise<boolean> {
    const input = { method: 'portal', at: this.now, ref: null };
    return this.#onDisclosure(name, ref, (state, facts) => decideSent(state, input, facts));
  }

  consent(
    name: Name,
    customer: string,
    input: Omit<Parameters<typeof decideConsent>[0], 'evidence'>,
  ): Promise<Consent | null> {
    return this.#commit(async (tx) => {
      const ref = `CO-${this.consents.size + 1}`;
      const context = this.#context(tx, name);
      const subjectId = subjectOf(customer);
      const given = { ref, subjectId, customer, cases: await frozenCases(context, subjectId) };
      const decision = decideConsent({ ...input, evidence: 'FORM-1' }, given, this);
      this.#refuse(decision);
      if (decision.kind === 'refused') return null;
      return this.#record(tx, name, consents, beginning(ref), decision.events);
    });
  }

  standing(name: Name, input: Parameters<typeof decideStanding>[0]): Promise<boolean> {
    return this.#commit(async (tx) => {
      const today = civilDay(this.now, this.pack.zone);
      const before = await loadOnly(tx, standings, { lock: true });
      const facts = { number: before.state.length + 1, by: name as Person, today, pack: this.pack };
      const decision = decideStanding(input, facts);
      this.#refuse(decision);
      if (decision.kind === 'refused') return false;
      await record(this.#context(tx, name), standings, before, decision.events);
      return true;
    });
  }
}
