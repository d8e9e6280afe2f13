/**
 * Deciding to put a case right: its scope, receipt, way, reference, and whether a complaint is about the officer
 * (domain.md section 3, `amend`). Pure. Must not know: storage, surfaces, the clock.
 */
import { civilDay, compareInstants, daysBetween } from '../../policy/calendar.js';
import { CATEGORIES, type Category, type Instant, type Person } from '../../vocabulary/values.js';
import { amongThem } from '../people.js';
import { done, no, type Refusal, refused } from '../refusal.js';
import type { EventOf } from './events.js';
import { type Circumstances, isOfficer, type RequestDecision, standingOf, wrongStatus } from './handling.js';
import { proposalRefusal } from './proposal-guards.js';
import type { AmendedField } from './reasons.js';
import { isOpen, type PrivacyRequest, statusOf } from './request.js';
import { requestDatesOf } from './rules.js';

/** What is left out stays. */
export type AmendInput = {
  readonly scope: readonly Category[] | 'all' | null;
  readonly receivedAt: Instant | null;
  readonly via: string | null;
  readonly ref: string | null;
  readonly aboutOfficer: boolean | null;
  readonly reason: string;
  /** Whoever said it was asked whether they are sure, and is. */
  readonly sure: boolean;
};

export type AmendFacts = {
  /** The officers a complaint is about. */
  readonly officers: readonly Person[];
  /** Consents of the customer that a withdrawal of the new scope is about. */
  readonly withdraws: readonly string[];
};

/** Nobody receives a request in the future, and one of very long ago is asked about (P-3.1). */
export function receiptRefusal(
  receivedAt: Instant,
  sure: boolean,
  { now, pack }: Pick<Circumstances, 'now' | 'pack'>,
): Refusal | null {
  const clause = pack.rules?.receipt?.clause ?? null;
  if (compareInstants(receivedAt, now) > 0) return no('future', 'received-in-future', clause, {});
  const most = pack.receipt?.sureBeyondDays ?? null;
  const days = daysBetween(civilDay(receivedAt, pack.zone), civilDay(now, pack.zone));
  if (sure || most === null || days <= most) return null;
  return no('confirm-needed', 'received-long-ago', clause, { days, most });
}

export function decideAmend(
  request: PrivacyRequest,
  input: AmendInput,
  facts: AmendFacts,
  circumstances: Circumstances,
): RequestDecision {
  const { pack } = circumstances;
  if (!isOpen(request)) return wrongStatus(request, 'nothing-to-amend', { pack });
  const changes = changesOf(request, input, facts);
  const refusal = guard(request, input, changes, circumstances);
  if (refusal !== null) return refused(refusal);
  const { ref, ...readable } = changes;
  const moved = changes.receivedAt?.to ?? null;
  const event: EventOf<'amended'> = {
    type: 'amended',
    ...readable,
    ...(moved === null ? {} : { dates: requestDatesOf({ ...request, receivedAt: moved }, pack) }),
    personal: {
      reason: input.reason,
      ...(ref === undefined ? {} : { ref: ref.to, refBefore: ref.from }),
    },
  };
  return done(outgrown(request, event, circumstances) ? { ...event, returns: true } : event);
}

type Changes = Pick<EventOf<'amended'>, 'scope' | 'receivedAt' | 'via' | 'about' | 'withdraws'> & {
  readonly ref?: { readonly from: string | null; readonly to: string };
};

