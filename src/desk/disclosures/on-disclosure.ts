/**
 * Loading a disclosure with everything its deciders look at, and recording what was decided: ledger, row and posts in one
 * transaction, the customer's row locked first. Must not know: which command asked, any surface.
 */

import type { Card } from '../../chat/card.js';
import { problemOf } from '../../chat/problem.js';
import type { Consent } from '../../domain/disclosures/consent.js';
import type { Disclosure, StampedDisclosure, Terms } from '../../domain/disclosures/disclosure.js';
import type { DisclosureEvent } from '../../domain/disclosures/events.js';
import { applyDisclosure, disclosureFrom } from '../../domain/disclosures/replay.js';
import type { DisclosureFacts } from '../../domain/disclosures/terms.js';
import { type FrozenCase, frozenCaseOf, stillFreezes } from '../../domain/freeze.js';
import type { Decision } from '../../domain/refusal.js';
import type { FreezeState } from '../../domain/requests/events.js';
import { requestFrom } from '../../domain/requests/replay.js';
import { civilDay } from '../../policy/calendar.js';
import { mayDo } from '../../policy/permissions.js';
import type { Pack } from '../../policy/schema.js';
import { toEntry } from '../../record/entry.js';
import type { Recorder } from '../../record/recorder.js';
import type { StaffRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { Person, SubjectId } from '../../vocabulary/values.js';
import type { PlanContext, Planned } from '../front/plan.js';
import { stampedRequestEvent } from '../requests/kind.js';
import { consentOf, disclosureRowOf, stampedDisclosure } from './kind.js';
import { disclosurePosts, refreshPosts } from './posts.js';

export type LoadedDisclosure = {
  readonly disclosure: Disclosure;
  readonly pack: Pack;
  readonly history: readonly StampedDisclosure[];
};

type Reading = Pick<PlanContext, 'tx' | 'packOf'>;

/** A disclosure with its pinned pack, its customer and stream locked; null when there is none of that number. */
export async function loadDisclosure(
  { tx, packOf }: Reading,
  ref: string,
  options: { readonly lock: boolean } = { lock: true },
): Promise<LoadedDisclosure | null> {
  const row = await tx.disclosure(ref);
  if (row === null) return null;
  if (options.lock) await tx.lockSubject(row.subjectId);
  const history = (await tx.entries(ref, options)).map(stampedDisclosure);
  return { disclosure: disclosureFrom(history), pack: await packOf(row.packHash), history };
}

export async function loadConsent(tx: Tx, ref: string): Promise<Consent | null> {
  if ((await tx.consent(ref)) === null) return null;
  return consentOf(await tx.entries(ref, { lock: false }));
}

/** The customer's cases that can still say something to a disclosure, oldest first. */
export async function frozenCases(
  { tx, packOf }: Reading,
  subjectId: SubjectId | null,
): Promise<readonly FrozenCase[]> {
  if (subjectId === null) return [];
  const cases: FrozenCase[] = [];
  for (const row of await tx.requests({ subjectId })) {
    // The column holds what a request's freeze can be.
    if (!stillFreezes(row.freeze as FreezeState)) continue;
    const history = (await tx.entries(row.ref, { lock: false })).map(stampedRequestEvent);
    const completed = history.findLast(({ event }) => event.type === 'completed')?.at ?? null;
    cases.push(frozenCaseOf(requestFrom(history), completed, await packOf(row.packHash)));
  }
  return cases.sort((one, other) => (one.ref < other.ref ? -1 : 1));
}

/** Who may decide disclosures now, by person. */
export const decidesDisclosures =
  (staff: readonly StaffRow[], pack: Pack) =>
  (person: Person): boolean =>
    staff.some(
      (member) => member.active && member.person === person && mayDo(pack, member.roles, 'disclosure.decide'),
    );

/** Everything deciders look at beside the disclosure's state; the customer must be locked already. */
export async function factsFor(
  context: PlanContext,
  terms: Pick<Terms, 'evidence'>,
  subjectId: SubjectId | null,
  pack: Pack,
): Promise<DisclosureFacts> {
  const { tx, now, actor, staff, active } = context;
  const today = civilDay(now, pack.zone);
  const { consent } = terms.evidence;
  return {
    now,
    today,
    actor,
    pack,
    subjectId,
    cases: await frozenCases(context, subjectId),
    consent: consent === null ? null : await loadConsent(tx, consent),
    standings: await tx.standings(today),
    mayDecide: decidesDisclosures(staff, active.pack),
  };
}

/** Appends events behind the disclosure, rewrites its row, and queues what they cause. Returns the new state. */
export async function recordDisclosure(
  recorder: Pick<Recorder, 'tx' | 'now' | 'actor' | 'channels'>,
  before: {
    readonly disclosure: Disclosure | null;
    readonly ref: string;
    readonly subjectId: SubjectId;
    readonly pack: Pack;
  },
  events: readonly DisclosureEvent[],
): Promise<Disclosure> {
  const { tx, now, actor, channels } = recorder;
  const version = before.disclosure?.version ?? 0;
  const entries = events.map((event) => toEntry(event, now, actor));
  const stored = await tx.append(before.ref, version, entries, before.subjectId);
  const stamped: StampedDisclosure[] = events.map((event, index) => ({
    seq: stored[index]?.seq ?? version + index + 1,
    at: now,
    actor,
    event,
  }));
  const disclosure =
    before.disclosure === null ? disclosureFrom(stamped) : stamped.reduce(applyDisclosure, before.disclosure);
  await tx.putDisclosure(disclosureRowOf(disclosure, before.pack));
  const roundBefore = before.disclosure?.round ?? null;
  for (const post of disclosurePosts({ disclosure, stamped, roundBefore, channels }))
    await tx.enqueue(post, now);
  return disclosure;
}

/** The common way of a `/disclosure` verb about one disclosure: load, decide, record (a refusal may change something too), answer. */
export async function onDisclosure(
  context: PlanContext,
  ref: string,
  decide: (
    loaded: LoadedDisclosure,
    facts: (terms: Pick<Terms, 'evidence'>) => Promise<DisclosureFacts>,
  ) => Promise<Decision<DisclosureEvent> | Extract<Planned, { kind: 'problems' }>>,
  answer: (disclosure: Disclosure, loaded: LoadedDisclosure) => Promise<Card>,
): Promise<Planned> {
  const loaded = await loadDisclosure(context, ref);
  if (loaded === null) return noSuchDisclosure(ref);
  const { disclosure, pack } = loaded;
  const { subjectId } = disclosure;
  const decision = await decide(loaded, (terms) => factsFor(context, terms, subjectId, pack));
  if (decision.kind === 'problems') return decision;
  const after =
    decision.events.length === 0
      ? disclosure
      : await recordDisclosure(context, { disclosure, ref, subjectId, pack }, decision.events);
  if (decision.kind === 'done') return { kind: 'answer', card: await answer(after, loaded) };
  // Somebody pressed a card that says something else by now: it is shown as it is.
  if (context.shown !== null && context.shown !== disclosure.round)
    for (const post of refreshPosts(after, context.shown, context.channels))
      await context.tx.enqueue(post, context.now);
  return { kind: 'refused', refusal: decision.refusal, about: { stream: ref, subjectId } };
}

export function noSuchDisclosure(ref: string): Planned {
  const says = `names no disclosure of this desk: ${ref}`;
  return {
    kind: 'problems',
    problems: [problemOf('disclosure', { code: 'not-found', says, read: null })],
  };
}
