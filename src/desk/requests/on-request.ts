/**
 * Loading a case, and recording what was decided about it: ledger entries, projection and posts in one transaction.
 * Must not know: which command asked, any surface.
 */

import type { Card } from '../../chat/card.js';
import { saidProblem } from '../../chat/problem.js';
import { amongThem } from '../../domain/people.js';
import { type Decision, no } from '../../domain/refusal.js';
import type { RequestEvent } from '../../domain/requests/events.js';
import { type Circumstances, decideRemembered } from '../../domain/requests/handling.js';
import { nextStep } from '../../domain/requests/next.js';
import { mayRead, type Reader } from '../../domain/requests/reading.js';
import type { PrivacyRequest, StampedEvent } from '../../domain/requests/request.js';
import { stepOf } from '../../language/en/next-steps.js';
import { civilDay } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import type { Loaded, PackOf } from '../../record/kind.js';
import { load, replay } from '../../record/load.js';
import { behind, record } from '../../record/record.js';
import { LedgerDamage, NewerEntry, type OpenEntry, type Tx } from '../../record/store.js';
import type { Step } from '../../vocabulary/step.js';
import type { Day, MessageRef } from '../../vocabulary/values.js';
import type { PlanContext, Planned } from '../front/plan.js';
import { headCards } from '../tell/addresses.js';
import { requests } from './kind.js';

export type RowMeans = {
  readonly tx: Tx;
  readonly packOf: PackOf;
  readonly today: Day;
  /** The policy's. */
  readonly zone: string;
  /** Where a case's own card stands on the reader's surface. */
  readonly headOf: (ref: string) => Promise<MessageRef | null>;
  /** Who reads it, under the pack that a case pinned. */
  readonly reader: (pack: Pack) => Circumstances;
};

export type LoadedCase = {
  readonly request: PrivacyRequest;
  readonly pack: Pack;
  readonly history: readonly StampedEvent[];
};

/** A case with its pinned pack, its subject and stream locked; null when there is none of that number. */
export async function loadCase(
  { tx, packOf }: Pick<PlanContext, 'tx' | 'packOf'>,
  ref: string,
  options: { readonly lock: boolean } = { lock: true },
): Promise<LoadedCase | null> {
  const loaded = await load(tx, requests, ref, options);
  return loaded === null ? null : withPack(packOf, loaded);
}

/** The same for a list, in which one that cannot be read holds no other up: null. */
export async function caseInList(
  means: Pick<PlanContext, 'tx' | 'packOf'>,
  ref: string,
): Promise<LoadedCase | null> {
  try {
    return await loadCase(means, ref, { lock: false });
  } catch (error) {
    if (error instanceof LedgerDamage || error instanceof NewerEntry) return null;
    throw error;
  }
}

async function withPack(
  packOf: PackOf,
  { state: request, history }: Loaded<PrivacyRequest, RequestEvent>,
): Promise<LoadedCase> {
  return { request, pack: await packOf(request.pack.hash), history };
}

/** A case as these entries tell it. Throws when there are none. */
export async function caseFrom(packOf: PackOf, entries: readonly OpenEntry[]): Promise<LoadedCase> {
  const stream = entries[0]?.stream ?? '';
  const loaded = replay(requests, stream, entries);
  if (loaded === null) throw new LedgerDamage({ stream, seq: 1 });
  return withPack(packOf, loaded);
}

/** What deciders may look at, under the pack the case pinned. */
export function circumstancesOf(context: PlanContext, pack: Pack): Circumstances {
  return {
    now: context.now,
    today: civilDay(context.now, pack.zone),
    actor: context.actor,
    pack,
    may: context.may,
    same: context.same,
  };
}

/**
 * The common way of a `/privacy` verb about one case: load, decide, record, answer.
 * Who may not read a case does nothing in it (P-7.3).
 */
export async function onCase(
  context: PlanContext,
  ref: string,
  decide: (
    loaded: LoadedCase,
    circumstances: Circumstances,
  ) => Decision<RequestEvent> | Promise<Decision<RequestEvent>>,
  answer: (request: PrivacyRequest, loaded: LoadedCase) => Card | Promise<Card>,
): Promise<Planned> {
  const loaded = await loadCase(context, ref);
  if (loaded === null) return noSuchCase(ref);
  const { request, pack } = loaded;
  const about = { stream: request.ref, subjectId: request.subjectId };
  if (!mayRead(request, readerOf(context))) return keptFromYou(request, pack);
  const decision = decideRemembered(request) ?? (await decide(loaded, circumstancesOf(context, pack)));
  if (decision.kind === 'refused')
    return { kind: 'refused', refusal: decision.refusal, about, onward: onwardOf(context, request, pack) };
  const after = await record(context, requests, behind(request), decision.events);
  return { kind: 'answer', card: await answer(after, loaded) };
}

/** What brings a case on for whoever acts. */
export function onwardOf(context: PlanContext, request: PrivacyRequest, pack: Pack): Step | null {
  const next = nextStep(request, circumstancesOf(context, pack));
  return next === null ? null : stepOf(request.ref, next, pack);
}

/** Whether the complaint is about the person who acts, in whichever name. */
export const isAbout = ({ about }: PrivacyRequest, { actor, same }: PlanContext): boolean =>
  amongThem(same, about, actor.person);

/** What a line about a case is made with, for whoever asked. */
export const rowMeansOf = (context: PlanContext): RowMeans => ({
  tx: context.tx,
  packOf: context.packOf,
  today: context.today,
  zone: context.active.pack.zone,
  headOf: headCards(context.tx, context.channels, context.invocation.surface),
  reader: (pack) => circumstancesOf(context, pack),
});

export const readerOf = ({ actor, roles, same }: Pick<PlanContext, 'actor' | 'roles' | 'same'>): Reader => ({
  person: actor.person,
  roles,
  same,
});

/** P-7.3: a complaint about an officer is for the few who handle it. The attempt is kept with it. */
export function keptFromYou({ ref, subjectId }: PrivacyRequest, pack: Pack): Planned {
  return {
    kind: 'refused',
    about: { stream: ref, subjectId },
    refusal: no('about-officer', 'complaint-kept', pack.requests.complaint.clause, { ref }),
  };
}

export function noSuchCase(ref: string): Planned {
  return {
    kind: 'problems',
    problems: [
      saidProblem('case', { code: 'not-found', says: `names no request of this desk: ${ref}`, read: null }),
    ],
  };
}