function changesOf(request: PrivacyRequest, input: AmendInput, facts: AmendFacts): Changes {
  const scope = input.scope === 'all' ? CATEGORIES : input.scope;
  const same = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((each) => other.includes(each));
  const about = input.aboutOfficer === null ? request.about : input.aboutOfficer ? facts.officers : [];
  const withdraws = scope === null ? request.withdraws : withdrawnAfter(request, facts);
  return {
    ...(scope === null || same(scope, request.scope)
      ? {}
      : { scope: { from: [...request.scope], to: [...scope] } }),
    ...(input.receivedAt === null || input.receivedAt === request.receivedAt
      ? {}
      : { receivedAt: { from: request.receivedAt, to: input.receivedAt } }),
    ...(input.via === null || input.via === request.via ? {} : { via: { from: request.via, to: input.via } }),
    ...(input.ref === null || input.ref === request.sourceRef
      ? {}
      : { ref: { from: request.sourceRef, to: input.ref } }),
    ...(same(about, request.about) ? {} : { about: { from: [...request.about], to: [...about] } }),
    ...(same(withdraws, request.withdraws)
      ? {}
      : { withdraws: { from: [...request.withdraws], to: [...withdraws] } }),
  };
}

/** Named consents stay the only ones as long as the scope is no wider than they are. */
function withdrawnAfter(request: PrivacyRequest, { withdraws }: AmendFacts): readonly string[] {
  return request.named === null ? withdraws : withdraws.filter((ref) => request.withdraws.includes(ref));
}

function guard(
  request: PrivacyRequest,
  input: AmendInput,
  changes: Changes,
  circumstances: Circumstances,
): Refusal | null {
  const { pack } = circumstances;
  const { ref, type } = request;
  if (input.aboutOfficer !== null && type !== 'complaint')
    return no('invalid-value', 'about-officer-no-complaint', pack.requests.complaint.clause, { type });
  if (input.receivedAt !== null) {
    const refusal = receiptRefusal(input.receivedAt, input.sure, circumstances);
    if (refusal !== null) return refusal;
  }
  if (Object.keys(changes).length === 0) return no('wrong-state', 'amends-nothing', null, { ref });
  if (changes.scope !== undefined && statusOf(request) === 'notifying_recipients')
    return no('wrong-state', 'scope-carried-out', null, standingOf(request, pack));
  const proposed = request.proposals > 0;
  const what = proposed ? fieldsOf(changes) : fieldsOf(changes).filter((field) => isOfficers(field, changes));
  if (what.length === 0 || isOfficer(circumstances)) return null;
  return no('officer-needed', 'amend-by-agent', null, { ref, what, proposed });
}

const fieldsOf = (changes: Changes): readonly AmendedField[] => [
  ...(changes.scope === undefined ? [] : (['scope'] as const)),
  ...(changes.receivedAt === undefined ? [] : (['received'] as const)),
  ...(changes.via === undefined ? [] : (['via'] as const)),
  ...(changes.ref === undefined ? [] : (['ref'] as const)),
  ...(changes.about === undefined ? [] : (['about_officer'] as const)),
];

/** An agent widens a scope and mends the way and the reference; the rest moves what the customer is owed. */
function isOfficers(field: AmendedField, { scope }: Changes): boolean {
  if (field === 'scope') return scope?.from.some((category) => !scope.to.includes(category)) ?? false;
  return field === 'received' || field === 'about_officer';
}

/** Whether what was proposed or decided covers another scope than this, or was decided by whom it is about. */
function outgrown(request: PrivacyRequest, event: EventOf<'amended'>, circumstances: Circumstances): boolean {
  const { phase } = request;
  if (phase.status === 'action_approved' || phase.status === 'decided') {
    const decider = phase.resolution.decidedBy?.person ?? null;
    return event.scope !== undefined || amongThem(circumstances.same, event.about?.to ?? [], decider);
  }
  if (phase.status !== 'awaiting_decision' || event.scope === undefined) return false;
  const scope = event.scope.to;
  return proposalRefusal({ ...request, scope }, phase.proposal, circumstances) !== null;
}

/** The moments of receipt a case once had, with who changed them, newest first. */
export const formerReceipts = (request: PrivacyRequest) =>
  request.amendments
    .flatMap(({ receivedAt, by, at, reason }) =>
      receivedAt === undefined ? [] : [{ ...receivedAt, by, at, reason }],
    )
    .toReversed();
