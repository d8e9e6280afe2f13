/**
 * Loading a disclosure with everything its deciders look at, and recording what was decided: ledger, row and posts in one
 * transaction, the customer's row locked first. Must not know: which command asked, any surface.
 */

import type { Card } from '../../chat/card.js';
import { saidProblem } from '../../chat/problem.js';
import type { Disclosure, StampedDisclosure, Terms } from '../../domain/disclosures/disclosure.js';
import type { DisclosureEvent } from '../../domain/disclosures/events.js';
import { nextDisclosureStep } from '../../domain/disclosures/next.js';
import type { DisclosureFacts } from '../../domain/disclosures/terms.js';
import { type FrozenCase, frozenCaseOf, stillFreezes } from '../../domain/freeze.js';
import type { Decision } from '../../domain/refusal.js';
import type { FreezeState } from '../../domain/requests/events.js';
import { disclosureStepOf } from '../../language/en/next-steps.js';
import { civilDay } from '../../policy/calendar.js';
import { mayDo } from '../../policy/permissions.js';
import type { Pack } from '../../policy/schema.js';
import type { Loaded, PackOf } from '../../record/kind.js';
import { load, replay } from '../../record/load.js';
import { behind, record } from '../../record/record.js';
import type { StaffRow } from '../../record/rows.js';
import { LedgerDamage, type OpenEntry } from '../../record/store.js';
import type { Step } from '../../vocabulary/step.js';
import type { Person, SubjectId } from '../../vocabulary/values.js';
import type { PlanContext, Planned } from '../front/plan.js';
import { caseFrom } from '../requests/on-request.js';
import { loadConsent } from './consents.js';
import { disclosures } from './kind.js';
import { refreshPosts } from './posts.js';

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
  const loaded = await load(tx, disclosures, ref, options);
  return loaded === null ? null : withPack(packOf, loaded);
}

/** A disclosure as these entries tell it. Throws when there are none. */
export async function disclosureFrom(
  packOf: PackOf,
  entries: readonly OpenEntry[],
): Promise<LoadedDisclosure> {
  const stream = entries[0]?.stream ?? '';
  const loaded = replay(disclosures, stream, entries);
  if (loaded === null) throw new LedgerDamage({ stream, seq: 1 });
  return withPack(packOf, loaded);
}

async function withPack(
  packOf: PackOf,
  { state: disclosure, history }: Loaded<Disclosure, DisclosureEvent>,
): Promise<LoadedDisclosure> {
  return { disclosure, pack: await packOf(disclosure.pack.hash), history };
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
    const { request, pack, history } = await caseFrom(packOf, await tx.entries(row.ref, { lock: false }));
    const completed = history.findLast(({ event }) => event.type === 'completed')?.at ?? null;
    cases.push(frozenCaseOf(request, completed, pack));
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

/** Whoever acts, as far as the buttons of a disclosure go. */
export const presserOf = ({ actor, may, staff, same, active }: PlanContext) => ({
  actor,
  may,
  same,
  mayDecide: decidesDisclosures(staff, active.pack),
});

/** Everything deciders look at beside the disclosure's state; the customer must be locked already. */
export async function factsFor(
  context: PlanContext,
  terms: Pick<Terms, 'evidence'>,
  subjectId: SubjectId | null,
  pack: Pack,
): Promise<DisclosureFacts> {
  const { tx, now, actor, staff, same, active } = context;
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
    same,
  };
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
      : await record(context, disclosures, behind(disclosure), decision.events);
  if (decision.kind === 'done') return { kind: 'answer', card: await answer(after, loaded) };
  // Somebody pressed a card that says something else by now: it is shown as it is.
  if (context.shown !== null && context.shown !== disclosure.round)
    for (const post of refreshPosts(after, context.shown, context.channels))
      await context.tx.enqueue(post, context.now);
  const onward = await onwardOf(context, after, pack);
  return { kind: 'refused', refusal: decision.refusal, about: { stream: ref, subjectId }, onward };
}

/** What brings it on for whoever acts, after all that was recorded. */
async function onwardOf(context: PlanContext, after: Disclosure, pack: Pack): Promise<Step | null> {
  const facts = await factsFor(context, after.terms, after.subjectId, pack);
  const next = nextDisclosureStep(after, { ...facts, may: context.may });
  return next === null ? null : disclosureStepOf(after.ref, next);
}

export function noSuchDisclosure(ref: string): Planned {
  const says = `names no disclosure of this desk: ${ref}`;
  return {
    kind: 'problems',
    problems: [saidProblem('disclosure', { code: 'not-found', says, read: null })],
  };
}
